"""Series drawn of a ledger: a filter picks whole claims out of it, so that nothing is numbered or sorted again."""

from dataclasses import replace

import numpy as np
import pandas as pd

from series.cores import work_on_cores
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
_MANY = 100_000
"""So many claims are worth parting by metric: each part costs what a look at all claims costs."""


def count_view(ledger: Ledger, filters: Filters, options: Options) -> Counted:
    """Return the judged claims of a view, of all days and of every basis that its points may rest on."""
    return count_claims(ledger, options, find_inside(ledger, filters.widen()))


def draw_view(ledger: Ledger, filters: Filters, options: Options) -> pd.DataFrame:
    """Return the points of a view (``series.timelines.DRAWN``), made of all its days, then clipped to those asked for.

    The ledger is that of the figures known on the day ``as_known``, if there is one. Numbers of different metrics never
    meet: of many claims each metric is drawn by itself, on a core of its own, and the ledger remembers it.
    """
    view = filters.widen()
    parts = _part_by_metric(ledger, view)

    def draw(part: Filters) -> pd.DataFrame:
        return ledger.drawn.find((part, options), lambda: _draw(ledger, part, options, parts[part]))

    largest_first = sorted(parts, key=lambda part: -np.count_nonzero(parts[part]))
    drawn = dict(zip(largest_first, work_on_cores(draw, largest_first), strict=True))
    rows = [drawn[part] for part in parts if len(drawn[part])]
    return filters.clip(pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=DRAWN))


def _part_by_metric(ledger: Ledger, view: Filters) -> dict[Filters, np.ndarray]:
    """Return which claims a view of all days lets through, for each of its metrics where they are many."""
    inside = find_inside(ledger, view)
    if np.count_nonzero(inside) < _MANY:
        return {view: inside}
    metric, names = ledger.claims["metric"], ledger.coded.names["metric"]
    asked = np.flatnonzero(np.bincount(metric[inside], minlength=len(names)))
    return {replace(view, metric=(str(names[code]),)): inside & (metric == code) for code in asked}


def _draw(ledger: Ledger, view: Filters, options: Options, inside: np.ndarray) -> pd.DataFrame:
    return draw_counted(count_claims(ledger, options, inside, name=view))


def estimate_view(ledger: Ledger, filters: Filters, options: Options) -> pd.DataFrame:
    """Return the estimates of a view (``series.estimates.COLUMNS``), as ``draw_view``."""
    return filters.clip(estimate_counted(count_view(ledger, filters, options)))


def find_inside(ledger: Ledger, filters: Filters) -> np.ndarray:
    """Return which claims of a ledger the filters let through, their days apart."""
    inside = np.ones(len(ledger.claims), dtype=bool)
    for field, name in _CODES.items():
        if chosen := getattr(filters, field):
            inside &= np.isin(ledger.coded.names[name].astype(str), chosen)[ledger.claims[name]]
    if filters.basis:
        inside &= np.isin(BASES, filters.basis)[ledger.claims["basis"]]
    if filters.region:
        inside &= _find_regions(ledger, filters.region)[ledger.claims["region"]]
    return inside


def find_claims_of(ledger: Ledger, figures: pd.DataFrame) -> np.ndarray:
    """Return which claims of a ledger some of its figures make (rows of ``ledger.figures``)."""
    inside = np.zeros(len(ledger.claims), dtype=bool)
    inside[ledger.owner[ledger.figures.index.isin(figures.index)]] = True
    return inside


def _find_regions(ledger: Ledger, asked: tuple[str, ...]) -> np.ndarray:
    """Return which regions, by number, lie in one of those asked for by name or code."""
    heads = np.zeros(len(ledger.coded.places), dtype=np.int64)
    region = ledger.claims["region"]
    heads[region] = ledger.claims["head"]
    rows = ledger.figures.iloc[heads]
    found = np.zeros(len(heads), dtype=bool)
    for one in asked:
        found |= find_in_region(rows, one).to_numpy(bool)
    return found
