"""All figures as one table for the series room."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, String, and_, cast, collate, literal, or_, select
from sqlalchemy.sql.expression import ColumnElement

from store.connections import Store, reading
from store.reviews import lay_over, read_standing
from store.tables import FIGURES, REPORTS, TWINS

if TYPE_CHECKING:
    # It takes longer to import than all else here, and an import of reports does without.
    import pandas as pd

_FROM_REPORT = ("title", "url", "paraphrased")
_DATES = ("start", "end", "published")
_NUMBERS = ("value", "low", "high", "latitude", "longitude", "share", "confidence")
_COUNTS = ("span_start", "span_end")


def read_figures(store: Store, *, known: date | None = None) -> "pd.DataFrame":
    """Return one row a figure, in the order of published, report and span; undated ones stand last.

    Of a report with several versions the newest counts; with ``known`` the one that was the newest on that day, and
    nothing that was published later. Columns: the figure record's fields in its order (the span as ``span_start`` and
    ``span_end``), with corrections laid over; ``title``, ``url`` and ``paraphrased`` of its report; ``review``
    ("accepted", "corrected", "rejected" or missing); ``copy_of``, the id of the figure in this table that it repeats
    in another paper's copy of the same text. Words, enums among them, are strings, dates are datetime64; numbers are
    float64, exact up to 2**53, and an open bound is NaN.
    """
    with reading(store) as connection:
        return read_frame(connection, known)


def read_frame(connection: Connection, known: date | None = None) -> "pd.DataFrame":
    """Return the table of ``read_figures`` as one transaction sees it."""
    return lay_over(_promote_copies(_read_rows(connection, _is_newest(known))), read_standing(connection))


def read_some(connection: Connection, ids: Sequence[str]) -> "pd.DataFrame":
    """Return some figures of the table, without what ``copy_of`` says where the original is not among them."""
    asked = and_(_is_newest(None), FIGURES.c.id.in_(ids))
    return lay_over(_read_rows(connection, asked), read_standing(connection, ids))


def _read_rows(connection: Connection, asked: ColumnElement[bool]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415

    columns = [*(_select_column(column) for column in FIGURES.c), *(REPORTS.c[name] for name in _FROM_REPORT)]
    columns = [*columns, literal(None, String).label("review"), TWINS.c.original.label("copy_of")]
    joined = FIGURES.join(REPORTS, FIGURES.c.report == REPORTS.c.id).outerjoin(TWINS, TWINS.c.figure == FIGURES.c.id)
    # Letter by letter, as SQLite sorts: PostgreSQL would follow the language of the server.
    by_id = [
        FIGURES.c[name] if connection.dialect.name == "sqlite" else collate(FIGURES.c[name], "C")
        for name in ("report", "id")
    ]
    order = (FIGURES.c.published.nulls_last(), by_id[0], FIGURES.c.span_start, FIGURES.c.span_end, by_id[1])
    rows = connection.execute(select(*columns).select_from(joined).where(asked).order_by(*order)).all()
    names = [column.name for column in columns]
    values = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pd.DataFrame({name: _build_column(name, cells) for name, cells in zip(names, values, strict=True)})


def _is_newest(known: date | None) -> ColumnElement[bool]:
    if known is None:
        return REPORTS.c.superseded.is_(None)
    begun = or_(REPORTS.c.known.is_(None), REPORTS.c.known <= known)
    return and_(begun, or_(REPORTS.c.superseded.is_(None), REPORTS.c.superseded > known))


def _promote_copies(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Let the first copy stand for an original that is not in the table."""
    lost = frame["copy_of"].notna() & ~frame["copy_of"].isin(frame["id"])
    if not lost.any():
        return frame
    first = frame[lost].groupby("copy_of")["id"].transform("first")
    frame.loc[lost, "copy_of"] = first.where(first.ne(frame.loc[lost, "id"]))
    return frame


def _select_column(column: ColumnElement[Any]) -> ColumnElement[Any]:
    # Dates travel as their ISO words: pandas reads a column of them faster than Python builds the dates.
    return cast(column, String).label(column.name) if column.name in _DATES else column


def _build_column(name: str, cells: tuple[object, ...]) -> "pd.Series[Any]":
    import pandas as pd  # noqa: PLC0415

    if name in _DATES:
        return pd.to_datetime(pd.Series(cells, dtype="str"), format="%Y-%m-%d").dt.as_unit("s")
    if name in _NUMBERS:
        return pd.Series(cells, dtype="float64")
    if name in _COUNTS:
        return pd.Series(cells, dtype="int64")
    return pd.Series(cells, dtype="bool" if name == "paraphrased" else "str")
