"""Repeats: a count that a report tells twice is one figure, and equal counts of one sentence are added up."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from parsers.records import Evidence, Reading


def drop_repeats(readings: Sequence[Reading]) -> list[Reading]:
    """Leave out what a report tells twice: the same number of the same people by the same source.

    A headline repeated in the lead is one figure, and keeps the place of the first telling. Equal counts of one
    sentence ("one nurse was killed and one driver was killed") are different people, so they are one figure of the sum.
    """
    kept: list[Reading] = []
    places: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for reading in readings:
        alike = places[_number(reading)]
        twin = next((index for index in alike if _repeats(reading, kept[index])), None)
        if reading.figure.part_of is not None or twin is None or _are_two(reading, kept[twin]):
            alike.append(len(kept))
            kept.append(reading)
        elif kept[twin].sentence == reading.sentence:
            kept[twin] = _added(kept[twin], reading)
    return kept


def _are_two(reading: Reading, earlier: Reading) -> bool:
    """Whether one sentence counts several people twice, each time of their own: "killed eight and left eight dead"."""
    apart = reading.sentence == earlier.sentence and reading.trigger != earlier.trigger
    return apart and reading.figure.value not in {0, 1}


def _added(one: Reading, other: Reading) -> Reading:
    """Add two equal counts of one sentence."""
    a, b = one.figure, other.figure
    value, low, high = (_sum(x, y) for x, y in ((a.value, b.value), (a.low, b.low), (a.high, b.high)))
    words = f"{a.group_text} and {b.group_text}"
    evidence = Evidence("value", b.span, f"with '{b.group_text}' counted in the same sentence")
    return one.with_field(evidence, value=value, low=low, high=high, group_text=words)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _number(reading: Reading) -> tuple[Any, ...]:
    """Return what two tellings of one count have in common at the least."""
    figure = reading.figure
    return figure.metric, figure.value, figure.low, figure.high, figure.unit, figure.status


def _repeats(reading: Reading, earlier: Reading) -> bool:
    a, b = reading.figure, earlier.figure
    if b.part_of is not None or _number(reading) != _number(earlier):
        return False
    if reading.sentence == earlier.sentence and a.group != b.group:
        return False
    if a.value == 1 and reading.sentence != earlier.sentence and a.group_text != b.group_text:
        return False
    return all(
        one is None or other is None or one == other
        for one, other in (
            (a.group, b.group),
            (a.source, b.source),
            (a.start, b.start),
            (a.end, b.end),
            (a.place, b.place),
        )
    )
