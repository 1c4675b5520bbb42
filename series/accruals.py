"""New counts added up over time: what each line has come to by the end of each bin."""

import pandas as pd

from series.bins import BOUNDS
from series.kinds import KIND, LINE
from series.sums import sum_over_time


def add_up(timeline: pd.DataFrame) -> pd.DataFrame:
    """Return the timeline with each line's new counts added up from its first bin on.

    Running totals and stocks are refused with a SumError. A sum with an open bound in it is open from there on. The
    counts of claims and figures are those behind the sum.
    """
    sum_over_time(timeline[timeline["basis"].ne("new")])
    ordered = timeline.sort_values("start", kind="stable")
    groups = ordered.groupby([*KIND, *LINE, "status"], dropna=False, sort=False)
    sums = {name: groups[name].cumsum(skipna=False) for name in (*BOUNDS, "claims", "figures")}
    return timeline.assign(**{name: column.reindex(timeline.index) for name, column in sums.items()})
