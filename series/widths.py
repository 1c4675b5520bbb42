"""How wide the points of a chart must be, so that no trace has more of them than a reader can tell apart."""

from functools import lru_cache

import pandas as pd

from series.bins import Bin, bin_numbers
from series.traces import MOST_POINTS

WHOLE, PANEL = MOST_POINTS // 2, 150
"""So many bins at most on a chart of its own, where a band has two points in each, and on a small one of many."""


@lru_cache(maxsize=1024)
def fit_width(width: Bin, first: pd.Timestamp, last: pd.Timestamp, most: int = WHOLE) -> Bin:
    """Return the width, or the next wider one of which no more than ``most`` fit between two days.

    It is remembered: each part of a page asks, and with ten readers that was a sixth of what the server did.

    >>> fit_width(Bin.DAY, pd.Timestamp("2016-01-01"), pd.Timestamp("2020-12-31"))
    <Bin.WEEK: 'week'>
    >>> fit_width(Bin.DAY, pd.Timestamp("2020-01-01"), pd.Timestamp("2020-12-31"))
    <Bin.DAY: 'day'>
    """
    if pd.isna(first) or pd.isna(last):
        return width
    widths = list(Bin)
    for wider in widths[widths.index(width) :]:
        begun, ended = bin_numbers(pd.Series([first, last]), wider)
        if ended - begun < most:
            return wider
    return Bin.YEAR
