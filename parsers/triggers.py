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
def load_triggers(language: str) -> Mapping[str, frozenset[tuple[str, ...]]]:
    """Return the phrases that may count, by the rarest word of each."""
    phrases = dict(_phrases(load_vocabulary(language)))
    commonness = Counter(word for phrase in phrases for word in phrase)
    triggers: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for phrase, entry in phrases.items():
        if entry.senses or any(role.partition(".")[0] in STARTS for role in entry.roles):
            triggers[min(phrase, key=lambda word: (commonness[word], -len(word)))].add(phrase)
    return {word: frozenset({(word,)} if (word,) in found else found) for word, found in triggers.items()}


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
    found = [word for word in words if word in triggers and any(words.issuperset(some) for some in triggers[word])]
    return frozenset([*found, *(word for word in words if unglue(word, vocabulary))])


def may_count(sentence: str, found: frozenset[str], language: str = "en") -> bool:
    """Whether a sentence has one of the triggers that were found in its text, with the whole phrase that it stands for.

    >>> may_count("The firm moved its office.", frozenset({"hurt", "moved"}))
    True
    """
    words = WORD.findall(sentence.lower())
    here = found.intersection(words)
    if not here:
        return False
    triggers, spaced = load_triggers(language), f" {' '.join(words)} "
    # What is no trigger by itself was found as two words run together.
    return any(word not in triggers or any(f" {' '.join(some)} " in spaced for some in triggers[word]) for word in here)
