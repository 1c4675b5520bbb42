"""What stands behind points: how many figures, claims, sources and publishers, told apart a few points at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from series.distincts import count_distinct
from series.ledgers import Ledger
from series.options import By
from series.rows import Rows, stack_rows
from series.runs import mark_first, unfold_ranges
from series.tolls import Tolls

_AT_HAND = 2**15
"""So many printings fill the memory near a core when those of each point are told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Printings:
    """The printings of the ``live`` claims of a ledger; ``tolls`` say which claims each running total is made of."""

    ledger: Ledger
    live: Rows
    tolls: Tolls | None
    by: By

    def name_steps(self, members: Rows) -> Rows:
        """Return the members of points with every running total's claims in the place of one taken as a whole."""
        chain = members["chain"]
        whole = chain >= 0
        if self.tolls is None or not whole.any():
            return members
        steps, chains = self.tolls.steps, self.tolls.steps["chain"]
        owner, step = unfold_ranges(*(np.searchsorted(chains, chain[whole], side=side) for side in ("left", "right")))
        named = Rows({"point": members["point"][whole][owner], "row": steps["row"][step]})
        return stack_rows(named, members.pick(~whole))

    def count(self, members: Rows, size: int) -> dict[str, np.ndarray]:
        """Return how many figures, claims, sources and publishers stand behind each of so many points."""
        ledger, point, row = self.ledger, members["point"], members["row"]
        at = self.live["at"][row]
        claims = np.bincount(point, minlength=size)
        figures = np.bincount(point, ledger.claims["figures"][at], minlength=size).astype(np.int64)
        # Many points have one claim, and nothing to tell apart.
        begins, ends = ledger.printed.take(at, axis=0).T
        publishers, sources = np.zeros(size, dtype=np.int64), np.ones(size, dtype=np.int64)
        publishers[point] = ends - begins
        several = np.flatnonzero((claims > 1)[point])
        for rows in _slice_points(point, several):
            least = int(point[rows].min(initial=size))
            own, many = point[rows] - least, int(point[rows].max(initial=least)) - least + 1
            owner, pair = unfold_ranges(begins[rows], ends[rows])
            printed = count_distinct(own[owner], ledger.publishers[pair], many)
            found = np.flatnonzero(printed)
            publishers[least + found] = printed[found]
            if self.by is not By.SOURCE:
                told = count_distinct(own, self.live["claimant"][row[rows]], many)
                sources[least + np.flatnonzero(told)] = told[told > 0]
        return {"figures": figures, "claims": claims, "sources": sources, "publishers": publishers}


def _slice_points(point: np.ndarray, rows: np.ndarray) -> Iterator[np.ndarray]:
    """Yield rows in turn, so many that they fill the memory near a core, no point's in two of the parts.

    Points come nearly in order, those of a few lines together: they are parted where all before are lower.
    """
    if len(rows) <= _AT_HAND:
        return iter([rows])
    own = point[rows]
    higher = np.minimum.accumulate(own[::-1])[::-1]
    heads = np.flatnonzero(np.maximum.accumulate(own)[:-1] < higher[1:]) + 1
    return iter(np.split(rows, heads[mark_first(heads // _AT_HAND)]))
