"""Filters: what a view shows, as one value that travels in the address, on the command line and in a file's name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Self

import pandas as pd

from series.figures import prepare_figures
from series.regions import find_in_region

_COLUMN = {
    "metric": "metric",
    "basis": "basis",
    "unit": "unit",
    "source": "claimant",
    "group": "counted_group",
    "status": "status",
}


class FilterError(ValueError):
    """A filter holds something that cannot be read; the message names it and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is shown. An empty tuple lets everything through; several values of one filter are alternatives.

    ``since`` and ``until`` are days, both included: a figure passes where its period (where none is stated, its day
    of publication) touches them.

    >>> Filters(metric=("killed",), since=date(2020, 1, 1)).to_query()
    {'metric': ['killed'], 'since': ['2020-01-01']}
    """

    metric: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def to_query(self) -> dict[str, list[str]]:
        """Return the filters that are set, as query parameters."""
        query = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                query[field.name] = list(value) if isinstance(value, tuple) else [value.isoformat()]
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Self:
        """Return the filters that query parameters hold; parameters of other names are passed over.

        >>> Filters.from_query({"metric": ["killed"], "until": ["2020-03-01"], "page": ["2"]}).until
        datetime.date(2020, 3, 1)
        """
        known: dict[str, tuple[str, ...]] = {}
        days: dict[str, date] = {}
        for name in (field.name for field in fields(cls)):
            values = tuple(value for value in query.get(name, ()) if value)
            if values and name in ("since", "until"):
                days[name] = _read_day(name, values[0])
            elif values:
                known[name] = values
        return cls(**known, **days)  # type: ignore[arg-type]  # the two kinds of fields are told apart above

    def without_days(self) -> Self:
        """Return the filters without ``since`` and ``until``: running totals and stocks rest on earlier days."""
        return replace(self, since=None, until=None)

    def widen(self) -> Self:
        """Return the filters that let through what points rest on: all days, and running totals beside new counts.

        What was new comes out of running totals too, and new counts may be a running total (``series.strings``). What
        is drawn of that is clipped to the days and the basis asked for (``clip``).

        >>> Filters(basis=("new",), until=date(2020, 1, 1)).widen().basis
        ('new', 'cumulative')
        """
        counted = ("new", "cumulative")
        more = tuple(name for name in counted if name not in self.basis) if set(self.basis) & set(counted) else ()
        return replace(self, since=None, until=None, basis=(*self.basis, *more))

    def apply(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Return the figures that the filters let through, with the columns of ``prepare_figures``."""
        frame = prepare_figures(figures)
        keep = pd.Series(data=True, index=frame.index)
        for name, column in _COLUMN.items():
            if chosen := getattr(self, name):
                keep &= frame[column].isin(chosen)
        if self.region:
            within = pd.Series(data=False, index=frame.index)
            for region in self.region:
                within |= find_in_region(frame, region)
            keep &= within
        if self.since:
            keep &= frame["till"] >= pd.Timestamp(self.since)
        if self.until:
            keep &= frame["from"] <= pd.Timestamp(self.until)
        return frame[keep]

    def clip(self, timeline: pd.DataFrame) -> pd.DataFrame:
        """Return the points of a timeline of the basis asked for, between ``since`` and ``until``.

        A bin that touches those days stays.
        """
        if not (self.basis or self.since or self.until):
            return timeline
        keep = pd.Series(data=True, index=timeline.index)
        if self.basis:
            keep &= timeline["basis"].isin(self.basis)
        if self.since:
            keep &= timeline["end"] >= pd.Timestamp(self.since)
        if self.until:
            keep &= timeline["start"] <= pd.Timestamp(self.until)
        return timeline[keep]

    def name_file(self, table: str, suffix: str) -> str:
        """Return a file name that says what is inside.

        >>> Filters(metric=("killed",), source=("White Helmets", "OCHA")).name_file("figures", "csv")
        'who-counts_figures_metric-killed_source-white-helmets+ocha.csv'
        """
        parts = [f"{name}-{'+'.join(map(_slug, values))}" for name, values in self.to_query().items()]
        return "_".join(["who-counts", table, *parts])[:180] + f".{suffix}"


def _slug(value: str) -> str:
    return re.sub(r"[^\w.]+", "-", value.lower()).strip("-")


def _read_day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise FilterError(f"{name}: {value!r} is not a date; write it as 2020-02-29") from None
