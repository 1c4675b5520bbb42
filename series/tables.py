"""The tables that are taken away, by name: what the command line writes and the data API serves."""

from enum import StrEnum

import pandas as pd

from series.claims import list_claims
from series.downloads import select_claims, select_figures
from series.estimates import make_estimates, trace_claims
from series.filters import Filters
from series.ledgers import make_ledger
from series.options import Options
from series.points import count_claims
from series.timelines import COLUMNS, draw_points


class Table(StrEnum):
    """What is taken away."""

    FIGURES = "figures"
    CLAIMS = "claims"
    ESTIMATES = "estimates"
    TIMELINE = "timeline"


def make_table(figures: pd.DataFrame, name: str, filters: Filters, options: Options) -> pd.DataFrame:
    """Return the table of that name; a timeline and estimates are made of all days, then clipped to those asked for."""
    if name == Table.FIGURES:
        return select_figures(filters.apply(figures))
    if name == Table.CLAIMS:
        counted = count_claims(make_ledger(filters.apply(figures)), options)
        claims = list_claims(counted.ledger, counted.inside, counted.why, counted.numbers)
        return select_claims(claims.assign(reason=trace_claims(counted)).sort_values("claim", kind="stable"))
    view = filters.without_days().apply(figures)
    if name == Table.ESTIMATES:
        return filters.clip(make_estimates(view, options))
    return filters.clip(draw_points(view, options))[COLUMNS]
