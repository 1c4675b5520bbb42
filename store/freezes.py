"""Logs that the database itself keeps from being changed, opened for a moment by the few that may."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, text


@contextmanager
def unfrozen(connection: Connection, *logs: Table) -> Iterator[None]:
    """Let rows of append-only logs be removed in this transaction; what refuses that is back afterwards.

    Where the transaction is given up, the database puts everything back by itself.
    """
    if connection.dialect.name == "sqlite":
        triggers = [row for log in logs for row in _list_triggers(connection, log)]
        for name, _ in triggers:
            connection.execute(text(f"DROP TRIGGER {name}"))
        yield
        for _, statement in triggers:
            connection.execute(text(statement))
    else:
        for log in logs:
            connection.execute(text(f"ALTER TABLE {log.name} DISABLE TRIGGER USER"))
        yield
        for log in logs:
            connection.execute(text(f"ALTER TABLE {log.name} ENABLE TRIGGER USER"))


def _list_triggers(connection: Connection, log: Table) -> list[tuple[str, str]]:
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :log")
    return [(row.name, row.sql) for row in connection.execute(query, {"log": log.name})]
