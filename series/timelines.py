"""Claims become time series: one row for each line (a source, a region or a group) and each bin of time."""

from enum import StrEnum
from typing import Any

import pandas as pd

from series.bins import Bin, bin_ends, bin_starts
from series.claims import find_claims, number_claims
from series.kinds import KEYS, KIND, LINE
from series.points import Points, place_counts, place_totals, sum_open
from series.regions import LEVELS

COLUMNS = [
    *("metric", "unit", "basis", "group", "region", "region_code", "region_level", "source", "start", "end"),
    *("low", "best", "high", "figures", "claims", "sources", "publishers", "flags"),
]
DRAWN = [*COLUMNS, "begun", "spread_share"]
"""What a chart knows beside the columns of a timeline: since when a total runs, how much of a point was spread."""

FLAGS = {
    "undated": "period not stated, placed on the day of publication",
    "spread": "a longer period's count, spread evenly over its days",
    "vague": "rests on a vague word, taken at its low end",
    "unverified": "holds unverified claims",
    "below": "a wider count was smaller than the sum of these",
}


class By(StrEnum):
    """What a line of a timeline is."""

    SOURCE = "source"
    REGION = "region"
    GROUP = "group"


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
    statuses: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Return the points of the timeline of the figures (columns ``DRAWN``, an open bound missing).

    Counts of events are added up over places and days, without what a wider count contains. Running totals and
    stocks are never added up: the last claim in a bin stands. By region or group the sources are compared, never
    added: ``best`` is their ``median``, ``lowest`` or ``highest``, or the number of the source so named.
    """
    numbered = number_claims(figures)
    claims = find_claims(numbered, statuses=statuses, by_group=by is By.GROUP)
    lines = _add_lines(claims[claims["reason"].eq("")], by)
    new = lines["basis"].eq("new")
    found = []
    if new.any():
        found.append(place_counts(lines[new], width, best, spread=spread, apart=by is By.SOURCE))
    if not new.all():
        found.append(place_totals(lines[~new], width, best, by_region=by is By.REGION))
    found = [points for points in found if not points.rows.empty]
    if not found:
        return pd.DataFrame(columns=DRAWN)
    rows = pd.concat([_count(points, claims, numbered) for points in found], ignore_index=True)
    number = rows["bin"].to_numpy()
    rows = rows.assign(start=bin_starts(number, width), end=bin_ends(number, width))
    return rows.sort_values([*KIND, *LINE, "bin"], kind="stable", ignore_index=True)[DRAWN]


def _add_lines(claims: pd.DataFrame, by: By) -> pd.DataFrame:
    """Return the claims with the columns ``LINE``; by region a claim stands once at each level that it lies in."""
    lines = claims.assign(source="all", group="all", region="all", region_code=None, region_level="all")
    if by is By.SOURCE:
        return lines.assign(source=lines["claimant"])
    if by is By.GROUP:
        return lines.assign(group=lines["counted_group"])
    codes = {"country": lines["country"], "admin1": lines["admin1"], "place": None}
    levels = [
        lines.assign(region=lines[f"at_{level}"], region_code=codes[level], region_level=level)[
            lines[f"at_{level}"].notna()
        ]
        for level in LEVELS
    ]
    return pd.concat(levels, ignore_index=True)


def _count(points: Points, claims: pd.DataFrame, numbered: pd.DataFrame) -> pd.DataFrame:
    """Return the points with how many figures, claims, sources and publishers stand behind each, and its flags."""
    members = points.members.merge(claims[["claim", "claimant", "undated", "qualifier", "status"]], on="claim")
    printed = members.merge(numbered[["claim", "id", "publisher"]], on="claim").groupby(KEYS, dropna=False)
    counts = printed.agg(
        figures=("id", "nunique"),
        claims=("claim", "nunique"),
        sources=("claimant", "nunique"),
        publishers=("publisher", "nunique"),
    )
    marks = members.assign(vague=members["qualifier"].eq("vague"), unverified=members["status"].eq("unverified"))
    raised = marks.groupby(KEYS, dropna=False)[["undated", "vague", "unverified"]].any()
    rows = points.rows.merge(counts.join(raised).reset_index(), on=KEYS)
    flags = [rows[flag].map({True: f"{flag};", False: ""}) for flag in FLAGS]
    return rows.assign(flags=pd.concat(flags, axis=1).sum(axis=1).str.rstrip(";"))


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
