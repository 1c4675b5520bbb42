"""The rows of a query as columns: the database writes them as CSV and Arrow reads that; no cell is a Python object."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Float, Select, Table, func, literal_column, select, true
from sqlalchemy.dialects import postgresql

from store.statements import open_cursor

if TYPE_CHECKING:
    # It takes as long to import as a small import of reports takes; who reads no table does without.
    import pyarrow as pa

STEP = 20_000
"""So many rows of SQLite are written at once: some megabytes, which Arrow reads while the next are written."""

_BLOCK = 1 << 22
"""So many bytes of PostgreSQL's rows are read at once."""


def read_columns(
    connection: Connection, query: Select[Any], types: Mapping[str, "pa.DataType"], *, steps: Table | None = None
) -> "pa.Table":
    """Return the rows of a query, in no order, with the columns that ``types`` names, in the order of the query.

    Words are never parted from nothing: an empty word stays a word. Where many rows are asked for, ``steps`` names the
    table with a row for each of them: SQLite goes through it in steps.
    """
    import pyarrow as pa  # noqa: PLC0415

    if connection.dialect.name == "sqlite":
        written, quote, nothing = _write_sqlite(connection, query, steps), "'", "NULL"
    else:
        written, quote, nothing = _write_postgresql(connection, query), '"', ""
    with ThreadPoolExecutor(max_workers=1) as reader:
        parts = [reader.submit(_read_csv, lines, types, quote, nothing) for lines in written]
        tables = [part.result() for part in parts]
    return pa.concat_tables([pa.schema(list(types.items())).empty_table(), *tables])


def _write_sqlite(connection: Connection, query: Select[Any], steps: Table | None) -> Iterator[bytes]:
    """Give the rows of a query as lines, words in single quotes, a number of rows at a time.

    SQLite quotes a word itself (%Q); of a number with a fraction that would keep fifteen digits, ``quote`` keeps all.
    """
    cells = [func.quote(cell) if isinstance(cell.type, Float) else cell for cell in query.selected_columns]
    written = ",".join("%s" if isinstance(cell.type, Float) else "%Q" for cell in query.selected_columns)
    lines = query.with_only_columns(func.printf(written, *cells).label("line"))
    for step in _list_steps(connection, steps):
        part = lines.where(step).subquery()
        text = connection.scalar(select(func.group_concat(part.c.line, "\n")))
        if text is not None:
            yield text.encode()


def _list_steps(connection: Connection, steps: Table | None) -> Iterator[ColumnElement[bool]]:
    if steps is None:
        yield true()
        return
    row: ColumnElement[int] = literal_column(f"{steps.name}.rowid")
    last = connection.scalar(select(func.max(row)).select_from(steps)) or 0
    for start in range(0, last + 1, STEP):
        yield row.between(start, start + STEP - 1)


def _write_postgresql(connection: Connection, query: Select[Any]) -> Iterator[bytes]:
    """Give the rows of a query as lines, words in double quotes, a few megabytes at a time."""
    dialect = postgresql.psycopg.dialect()  # type: ignore[no-untyped-call]
    asked = query.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    waiting: list[bytes] = []
    size = 0
    with open_cursor(connection).copy(f"COPY ({asked}) TO STDOUT (FORMAT csv, FORCE_QUOTE *)", asked.params) as lines:
        for line in lines:
            waiting.append(bytes(line))
            size += len(line)
            if size >= _BLOCK:
                yield b"".join(waiting)
                waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _read_csv(lines: bytes, types: Mapping[str, "pa.DataType"], quote: str, nothing: str) -> "pa.Table":
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import csv  # noqa: PLC0415

    return csv.read_csv(
        pa.BufferReader(lines),
        read_options=csv.ReadOptions(column_names=list(types)),
        parse_options=csv.ParseOptions(quote_char=quote, newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=types,
            null_values=[nothing],
            true_values=["1", "t"],
            false_values=["0", "f"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
