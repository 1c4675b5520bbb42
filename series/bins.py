"""Bins of time: which day, week, month or year a date falls in, and how a count is spread over several."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from series.codes import count_days, read_days
from series.rows import Rows
from series.runs import mark_first, mark_last, unfold_ranges

BOUNDS = ("low", "best", "high")
_MONDAY = 3
"""The first day of 1970 was a Thursday."""


class Bin(StrEnum):
    """How wide one point of a timeline is. A week is an ISO week, from Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_CALENDAR = 2**17
"""Over so many days (three and a half centuries) each day's bin is looked up in a calendar."""

_UNITS = {Bin.MONTH: "datetime64[M]", Bin.YEAR: "datetime64[Y]"}


def bin_days(days: np.ndarray, width: Bin) -> np.ndarray:
    """Return the number of the bin that each day (since 1970) falls in; neighbouring bins have neighbouring numbers."""
    if width is Bin.DAY:
        return days
    if width is Bin.WEEK:
        return np.asarray(np.floor_divide(days + _MONDAY, 7))
    return _look_up(_bin_dates, days, width)


def _bin_dates(days: np.ndarray, width: Bin) -> np.ndarray:
    return np.asarray(days.astype("datetime64[D]").astype(_UNITS[width]).astype(np.int64))


def first_days(numbers: np.ndarray, width: Bin) -> np.ndarray:
    """Return the first day (since 1970) of each bin."""
    if width is Bin.DAY:
        return numbers
    if width is Bin.WEEK:
        return numbers * 7 - _MONDAY
    return np.asarray(numbers.astype(_UNITS[width]).astype("datetime64[D]").astype(np.int64))


def bin_numbers(dates: "pd.Series[Any]", width: Bin) -> np.ndarray:
    """Return the number of the bin that each date falls in; neighbouring bins have neighbouring numbers."""
    return bin_days(count_days(dates), width)


def bin_starts(numbers: np.ndarray, width: Bin) -> pd.DatetimeIndex:
    """Return the first day of each bin.

    >>> days = pd.Series(pd.to_datetime(["2020-02-02"]))
    >>> str(bin_starts(bin_numbers(days, Bin.WEEK), Bin.WEEK)[0].date())
    '2020-01-27'
    """
    return read_days(first_days(np.asarray(numbers), width))


def bin_ends(numbers: np.ndarray, width: Bin) -> pd.DatetimeIndex:
    """Return the last day of each bin."""
    return read_days(first_days(np.asarray(numbers) + 1, width) - 1)


def split_over_bins(counts: Rows, width: Bin, *, spread: bool = True) -> Rows:
    """Put each count (columns first, last, low, best, high) into its bins; return a row for each count and bin.

    ``row`` says which count a row comes from, by position. A count whose days lie in several bins is spread evenly
    over its days, the remainder over the first of them (ACLED spreads the counts of a period in the same way), so
    that days add up to weeks and months; its rows are marked ``spread``, and a bin that gets nobody gets no row. A
    count of nobody, and with ``spread=False`` every count, stands at its end. An open bound stays open.
    """
    first, last = counts["first"], counts["last"]
    begins, ends = bin_days(first, width), bin_days(last, width)
    wide = (begins < ends) & spread & (counts["best"] != 0)
    long = np.flatnonzero(wide)
    own, number = unfold_ranges(begins[long], ends[long] + 1)
    days = (last - first)[long] + 1
    begun = _look_up(first_days, number, width) - first[long][own]
    # A piece ends where the next one of its count begins.
    heads, tails = mark_first(own), mark_last(own)
    begun[heads] = 0
    done = np.roll(begun, -1)
    done[tails] = days
    pieces = {"best": _count_between(counts["best"][long], days, own, begun, done)}
    for bound in ("low", "high"):
        # Most counts are exact: their bounds are cut as their best number was.
        other = np.flatnonzero((counts[bound] != counts["best"])[long][own])
        piece = pieces["best"].copy()
        piece[other] = _count_between(counts[bound][long], days, own[other], begun[other], done[other])
        pieces[bound] = piece
    kept = np.flatnonzero(pieces["best"] > 0)
    repeats = np.ones(len(counts), dtype=np.int64)
    repeats[long] = np.bincount(own[kept], minlength=len(long))
    row = np.repeat(np.arange(len(counts)), repeats)
    columns: dict[str, np.ndarray] = {"row": row, "bin": ends[row], "spread": wide[row]}
    many = np.flatnonzero(columns["spread"])
    columns["bin"][many] = number[kept]
    for bound in BOUNDS:
        columns[bound] = counts[bound][row]
        columns[bound][many] = pieces[bound][kept]
    return Rows(columns)


def _look_up(make: Callable[[np.ndarray, Bin], np.ndarray], numbers: np.ndarray, width: Bin) -> np.ndarray:
    """Return what a function makes of each number; where they lie close together, out of a table of them all."""
    least, most = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
    if most - least > _CALENDAR:
        return make(numbers, width)
    return np.asarray(make(np.arange(least, most + 1), width)[numbers - least])


def _count_between(
    count: np.ndarray, days: np.ndarray, own: np.ndarray, begun: np.ndarray, done: np.ndarray
) -> np.ndarray:
    """Return how much falls on the days from ``begun`` up to ``done`` of each piece, the remainder on the first days.

    ``own`` is which count a piece is of: what it holds on how many days.
    """
    each = np.floor(count / days)
    rest = (count - each * days)[own]
    return np.asarray((done - begun) * each[own] + np.minimum(done, rest) - np.minimum(begun, rest))
