"""Sources side by side: the envelope of their numbers, and which single number stands for them."""

import numpy as np
import pandas as pd

RULES = ("median", "lowest", "highest")


def combine_sources(lines: pd.DataFrame, keys: list[str], best: str = "median") -> pd.DataFrame:
    """Return one row for each ``keys`` out of one row for each source (column claimant) with low, best and high.

    Nothing is added across sources. ``high`` is the highest number that any source states and stays open only
    where that number is itself an open bound; ``low`` likewise (UCDP's low, best and high). ``best`` is the
    ``median`` of the sources (of an even number the mean of the middle two, rounded down), the ``lowest`` (ACLED's
    rule), the ``highest``, or the number of the source so named (IDMC's recommended figure), with the median where
    that source is ``silent``.
    """
    stated = lines.assign(
        floor=lines["low"].fillna(lines["best"]),
        ceiling=lines["high"].fillna(lines["best"]),
    )
    groups = stated.groupby(keys, dropna=False, sort=False)
    low, high = groups["floor"].transform("min"), groups["ceiling"].transform("max")
    marked = stated.assign(
        open_low=stated["floor"].eq(low) & lines["low"].isna(),
        open_high=stated["ceiling"].eq(high) & lines["high"].isna(),
    )
    again = marked.groupby(keys, dropna=False)
    combined = again.agg(
        low=("floor", "min"),
        high=("ceiling", "max"),
        open_low=("open_low", "max"),
        open_high=("open_high", "max"),
    )
    chosen, silent = _choose_best(marked, keys, best)
    combined = combined.assign(
        low=combined["low"].mask(combined["open_low"]), best=chosen, high=combined["high"].mask(combined["open_high"])
    )
    return combined.assign(silent=silent)[["low", "best", "high", "silent"]].reset_index()


def _choose_best(lines: pd.DataFrame, keys: list[str], best: str) -> "tuple[pd.Series[float], pd.Series[bool]]":
    groups = lines.groupby(keys, dropna=False)["best"]
    if best in {"lowest", "highest"}:
        chosen = groups.min() if best == "lowest" else groups.max()
        return chosen, pd.Series(data=False, index=chosen.index)
    median = pd.Series(np.floor(groups.median()))
    if best == "median":
        return median, pd.Series(data=False, index=median.index)
    preferred = lines[lines["claimant"].eq(best)].groupby(keys, dropna=False)["best"].max().reindex(median.index)
    return preferred.fillna(median), preferred.isna()
