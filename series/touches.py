"""Counts that share some of their days, without one containing the other, are not added either: the larger stands."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from series.overlaps import Shelves

_DAYS = 2**20


def find_shared(cells: pd.DataFrame, shelves: "Shelves", standing: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which standing cells (by position) give way, and a mark on those that stand for them.

    Nobody can say how many of the shared days' people stand in both counts, and Every Casualty's standards let a
    person count once. Of two the larger stands, of equals the longer; where one gives way, what only met it stands.
    """
    marks = np.zeros(len(cells), dtype=bool)
    lost: list[np.ndarray] = []
    best = np.nan_to_num(cells["best"].to_numpy(float))
    first, last = cells["first"].to_numpy(), cells["last"].to_numpy()
    rank = np.empty(len(cells), dtype=np.int64)
    rank[np.lexsort((-first, last - first, best))] = np.arange(len(cells))
    while len(standing):
        one, other = find_pairs(first, last, shelves, standing)
        if not len(one):
            break
        wins = rank[one] > rank[other]
        winner, loser = np.where(wins, one, other), np.where(wins, other, one)
        beaten, out, involved = np.zeros((3, len(cells)), dtype=bool)
        beaten[loser] = True
        out[loser[~beaten[winner]]] = True
        marks[winner[out[loser]]] = True
        involved[one], involved[other] = True, True
        lost.append(np.flatnonzero(out))
        standing = np.flatnonzero(involved & ~out)
    loses = np.concatenate(lost) if lost else np.zeros(0, dtype=np.int64)
    marks[loses] = False
    return loses, marks


def find_pairs(
    first: np.ndarray, last: np.ndarray, shelves: "Shelves", standing: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs of cells that share days: of one shelf, or of one and a wider one where the wider is as long."""
    shelf = shelves.shelf[standing]
    order = np.lexsort((first[standing], shelf))
    sorted_, rows = shelf[order], standing[order]
    near = (sorted_[1:] == sorted_[:-1]) & (first[rows[1:]] <= last[rows[:-1]])
    pairs = [(rows[:-1][near], rows[1:][near])]
    starts = sorted_ * _DAYS + first[rows]
    reach = np.maximum.accumulate(sorted_ * _DAYS + last[rows])
    for target in shelves.targets:
        asked = target[shelf]
        wider = np.flatnonzero((asked >= 0) & (asked != shelf))
        if not len(wider):
            continue
        asked, cell = asked[wider], standing[wider]
        at = np.searchsorted(starts, asked * _DAYS + last[cell], side="right") - 1
        meets = (at >= 0) & (reach[at] // _DAYS == asked) & (reach[at] % _DAYS >= first[cell])
        who = rows[np.searchsorted(reach, reach[at[meets]], side="left")]
        cell = cell[meets]
        long = last[who] - first[who] >= last[cell] - first[cell]
        pairs.append((cell[long], who[long]))
    return np.concatenate([one for one, _ in pairs]), np.concatenate([other for _, other in pairs])
