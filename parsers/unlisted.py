"""Names of places that no gazetteer has: villages and camps, told by the words that lead to them and follow them."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import regex

from parsers.gazetteers import Level
from parsers.names import Name, find_organisations
from parsers.patterns import compile_late
from parsers.tables import load_section
from parsers.tries import compile_lists

WORD = r"\p{Lu}[\p{Ll}']++(?:-\p{L}[\p{Ll}']*+)*+-?+(?<!'s)"
NAME = rf"{WORD}(?:[\ -](?:\L<articles>-)?+{WORD}){{0,3}}+"
UNLISTED = rf"""
    (?<!\w)(?=\p{{Lu}})(?: (?<=\w\ )(?<=(?<!\w)(?i:\L<leads>)\ ) (?P<name>{NAME})
        (?= [,.;:)"]?+\s*+\Z | [,.;)]\s | \ (?:\L<follows>|\L<marks>)(?!\w) )
      | (?={NAME}\ \L<marks>(?!\w)) (?!(?i:\L<openers>)\ ) (?P<name>{NAME})
      | (?!(?i:\L<openers>)\ ) (?P<name>{WORD}(?:\ {WORD}){{0,2}}?)(?=\ \L<titled_marks>(?!\w)) )
"""


@cache
def _pattern() -> tuple[regex.Pattern[str], frozenset[str]]:
    section = load_section("en", "places")
    lists: dict[str, Any] = {name: section.words(f"unlisted_{name}") for name in ("leads", "follows", "marks")}
    lists["titled_marks"] = {form for word in section.words("titled_marks") for form in (word.title(), word.upper())}
    lists["articles"] = section.words("articles")
    lists["openers"] = section.words("openers") | section.words("never")
    cues = lists["leads"] | lists["marks"] | section.words("titled_marks")
    return compile_late(lambda: compile_lists(UNLISTED, regex.X, **lists), lambda: cues), section.words(
        "never_unlisted"
    )


def find_unlisted(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the names in a sentence that only its words show to be places, beside those that the gazetteer knows.

    A town's name that only begins or ends a longer one is not known.

    >>> text = "Gunmen killed nine farmers at Dirri Kwatalo on Monday."
    >>> [text[slice(*name.span)] for name in find_unlisted(text, [])]
    ['Dirri Kwatalo']
    >>> text = "Shells fell on Orvaz village."
    >>> [text[slice(*name.span)] for name in find_unlisted(text, [])]
    ['Orvaz']
    """
    pattern, _ = _pattern()
    taken = [name.span for name in names if not _is_part(name)]
    for m in pattern.finditer(text):
        start = m.start("name")
        end = start + len(_without_mark(m["name"]))
        known = any(first < end and start < last for first, last in (*taken, *find_organisations(text)))
        if not known and may_be_place(m["name"]):
            yield Name((start, end), (), None, embedded=False)


def _without_mark(name: str) -> str:
    """Return a name without the capitalised word that says what it is: Assosa of "Assosa Zone"."""
    bare, _, mark = name.rpartition(" ")
    return bare if bare and mark.lower() in load_section("en", "places").words("titled_marks") else name


def _is_part(name: Name) -> bool:
    return name.embedded and all(place.level in {Level.TOWN, Level.DISTRICT} for place in name.places)


def may_be_place(name: str) -> bool:
    """Say whether none of a name's words is a day's, a feast's or an office's.

    >>> may_be_place("Dirri Kwatalo"), may_be_place("Ramadan")
    (True, False)
    """
    _, never = _pattern()
    return never.isdisjoint(name.lower().split())
