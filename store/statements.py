"""Statements that an import runs for each report, written once: SQLAlchemy would take longer than the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ClauseElement, Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite


def run_plainly(connection: Connection, statement: ClauseElement, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement that a module holds; what comes back is as the driver gives it, days as words in SQLite."""
    written, defaults = _write(statement, connection.dialect.name)
    return list(open_cursor(connection).execute(written, {**defaults, **values}))


def open_cursor(connection: Connection) -> Any:
    """Return a cursor of the driver, in the transaction of ``connection``; the doors of the store name its errors."""
    return connection.connection.cursor()


def insert_rows(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Put rows into a table: each has a plain word or number (``write_plainly``) for each of its columns, in order."""
    if rows:
        open_cursor(connection).executemany(_write_insert(table, connection.dialect.name), rows)


@cache
def _write_insert(table: Table, database: str) -> str:
    if database == "sqlite":
        return str(insert(table).compile(dialect=sqlite.dialect(paramstyle="qmark")))
    return str(insert(table).compile(dialect=postgresql.psycopg.dialect(paramstyle="format")))  # type: ignore[no-untyped-call]


@cache
def _write(statement: ClauseElement, database: str) -> tuple[str, Mapping[str, Any]]:
    """Return a statement as the driver takes it, and the values that stand in it."""
    if database == "sqlite":
        written = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
    else:
        written = statement.compile(dialect=postgresql.psycopg.dialect())  # type: ignore[no-untyped-call]
    return str(written), written.params


def order_values(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the values of a row in the order of the columns of its table."""
    return tuple([row[name] for name in table.c.keys()])  # noqa: SIM118  its keys are names, the rest of it columns


def write_plainly(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of plain words and numbers: codes and days as their words.

    >>> write_plainly({"value": 9, "end": date(2020, 2, 2)})
    {'value': 9, 'end': '2020-02-02'}
    """
    return {name: str(value) if isinstance(value, str | date) else value for name, value in row.items()}
