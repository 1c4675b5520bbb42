"""All figures as one table for the series room."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, String, Table, and_, cast, literal, or_, select
from sqlalchemy.sql.expression import ColumnElement

from store.columns import read_columns
from store.connections import Store, reading
from store.reviews import lay_over, read_standing
from store.tables import FIGURES, REPORTS, TWINS

if TYPE_CHECKING:
    # It takes longer to import than all else here, and an import of reports does without.
    import pandas as pd
    import pyarrow as pa

_FROM_REPORT = ("title", "url", "paraphrased")
_DATES = ("start", "end", "published")
_NUMBERS = ("value", "low", "high", "latitude", "longitude", "share", "confidence")
_COUNTS = ("span_start", "span_end")
_ORDER = ["published", "report", "span_start", "span_end", "id"]


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
    import pyarrow as pa  # noqa: PLC0415

    frame = _promote_copies(_read_rows(connection, _is_newest(known), FIGURES))
    # Arrow keeps the room in which it read: with a million figures as much as the table itself takes.
    pa.default_memory_pool().release_unused()
    return lay_over(frame, read_standing(connection))


def read_some(connection: Connection, ids: Sequence[str]) -> "pd.DataFrame":
    """Return some figures of the table, without what ``copy_of`` says where the original is not among them."""
    asked = and_(_is_newest(None), FIGURES.c.id.in_(ids))
    return lay_over(_read_rows(connection, asked), read_standing(connection, ids))


def _read_rows(connection: Connection, asked: ColumnElement[bool], steps: Table | None = None) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415
    from pyarrow import compute  # noqa: PLC0415

    columns = [*(_select_column(column) for column in FIGURES.c), *(REPORTS.c[name] for name in _FROM_REPORT)]
    columns = [*columns, literal(None, String).label("review"), TWINS.c.original.label("copy_of")]
    joined = FIGURES.join(REPORTS, FIGURES.c.report == REPORTS.c.id).outerjoin(TWINS, TWINS.c.figure == FIGURES.c.id)
    query = select(*columns).select_from(joined).where(asked)
    table = read_columns(connection, query, _list_types(column.name for column in columns), steps=steps)
    # Arrow compares words letter by letter, whatever the language of the server; nothing stands last.
    order = compute.sort_indices(table.select(_ORDER), [(name, "ascending") for name in _ORDER])
    with ThreadPoolExecutor() as cores:
        built = cores.map(lambda cells: _build_column(cells, order), table.columns)
        return pd.DataFrame(dict(zip(table.column_names, built, strict=True)))


def _is_newest(known: date | None) -> ColumnElement[bool]:
    if known is None:
        return REPORTS.c.superseded.is_(None)
    begun = or_(REPORTS.c.known.is_(None), REPORTS.c.known <= known)
    return and_(begun, or_(REPORTS.c.superseded.is_(None), REPORTS.c.superseded > known))


def _promote_copies(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Let the first copy stand for an original that is not in the table."""
    copies = frame.loc[frame["copy_of"].notna(), ["id", "copy_of"]]
    # Few figures are copies: to look for all others among them takes a tenth of the time of the other way round.
    there = frame.loc[frame["id"].isin(copies["copy_of"]), "id"]
    lost = copies[~copies["copy_of"].isin(there)]
    if len(lost):
        first = lost.groupby("copy_of")["id"].transform("first")
        frame.loc[lost.index, "copy_of"] = first.where(first.ne(lost["id"]))
    return frame


def _select_column(column: ColumnElement[Any]) -> ColumnElement[Any]:
    # A day is written in ISO 8601 by every database.
    return cast(column, String).label(column.name) if column.name in _DATES else column


def _list_types(names: Iterable[str]) -> dict[str, "pa.DataType"]:
    import pyarrow as pa  # noqa: PLC0415

    types = dict.fromkeys(_DATES, pa.date32()) | dict.fromkeys(_NUMBERS, pa.float64())
    types |= dict.fromkeys(_COUNTS, pa.int64()) | {"paraphrased": pa.bool_()}
    return {name: types.get(name, pa.large_string()) for name in names}


def _build_column(cells: "pa.ChunkedArray", order: "pa.Array") -> "pd.Series[Any]":
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    ordered = cells.combine_chunks().take(order)
    if pa.types.is_large_string(ordered.type):
        return pd.Series(pd.array(ordered, dtype=pd.StringDtype("pyarrow", na_value=np.nan)))
    days = pa.types.is_date(ordered.type)
    # What pandas is given can be written to: a correction is laid over it.
    return pd.Series((ordered.cast(pa.timestamp("s")) if days else ordered).to_numpy(zero_copy_only=False).copy())
