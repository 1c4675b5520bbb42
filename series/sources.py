"""Sources side by side: the envelope of their numbers, and which single number stands for them."""

import numpy as np
import pandas as pd


def combine_sources(lines: pd.DataFrame, keys: list[str], best: str = "median") -> pd.DataFrame:
    """Return one row for each ``keys`` out of one row for each source (column claimant) with low, best and high.

    Nothing is added across sources. ``high`` is the highest number that any source states and stays open only
    where that number is itself an open bound; ``low`` likewise. ``best`` is the ``median`` of the sources (rounded
    down), the ``lowest`` (ACLED's rule), the ``highest``, or the number of the source so named, with the median
    where that source is silent.
    """
    stated = lines.assign(
        floor=lines["low"].fillna(lines["best"]),
        ceiling=lines["high"].fillna(lines["best"]),
        open_low=lines["low"].isna(),
        open_high=lines["high"].isna(),
    )
    groups = stated.groupby(keys, dropna=False)
    low, high = groups["floor"].min(), groups["ceiling"].max()
    lowest = stated["floor"].eq(groups["floor"].transform("min")) & stated["open_low"]
    highest = stated["ceiling"].eq(groups["ceiling"].transform("max")) & stated["open_high"]
    key_columns = [stated[key] for key in keys]
    combined = pd.DataFrame(
        {
            "low": low.mask(lowest.groupby(key_columns, dropna=False).any()),
            "best": _choose_best(stated, keys, best),
            "high": high.mask(highest.groupby(key_columns, dropna=False).any()),
        }
    )
    return combined.reset_index()


def _choose_best(lines: pd.DataFrame, keys: list[str], best: str) -> "pd.Series[float]":
    groups = lines.groupby(keys, dropna=False)["best"]
    if best in {"lowest", "highest"}:
        return groups.min() if best == "lowest" else groups.max()
    median = pd.Series(np.floor(groups.median()))
    if best == "median":
        return median
    preferred = lines[lines["claimant"].eq(best)].groupby(keys, dropna=False)["best"].max()
    return preferred.reindex(median.index).fillna(median)
