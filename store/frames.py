"""All figures as one table for the series room."""

from typing import Any

import pandas as pd
from sqlalchemy import String, cast, select
from sqlalchemy.sql.expression import ColumnElement

from store.connections import Store, reading
from store.tables import FIGURES, REPORTS

_FROM_REPORT = ("title", "url", "paraphrased")
_DATES = ("start", "end", "published")
_NUMBERS = ("value", "low", "high", "latitude", "longitude", "share", "confidence")
_COUNTS = ("span_start", "span_end")


def read_figures(store: Store) -> pd.DataFrame:
    """Return one row a figure, in the order of published, report and span; undated ones stand last.

    Columns: the figure record's fields in its order (the span as ``span_start`` and ``span_end``), then
    ``title``, ``url`` and ``paraphrased`` of its report. Words, enums among them, are strings, dates are
    datetime64; numbers are float64, exact up to 2**53, and an open bound is NaN.
    """
    report = FIGURES.c.report == REPORTS.c.id
    columns = [*(_select_column(column) for column in FIGURES.c), *(REPORTS.c[name] for name in _FROM_REPORT)]
    order = (FIGURES.c.published.nulls_last(), FIGURES.c.report, FIGURES.c.span_start, FIGURES.c.span_end, FIGURES.c.id)
    with reading(store) as connection:
        rows = connection.execute(select(*columns).join_from(FIGURES, REPORTS, report).order_by(*order)).all()
    names = [column.name for column in columns]
    values = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pd.DataFrame({name: _build_column(name, cells) for name, cells in zip(names, values, strict=True)})


def _select_column(column: ColumnElement[Any]) -> ColumnElement[Any]:
    # Dates travel as their ISO words: pandas reads a column of them faster than Python builds the dates.
    return cast(column, String).label(column.name) if column.name in _DATES else column


def _build_column(name: str, cells: tuple[object, ...]) -> "pd.Series[Any]":
    if name in _DATES:
        return pd.to_datetime(pd.Series(cells, dtype="str"), format="%Y-%m-%d")
    if name in _NUMBERS:
        return pd.Series(cells, dtype="float64")
    if name in _COUNTS:
        return pd.Series(cells, dtype="int64")
    return pd.Series(cells, dtype="bool" if name == "paraphrased" else "str")
