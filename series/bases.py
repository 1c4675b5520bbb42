"""What the points of a view rest on: its figures, and those of other days and bases that its points are made of."""

import numpy as np
import pandas as pd

from series.bins import bin_days
from series.countings import Counted
from series.drawings import count_view, find_claims_of
from series.filters import Filters
from series.ledgers import Ledger
from series.numberings import BASES
from series.options import Options
from series.points import Points, list_points


def list_bases(ledger: Ledger, filters: Filters, options: Options) -> pd.DataFrame:
    """Return the figures that the filters let through, and all others that the points of their view are made of.

    Those are a running total that the first difference is taken from, the totals of which new counts are the
    differences, a stock that was carried into the days asked for, and what fell on other days of their bins.
    """
    inside = find_claims_of(ledger, filters.apply(ledger.figures))
    if filters.basis or filters.since or filters.until:
        counted = count_view(ledger, filters, options)
        for points in list_points(counted):
            inside[counted.judged.live["at"][_find_rows(points, counted, filters)]] = True
    return pd.DataFrame(ledger.figures[inside[ledger.owner]])


def _find_rows(points: Points, counted: Counted, filters: Filters) -> np.ndarray:
    """Return the live claims behind the points that stay, with the total before each that is a difference."""
    asked = np.array([not filters.basis or name in filters.basis for name in BASES])
    stays = asked[points.rows["line"] % len(BASES)]
    for day, after in ((filters.since, np.greater_equal), (filters.until, np.less_equal)):
        if day:
            own = bin_days(np.array([np.datetime64(day, "D").astype(np.int64)]), counted.options.width)
            stays &= after(points.rows["bin"], own)
    members = points.members()
    member = members.pick(stays[members["point"]])
    rows, tolls = member["row"], counted.judged.tolls
    if tolls is None:
        return rows
    before = np.arange(len(counted.judged.live))
    before[tolls.steps["row"]] = tolls.steps["before"]
    differs = points.rows["line"][member["point"]] % len(BASES) == BASES.index("new")
    return np.concatenate([rows, before[rows[differs]]])
