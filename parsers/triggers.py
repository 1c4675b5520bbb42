"""Triggers: the words without which a text counts nobody, looked for before anything else is done with it.

A search for fixed words in one automaton would not do: words that a PDF ran together ("peoplefled") are found only by
looking at each word, and looking at the set of them costs less than the matches inside other words would.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from parsers.frames import FRAMES
from parsers.vocabulary import Entry, Vocabulary, load_vocabulary, unglue

# The standard library's engine finds plain words twice as fast as regex.
WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
FIXED = tuple((need, frame.beside) for frame in FRAMES if frame.fixed for need in frame.needs)
"""What frames start from beside the words of the metrics, "forced", "lost", "camp", and what must stand beside it."""


class Trigger(NamedTuple):
    """A phrase that may count, and the words of which one must stand in its sentence; none where it counts by itself.

    "Forced" and "asked" drive nobody out where no home, no camp and no "into" stands with them.
    """

    phrase: tuple[str, ...]
    beside: frozenset[str]

    def stands(self, words: set[str]) -> bool:
        """Whether all words of the phrase are there, and one of those beside it."""
        if not words.issuperset(self.phrase):
            return False
        return not self.beside or any(word.removesuffix("'s") in self.beside for word in words)


@cache
def load_triggers(language: str) -> Mapping[str, tuple[Trigger, ...]]:
    """Return the phrases that may count, by the rarest word of each."""
    phrases = {phrase: entry for phrase, entry in _phrases(load_vocabulary(language)) if phrase}
    commonness = Counter(word for phrase in phrases for word in phrase)
    rarest = {phrase: min(phrase, key=lambda word: (commonness[word], -len(word))) for phrase in phrases}
    having: dict[str, set[str]] = defaultdict(set)
    for phrase, entry in phrases.items():
        for role in entry.roles:
            having[role].add(rarest[phrase])
    triggers: dict[str, list[Trigger]] = defaultdict(list)
    for phrase, entry in phrases.items():
        starts = {role.partition(".")[0] for role in entry.roles}
        fixed = [beside for need, beside in FIXED if need in starts]
        if entry.senses or fixed:
            by_itself = bool(entry.senses) or not all(fixed)
            roles = frozenset() if by_itself else frozenset().union(*fixed)
            triggers[rarest[phrase]].append(Trigger(phrase, frozenset().union(*(having[role] for role in roles))))
    alone = {word: Trigger((word,), frozenset()) for word in triggers}
    return {word: (alone[word],) if alone[word] in found else tuple(found) for word, found in triggers.items()}


def _phrases(vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Yield all that the vocabulary holds, as the words that a text has of it."""
    yield from ((tuple(WORD.findall(word)), entry) for word, entry in vocabulary.words.items())
    for found in vocabulary.phrases.values():
        yield from ((tuple(WORD.findall(" ".join(phrase))), entry) for phrase, entry in found)


def find_triggers(text: str, language: str = "en") -> frozenset[str]:
    """Return the words of a text of which a sentence must have one to count; most sentences of most news have none.

    >>> sorted(find_triggers("The firm asked for time and moved its office, and 12 people were hurt."))
    ['hurt', 'moved']
    """
    triggers, vocabulary = load_triggers(language), load_vocabulary(language)
    words = set(WORD.findall(text.lower()))
    found = [word for word in triggers.keys() & words if any(trigger.stands(words) for trigger in triggers[word])]
    return frozenset([*found, *(word for word in words - vocabulary.spelled if unglue(word, vocabulary))])


def may_count(sentence: str, found: frozenset[str], language: str = "en") -> bool:
    """Whether a sentence has one of the triggers that were found in its text, with the whole phrase that it stands for.

    >>> may_count("The firm moved its office.", frozenset({"hurt", "moved"}))
    True
    >>> may_count("The firm asked for time.", frozenset({"hurt", "asked"}))
    False
    """
    words = WORD.findall(sentence.lower())
    here = found.intersection(words)
    if not here:
        return False
    triggers, spaced = load_triggers(language), f" {' '.join(words)} "
    # What is no trigger by itself was found as two words run together.
    return any(word not in triggers or _stands_whole(triggers[word], set(words), spaced) for word in here)


def _stands_whole(triggers: Iterable[Trigger], words: set[str], spaced: str) -> bool:
    return any(trigger.stands(words) and f" {' '.join(trigger.phrase)} " in spaced for trigger in triggers)
