"""Claims become points: what each line of a timeline has in each bin, and which claims made it."""

from dataclasses import dataclass

import pandas as pd

from series.bins import BOUNDS, Bin, bin_numbers, split_over_bins
from series.claims import REGION
from series.definitions import choose_definitions
from series.kinds import KEYS, KIND, LINE
from series.overlaps import mark_overlaps
from series.sources import combine_sources

_CELL = ["counted_group", *REGION, "from", "till"]
"""Counts that share these are counts of the same thing, and are compared between sources."""


@dataclass(frozen=True, slots=True)
class Points:
    """One row for each ``KEYS`` with its bounds and marks; and one row for each claim behind it (``members``)."""

    rows: pd.DataFrame
    members: pd.DataFrame


def sum_open(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the bounds added up by ``keys``; a sum with an open bound in it is open."""
    groups = frame.groupby(keys, dropna=False)[list(BOUNDS)]
    return groups.sum().where(groups.count().eq(groups.size(), axis=0)).reset_index()


def place_counts(claims: pd.DataFrame, width: Bin, best: str, *, spread: bool, apart: bool) -> Points:
    """Return the points of counts of events (basis new).

    Within a source, what a wider count contains is left out. Counts of several sources for the same group, place and
    period are compared by ``combine_sources``; where one source's count touches the days of another's wider one,
    the larger stands. Only then are places and days added up. ``apart`` says that each line is one source already.
    """
    claims = mark_overlaps(claims, [*KIND, *LINE, "claimant"])
    claims = claims[claims["reason"].eq("")]
    cell = [*KIND, *LINE, *_CELL]
    claims = claims.assign(cell=claims.groupby(cell, dropna=False).ngroup())
    cells = combine_sources(sum_open(claims, [*cell, "cell", "claimant"]), [*cell, "cell"], best).assign(reason="")
    cells["below"] = cells["cell"].map(claims.groupby("cell")["below"].any())
    if not apart:
        own = cells["below"]
        cells = mark_overlaps(cells, [*KIND, *LINE], touching=True)
        cells["below"] |= own
    rows = split_over_bins(cells[cells["reason"].eq("")], width, spread=spread)
    rows = rows.assign(spread_share=rows["best"].where(rows["spread"], 0))
    marks = rows.groupby(KEYS, dropna=False).agg(
        spread=("spread", "any"), below=("below", "any"), part=("spread_share", "sum")
    )
    sums = sum_open(rows, KEYS).merge(marks.reset_index(), on=KEYS)
    sums = sums.assign(spread_share=sums["part"] / sums["best"].clip(lower=1), begun=pd.Timestamp("NaT"))
    return Points(sums, rows[[*KEYS, "cell"]].merge(claims[["cell", "claim"]], on="cell").drop(columns="cell"))


def place_totals(claims: pd.DataFrame, width: Bin, best: str, *, by_region: bool) -> Points:
    """Return the points of running totals and stocks: of each source the last claim in the bin, never a sum.

    Only claims of one definition (``series.definitions``) stand on one line, and only they are compared.
    """
    chosen = choose_definitions(claims, by_region=by_region)
    placed = chosen.assign(bin=bin_numbers(chosen["till"], width), dated=chosen["start"].notna())
    ordered = placed.sort_values(["till", "published", "dated", "best"], kind="stable")
    standing = ordered.groupby([*KEYS, "claimant"], dropna=False).tail(1)
    rows = combine_sources(standing, KEYS, best)
    begun = standing.groupby(KEYS, dropna=False)["begun"].first().reset_index()
    rows = rows.merge(begun, on=KEYS).assign(spread=False, below=False, spread_share=0.0)
    return Points(rows, standing[[*KEYS, "claim"]])
