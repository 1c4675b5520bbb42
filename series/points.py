"""Claims become points: what each line of a timeline has in each bin, and which claims made it."""

from dataclasses import dataclass

import pandas as pd

from series.bins import BOUNDS, Bin, bin_numbers, split_over_bins
from series.claims import REGION
from series.overlaps import mark_overlaps
from series.sources import combine_sources

KIND = ["metric", "unit", "basis"]
LINE = ["group", "region", "region_code", "region_level", "source"]
KEYS = [*KIND, *LINE, "bin"]
_CELL = ["counted_group", *REGION, "from", "till"]
"""Counts that share these are counts of the same thing, and are compared between sources."""
_DEFINITION = [*REGION, "counted_group"]


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
    sums = sum_open(rows, KEYS).merge(rows.groupby(KEYS, dropna=False)[["spread", "below"]].any().reset_index())
    return Points(sums, rows[[*KEYS, "cell"]].merge(claims[["cell", "claim"]], on="cell").drop(columns="cell"))


def place_totals(claims: pd.DataFrame, width: Bin, best: str, *, by_region: bool) -> Points:
    """Return the points of running totals and stocks: of each source the last claim in the bin, never a sum."""
    chosen = _choose_definition(claims, by_region=by_region)
    placed = chosen.assign(bin=bin_numbers(chosen["till"], width))
    ordered = placed.sort_values(["till", "published", "best"], kind="stable")
    standing = ordered.groupby([*KEYS, "claimant"], dropna=False).tail(1)
    rows = combine_sources(standing, KEYS, best)
    return Points(rows.assign(spread=False, below=False), standing[[*KEYS, "claim"]])


def _choose_definition(claims: pd.DataFrame, *, by_region: bool) -> pd.DataFrame:
    """Return the running totals and stocks of one definition (place, group, start) for each line and source.

    Totals of different definitions are neither added up nor strung on one line: the one that the source gives most
    often stands, of equals the largest. By region only totals of just that region count, never those of its parts.
    """
    if by_region:
        own = claims["at_place"].fillna(claims["at_admin1"]).fillna(claims["at_country"])
        claims = claims[own.eq(claims["region"])]
    line = [*KIND, *LINE, "claimant"]
    usual = claims.groupby([*line, *_DEFINITION], dropna=False)["start"].transform(_find_usual)
    claims = claims.assign(begun=claims["start"].fillna(usual).where(claims["basis"].eq("cumulative")))
    groups = claims.groupby([*line, *_DEFINITION, "begun"], dropna=False)
    claims = claims.assign(
        given=groups["claim"].transform("size"), largest=groups["best"].transform("max"), definition=groups.ngroup()
    )
    ranked = claims.sort_values(["given", "largest", "definition"], kind="stable")
    return ranked[ranked["definition"].eq(ranked.groupby(line, dropna=False)["definition"].transform("last"))]


def _find_usual(dates: "pd.Series[pd.Timestamp]") -> "pd.Timestamp | None":
    """Return the most frequent date; a total without a start joins those that say when they began."""
    counts = dates.value_counts()
    return counts.index[0] if len(counts) else pd.NaT  # type: ignore[return-value]  # NaT is a missing Timestamp
