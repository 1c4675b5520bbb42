"""Different values of each owner: how many publishers print a claim, how many sources stand behind a point."""

import numpy as np

from series.runs import mark_first

_NARROW = 2**32
"""Numbers below it take half the width, and are sorted in half the time."""
_TABLE = 64
"""A table of up to so many pairs for each that is there is filled, and counted, in less time than these are sorted."""
_WORD = 8


def count_distinct(owners: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Return how many different values each of ``size`` owners has.

    >>> count_distinct(np.array([0, 0, 1]), np.array([5, 5, 7]), 2).tolist()
    [1, 1]
    """
    room = int(values.max()) + 1 if len(values) else 1
    words = -(-room // _WORD)
    if size * words * _WORD > _TABLE * len(values):
        return np.bincount(list_pairs(owners, values, size, room)[0], minlength=size)
    there = np.zeros(size * words * _WORD, dtype=bool)
    there[owners * (words * _WORD) + values] = True
    # Eight marks are one word, of which the machine counts the bits at once.
    return np.asarray(np.bitwise_count(there.view(np.uint64)).reshape(size, words).sum(axis=1, dtype=np.int64))


def list_pairs(owners: np.ndarray, values: np.ndarray, size: int, room: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the different pairs of one of ``size`` owners and one of ``room`` values, sorted by both.

    >>> [part.tolist() for part in list_pairs(np.array([1, 0, 1]), np.array([7, 5, 7]), 2, 8)]
    [[0, 1], [5, 7]]
    """
    pairs = owners.astype(np.int64) * room + values
    if size * room <= 2 * len(pairs):
        there = np.zeros(size * room, dtype=bool)
        there[pairs] = True
        return np.divmod(np.flatnonzero(there), room)
    pairs = pairs.astype(np.uint32) if size * room <= _NARROW else pairs
    # Claims are numbered as they are met, and printed again soon: what is nearly in order is merged, not sorted.
    pairs.sort(kind="stable")
    return np.divmod(pairs[mark_first(pairs)], pairs.dtype.type(room))
