"""Rows go in as the driver takes them: for each of many reports, SQLAlchemy would take longer than the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows into a table: each names all columns, and holds plain words and numbers (``write_plainly``)."""
    if rows:
        connection.exec_driver_sql(_write_insert(table, connection.dialect.name), list(rows))


@cache
def _write_insert(table: Table, database: str) -> str:
    if database == "sqlite":
        return str(insert(table).compile(dialect=sqlite.dialect(paramstyle="named")))
    return str(insert(table).compile(dialect=postgresql.psycopg.dialect()))  # type: ignore[no-untyped-call]


def write_plainly(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of plain words and numbers: codes and days as their words.

    >>> write_plainly({"value": 9, "end": date(2020, 2, 2)})
    {'value': 9, 'end': '2020-02-02'}
    """
    return {name: str(value) if isinstance(value, str | date) else value for name, value in row.items()}
