"""Many transactions after each other on one connection: asking for one each time takes longer than many a report."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Connection, RootTransaction
from sqlalchemy.exc import DBAPIError

from store.connections import Store, open_connection
from store.errors import named_errors


class Writer:
    """The one writer, for many transactions after each other: its connection is opened once, and anew where it broke.

    >>> from store.connections import advance_revision, connect, revision
    >>> store = connect("sqlite://")
    >>> with Writer(store) as writer, writer.begin() as connection:
    ...     advance_revision(connection)
    >>> revision(store)
    1
    """

    def __init__(self, store: Store) -> None:
        """Nothing is opened before the first transaction."""
        self.store = store
        self._held: Connection | None = None

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the connection back."""
        self._release()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Do as ``writing`` does."""
        with named_errors(self.store.engine):
            try:
                connection, transaction = self._open()
                with transaction:
                    yield connection
            except BaseException:
                # What went wrong may lie in the connection to a server.
                if self._held is not None and not self.store.is_file:
                    self._held.invalidate()
                self._release()
                raise

    def _open(self) -> tuple[Connection, RootTransaction]:
        if self._held is not None:
            try:
                return self._held, self._held.begin()
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                # The server dropped it since the last report.
                self._release()
        self._held = open_connection(self.store, immediate=True)
        return self._held, self._held.begin()

    def _release(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.close()
