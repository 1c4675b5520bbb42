"""Answers that were made already, kept while the store stays as it was."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

from series.memories import Memory

T = TypeVar("T")


class Shelf:
    """Room for answers of one revision of the store; the one that was used longest ago goes first.

    >>> shelf = Shelf(room=2)
    >>> [shelf.find(7, "days", lambda: 31), shelf.find(7, "days", lambda: 30), shelf.find(8, "days", lambda: 29)]
    [31, 31, 29]
    """

    def __init__(self, room: int) -> None:
        """Make room for so many answers."""
        self._room = room
        self._revision: int | None = None
        self._memory = Memory(room)
        self._lock = Lock()

    def find(self, revision: int, key: Hashable, make: Callable[[], T]) -> T:
        """Return the answer to ``key`` at a revision, made now where it was not made before."""
        with self._lock:
            if revision != self._revision:
                self._memory, self._revision = Memory(self._room), revision
            memory = self._memory
        return memory.find(key, make)
