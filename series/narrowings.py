"""A running total only grows: what one total leaves wide, the others of its count make narrower."""

import numpy as np


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
