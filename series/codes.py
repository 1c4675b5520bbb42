"""Columns become whole numbers: rows that share values get one number, so that grouping never compares words."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from series.runs import find_runs

NEVER = int(np.iinfo(np.int64).min)
"""The day of what has none."""

DAYS = 2**24
"""More days than any calendar of reports has."""

_SECONDS = 24 * 60 * 60
"""In a day."""
_ROOM = 2**62
_AT_HAND = 2**15
"""So many rows of a few columns fill the memory near a core."""
_RUN = 8
"""Where rows fall back in order less than once in so many, merging them is faster than sorting."""
_SORTED = 20
"""So many bits for the place of a row leave enough of a mixed number to tell it from nearly all others."""
_SMALL = 2**16
"""Up to so many possible numbers, or four for each row, a table of all of them is faster than a hash."""


def number_values(column: "pd.Series[Any]") -> tuple[np.ndarray, int]:
    """Return a number for each value of a column, missing ones 0, and how many numbers there may be."""
    if column.dtype.kind == "i":
        return shift_numbers(column.to_numpy(np.int64))
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, size = column.cat.codes.to_numpy(), len(column.cat.categories)
    elif column.dtype.kind == "b":
        codes, size = column.to_numpy(np.int8), 2
    else:
        codes, values = pd.factorize(pd.Series(count_days(column)) if column.dtype.kind == "M" else column)
        size = len(values)
    numbers = codes.astype(fit_code(size + 1))
    numbers += 1
    return numbers, size + 1


def shift_numbers(values: np.ndarray) -> tuple[np.ndarray, int]:
    """Return whole numbers moved so that the least is 1, missing ones (``NEVER``) 0, and how many there may be.

    >>> shift_numbers(np.array([7, NEVER, 5]))
    (array([3, 0, 1]), 4)
    """
    least, most = (int(values.min()), int(values.max())) if len(values) else (NEVER, NEVER)
    if most == NEVER:
        return np.zeros(len(values), dtype=np.int64), 1
    if least != NEVER:
        return values - (least - 1), most - least + 2
    known = values != NEVER
    least = int(np.where(known, values, most).min())
    return np.where(known, values - (least - 1), 0), most - least + 2


def number_names(column: "pd.Series[Any]") -> tuple[np.ndarray, "np.ndarray[Any, Any]"]:
    """Return a number for each value of a column of words, missing ones 0, and the words in the order of the alphabet.

    >>> codes, names = number_names(pd.Series(["Homs", None, "Hama", "Homs"]))
    >>> codes.tolist(), names.tolist()
    ([2, 0, 1, 2], [None, 'Hama', 'Homs'])
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, values = column.cat.codes.to_numpy(), column.cat.categories
    else:
        codes, values = pd.factorize(column)
    words = [str(value) for value in values.to_numpy(object)]
    order = sorted(range(len(words)), key=words.__getitem__)
    place = np.zeros(len(words) + 1, dtype=fit_code(len(words)))
    place[order] = np.arange(1, len(words) + 1)
    return place[codes], np.array([None, *(words[at] for at in order)], dtype=object)


def fit_code(most: int) -> type[np.signedinteger[Any]]:
    """Return the narrowest type that holds codes up to ``most``: what is picked out of a small table stays near.

    >>> fit_code(100).__name__, fit_code(300).__name__
    ('int8', 'int16')
    """
    return next(kind for kind in (np.int8, np.int16, np.int32, np.int64) if most <= np.iinfo(kind).max)


def join_codes(columns: Iterable[tuple[np.ndarray, int]]) -> tuple[np.ndarray, int]:
    """Return one number for each row out of several columns of numbers (each with how many there may be).

    The numbers are in the order of the columns, the first above all.

    >>> join_codes([(np.array([0, 1]), 2), (np.array([2, 0]), 3)])
    (array([2, 3]), 6)
    """
    key, room = np.zeros(1, dtype=np.int64), 1
    for codes, size in columns:
        if room * size >= _ROOM:
            key, room = rank_codes(key, room)
        key, room = _join(key, codes, size), room * size
    return key, room


def _join(key: np.ndarray, codes: np.ndarray, size: int) -> np.ndarray:
    """Return the key with one more column in it, in its own memory once it has a number for each row."""
    if len(key) != len(codes):
        return np.asarray(key * size + codes)
    key *= size
    key += codes
    return key


