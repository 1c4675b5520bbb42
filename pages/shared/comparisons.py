"""What several pages need of the sources side by side: worked out once for a set of filters, kept while they stand."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pages.shared.choices import Choices
from pages.shared.doors import load_figures, load_ledger, load_view, name_revision
from pages.shared.memories import remember
from series.citations import list_chains
from series.coverage import list_sources
from series.drawings import find_claims_of
from series.events import compare_claims, find_disputes, rank_events
from series.filters import Filters
from series.ledgers import Ledger, make_ledger
from series.options import Options


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of all sources numbered by claim, the sides of the events that several count, and the events."""

    figures: pd.DataFrame
    sides: pd.DataFrame
    events: pd.DataFrame

    def find_disputes(self) -> "pd.Series[float]":
        """Return how far apart the sources of each figure's event are; 1 where nobody else counts it."""
        return find_disputes(self.figures, self.sides)


def compare(choices: Choices) -> Compared:
    """Return the sources of a view side by side, also those that are not chosen: one alone has nobody beside it."""
    return _compare(name_revision(), replace(choices.filters, source=()), choices.options)


@remember(4, "Setting the sources side by side")
def _compare(revision: str, filters: Filters, options: Options) -> Compared:  # noqa: ARG001  # a part of the key
    return _set_side_by_side(load_ledger(options.as_known), filters, options)


def _set_side_by_side(ledger: Ledger, filters: Filters, options: Options) -> Compared:
    figures = filters.apply(ledger.figures)
    sides = compare_claims(ledger, find_claims_of(ledger, figures), options)
    return Compared(figures, sides, rank_events(sides))


def compare_event(row: Mapping[Hashable, Any]) -> Compared:
    """Return what all sources say of the event of one figure, the figure's own side among them."""
    if row["region_level"] == "none" or pd.isna(row["till"]):
        nothing = Filters(metric=("",))
        return _compare_few(name_revision(), nothing)
    days = (row["till"] if pd.isna(day) else day for day in (row["from"], row["till"]))
    since, until = (pd.Timestamp(day).date() for day in days)
    one = {name: (str(row[name]),) for name in ("metric", "basis", "unit", "region")}
    group, status = (str(row["counted_group"]),), (str(row["status"]),)
    return _compare_few(name_revision(), Filters(**one, group=group, status=status, since=since, until=until))


@remember(64)
def _compare_few(revision: str, filters: Filters) -> Compared:  # noqa: ARG001  # a part of the cache's key
    return _set_side_by_side(make_ledger(load_view(filters)), Filters(), Options(statuses=filters.status))


def load_coverage(choices: Choices) -> pd.DataFrame:
    """Return what each source of a view covers (``series.coverage``); of the chosen ones only, if any are."""
    table = _list_sources(name_revision(), replace(choices.filters, source=()), choices.options)
    chosen = choices.filters.source
    return table[table["source"].isin(chosen)] if chosen else table


@remember(4, "Counting what each source covers")
def _list_sources(revision: str, filters: Filters, options: Options) -> pd.DataFrame:
    compared = _compare(revision, filters, options)
    return list_sources(compared.figures, compared.sides, load_figures())


def load_chains(choices: Choices) -> pd.DataFrame:
    """Return who cites whom in a view (``series.citations``)."""
    return _list_chains(name_revision(), choices.filters, choices.options)


@remember(4, "Following the citations")
def _list_chains(revision: str, filters: Filters, options: Options) -> pd.DataFrame:
    compared = _compare(revision, replace(filters, source=()), options).figures
    return list_chains(compared[compared["claimant"].isin(filters.source)] if filters.source else compared)
