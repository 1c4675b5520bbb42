"""Claims become points: what each line of a timeline has in each bin, which claims made it, and which were left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from series.bins import BOUNDS
from series.codes import NEVER
from series.countings import Counted
from series.counts import Placed, place_counts
from series.definitions import place_totals
from series.numberings import NEW, RUNNING, STOCK
from series.options import By
from series.overlaps import IS_EARLIER
from series.printings import Printings
from series.regions import LEVELS
from series.rows import Rows, stack_rows
from series.stocks import place_stocks

_COLUMNS = [
    *("line", "bin", *BOUNDS, "spread_best", "vague_best", "bits", "begun"),
    *("figures", "claims", "sources", "publishers"),
]
_RUNNING = [
    *("metric", "unit", "status", "claimant", "region", "group", "start", "published", "till"),
    *(*BOUNDS, "vague", "bits"),
]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """One row for each ``line`` and ``bin`` with bounds and counts; its claims (``members``); the claims ``left`` out.

    ``members`` and ``left`` name claims by ``row`` (of the live ones) when they are called, those left with a
    ``state`` that says why (``series.overlaps``). ``heads`` is the row of a claim on each line (the index), ``shown``
    that of one of its running totals; ``level`` is that of its regions.
    """

    rows: Rows
    members: Callable[[], Rows]
    left: Callable[[], Rows]
    heads: "pd.Series[int]"
    shown: "pd.Series[int]"
    level: str


def list_points(counted: Counted) -> Iterator[Points]:
    """Yield the points of the lines that the options ask for: by source, by group, or by region at each level."""
    levels = range(len(LEVELS)) if counted.options.by is By.REGION else [-1]
    if len(counted.judged.live):
        # One level after the other: side by side they took no less time and a fifth more memory.
        placed = (_place(counted, level) for level in levels)
        yield from (points for points in placed if points is not None)


def _place(counted: Counted, level: int) -> Points | None:
    """Return the points of all lines of one level, if it has any (-1: the lines are no regions)."""
    options, preferred = counted.options, counted.preferred
    printings = Printings(counted.ledger, counted.judged.live, counted.judged.tolls, options.by)
    placed, heads, shown = [], [], pd.Series(dtype=np.int64)
    gone: list[Callable[[], Rows]] = []
    flows = counted.judged.flows.counts
    lines = _number_lines(flows, counted, level, NEW)
    if (lines >= 0).any():
        placed.append(place_counts(counted.judged.flows, lines, printings, options, preferred))
        heads.append(_index_first(lines, flows["row"]))
    stocks = counted.held.stocks
    lines = _number_lines(stocks, counted, level, STOCK)
    if (lines >= 0).any():
        placed.append(place_stocks(counted.held, lines, printings, options, preferred))
        by_bin = counted.held.by_bin
        heads.append(_index_first(lines[by_bin], stocks["row"][by_bin]))
        gone.append(lambda: _list_earlier(counted, level))
    running = _list_running(counted, level)
    if len(running):
        totals = place_totals(running, printings, options, preferred)
        placed.append(totals)
        heads.append(_index_first(running["line"], running["row"]))
        shown = _index_first(totals.rows["line"], totals.rows["shown"])
    if not placed:
        return None
    listed = [*(one.left for one in placed), *gone]
    return Points(
        stack_rows(*(Rows({name: one.rows[name] for name in _COLUMNS}) for one in placed)),
        lambda: _stack_members(placed),
        lambda: stack_rows(*(left() for left in listed)),
        pd.concat(heads),
        shown,
        LEVELS[level] if level >= 0 else "all",
    )


def _number_lines(claims: Rows, counted: Counted, level: int, basis: int) -> np.ndarray:
    """Return the line of each claim at a level, -1 where its region does not go down to it."""
    kind = claims["kind"]
    if counted.options.by is By.GROUP:
        which, room = np.zeros(len(claims), dtype=np.int64), 1
    elif counted.options.by is By.SOURCE:
        which, room = claims["claimant"], counted.ledger.coded.size("claimant")
    else:
        which, room = counted.ledger.frames.paths[claims["region"], level], len(counted.ledger.frames.paths)
    return np.where(which < 0, -1, (kind * room + which) * 3 + basis)


def _list_earlier(counted: Counted, level: int) -> Rows:
    """Return the stocks of a level that stand in no bin, with their lines."""
    earlier = counted.held.earlier
    lines = _number_lines(earlier, counted, level, STOCK)
    there = lines >= 0
    return Rows({"row": earlier["row"][there], "line": lines[there]}).assign(state=IS_EARLIER, bin=NEVER)


def _list_running(counted: Counted, level: int) -> Rows:
    """Return the running totals of a level with their lines: they do not roll up."""
    row = np.flatnonzero(counted.judged.live["basis"] == RUNNING)
    running = counted.judged.live.pick(row, _RUNNING).assign(row=row)
    names = ["metric", "unit", "status", *(["group"] if counted.options.by is By.GROUP else [])]
    running = running.assign(kind=running.number(names))
    running = running.assign(line=_number_lines(running, counted, level, RUNNING))
    there = running["line"] >= 0
    if level >= 0:
        narrowest = np.all(counted.ledger.frames.paths[:, level + 1 :] < 0, axis=1)
        there &= narrowest[running["region"]]
    return running.pick(there)


def _index_first(lines: np.ndarray, values: np.ndarray) -> "pd.Series[int]":
    """Return the value that stands first on each line (the index)."""
    first = np.full(int(lines.max(initial=-1)) + 2, -1)
    # What is written last stays, and what stands on no line goes into the last place.
    first[lines[::-1]] = np.arange(len(lines) - 1, -1, -1)
    line = np.flatnonzero(first[:-1] >= 0)
    return pd.Series(values[first[line]], index=line)


def _stack_members(placed: list[Placed]) -> Rows:
    """Return the claims behind the points of all kinds together."""
    shifts = np.cumsum([0, *(len(one.rows) for one in placed)])
    own = [(one.members(), shift) for one, shift in zip(placed, shifts, strict=False)]
    return stack_rows(*(Rows({"point": each["point"] + shift, "row": each["row"]}) for each, shift in own))
