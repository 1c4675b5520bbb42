"""A database is opened by its address, and every use of it goes through one of two doors: reading and writing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select, update
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from store.errors import AddressError, MissingStoreError, UnreachableError, named_errors
from store.tables import HEAD, REVISION
from store.upgrades import read_version, upgrade

DEFAULT_FILE = Path(__file__).parent.parent / "var" / "who-counts.db"
VARIABLE = "WHO_COUNTS_DATABASE"


@dataclass(frozen=True, slots=True)
class Store:
    """An open database of reports and figures; safe to share between threads."""

    engine: Engine

    @property
    def address(self) -> str:
        """Where the database is, without its password."""
        return str(self.engine.url)

    def close(self) -> None:
        """Close the connections; the store opens new ones when it is used again."""
        self.engine.dispose()


def connect(address: str | None = None, *, create: bool = True, wait: float = 10.0) -> Store:
    """Open the database at an address and bring its schema up to date.

    Without ``address`` it is the one in WHO_COUNTS_DATABASE, else ``var/who-counts.db`` in the project.
    ``create`` allows to make a new one with its folder; ``wait`` is how many seconds to stand in line
    behind another writer. Raises a StoreError that names the address and the remedy.

    >>> revision(connect("sqlite://"))
    0
    """
    url = _read_address(address or os.environ.get(VARIABLE) or f"sqlite:///{DEFAULT_FILE}")
    if url.get_backend_name() == "sqlite" and url.database:
        # SQLite takes "file:PATH" for an address of its own, the options of which stand behind it.
        _prepare_file(url, Path(url.database.removeprefix("file:")), create=create)
    store = Store(_open_engine(url, wait))
    with named_errors(store.address), store.engine.connect() as connection:
        current = read_version(connection) == HEAD
    if not current:
        with _begin(store, immediate=True) as connection:
            # Another process may have done it while this one stood in line.
            if read_version(connection) != HEAD:
                upgrade(connection)
    return store


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


def advance_revision(connection: Connection) -> None:
    """Count one change, in the transaction that makes it."""
    connection.execute(update(REVISION).values(number=REVISION.c.number + 1))


@contextmanager
def _begin(store: Store, *, immediate: bool) -> Iterator[Connection]:
    with (
        named_errors(store.address),
        store.engine.connect() as connection,
        connection.execution_options(immediate=immediate).begin(),
    ):
        yield connection


def _read_address(address: str) -> URL:
    try:
        url = make_url(address)
        url.get_dialect().import_dbapi()
    except ArgumentError as error:
        raise AddressError(f"{address}: not the address of a database; write sqlite:///FILE") from error
    except (NoSuchModuleError, ImportError) as error:
        raise AddressError(f"{address}: no driver for this database is installed; write sqlite:///FILE") from error
    return url


def _prepare_file(url: URL, file: Path, *, create: bool) -> None:
    if not create and not file.exists():
        raise MissingStoreError(f"{url}: no such database; make one with: python -m reports add PATH")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreachableError(f"{url}: the folder cannot be made ({error.strerror}); check the address") from error


def _open_engine(url: URL, wait: float) -> Engine:
    engine = create_engine(url)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", lambda connection, _: _prepare_connection(connection, wait))
        event.listen(engine, "begin", _begin_transaction)
    return engine


def _prepare_connection(connection: SqliteConnection, wait: float) -> None:
    # The driver must not begin transactions by itself: _begin_transaction says which kind it is.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # With WAL this loses nothing when the program is killed, and keeps the file whole when the power fails.
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin_transaction(connection: Connection) -> None:
    # A writer takes the lock at once: one that starts as a reader cannot wait for it later.
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
