"""A database is opened by its address, and every use of it goes through one of two doors: reading and writing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from store.errors import AddressError, MissingStoreError, OlderStoreError, UnreachableError, named_errors
from store.statements import open_cursor
from store.tables import HEAD, REVISION
from store.upgrades import Step, read_version, upgrade

DEFAULT_FILE = Path(__file__).parent.parent / "var" / "who-counts.db"
VARIABLE = "WHO_COUNTS_DATABASE"

WRITER_LOCK = 0x57686F
"""The advisory lock of PostgreSQL that the one writer holds: "Who" in ASCII."""

_POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
_ADVANCE = "UPDATE revision SET number = number + 1"
_FRESH = 300
"""Seconds after which an idle connection is made anew."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open database of reports and figures; safe to share between threads."""

    engine: Engine

    @property
    def address(self) -> str:
        """Where the database is, without its password."""
        return str(self.engine.url)

    @property
    def is_file(self) -> bool:
        """Whether it is SQLite; else it is a PostgreSQL server."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Close the connections; the store opens new ones when it is used again."""
        self.engine.dispose()


def connect(
    address: str | None = None,
    *,
    create: bool = True,
    write: bool = True,
    wait: float = 10.0,
    on_step: Step = lambda _done, _total: None,
) -> Store:
    """Open the database at an address and bring its schema up to date.

    Without ``address`` it is the one in WHO_COUNTS_DATABASE, else ``var/who-counts.db`` in the project.
    It is SQLite (``sqlite:///FILE``) or PostgreSQL (``postgresql+psycopg://USER:PASSWORD@HOST/NAME``), where the
    database itself must be there. ``create`` allows to make a new file with its folder; without ``write`` the database
    itself refuses every change; ``wait`` is how many seconds to stand in line behind another writer. ``on_step`` is
    told how far an older database has been brought up to date; where it raises, the database stays as it was. Raises
    a StoreError that names the address and the remedy.

    >>> revision(connect("sqlite://"))
    0
    """
    url = _read_address(address or os.environ.get(VARIABLE) or f"sqlite:///{DEFAULT_FILE}")
    if url.get_backend_name() == "sqlite" and url.database:
        # SQLite takes "file:PATH" for an address of its own, the options of which stand behind it.
        _prepare_file(url, Path(url.database.removeprefix("file:")), create=create)
    store = Store(_open_engine(url, wait, write=write))
    try:
        if write:
            _bring_up_to_date(store, on_step)
        else:
            _check_version(store)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up_to_date(store: Store, on_step: Step) -> None:
    with named_errors(store.engine), store.engine.connect() as connection:
        if read_version(connection) == HEAD:
            return
    with _begin(store, immediate=True) as connection:
        # Another process may have done it while this one stood in line.
        if read_version(connection) != HEAD:
            upgrade(connection, on_step=on_step)


def _check_version(store: Store) -> None:
    if not is_current(store):
        told = "an older version made this database; open it once where it may be written"
        raise OlderStoreError(f"{store.address}: {told}")


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """Give a connection that sees the store as it stands now, whatever is written meanwhile."""
    with _begin(store, immediate=False) as connection:
        yield connection


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """Give the connection of the one writer; all of it is committed at the end, or nothing."""
    with _begin(store, immediate=True) as connection:
        yield connection


def revision(store: Store) -> int:
    """Return how many changes were committed: the same number means the same content."""
    with reading(store) as connection:
        return int(connection.execute(select(REVISION.c.number)).scalar_one())


def is_current(store: Store) -> bool:
    """Tell whether the database can be read, and carries the newest migration that this program knows."""
    with reading(store) as connection:
        return read_version(connection) == HEAD


def advance_revision(connection: Connection) -> None:
    """Count one change, in the transaction that makes it."""
    open_cursor(connection).execute(_ADVANCE)


def open_connection(store: Store, *, immediate: bool) -> Connection:
    """Return a connection of the one writer (``immediate``) or of a reader, before its transaction."""
    options: dict[str, Any] = {"immediate": immediate}
    if not store.is_file:
        # What one transaction reads is one state of the store, as it is with SQLite.
        options["isolation_level"] = "READ COMMITTED" if immediate else "REPEATABLE READ"
    return store.engine.connect().execution_options(**options)


@contextmanager
def _begin(store: Store, *, immediate: bool) -> Iterator[Connection]:
    with named_errors(store.engine), open_connection(store, immediate=immediate) as connection, connection.begin():
        yield connection


def _read_address(address: str) -> URL:
    remedy = "write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
    try:
        url = make_url(address)
        if url.drivername in _POSTGRESQL:
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect().import_dbapi()
    except ArgumentError as error:
        raise AddressError(f"{address}: not the address of a database; {remedy}") from error
    except (NoSuchModuleError, ImportError) as error:
        raise AddressError(f"{url}: no driver for this database is installed; {remedy}") from error
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise AddressError(f"{url}: this kind of database is not supported; {remedy}")
    return url


def _prepare_file(url: URL, file: Path, *, create: bool) -> None:
    if not create and not file.exists():
        raise MissingStoreError(f"{url}: no such database; make one with: python -m reports add PATH")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreachableError(f"{url}: the folder cannot be made ({error.strerror}); check the address") from error


def _open_engine(url: URL, wait: float, *, write: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url)
        event.listen(engine, "connect", lambda connection, _: _prepare_connection(connection, wait, write=write))
        event.listen(engine, "begin", _begin_transaction)
        return engine
    options = f"-c lock_timeout={int(wait * 1000)} -c timezone=UTC"
    options += "" if write else " -c default_transaction_read_only=on"
    limits = {"connect_timeout": max(2, int(wait)), "options": options}
    # A connection that the server dropped meanwhile is noticed before it is used, and made anew.
    engine = create_engine(url, connect_args=limits, pool_pre_ping=True, pool_recycle=_FRESH)
    event.listen(engine, "begin", _stand_in_line)
    return engine


def _prepare_connection(connection: SqliteConnection, wait: float, *, write: bool) -> None:
    # The driver must not begin transactions by itself: _begin_transaction says which kind it is.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # With WAL this loses nothing when the program is killed, and keeps the file whole when the power fails.
    connection.execute("PRAGMA synchronous = NORMAL")
    # Pages that many reports change are carried over once for all of them; the log may grow to 16 MB.
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    if not write:
        connection.execute("PRAGMA query_only = ON")


def _begin_transaction(connection: Connection) -> None:
    # A writer takes the lock at once: one that starts as a reader cannot wait for it later.
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _stand_in_line(connection: Connection) -> None:
    # One writer at a time, as with SQLite: numbers, versions and copies follow the order of arrival.
    if connection.get_execution_options().get("immediate", False):
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
