"""Bins of time: which day, week, month or year a date falls in, and how a count is spread over several."""

from enum import StrEnum

import numpy as np
import pandas as pd

BOUNDS = ("low", "best", "high")


class Bin(StrEnum):
    """How wide one point of a timeline is. A week is an ISO week, from Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_FREQUENCY = {Bin.DAY: "D", Bin.WEEK: "W-SUN", Bin.MONTH: "M", Bin.YEAR: "Y"}


def bin_numbers(dates: "pd.Series[pd.Timestamp]", width: Bin) -> np.ndarray:
    """Return the number of the bin that each date falls in; neighbouring bins have neighbouring numbers."""
    return np.asarray(pd.PeriodIndex(dates, freq=_FREQUENCY[width]).asi8)


def bin_starts(numbers: np.ndarray, width: Bin) -> pd.DatetimeIndex:
    """Return the first day of each bin.

    >>> days = pd.Series(pd.to_datetime(["2020-02-02"]))
    >>> str(bin_starts(bin_numbers(days, Bin.WEEK), Bin.WEEK)[0].date())
    '2020-01-27'
    """
    days = pd.PeriodIndex.from_ordinals(numbers, freq=_FREQUENCY[width])  # type: ignore[attr-defined]  # stubs lack it
    return pd.DatetimeIndex(days.start_time.as_unit("s"))


def bin_ends(numbers: np.ndarray, width: Bin) -> pd.DatetimeIndex:
    """Return the last day of each bin."""
    return bin_starts(np.asarray(numbers) + 1, width) - pd.Timedelta(days=1)


def split_over_bins(claims: pd.DataFrame, width: Bin, *, spread: bool = True) -> pd.DataFrame:
    """Put each claim (columns from, till, low, best, high) into its bins; return a row for each claim and bin.

    A count stands in the bin in which its period ends. Where the period is longer than that bin, the count is
    spread evenly over its days, the remainder over the first of them (ACLED spreads the counts of a period in the
    same way); its rows are marked ``spread``, and a bin that gets nobody gets no row. An open bound stays open.
    ``spread=False`` puts every count at its end.
    """
    last = bin_numbers(claims["till"], width)
    first = bin_numbers(claims["from"], width)
    days = _days(claims["from"], claims["till"]) + 1
    bin_days = _days(pd.Series(bin_starts(last, width)), pd.Series(bin_ends(last, width))) + 1
    wide = (days > bin_days) & (first < last) & spread
    repeats = np.where(wide, last - first + 1, 1)
    row = np.repeat(np.arange(len(claims)), repeats)
    step = np.arange(len(row)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    number = np.where(wide, first, last)[row] + step
    out = claims.iloc[row].assign(bin=number, spread=wide[row])
    begun = _days(out["from"], pd.Series(bin_starts(number, width))).clip(0)
    done = np.minimum(_days(out["from"], pd.Series(bin_ends(number, width))) + 1, days[row])
    for bound in BOUNDS:
        count = out[bound].to_numpy(float)
        share = _first_days(count, days[row], done) - _first_days(count, days[row], begun)
        out[bound] = np.where(wide[row], share, count)
    return out[~out["spread"] | out["best"].gt(0)]


def _days(since: pd.Series, until: pd.Series) -> np.ndarray:
    """Return the whole days between two columns of dates."""
    return np.asarray((until.to_numpy("datetime64[D]") - since.to_numpy("datetime64[D]")).astype(np.int64))


def _first_days(count: np.ndarray, days: np.ndarray, done: np.ndarray) -> np.ndarray:
    """Return how much of a count falls on the first ``done`` of its days, the remainder first."""
    return np.asarray(done * np.floor_divide(count, days) + np.minimum(done, np.mod(count, days)))
