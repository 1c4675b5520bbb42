"""What is counted within periods: new claims and running totals as counts, in the order of what lies in what."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from series.bins import BOUNDS
from series.codes import find_runs, join_codes, number_rows, pick_rows, shift_numbers, stack_rows
from series.flags import raise_flag
from series.numberings import NEW
from series.options import By, Options
from series.overlaps import Forest, grow_forest
from series.shelves import Frames
from series.tolls import Tolls

NO_CHAIN = -1
CELL = ["bucket", "region", "group", "first", "last"]
"""What the counts of one cell share; cells stand in this order."""
_COUNTED = ["claimant", "region", "group", "from", "till", *BOUNDS, "vague", "bits"]


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """What is counted within periods, in the order of the cells of its ``forest``; ``cell`` of each count."""

    counts: pd.DataFrame
    cell: np.ndarray
    forest: Forest
    tolls: Tolls | None


def list_flows(live: pd.DataFrame, tolls: Tolls | None, frames: Frames, options: Options) -> Flows:
    """Return the new claims and each running total as one count, with what lies in what within each source.

    ``kind`` is what the counts of one line share besides its place or source. Counts of one event of one source add
    up to one cell.
    """
    new = np.flatnonzero(live["basis"].to_numpy() == NEW)
    names = ["metric", "unit", "status", *(["group"] if options.by is By.GROUP else [])]
    kind = number_rows(live, names)
    own = pick_rows(live, new, _COUNTED).rename(columns={"from": "first", "till": "last"})
    own = own.assign(row=new, chain=NO_CHAIN, signature=np.uint64(0), kind=kind[new])
    if tolls is not None and len(tolls.chains):
        own = stack_rows(own, _list_chains(live, tolls, kind))
    own["bucket"] = number_rows(own, ["kind", "claimant"])
    return Flows(*_make_cells(own, frames), tolls)


def _list_chains(live: pd.DataFrame, tolls: Tolls, kind: np.ndarray) -> pd.DataFrame:
    """Return each running total as one count of all its days."""
    row = tolls.chains["row"].to_numpy()
    stated = pick_rows(live, row, ["claimant", "region", "group", "bits"])
    chains = stated.assign(**{str(name): tolls.chains[name].to_numpy() for name in tolls.chains})
    chains["bits"] |= stated["bits"].to_numpy() & raise_flag("unverified", np.ones(len(row), dtype=bool))
    return chains.assign(kind=kind[row])


def _make_cells(counts: pd.DataFrame, frames: Frames) -> tuple[pd.DataFrame, np.ndarray, Forest]:
    """Return the counts in the order of their cells, the cell of each, and the forest of the cells."""
    counts, cell = sort_cells(counts, CELL)
    begins, _ = find_runs(cell)
    total = np.add.reduceat(np.nan_to_num(counts["best"].to_numpy(float)), begins) if len(begins) else np.zeros(0)
    cells = pick_rows(counts, begins, CELL).assign(best=total)
    return counts, cell, grow_forest(cells, frames)


def sort_cells(counts: pd.DataFrame, columns: list[str]) -> tuple[pd.DataFrame, np.ndarray]:
    """Return counts sorted by columns (the last one downwards: a longer count comes first) and the cell of each."""
    *others, last = columns
    longest = shift_numbers(-counts[last].to_numpy(np.int64))
    key, _ = join_codes([*(shift_numbers(counts[name].to_numpy(np.int64)) for name in others), longest])
    if (key[1:] < key[:-1]).any():
        order = np.argsort(key, kind="stable")
        counts, key = pick_rows(counts, order), key[order]
    return counts, find_runs(key)[1]
