"""Counts that may hold some of the same people are not added, though neither contains the other: the larger stands."""

from typing import TYPE_CHECKING

import numpy as np

from series.codes import order_rows
from series.rows import Rows

if TYPE_CHECKING:
    from series.shelves import Shelves


def find_shared(
    cells: Rows, shelves: "Shelves", lines: np.ndarray, standing: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return which standing cells (positions, sorted) give way, and for each cell whether it stands for one that did.

    Two cells of one of the ``lines`` may hold the same people where they share days, and of their places and of their
    groups one is the other or contains it, or one place has some of the other: the week of a town and one of its days
    in the whole province, or a province's children and its capital's civilians. Nobody can say how many stand in both,
    and Every Casualty's standards let a person count once. The largest stands first, of equals the longest, then the
    one of the wider place and group; what meets one that stands gives way. What only met one that gave way stands.
    """
    marks = np.zeros(len(shelves.shelf), dtype=bool)
    one, other = shelves.find_meetings(standing)
    same = lines[one] == lines[other]
    one, other = one[same], other[same]
    if not len(one):
        return one, marks
    involved = np.zeros(len(marks), dtype=bool)
    involved[one] = involved[other] = True
    rank = np.empty(len(marks), dtype=np.int64)
    rank[involved] = _rank(cells, shelves, np.flatnonzero(involved))
    out, marks = settle_pairs(one, other, rank, len(marks))
    return np.flatnonzero(out), marks


def settle_pairs(one: np.ndarray, other: np.ndarray, rank: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which of ``size`` things give way, and which stand for one that did, where no two of a pair may stand.

    The highest in rank stands first; what is paired with one that stands gives way, what only met that one stands.

    >>> settle_pairs(np.array([0, 1]), np.array([1, 2]), np.array([3, 2, 1]), 3)[0].tolist()
    [False, True, False]
    """
    wins = rank[one] > rank[other]
    winner, loser = np.where(wins, one, other), np.where(wins, other, one)
    out, marks = np.zeros((2, size), dtype=bool)
    while len(winner):
        beaten = np.zeros(size, dtype=bool)
        beaten[loser] = True
        settled = ~beaten[winner]
        out[loser[settled]] = True
        marks[winner[settled]] = True
        still = ~out[winner] & ~out[loser]
        winner, loser = winner[still], loser[still]
    return out, marks


def _rank(cells: Rows, shelves: "Shelves", standing: np.ndarray) -> np.ndarray:
    """Return for each of some standing cells its place among them, the one that stands against all others last."""
    shelf = shelves.shelf[standing]
    first, last = shelves.first[standing], shelves.last[standing]
    width = -shelves.frames.levels[shelves.region[shelf]]
    order = order_rows(cells["best"][standing], last - first, -first, width, shelves.group[shelf])
    rank = np.empty(len(standing), dtype=np.int64)
    rank[order] = np.arange(len(standing))
    return rank
