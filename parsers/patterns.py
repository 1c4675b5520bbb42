"""Patterns that are compiled when they are first used, and tried only on texts that have the words they need.

One report needs few of all patterns, and compiling them takes seconds; most sentences have none of the words that a
pattern needs, and a look at a set of words costs less than a search.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import regex

from parsers.engines import compile_either
from parsers.tries import compile_lists

WORD = compile_either(r"\w++")
SPACES = str.maketrans({sign: " " for sign in map(chr, range(128)) if not sign.isalnum() and sign != "_"})


def split_words(text: str) -> list[str]:
    """Return the words of a text in its order, as the pattern of a word finds them.

    >>> split_words("Since then, 12 have died in Cox's Bazar.")
    ['Since', 'then', '12', 'have', 'died', 'in', 'Cox', 's', 'Bazar']
    """
    # Without other letters than these, blanks in place of all that is no word take a third of the time.
    return text.translate(SPACES).split() if text.isascii() else WORD.findall(text)


@lru_cache(maxsize=512)
def words_in(text: str) -> frozenset[str]:
    """Return the words of a text in lower case; a stretch is asked for many times in a row.

    >>> sorted(words_in("The toll rose to 12, to date."))
    ['12', 'date', 'rose', 'the', 'to', 'toll']
    """
    return frozenset(split_words(text.lower()))


def _find_places(text: str, words: Sequence[str]) -> Sequence[int]:
    """Return the places, in order, from which one of some words in lower case may stand in a text."""
    if not words:
        return ()
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ" takes two characters in lower case, and all behind it moves
        return range(len(text))
    return sorted(m.start() for word in words for m in re.finditer(re.escape(word), lowered))


def _cuts_word(text: str, at: int) -> bool:
    """Whether a place is inside a word, of which a part may be a word that the text has not."""
    if not 0 < at < len(text) or " " in (around := text[at - 1 : at + 1]):
        return False
    return f"a{around}a".isidentifier()


class Cues:
    """Phrases of which a text must have one, told by its words alone, in whatever order they stand."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Keep the words of each phrase by the longest of them, which is the rarest as a rule."""
        by_word: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for phrase in phrases:
            words = WORD.findall(phrase.lower())
            by_word[max(reversed(words), key=len, default="")].append(frozenset(words))
        # One word by itself makes the longer phrases with it needless.
        alone = {word: [frozenset({word})] for word, found in by_word.items() if {word} in found}
        self._by_word: Mapping[str, list[frozenset[str]]] = {**by_word, **alone}
        self._words = frozenset(self._by_word)
        self._always = "" in by_word  # a phrase of signs alone
        self._last: tuple[str, Sequence[int]] = "", ()

    def stand_in(self, text: str) -> bool:
        """Whether a text has all the words of one of the phrases.

        >>> Cues(["so far", "to date"]).stand_in("Up to now 12 have died, so few so far.")
        True
        """
        return self._always or bool(self._find_words(text))

    def may_stand_in(self, text: str, start: int, end: int) -> bool:
        """Whether one of the phrases may stand in a stretch of a text, of which many stretches are asked in a row.

        >>> Cues(["so far", "to date"]).may_stand_in("So far 12 have died, eight of them on Monday.", 7, 20)
        False
        """
        known, places = self._last
        if known is not text:
            places = _find_places(text, self._find_words(text))
            self._last = text, places
        if places and bisect_left(places, end) > bisect_left(places, start):
            return True
        return self._always or _cuts_word(text, start) or _cuts_word(text, end)

    def _find_words(self, text: str) -> list[str]:
        """Return the words of a text that with others of it make up a phrase."""
        words = words_in(text)
        if self._words.isdisjoint(words):
            return []
        return [word for word in self._words & words if any(needed <= words for needed in self._by_word[word])]


class Late:
    """A pattern by its makings; the first method asked of it compiles it, and from then on it is the pattern's own."""

    def __init__(
        self, make: Callable[[], "regex.Pattern[str]"], cues: Callable[[], Iterable[str]] | None = None
    ) -> None:
        """Keep what makes the pattern, and the phrases of which one must stand where it is to match."""
        self._make = make
        self._cues = cues

    def __getattr__(self, name: str) -> Any:
        """Return a method of the pattern, kept so that the next call goes straight to it."""
        pattern = self._make()
        cues = Cues(self._cues()) if self._cues else None
        for method, nothing in (("search", None), ("match", None), ("fullmatch", None), ("finditer", ())):
            own = getattr(pattern, method)
            self.__dict__[method] = _where_cued(own, cues, nothing) if cues else own
        return self.__dict__.get(name) or getattr(pattern, name)


def _where_cued(method: Callable[..., Any], cues: Cues, nothing: Any) -> Callable[..., Any]:
    """Return a method that is tried only where one of the phrases stands between the bounds of the search."""
    stand_in, may_stand_in = cues.stand_in, cues.may_stand_in

    def tried(text: str, start: int = 0, end: int | None = None) -> Any:
        if end is None:
            if start:  # what stands behind one place of a text is looked at once, and its words are not worth a set
                return method(text, start)
            return method(text) if stand_in(text) else nothing
        return method(text, start, end) if may_stand_in(text, start, end) else nothing

    return tried


def compile_late(
    make: Callable[[], "regex.Pattern[str]"], cues: Callable[[], Iterable[str]] | None = None
) -> "regex.Pattern[str]":
    """Return what stands in for a pattern until it is used.

    ``cues`` gives phrases of which each match holds one in full, from the start of a word to the end of one; where none
    of them stands between the bounds of a search the pattern is not tried at all.

    >>> compile_late(lambda: regex.compile("[0-9]+")).findall("12 dead, 30 hurt")
    ['12', '30']
    """
    return cast("regex.Pattern[str]", Late(make, cues))


def compile_cues(phrases: frozenset[str]) -> "regex.Pattern[str]":
    """Return a pattern of phrases that stand as whole words, in any case.

    >>> compile_cues(frozenset({"feared dead", "feared"})).findall("Nine are Feared dead, fearing more")
    ['Feared dead']
    """
    return compile_late(lambda: compile_lists(r"\b\L<cues>\b", regex.I, cues=phrases), lambda: phrases)
