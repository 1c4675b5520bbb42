"""Sources side by side: the envelope of their numbers, and which single number stands for them."""

from dataclasses import dataclass

import numpy as np

from series.bins import BOUNDS
from series.codes import order_rows
from series.runs import find_runs

RULES = ("median", "lowest", "highest")


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """One element for each thing that was counted: bounds, best, and whether the preferred source is ``silent``."""

    low: np.ndarray
    best: np.ndarray
    high: np.ndarray
    silent: np.ndarray


def combine_sources(owner: np.ndarray, numbers: dict[str, np.ndarray], rule: str, preferred: np.ndarray) -> Combined:
    """Return what the sources of each owner come to; ``numbers`` (low, best, high) has one number for each source.

    ``owner`` is 0 to n - 1 in order, ``preferred`` marks the numbers of the preferred source. Nothing is added across
    sources. ``high`` is the highest number that any source states and stays open only where that number is itself an
    open bound; ``low`` likewise (UCDP's low, best and high). ``best`` is the ``median`` of the sources (of an even
    number the mean of the middle two, rounded down), the ``lowest`` (ACLED's rule), the ``highest``, or the number of
    the preferred source (IDMC's recommended figure), with the median where that source is ``silent``.

    >>> two = {name: np.array([20.0, 25.0]) for name in ("low", "best", "high")}
    >>> combine_sources(np.array([0, 0]), two, "median", np.array([False, False])).best.tolist()
    [22.0]
    """
    begins, run = find_runs(owner)
    low, best, high = (numbers[name][begins] for name in BOUNDS)
    named = rule not in RULES
    silent = ~preferred[begins] if named else np.zeros(len(begins), dtype=bool)
    many = np.flatnonzero(np.bincount(run, minlength=len(begins))[run] > 1) if len(run) else run
    if len(many):
        owners, own = find_runs(run[many])
        of = run[many][owners]
        cut = {name: numbers[name][many] for name in BOUNDS}
        low[of], high[of] = _find_envelope(cut, owners, own)
        best[of] = _choose_best(cut["best"], owners, own, rule)
        if named:
            said, told = preferred[many], np.full(len(owners), -np.inf)
            np.maximum.at(told, own[said], cut["best"][said])
            best[of] = np.where(np.isinf(told), best[of], told)
            silent[of] = np.isinf(told)
    return Combined(low, best, high, silent)


def _find_envelope(numbers: dict[str, np.ndarray], begins: np.ndarray, own: np.ndarray) -> tuple[np.ndarray, ...]:
    open_low, open_high = np.isnan(numbers["low"]), np.isnan(numbers["high"])
    floor = np.where(open_low, numbers["best"], numbers["low"])
    ceiling = np.where(open_high, numbers["best"], numbers["high"])
    low, high = np.minimum.reduceat(floor, begins), np.maximum.reduceat(ceiling, begins)
    below = np.logical_or.reduceat(open_low & (floor == low[own]), begins)
    above = np.logical_or.reduceat(open_high & (ceiling == high[own]), begins)
    return np.where(below, np.nan, low), np.where(above, np.nan, high)


def _choose_best(best: np.ndarray, begins: np.ndarray, own: np.ndarray, rule: str) -> np.ndarray:
    if rule in {"lowest", "highest"}:
        return np.asarray((np.minimum if rule == "lowest" else np.maximum).reduceat(best, begins))
    ordered = best[order_rows(own, best)]
    sizes = np.diff(np.append(begins, len(best)))
    return np.asarray(np.floor((ordered[begins + (sizes - 1) // 2] + ordered[begins + sizes // 2]) / 2))
