"""Numbers added up, where they may be; where people would be counted twice the sum is refused with a sentence."""

import pandas as pd

from series.bins import BOUNDS
from series.kinds import KIND, LINE


class SumError(ValueError):
    """Numbers that must not be added up; the message says why."""


def sum_over_time(timeline: pd.DataFrame) -> pd.DataFrame:
    """Return each line's counts added up over all its bins (columns metric, unit, basis, the line, low, best, high).

    Stocks and running totals are refused with a SumError: the same people would be counted again in every bin.
    """
    why = {
        "stock": "a stock is everybody in that state on a date, so adding dates counts the same people again",
        "cumulative": "a running total already contains all earlier ones",
    }
    if refused := sorted(set(timeline["basis"]) - {"new"}):
        metrics = ", ".join(sorted(set(timeline.loc[timeline["basis"].ne("new"), "metric"])))
        raise SumError(f"{metrics}: cannot be added up over time: {'; '.join(why[basis] for basis in refused)}")
    return sum_open(timeline, [*KIND, *LINE])


def sum_open(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the bounds added up by ``keys``; a sum with an open bound in it is open."""
    groups = frame.groupby(keys, dropna=False)[list(BOUNDS)]
    return groups.sum().where(groups.count().eq(groups.size(), axis=0)).reset_index()


_THINGS = {
    "metric": {},
    "unit": {"household": "households", "person": "people", "dwelling": "homes"},
    "basis": {"stock": "a stock", "new": "new counts", "cumulative": "a running total"},
}


def sum_lines(timeline: pd.DataFrame) -> pd.DataFrame:
    """Return the bounds of all lines added up for each bin; refused with a SumError where people could count twice.

    Different metrics, units and bases are different things; sources may count the same people; a region may lie in
    another. What is left to add up is disjoint places of one level, and disjoint groups.
    """
    for column, words in _THINGS.items():
        kinds = sorted(set(timeline[column]), key=list(words).index if words else None)
        if len(kinds) > 1:
            named = " and ".join(words.get(kind, kind) for kind in kinds)
            raise SumError(f"{named} are different things: their numbers are never added")
    sources = sorted(set(timeline["source"]))
    if len(sources) > 1:
        raise SumError(f"{' and '.join(sources)} may count the same people: sources are compared, never added")
    levels = sorted(set(timeline["region_level"]))
    if len(levels) > 1:
        raise SumError(f"regions of the levels {' and '.join(levels)} lie in each other: their numbers are never added")
    return sum_open(timeline, [*KIND, "start", "end"])
