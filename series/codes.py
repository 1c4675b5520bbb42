"""Columns become whole numbers: rows that share values get one number, so that grouping never compares words."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

_ROOM = 2**62


def number_values(column: "pd.Series[Any]") -> tuple[np.ndarray, int]:
    """Return a number for each value of a column, missing ones 0, and how many numbers there may be."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, size = column.cat.codes.to_numpy(np.int64), len(column.cat.categories)
    elif column.dtype.kind == "b":
        codes, size = column.to_numpy(np.int64), 2
    else:
        if column.dtype.kind == "M":
            days = count_days(column)
            column = pd.Series(days)
        codes, values = pd.factorize(column)
        size = len(values)
    return codes.astype(np.int64) + 1, size + 1


def number_rows(frame: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Return a number for each row; rows with the same values in the columns share it, missing is a value.

    >>> number_rows(pd.DataFrame({"place": ["Homs", "Hama", "Homs"], "day": [1, 1, 1]}), ["place", "day"]).tolist()
    [0, 1, 0]
    """
    key, room = np.zeros(len(frame), dtype=np.int64), 1
    for name in columns:
        codes, size = number_values(frame[name])
        if room * size >= _ROOM:
            key, found = pd.factorize(key)
            room = len(found) + 1
        key, room = key * size + codes, room * size
    return np.asarray(pd.factorize(key)[0])


def find_first(numbers: np.ndarray) -> np.ndarray:
    """Return where each number (0 to n - 1, all of them there) stands first.

    >>> find_first(np.array([0, 1, 0, 2])).tolist()
    [0, 1, 3]
    """
    first = np.empty(int(numbers.max()) + 1 if len(numbers) else 0, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return first


def count_days(dates: "pd.Series[Any]") -> np.ndarray:
    """Return dates as whole days since 1970; a missing one is a very early day.

    >>> count_days(pd.Series(pd.to_datetime(["1970-01-03"]))).tolist()
    [2]
    """
    return np.asarray(dates.to_numpy("datetime64[D]").astype(np.int64))


def read_days(days: np.ndarray) -> pd.DatetimeIndex:
    """Return whole days since 1970 as dates."""
    return pd.DatetimeIndex(np.asarray(days).astype("datetime64[D]").astype("datetime64[s]"))


def count_distinct(owners: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Return how many different values each of ``size`` owners has.

    >>> count_distinct(np.array([0, 0, 1]), np.array([5, 5, 7]), 2).tolist()
    [1, 1]
    """
    room = int(values.max()) + 1 if len(values) else 1
    pairs = pd.unique(owners.astype(np.int64) * room + values)
    return np.bincount(pairs // room, minlength=size)
