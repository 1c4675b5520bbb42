"""What each region has at each date of a map's slider: a count in the bin, or what stands at that date; never a sum."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from series.bins import BOUNDS, Bin, bin_numbers, bin_starts

MOST_STEPS = 120


@dataclass(frozen=True, slots=True)
class Steps:
    """The dates of the slider, and for each region (name, level, code) a row of ``best``, ``low``, ``high`` a date."""

    starts: pd.DatetimeIndex
    regions: pd.DataFrame
    best: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def has_any(self, indices: Sequence[int]) -> np.ndarray:
        """Return for each date whether one of some regions, by their rows, has a value then."""
        return np.asarray((~np.isnan(self.best[list(indices)])).any(axis=0))


def make_steps(timeline: pd.DataFrame, width: Bin, *, running: bool = False) -> Steps:
    """Return the values of each region of a timeline by region at each of its bins.

    New counts stand in their own bin, or ``running`` as the sum that the timeline already holds, which stands until
    it grows. Running totals stand until the next one. Stocks stand where the timeline has them: it carries them on.
    Unverified claims are not on the map. Of more than ``MOST_STEPS`` bins the last ones are kept.
    """
    told = timeline[timeline["status"].ne("unverified") & timeline["best"].notna()]
    told = told.assign(bin=bin_numbers(told["start"], width) if len(told) else 0)
    heads = told.drop_duplicates(["region", "region_level"])[["region", "region_level", "region_code"]]
    heads = heads.reset_index(drop=True)
    first, last = (int(told["bin"].min()), int(told["bin"].max())) if len(told) else (0, -1)
    first = max(first, last - MOST_STEPS + 1)
    bins = np.arange(first, last + 1)
    stands = running or bool(told["basis"].eq("cumulative").all())
    tables = {bound: _spread(told, heads, bins, bound, stands=stands) for bound in BOUNDS}
    return Steps(bin_starts(bins, width), heads, tables["best"], tables["low"], tables["high"])


def _spread(told: pd.DataFrame, heads: pd.DataFrame, bins: np.ndarray, bound: str, *, stands: bool) -> np.ndarray:
    """Return one bound by region and bin; of several lines of a region that with the most claims counts."""
    order = told.sort_values("claims", ascending=False, kind="stable")
    order = order.drop_duplicates(["region", "region_level", "bin"])
    table = order.pivot_table(
        index=["region", "region_level"], columns="bin", values=bound, aggfunc="first", dropna=False
    )
    table = table.reindex(pd.MultiIndex.from_frame(heads[["region", "region_level"]]))
    columns = np.union1d(table.columns.to_numpy(dtype=np.int64), bins)
    table = table.reindex(columns=columns)
    if stands:
        known = order.assign(known=1.0).pivot_table(index=["region", "region_level"], columns="bin", values="known")
        known = known.reindex(index=table.index, columns=columns).notna()
        table = table.where(~known, table.fillna(np.inf)).ffill(axis=1).replace(np.inf, np.nan)
    return np.asarray(table[bins].to_numpy(float))