def rank_columns(columns: Iterable[tuple[np.ndarray, int]]) -> tuple[np.ndarray, int]:
    """Return the place of each row among the different ones, in the order of the columns, and how many these are.

    Few values are ranked before the next column makes them many: places and their parents then need no sorting.

    >>> rank_columns([(np.array([1, 0, 1]), 2), (np.array([2, 0, 2]), 3)])
    (array([1, 0, 1]), 2)
    """
    key, room = np.zeros(1, dtype=np.int64), 1
    for codes, size in columns:
        table = max(_SMALL, 4 * len(codes))
        if room <= table < room * size or room * size >= _ROOM:
            key, room = rank_codes(key, room)
        key, room = _join(key, codes, size), room * size
    return rank_codes(key, room)


def rank_codes(key: np.ndarray, room: int) -> tuple[np.ndarray, int]:
    """Return the place of each number among the different ones, in their order, and how many there are.

    >>> rank_codes(np.array([70, 5, 70]), 71)
    (array([1, 0, 1]), 2)
    """
    if room <= max(_SMALL, 4 * len(key)):
        there = np.zeros(room, dtype=bool)
        there[key] = True
        place = np.cumsum(there, dtype=np.int32)
        place -= 1
        return place[key].astype(np.int64), int(place[-1]) + 1 if room else 0
    order, ordered = sort_codes(key, room)
    begins, run = find_runs(ordered)
    place = np.empty(len(key), dtype=np.int64)
    place[order] = run
    return place, len(begins)


def mix_words(words: Sequence[np.ndarray]) -> np.ndarray:
    """Return one number for each row out of several of 64 bits, spread over all of them (SplitMix64's finisher).

    Nothing below 0 is nothing.
    """
    mixed = np.zeros(len(words[0]), dtype=np.uint64)
    for begin in range(0, len(mixed), _AT_HAND):
        own = mixed[begin : begin + _AT_HAND]
        for word in words:
            own ^= (word[begin : begin + _AT_HAND] + word.dtype.type(0)).view(np.uint64)
            own *= np.uint64(0x9E3779B97F4A7C15)
            own ^= own >> np.uint64(29)
            own *= np.uint64(0xBF58476D1CE4E5B9)
            own ^= own >> np.uint64(32)
    return mixed.view(np.int64)


def number_mixed(mixed: np.ndarray) -> np.ndarray:
    """Return the place of each mixed number among the different ones, in the order in which they are first met.

    Up to a million are sorted by as many bits as leave room for their rows, in half the time of a hash: two different
    numbers that share these get one place, once in some thirty tables of a million (``are_alike`` tells).

    >>> number_mixed(np.array([-1, 5, -1])).tolist()
    [0, 1, 0]
    """
    bits = len(mixed).bit_length()
    if bits > _SORTED:
        # A hash that has room for all of them from the start is filled in half the time.
        return np.asarray(pd.factorize(mixed, size_hint=len(mixed))[0])
    kept = _ROOM.bit_length() - 1 - bits
    order, ordered = sort_codes((mixed.view(np.uint64) >> np.uint64(64 - kept)).view(np.int64), 1 << kept)
    begins, run = find_runs(ordered)
    heads = order[begins]
    first = np.zeros(len(mixed), dtype=bool)
    first[heads] = True
    number = np.empty(len(mixed), dtype=np.int64)
    number[order] = (np.cumsum(first)[heads] - 1)[run]
    return number


def are_alike(words: Sequence[np.ndarray], number: np.ndarray) -> bool:
    """Return whether all rows of one number have the same words; missing is a value.

    >>> are_alike([np.array([7, 5, 7])], np.array([0, 1, 0])), are_alike([np.array([7, 5, 7])], np.array([0, 0, 1]))
    (True, False)
    """
    first = find_first(number)
    for begin in range(0, len(number), _AT_HAND):
        heads = first[number[begin : begin + _AT_HAND]]
        own = ((word[begin : begin + _AT_HAND], word[heads]) for word in words)
        # The same bits are the same number; only others are asked whether both are missing, which takes longer.
        if not all(
            np.array_equal(one.view(np.int64), other.view(np.int64)) or np.array_equal(one, other, equal_nan=True)
            for one, other in own
        ):
            return False
    return True


