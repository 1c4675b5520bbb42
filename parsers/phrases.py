"""The times that a text names in single phrases: which rules apply, and which of their readings stay."""

from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import regex

from parsers import days, spans
from parsers.dates import When
from parsers.timewords import LISTS, Rule


@dataclass(frozen=True, slots=True)
class Time:
    """A phrase found in a text, at [start, end) of it, and what it means; ``again`` resolves it on another day."""

    start: int
    end: int
    rule: str
    when: When
    again: Callable[[date | None], When | None]


RULES = (*days.RULES, *spans.RULES)

_WORD = regex.compile(r"\w++")
_YEAR_WORD = regex.compile(r"(?:19|20)\d\d")
_KINDS = {
    "month": LISTS["months"],
    "weekday": LISTS["weekdays"] + LISTS["short_weekdays"],
    "unit": LISTS["units"],
    "season": LISTS["seasons"],
    "half": LISTS["half"] + LISTS["quarter"],
    "word": [
        phrase.split()[-1] for phrase in LISTS["days"] + LISTS["dayparts"] + LISTS["overnight"] + LISTS["weekend"]
    ],
}
_KEYS = {
    word: frozenset(kind for kind in _KINDS if word in _KINDS[kind]) for words in _KINDS.values() for word in words
}


def _find_keys(text: str) -> set[str]:
    """Return the kinds of time words that a text has: most sentences have none, and cost no more than this."""
    keys: set[str] = set()
    for word in _WORD.findall(text):
        if word in _KEYS:
            keys |= _KEYS[word]
        elif _YEAR_WORD.fullmatch(word):
            keys.add("year")
    return keys


def find_times(text: str, now: date | None) -> list[Time]:
    """Return the times that a text names, in its order; of two that overlap the longer stays.

    >>> [(t.rule, str(t.when.start)) for t in find_times("hit on Friday and 26 January", date(2020, 2, 2))]
    [('<weekday>', '2020-01-31'), ('<day> <month> <year>', '2020-01-26')]
    """
    keys = _find_keys(text)
    if not keys:
        return []
    found = sorted(_read(text, keys, now), key=lambda time: (time.start - time.end, time.start))
    kept: list[Time] = []
    for time in found:
        at = bisect(kept, time.start, key=lambda other: other.start)
        if (not at or kept[at - 1].end <= time.start) and (at == len(kept) or time.end <= kept[at].start):
            kept.insert(at, time)
    return kept


def _read(text: str, keys: set[str], now: date | None) -> Iterator[Time]:
    """Yield what every rule whose words are there makes of the text."""
    for rule in RULES:
        if rule.keys.isdisjoint(keys):
            continue
        for m in rule.pattern.finditer(text):
            again = _again(rule, m)
            if when := again(now):
                yield Time(m.start(), m.end(), rule.name, when, again)


def _again(rule: Rule, m: regex.Match[str]) -> Callable[[date | None], When | None]:
    """Return the rule's production over a match, to be resolved on any day."""
    return lambda now: rule.make(m, now)
