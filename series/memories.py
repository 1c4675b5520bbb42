"""What was worked out already, kept for the next who asks."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

T = TypeVar("T")


class Memory:
    """Room for so many answers; the one that was used longest ago goes first.

    >>> memory = Memory(room=1)
    >>> [memory.find("days", lambda: 31), memory.find("days", lambda: 30), memory.find("hours", lambda: 24)]
    [31, 31, 24]
    >>> memory.find("days", lambda: 30)
    30
    """

    def __init__(self, room: int) -> None:
        """Make room for so many answers."""
        self._room = room
        self._made: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the answer to ``key``, made now where it was not made before."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return cast("T", self._made[key])
        answer = make()
        with self._lock:
            self._made[key] = answer
            while len(self._made) > self._room:
                self._made.popitem(last=False)
        return answer
