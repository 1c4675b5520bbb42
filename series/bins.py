"""Bins of time: which day, week, month or year a date falls in, and how a count is spread over several."""

from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from series.codes import count_days, read_days

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
    least, most = (int(days.min()), int(days.max())) if len(days) else (0, 0)
    if most - least > _CALENDAR:
        return np.asarray(days.astype("datetime64[D]").astype(_UNITS[width]).astype(np.int64))
    calendar = np.arange(least, most + 1).astype("datetime64[D]").astype(_UNITS[width]).astype(np.int64)
    return np.asarray(calendar[days - least])


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


def split_over_bins(counts: pd.DataFrame, width: Bin, *, spread: bool = True) -> pd.DataFrame:
    """Put each count (columns first, last, low, best, high) into its bins; return a row for each count and bin.

    ``row`` says which count a row comes from, by position. A count whose days lie in several bins is spread evenly
    over its days, the remainder over the first of them (ACLED spreads the counts of a period in the same way), so
    that days add up to weeks and months; its rows are marked ``spread``, and a bin that gets nobody gets no row. A
    count of nobody, and with ``spread=False`` every count, stands at its end. An open bound stays open.
    """
    first, last = (counts[name].to_numpy(np.int64) for name in ("first", "last"))
    begins, ends = bin_days(first, width), bin_days(last, width)
    wide = (begins < ends) & spread & (counts["best"].to_numpy(float) != 0)
    repeats = np.where(wide, ends - begins + 1, 1)
    row = np.repeat(np.arange(len(counts)), repeats)
    step = np.arange(len(row)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    number = np.where(wide, begins, ends)[row] + step
    many = np.flatnonzero(wide[row])
    source = row[many]
    days = last[source] - first[source] + 1
    begun = np.clip(first_days(number[many], width) - first[source], 0, None)
    done = np.minimum(first_days(number[many] + 1, width) - first[source], days)
    columns: dict[str, np.ndarray] = {"row": row, "bin": number, "spread": wide[row]}
    for bound in BOUNDS:
        count = counts[bound].to_numpy(float)
        share = count[row]
        whole = count[source]
        share[many] = _count_first(whole, days, done) - _count_first(whole, days, begun)
        columns[bound] = share
    keep = ~wide[row] | (columns["best"] > 0)
    return pd.DataFrame({name: column[keep] for name, column in columns.items()})


def _count_first(count: np.ndarray, days: np.ndarray, done: np.ndarray) -> np.ndarray:
    """Return how much of a count falls on the first ``done`` of its days, the remainder first."""
    each = np.floor(count / days)
    return np.asarray(done * each + np.minimum(done, count - each * days))
