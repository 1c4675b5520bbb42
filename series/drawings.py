"""Series drawn of a ledger: a filter picks whole claims out of it, so that nothing is numbered or sorted again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from os import cpu_count

import numpy as np
import pandas as pd

from series.countings import Counted, count_claims
from series.estimates import estimate_counted
from series.filters import Filters
from series.ledgers import Ledger
from series.numberings import BASES
from series.options import Options
from series.regions import find_in_region
from series.timelines import DRAWN, draw_counted

_CODES = {"metric": "metric", "unit": "unit", "status": "status", "source": "claimant", "group": "group"}
"""The code of a claim that a filter asks for."""


def count_view(ledger: Ledger, filters: Filters, options: Options) -> Counted:
    """Return the judged claims of a view, of all days and of every basis that its points may rest on."""
    return count_claims(ledger, options, find_inside(ledger, filters.widen()))


def draw_view(ledger: Ledger, filters: Filters, options: Options) -> pd.DataFrame:
    """Return the points of a view (``series.timelines.DRAWN``), made of all its days, then clipped to those asked for.

    The ledger is that of the figures known on the day ``as_known``, if there is one. Numbers of different metrics never
    meet: each is drawn by itself, on a core of its own, and remembered by the ledger.
    """
    names = ledger.coded.names["metric"].astype(str)
    there = np.unique(ledger.claims["metric"].to_numpy()).tolist()
    asked = [code for code in there if not filters.metric or names[code] in filters.metric]
    views = [replace(filters.widen(), metric=(names[code],)) for code in asked]
    with ThreadPoolExecutor(max_workers=max(1, min(len(views), cpu_count() or 1))) as cores:
        drawn = [rows for rows in cores.map(lambda view: _draw_metric(ledger, view, options), views) if len(rows)]
    return filters.clip(pd.concat(drawn, ignore_index=True) if drawn else pd.DataFrame(columns=DRAWN))


def _draw_metric(ledger: Ledger, view: Filters, options: Options) -> pd.DataFrame:
    """Return the points of a view of one metric, of all days."""

    def draw() -> pd.DataFrame:
        return draw_counted(count_claims(ledger, options, find_inside(ledger, view), name=view))

    return ledger.drawn.find((view, options), draw)


def estimate_view(ledger: Ledger, filters: Filters, options: Options) -> pd.DataFrame:
    """Return the estimates of a view (``series.estimates.COLUMNS``), as ``draw_view``."""
    return filters.clip(estimate_counted(count_view(ledger, filters, options)))


def find_inside(ledger: Ledger, filters: Filters) -> np.ndarray:
    """Return which claims of a ledger the filters let through, their days apart."""
    inside = np.ones(len(ledger.claims), dtype=bool)
    for field, name in _CODES.items():
        if chosen := getattr(filters, field):
            inside &= np.isin(ledger.coded.names[name].astype(str), chosen)[ledger.claims[name].to_numpy()]
    if filters.basis:
        inside &= np.isin(BASES, filters.basis)[ledger.claims["basis"].to_numpy()]
    if filters.region:
        inside &= _find_regions(ledger, filters.region)[ledger.claims["region"].to_numpy()]
    return inside


def find_claims_of(ledger: Ledger, figures: pd.DataFrame) -> np.ndarray:
    """Return which claims of a ledger some of its figures make (rows of ``ledger.figures``)."""
    inside = np.zeros(len(ledger.claims), dtype=bool)
    inside[ledger.owner[ledger.figures.index.isin(figures.index)]] = True
    return inside


def _find_regions(ledger: Ledger, asked: tuple[str, ...]) -> np.ndarray:
    """Return which regions, by number, lie in one of those asked for by name or code."""
    heads = np.zeros(len(ledger.coded.places), dtype=np.int64)
    region = ledger.claims["region"].to_numpy()
    heads[region] = ledger.claims["head"].to_numpy()
    rows = ledger.figures.iloc[heads]
    found = np.zeros(len(heads), dtype=bool)
    for one in asked:
        found |= find_in_region(rows, one).to_numpy(bool)
    return found
