"""Claims become time series: one row for each line (a source, a region or a group) and each bin of time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from series.bins import BOUNDS, Bin, bin_ends, bin_starts
from series.claims import number_claims
from series.codes import number_rows
from series.figures import prepare_figures
from series.flags import FLAGS, name_flags
from series.kinds import KIND, LINE
from series.options import By, Options, Spread
from series.points import Points, count_claims, list_points
from series.regions import LEVELS

COLUMNS = [
    *("metric", "unit", "basis", "group", "region", "region_code", "region_level", "source", "start", "end"),
    *("low", "best", "high", "figures", "claims", "sources", "publishers", "flags"),
]
DRAWN = [*COLUMNS, "status", "begun", "spread_share", "vague_share"]
"""What a chart knows beside the columns of a timeline: since when a total runs, how much was spread or is vague."""

__all__ = [
    "COLUMNS",
    "DRAWN",
    "FLAGS",
    "By",
    "SumError",
    "choose_level",
    "make_points",
    "make_timeline",
    "sum_over_time",
]


class SumError(ValueError):
    """Numbers that must not be added up; the message says why."""


def make_timeline(figures: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Return the timeline of the figures with the columns ``COLUMNS``; the options are those of ``make_points``."""
    return make_points(figures, **options)[COLUMNS]


def make_points(
    figures: pd.DataFrame,
    *,
    by: By = By.SOURCE,
    width: Bin = Bin.MONTH,
    best: str = "median",
    spread: bool = True,
    statuses: Sequence[str] = (),
    **more: Any,
) -> pd.DataFrame:
    """Return the points of the timeline of the figures (columns ``DRAWN``, an open bound missing).

    The choices are those of ``series.options.Options``; ``spread`` is true for evenly. Counts of events are added up
    over places and days, without what a wider count contains. Running totals and stocks are never added up: the last
    claim in a bin stands. By region or group the sources are compared, never added.
    """
    even = Spread.EVEN if spread else Spread.END
    return draw_points(
        figures, Options(by=By(by), width=Bin(width), best=best, spread=even, statuses=tuple(statuses), **more)
    )


def draw_points(figures: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return the points of the figures by the options given, as ``make_points``."""
    counted = count_claims(number_known(figures, options), options)
    drawn = [name_points(points, options) for points in list_points(counted)]
    drawn = [rows for rows in drawn if not rows.empty]
    return sort_points(pd.concat(drawn, ignore_index=True))[DRAWN] if drawn else pd.DataFrame(columns=DRAWN)


def number_known(figures: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return the figures that were published by the day ``as_known`` (all of them without it), numbered by claim.

    A figure without a day of publication is known to nobody on a day.
    """
    if options.as_known is None:
        return figures if "claim" in figures else number_claims(figures)
    frame = prepare_figures(figures)
    known = frame[frame["published"] <= pd.Timestamp(options.as_known)]
    return number_claims(known.drop(columns="claim", errors="ignore"))


def name_points(points: Points, options: Options) -> pd.DataFrame:
    """Return points with the names of their lines, the first and last day of their bins and their flags in words."""
    rows = points.rows
    number = rows["bin"].to_numpy()
    best = rows["best"].to_numpy(float)
    share = {
        f"{what}_share": rows[f"{what}_best"].to_numpy(float) / np.clip(best, 1, None) for what in ("spread", "vague")
    }
    names = points.lines.loc[rows["line"]].reset_index(drop=True)
    return pd.concat([names, rows[[*BOUNDS, "figures", "claims", "sources", "publishers", "begun"]]], axis=1).assign(
        start=bin_starts(number, options.width),
        end=bin_ends(number, options.width),
        flags=name_flags(rows["bits"].tolist()),
        point=np.arange(len(rows)),
        **share,
    )


def sort_points(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the points in the order of their lines and days."""
    rows = rows.assign(begun=pd.to_datetime(rows["begun"]).astype("datetime64[s]"))
    lines = rows.assign(line=number_rows(rows, [*KIND, *LINE, "status"]))
    order = lines.drop_duplicates("line").sort_values([*KIND, *LINE, "status"], kind="stable")["line"]
    place = pd.Series(np.arange(len(order)), index=order.to_numpy())
    return rows.iloc[np.lexsort((rows["start"].to_numpy(), place.loc[lines["line"]].to_numpy()))].reset_index(drop=True)


def choose_level(timeline: pd.DataFrame) -> str:
    """Return the level of regions to compare: the widest that has several, else the narrowest there is.

    Running totals and stocks do not roll up: there the level stands on which most claims were made.
    """
    regions = timeline.groupby("region_level").agg(several=("region", "nunique"), claims=("claims", "sum"))
    narrow_first = [level for level in reversed(LEVELS) if level in regions.index]
    if not narrow_first:
        return "all"
    if timeline["basis"].ne("new").all():
        return max(narrow_first, key=lambda level: int(regions["claims"][level]))
    several = [level for level in narrow_first if regions["several"][level] > 1]
    return several[-1] if several else narrow_first[0]


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
