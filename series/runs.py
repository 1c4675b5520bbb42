"""Runs of equal numbers in sorted columns: where they begin and end, and which rows lie in them."""

import numpy as np


def find_runs(key: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where each run of equal numbers begins, and for each row which run it is in.

    >>> find_runs(np.array([7, 7, 9]))
    (array([0, 2]), array([0, 0, 1]))
    """
    first = mark_first(key)
    return np.flatnonzero(first), np.cumsum(first) - 1


def mark_first(key: np.ndarray) -> np.ndarray:
    """Return which rows are the first of a run of equal numbers.

    >>> mark_first(np.array([7, 7, 9])).tolist()
    [True, False, True]
    """
    first = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=first[1:])
    return first


def mark_last(key: np.ndarray) -> np.ndarray:
    """Return which rows are the last of a run of equal numbers.

    >>> mark_last(np.array([7, 7, 9])).tolist()
    [False, True, True]
    """
    last = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=last[:-1])
    return last


def part_runs(key: np.ndarray, size: int) -> list[int]:
    """Return where rows may be parted, both ends too, so that a part has about so many and no run lies in two of them.

    >>> part_runs(np.array([7, 7, 7, 8, 9, 9]), 2)
    [0, 3, 4, 6]
    """
    heads = np.flatnonzero(mark_first(key))
    return [0, *heads[mark_first(heads // size)][1:].tolist(), len(key)]


def unfold_ranges(begins: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return every position in ranges of positions, and whose range it is in.

    >>> unfold_ranges(np.array([4, 0]), np.array([6, 1]))
    (array([0, 0, 1]), array([4, 5, 0]))
    """
    sizes = np.maximum(ends - begins, 0)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    places = np.arange(len(owner))
    places += (begins - (np.cumsum(sizes) - sizes))[owner]
    return owner, places
