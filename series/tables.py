"""The tables that are taken away, by name: what the command line writes and the data API serves."""

from enum import StrEnum

import pandas as pd

from series.bases import list_bases
from series.claims import list_claims
from series.downloads import select_claims, select_figures
from series.drawings import count_view, draw_view, estimate_view, find_claims_of
from series.estimates import trace_claims
from series.filters import Filters
from series.ledgers import Ledger, make_ledger
from series.options import Options
from series.timelines import COLUMNS, keep_known


class Table(StrEnum):
    """What is taken away."""

    FIGURES = "figures"
    CLAIMS = "claims"
    ESTIMATES = "estimates"
    TIMELINE = "timeline"


def make_table(figures: pd.DataFrame, name: str, filters: Filters, options: Options) -> pd.DataFrame:
    """Return the table of that name.

    A timeline and estimates are made of all days and of all that their points rest on, then clipped to what is asked.
    """
    if name == Table.FIGURES:
        return select_figures(filters.apply(figures))
    ledger = make_ledger(keep_known(filters.widen().apply(figures), options))
    if name == Table.CLAIMS:
        return select_claims(_list_claims(ledger, filters, options))
    if name == Table.ESTIMATES:
        return estimate_view(ledger, filters, options)
    return draw_view(ledger, filters, options)[COLUMNS]


def find_behind(figures: pd.DataFrame, name: str, filters: Filters, options: Options) -> pd.DataFrame:
    """Return the figures to cite for the table of that name: of points also those of other days that they rest on."""
    if name in {Table.FIGURES, Table.CLAIMS} or filters == filters.widen():
        return filters.apply(figures)
    return list_bases(make_ledger(keep_known(filters.widen().apply(figures), options)), filters, options)


def _list_claims(ledger: Ledger, filters: Filters, options: Options) -> pd.DataFrame:
    """Return the claims of the figures that the filters let through, each with why it made no point of its view."""
    counted = count_view(ledger, filters, options)
    asked = find_claims_of(ledger, filters.apply(ledger.figures))
    claims = list_claims(ledger, counted.judged.inside, counted.judged.why, counted.judged.numbers)
    claims = claims.assign(reason=trace_claims(counted, filters.basis))[asked]
    return claims.sort_values("claim", kind="stable")
