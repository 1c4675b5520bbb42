"""The times that a text names in single phrases: which rules apply, and which of their readings stay."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import regex

from parsers import days, feasts, spans
from parsers.dates import When
from parsers.patterns import WORD, split_words
from parsers.timewords import LISTS, Rule


@dataclass(frozen=True, slots=True)
class Time:
    """A phrase found in a text, at [start, end) of it, and what it means; ``again`` resolves it on another day."""

    start: int
    end: int
    rule: str
    when: When
    again: Callable[[date | None], When | None]


RULES = (*days.RULES, *feasts.RULES, *spans.RULES)

_YEAR_WORD = regex.compile(r"(?:19|20)\d\d")
_COUNTED = frozenset({"years", "day_month", "month_day", "month_alone"})
"""The keys of rules that are no lists of words."""
_SIDES = {"day_month": -1, "month_day": 1}
_MONTHS = frozenset(LISTS["months"])
_BETWEEN = frozenset(LISTS["of"] + LISTS["the"])
"""The words that may stand between a month and its day: "the 3rd of May", "May the 3rd"."""
KEPT = 1 << 12
"""How many sets of lists are kept with the rules that they leave; few stand together in sentences."""


def _index_lists() -> dict[str, list[tuple[frozenset[str], str]]]:
    """Return the phrases of the lists that rules need, each by its words and its list, under their longest words.

    The longest word of a phrase is its rarest as a rule.
    """
    index: defaultdict[str, set[tuple[frozenset[str], str]]] = defaultdict(set)
    for name in frozenset().union(*(key for rule in RULES for key in rule.keys)) - _COUNTED:
        for phrase in LISTS[name]:
            words = WORD.findall(phrase)
            index[max(reversed(words), key=len)].add((frozenset(words), name))
    return {word: sorted(found, key=str) for word, found in index.items()}


_KEYS = _index_lists()


def _index_rules() -> dict[str, list[int]]:
    """Return the places of the rules by each name of their first keys, one of which a text must have for them."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for place, rule in enumerate(RULES):
        for name in rule.keys[0]:
            index[name].append(place)
    return dict(index)


_STARTED = _index_rules()


def _find_keys(text: str) -> set[str]:
    """Return the lists that a text has words of: most sentences name no time, and cost no more than this."""
    said = split_words(text)
    words = frozenset(said)
    keys = {key for word in words & _KEYS.keys() for phrase, key in _KEYS[word] if phrase <= words}
    if any(_YEAR_WORD.fullmatch(word) for word in words if word[0].isdigit()):
        keys.add("years")
    if not words.isdisjoint(_MONTHS):
        keys |= _find_month_keys(said)
    return keys


def _find_month_keys(words: list[str]) -> set[str]:
    """Return on which side of the months of a text the number of a day may stand, and whether one stands by itself.

    >>> sorted(_find_month_keys(["killed", "20", "in", "May"])), sorted(_find_month_keys(["May", "12"]))
    (['day_month', 'month_alone'], ['month_alone', 'month_day'])
    """
    keys = set()
    for at, word in enumerate(words):
        if word in _MONTHS:
            keys |= {key for key, step in _SIDES.items() if _is_day_from(words, at, step)}
            if not at or not words[at - 1][0].isdigit():
                keys.add("month_alone")
    return keys


def _is_day_from(words: list[str], month: int, step: int) -> bool:
    """Whether a number stands one step from a month, or two steps where a small word is between."""
    at = month + step
    if 0 <= at < len(words) and words[at] in _BETWEEN:
        at += step
    return 0 <= at < len(words) and words[at][0].isdigit()


def find_times(text: str, now: date | None) -> list[Time]:
    """Return the times that a text names, in its order; of two that overlap the longer stays.

    >>> [(t.rule, str(t.when.start)) for t in find_times("hit on Friday and 26 January", date(2020, 2, 2))]
    [('<weekday>', '2020-01-31'), ('<day> <month> <year>', '2020-01-26')]
    """
    found = sorted(_read(text, frozenset(_find_keys(text)), now), key=lambda time: (time.start - time.end, time.start))
    kept: list[Time] = []
    for time in found:
        at = bisect(kept, time.start, key=lambda other: other.start)
        if (not at or kept[at - 1].end <= time.start) and (at == len(kept) or time.end <= kept[at].start):
            kept.insert(at, time)
    return kept


def _read(text: str, keys: frozenset[str], now: date | None) -> Iterator[Time]:
    """Yield what every rule whose words are there makes of the text."""
    for rule in _choose_rules(keys):
        for m in rule.pattern.finditer(text):
            again = _again(rule, m)
            if when := again(now):
                yield Time(m.start(), m.end(), rule.name, when, again)


@lru_cache(maxsize=KEPT)
def _choose_rules(keys: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules, in their order, for which a text has words of one list of each kind that they ask for."""
    places = sorted({place for key in keys for place in _STARTED.get(key, ())})
    return tuple(RULES[place] for place in places if not any(keys.isdisjoint(key) for key in RULES[place].keys[1:]))


def _again(rule: Rule, m: regex.Match[str]) -> Callable[[date | None], When | None]:
    """Return the rule's production over a match, to be resolved on any day."""
    return lambda now: rule.make(m, now)
