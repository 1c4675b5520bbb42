"""Meanings: the value and the bounds that matched number words support."""

from collections.abc import Mapping
from dataclasses import dataclass

import regex

from parsers.numerals import Numerals, read_number
from parsers.records import Qualifier

Match = regex.Match[str]
CHANGE_REACH = 60
"""Characters before "from" in which a verb of change makes the two numbers a change and no range."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What number words support: the value as printed, the bounds (None is open) and how firmly they are held."""

    value: int | None
    low: int | None
    high: int | None
    qualifier: Qualifier = Qualifier.EXACT


NO_COUNT = Amount(None, None, None)
"""What dates, shares and scores amount to: their words are passed over whole."""


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of one language that meanings are looked up in."""

    numerals: Numerals
    scales: Mapping[str, int]
    vague: Mapping[str, list[int]]
    pairs: Mapping[str, int]
    lists: Mapping[str, frozenset[str]]

    def number(self, written: str) -> int | None:
        """Return the whole number that the words mean, None for a part of one."""
        return read_number(written, self.numerals)

    def scale(self, written: str | None) -> int:
        """Return the product of the scales that end a phrase: 100,000 for "two hundred thousand"."""
        product = 1
        for word in reversed(regex.findall(r"\p{L}+", (written or "").lower())):
            if word not in self.scales and word not in self.lists["of"]:
                break
            product *= self.scales.get(word, 1)
        return product


def no_count(*_: Match | Words) -> Amount:
    """Read dates, rows of figures and votes: nothing is counted."""
    return NO_COUNT


def exact(m: Match, words: Words) -> Amount:
    """Read a number by itself; a part of one counts nothing."""
    value = words.number(m.group())
    return NO_COUNT if value is None else Amount(value, value, value)


def pointed(m: Match, _words: Words) -> Amount:
    """Read thousands parted by one point, "12.500 people"."""
    value = int(m.group().replace(".", ""))
    return Amount(value, value, value)


def zero(_m: Match, _words: Words) -> Amount:
    """Read nobody at all."""
    return Amount(0, 0, 0)


def single(_m: Match, _words: Words) -> Amount:
    """Read one, with stress: "a single"."""
    return Amount(1, 1, 1)


def bare(m: Match, words: Words) -> Amount:
    """Read a scale without a number, "some dozen"."""
    value = words.scale(m.group())
    return Amount(value, value, value)


def pair(m: Match, words: Words) -> Amount | None:
    """Read a couple of people, or about so many hundred; "a couple" by itself may be husband and wife."""
    value = words.pairs[m["pair"].lower()]
    if m["scales"]:
        return Amount(value * words.scale(m["scales"]), None, None, Qualifier.ABOUT)
    alone = m["pair"].lower() in words.lists["need_scale"] and not m["more"]
    return None if alone else Amount(value, value, value)


def vague(m: Match, words: Words) -> Amount | None:
    """Read dozens, several hundred, tens of thousands: the bounds of the table, times the scale."""
    if m["vague"].lower() in words.lists["need_scale"] and not m["scales"]:
        return None
    (low, high), scale = words.vague[m["vague"].lower()], words.scale(m["scales"])
    return Amount(None, low * scale, (high + 1) * scale - 1, Qualifier.VAGUE)


def vague_range(m: Match, words: Words) -> Amount:
    """Read hundreds, if not thousands: the low end of the one and the high end of the other."""
    low, high = words.vague[m["vague"].lower()][0], words.vague[m["highest"].lower()][1]
    scale = words.scale(m["high_scales"])
    # "tens or hundreds of thousands" says its scale once; "thousands or even tens of thousands" has one of its own.
    once = not m["scales"] and low * scale < words.vague[m["highest"].lower()][0] * scale
    lowest = low * (scale if once else words.scale(m["scales"]))
    return Amount(None, lowest, (high + 1) * scale - 1, Qualifier.VAGUE)


def share(low: Match, joint: Match, high: Match, words: Words) -> Amount | None:
    """Read one in five, three in every ten: no count; five in two villages: no share."""
    part, whole = words.number(low.group()), words.number(high.group())
    if not part or not whole or part >= whole:
        return None
    round_whole = str(whole).rstrip("0") == "1"
    return NO_COUNT if joint["every"] or round_whole or (part == 1 and whole <= 100) else None  # noqa: PLR2004 (per cent)


def rising(low: Match, _joint: Match, high: Match, words: Words) -> Amount | None:
    """Read a range, where the second number is the larger."""
    lowest, highest = words.number(low.group()), words.number(high.group())
    if highest is None:
        return NO_COUNT
    scale = words.scale(high.group())
    if scale > 1 == words.scale(low.group()):
        lowest = _scaled(low.group(), scale, highest, words)
    elif lowest is not None and high.group().endswith(",000") and 0 < lowest < 1_000 <= lowest * 1_000 < highest:  # noqa: PLR2004
        # "30-35,000": the thousands are written once.
        lowest *= 1_000
    return None if lowest is None or lowest >= highest else Amount(None, lowest, highest, Qualifier.RANGE)


def _scaled(written: str, scale: int, highest: int, words: Words) -> int | None:
    """Give the low end the scale that is written once, in "3-4 million"; not in "500 to 1 million"."""
    low = words.number(written)
    if low is None:
        name = next((word for word, value in words.numerals.scales.items() if value == scale), "")
        return words.number(f"{written} {name}")
    return low * scale if low * scale < highest else low


def unchanged(low: Match, joint: Match, high: Match, words: Words) -> Amount | None:
    """Read a range, but not after a verb of change: "rose from 19 to 21" is two numbers."""
    clause = low.string[max(0, low.start() - CHANGE_REACH) : low.start()].lower()
    said = regex.findall(r"\w+", clause)
    changes = not words.lists["change"].isdisjoint(said)
    carries = not words.lists["carrying"].isdisjoint(said[: -len(("toll", "from"))])
    return None if changes or carries else rising(low, joint, high, words)


def joined(low: Match, joint: Match, high: Match, words: Words) -> Amount:
    """Read two numbers joined by a dash: a range where it rises, else a score or a row of figures."""
    return rising(low, joint, high, words) or NO_COUNT
