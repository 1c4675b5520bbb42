"""A running total only grows: what one total leaves wide, the others of its count make narrower."""

import numpy as np

from series.bins import BOUNDS
from series.rows import Rows


def narrow_totals(
    head: np.ndarray, low: np.ndarray, best: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the bounds and the numbers of totals, each within what those before and after it allow.

    The totals of a chain are neighbours in the order of their days; ``head`` is the first of each. "Hundreds" before
    350 are 350 at most, and "at least 300" after 350 are at least 350: nobody told of a drop. Open ends stay open, and
    exact totals and plain estimates stay as they are. A total that cannot have been as large as one before fell: it
    narrows nothing before it, and nothing before it narrows it.

    >>> first, low, high = np.array([True, False]), np.array([200.0, 350]), np.array([999.0, 350])
    >>> [bound.tolist() for bound in narrow_totals(first, low, low, high)]
    [[200.0, 350.0], [200.0, 350.0], [350.0, 350.0]]
    """
    floor, ceiling = _find_room(low, best, high)
    soft = floor < ceiling
    if not soft.any():
        return low, best, high
    least, fell = _raise(floor, ceiling, head)
    # Backwards, a chain ends where it begins, and where a total fell.
    ends = np.append((head | fell)[1:], True)
    most = -_raise(-ceiling[::-1], -least[::-1], ends[::-1])[0][::-1]
    capped = np.where(soft, np.minimum(best, most), best)
    raised, _ = _raise(capped, np.where(soft, most, capped), head | fell)
    return (
        np.where(soft & ~np.isnan(low), least, low),
        raised,
        np.where(soft & ~np.isnan(high), most, high),
    )


def _find_room(low: np.ndarray, best: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return between which numbers each total may lie by its own words; "about 350" is 350, "up to" begins with 0."""
    floor = np.where(np.isnan(low), np.where(np.isnan(high), best, 0.0), low)
    ceiling = np.where(np.isnan(high), np.where(np.isnan(low), best, np.inf), high)
    return floor, ceiling


def _raise(floor: np.ndarray, ceiling: np.ndarray, head: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each number raised to the one before it on its chain where its ceiling allows it, and where it does not.

    What is raised may raise the next, and only that is looked at again: exact numbers end it.
    """
    raised = floor.copy()
    at = np.flatnonzero(~head)
    while len(at):
        at = at[(raised[at - 1] > raised[at]) & (raised[at - 1] <= ceiling[at])]
        raised[at] = raised[at - 1]
        at = at[at + 1 < len(raised)] + 1
        at = at[~head[at]]
    fell = np.zeros(len(raised), dtype=bool)
    fell[1:] = ~head[1:] & (ceiling[1:] < raised[:-1])
    return raised, fell


def measure_growth(totals: Rows) -> Rows:
    """Return by how much each chain of narrowed totals grew in all its days: ``low``, ``high``, ``vague``, by number.

    Between two drops that is the last total without the one that it grew from (nothing, where the chain says since
    when it counts), whatever the totals between them left wide; ``vague`` is how much of it rests on vague totals.

    >>> totals = {"chain": np.array([0, 0]), "head": np.array([True, False]), "fell": np.array([False, False])}
    >>> totals |= {"baseline": np.array([False, False]), "is_vague": np.array([True, False])}
    >>> totals |= {"low": np.array([200.0, 350]), "best": np.array([200.0, 350]), "high": np.array([350.0, 350])}
    >>> {name: grown.tolist() for name, grown in measure_growth(Rows(totals)).columns.items()}
    {'low': [350.0], 'high': [350.0], 'vague': [0.0]}
    """
    first = np.flatnonzero(totals["head"] | totals["fell"])
    last = np.append(first[1:], len(totals)) - 1
    counted = totals["head"][first] & ~totals["baseline"][first]
    alone = (first == last) & ~counted
    base = {name: np.where(counted, 0.0, totals[name][first]) for name in BOUNDS}
    best = totals["best"][last] - base["best"]
    least = np.clip(totals["low"][last] - base["high"], 0, best)
    most = np.maximum(totals["high"][last] - base["low"], best)
    is_vague = totals["is_vague"][last] | (totals["is_vague"][first] & ~counted)
    grown = {"low": least, "high": most, "vague": np.where(is_vague, best, 0.0)}
    chain = totals["chain"][first]
    return Rows({name: np.bincount(chain, np.where(alone, 0.0, one)) for name, one in grown.items()})
