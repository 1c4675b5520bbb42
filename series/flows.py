"""What is counted within periods: new claims and running totals as counts, in the order of what lies in what."""

from dataclasses import dataclass

import numpy as np

from series.bins import BOUNDS
from series.codes import join_codes, shift_numbers, sort_codes
from series.flags import BITS
from series.numberings import NEW
from series.options import By, Options
from series.overlaps import Forest, grow_forest
from series.rows import Rows, stack_rows
from series.runs import find_runs
from series.shelves import Frames
from series.tolls import Tolls

NO_CHAIN = -1
CELL = ["bucket", "region", "group", "first", "last"]
"""What the counts of one cell share; cells stand in this order."""
_COUNTED = ["claimant", "region", "group", *BOUNDS, "vague", "bits"]


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """What is counted within periods, in the order of the cells of its ``forest``; ``cell`` of each count."""

    counts: Rows
    cell: np.ndarray
    forest: Forest
    tolls: Tolls | None


def list_flows(live: Rows, tolls: Tolls | None, frames: Frames, options: Options) -> Flows:
    """Return the new claims and each running total as one count, with what lies in what within each source.

    ``kind`` is what the counts of one line share besides its place or source. Counts of one event of one source add
    up to one cell.
    """
    new = np.flatnonzero(live["basis"] == NEW)
    names = ["metric", "unit", "status", *(["group"] if options.by is By.GROUP else [])]
    kind = live.number(names)
    days = {"first": live["from"][new], "last": live["till"][new]}
    own = live.pick(new, _COUNTED).assign(**days, row=new, chain=NO_CHAIN, signature=np.uint64(0), kind=kind[new])
    if tolls is not None and len(tolls.chains):
        own = stack_rows(own, _list_chains(live, tolls, kind))
    own = own.assign(bucket=own.number(["kind", "claimant"]))
    return Flows(*_make_cells(own, frames), tolls)


def _list_chains(live: Rows, tolls: Tolls, kind: np.ndarray) -> Rows:
    """Return each running total as one count of all its days."""
    row = tolls.chains["row"]
    stated = live.pick(row, ["claimant", "region", "group", "bits"])
    bits = tolls.chains["bits"] | (stated["bits"] & BITS["unverified"])
    return stated.assign(**tolls.chains.columns).assign(bits=bits, kind=kind[row])


def _make_cells(counts: Rows, frames: Frames) -> tuple[Rows, np.ndarray, Forest]:
    """Return the counts in the order of their cells, the cell of each, and the forest of the cells."""
    counts, cell = sort_cells(counts, CELL)
    begins, _ = find_runs(cell)
    total = np.add.reduceat(np.nan_to_num(counts["best"]), begins) if len(begins) else np.zeros(0)
    cells = counts.pick(begins, CELL).assign(best=total)
    return counts, cell, grow_forest(cells, frames)


def sort_cells(counts: Rows, columns: list[str]) -> tuple[Rows, np.ndarray]:
    """Return counts sorted by columns (the last one downwards: a longer count comes first) and the cell of each."""
    *others, last = columns
    key, room = join_codes([counts.join(others), shift_numbers(-counts[last])])
    if (key[1:] < key[:-1]).any():
        order, key = sort_codes(key, room)
        counts = counts.pick(order)
    return counts, find_runs(key)[1]