def name_rows(columns: Sequence[np.ndarray]) -> tuple[int, int]:
    """Return the name of a table of whole numbers under which what was made of it is remembered: its size and a hash.

    >>> name_rows([np.array([1, 2])]) == name_rows([np.array([1, 2])]), name_rows([np.array([2, 1])])[0]
    (True, 2)
    """
    mixed = mix_words([column.astype(np.int64, copy=False) for column in columns]).view(np.uint64)
    odd = np.arange(1, 2 * len(mixed), 2, dtype=np.uint64)
    return len(mixed), int((mixed * odd).sum())


def sort_codes(key: np.ndarray, room: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the order of rows by their numbers, equal ones as they stand, and the numbers in that order.

    Where a number and its row fit into one, these are sorted: that takes half as long as to sort rows by numbers. Most
    rows come in the order of the ledger, and what is partly in order is merged in less time than sorted.

    >>> order, ordered = sort_codes(np.array([7, 5, 7]), 8)
    >>> order.tolist(), ordered.tolist()
    ([1, 0, 2], [5, 7, 7])
    """
    falls = int(np.count_nonzero(key[1:] < key[:-1]))
    if not falls:
        return np.arange(len(key)), key
    merged = falls * _RUN < len(key)
    if room << len(key).bit_length() <= _ROOM:
        return _sort_packed(key, np.arange(len(key)), merged=merged)
    order = np.argsort(key, kind="stable" if merged else None)
    if not merged:
        # What is sorted fastest is sorted in any order among equals, which then is put right.
        order, _ = _sort_packed(find_runs(key[order])[1], order, merged=True)
    return order, key[order]


def _sort_packed(key: np.ndarray, row: np.ndarray, *, merged: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return rows in the order of their numbers, then of themselves, and the numbers: each pair is sorted as one."""
    bits = len(key).bit_length()
    packed = key << bits
    packed |= row
    packed.sort(kind="stable" if merged else None)
    return packed & ((1 << bits) - 1), packed >> bits


def order_rows(*columns: np.ndarray) -> np.ndarray:
    """Return the order of rows by columns of numbers, the first above all, equal ones as they stand.

    Columns become one number, and that is sorted; ``np.lexsort`` sorts once for each column, which takes ten times as
    long. Missing numbers stand last.

    >>> order_rows(np.array([1, 0, 1]), np.array([2.5, 7.0, 1.0])).tolist()
    [1, 2, 0]
    """
    return sort_codes(*join_codes(shift_numbers(_make_whole(column)) for column in columns))[0]


def _make_whole(column: np.ndarray) -> np.ndarray:
    """Return numbers as whole ones in the same order: people are whole numbers, and keep theirs."""
    with np.errstate(invalid="ignore"):
        whole = column.astype(np.int64, copy=False)
    kept = column.dtype.kind in "bi" or (column.dtype.kind == "f" and np.array_equal(whole, column))
    return whole if kept else np.unique(column, return_inverse=True)[1]


def number_rows(frame: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Return a number for each row; rows with the same values in the columns share it, missing is a value.

    >>> number_rows(pd.DataFrame({"place": ["Homs", "Hama", "Homs"], "day": [1, 1, 1]}), ["place", "day"]).tolist()
    [0, 1, 0]
    """
    if not len(frame):
        return np.zeros(0, dtype=np.int64)
    return rank_columns(number_values(frame[name]) for name in columns)[0]


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
    return number_days(dates.to_numpy())


def number_days(dates: np.ndarray) -> np.ndarray:
    """Return dates (datetime64) as whole days since 1970; a missing one is ``NEVER``, as NumPy holds it.

    Seconds are divided in a third of the time that NumPy takes to turn them into days.
    """
    if dates.dtype != "datetime64[s]":
        return np.asarray(dates.astype("datetime64[D]").astype(np.int64))
    seconds = dates.view(np.int64)
    days = seconds // _SECONDS
    days[seconds == NEVER] = NEVER
    return days


def read_days(days: np.ndarray) -> pd.DatetimeIndex:
    """Return whole days since 1970 as dates."""
    return pd.DatetimeIndex(np.asarray(days).astype("datetime64[D]").astype("datetime64[s]"))
