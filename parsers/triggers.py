"""Triggers: the words without which a text counts nobody, looked for before anything else is done with it.

A search for fixed words in one automaton would not do: words that a PDF ran together ("peoplefled") are found only by
looking at each word, and looking at the set of them costs less than the matches inside other words would.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from parsers.frames import FRAMES
from parsers.vocabulary import Entry, Vocabulary, load_vocabulary, unglue

# The standard library's engine finds plain words twice as fast as regex.
WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
STARTS = frozenset(need for frame in FRAMES if frame.fixed for need in frame.needs)
"""What frames start from beside the words of the metrics: "forced", "lost", "camp"."""


@cache
def load_triggers(language: str) -> Mapping[str, tuple[frozenset[str], ...]]:
    """Return the rarest word of each phrase that may count, with the sets of words of which one must stand with it."""
    vocabulary = load_vocabulary(language)
    phrases = dict(_phrases(vocabulary))
    commonness = Counter(word for phrase in phrases for word in phrase)
    triggers: dict[str, set[frozenset[str]]] = defaultdict(set)
    for phrase, entry in phrases.items():
        if entry.senses or any(role.partition(".")[0] in STARTS for role in entry.roles):
            rarest = min(phrase, key=lambda word: (commonness[word], -len(word)))
            triggers[rarest].add(frozenset(phrase) - {rarest})
    return {word: (frozenset(),) if frozenset() in rests else tuple(rests) for word, rests in triggers.items()}


def _phrases(vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Yield all that the vocabulary holds, as the words that a text has of it."""
    yield from ((tuple(WORD.findall(word)), entry) for word, entry in vocabulary.words.items())
    for found in vocabulary.phrases.values():
        yield from ((tuple(WORD.findall(" ".join(phrase))), entry) for phrase, entry in found)


def find_triggers(text: str, language: str = "en") -> frozenset[str]:
    """Return the words of a text of which a sentence must have one to count; most sentences of most news have none.

    >>> sorted(find_triggers("The firm moved its office, and 12 people were hurt."))
    ['hurt', 'moved']
    """
    triggers, vocabulary = load_triggers(language), load_vocabulary(language)
    words = set(WORD.findall(text.lower()))
    found = [word for word in words if word in triggers and any(rest <= words for rest in triggers[word])]
    return frozenset([*found, *(word for word in words if unglue(word, vocabulary))])


def has_any(text: str, words: frozenset[str]) -> bool:
    """Whether a text has one of the words, which costs less than to look for all triggers.

    >>> has_any("The firm moved its office.", frozenset({"hurt", "moved"}))
    True
    """
    return not words.isdisjoint(WORD.findall(text.lower()))
