"""Claims become points: what each line of a timeline has in each bin, which claims made it, and which were left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from series.bins import BOUNDS
from series.codes import NEVER, find_first, rank_codes
from series.countings import Counted
from series.counts import Placed, place_counts
from series.definitions import place_totals
from series.distincts import count_distinct
from series.numberings import NEW, RUNNING, STOCK
from series.options import By
from series.overlaps import IS_EARLIER
from series.regions import LEVELS
from series.rows import Rows, stack_rows
from series.runs import mark_first, unfold_ranges
from series.stocks import place_stocks
from series.tolls import Tolls

_AT_HAND = 2**15
"""So many printings fill the memory near a core when those of each point are told apart."""
_RUNNING = [
    *("metric", "unit", "status", "claimant", "region", "group", "start", "published", "till"),
    *(*BOUNDS, "vague", "bits"),
]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """One row for each ``line`` and ``bin`` with bounds and counts; its claims (``members``); the claims ``left`` out.

    ``members`` and ``left`` name claims by ``row`` (of the live ones), those left, when they are called for, with a
    ``state`` that says why (``series.overlaps``). ``heads`` is the row of a claim on each line (the index), ``shown``
    that of one of its running totals; ``level`` is that of its regions.
    """

    rows: Rows
    members: Rows
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
    placed, heads, shown = [], [], pd.Series(dtype=np.int64)
    gone: list[Callable[[], Rows]] = []
    flows = counted.judged.flows.counts
    lines = _number_lines(flows, counted, level, NEW)
    if (lines >= 0).any():
        placed.append(place_counts(counted.judged.flows, lines, counted.ledger.frames, options, preferred))
        heads.append(_index_first(lines, flows["row"]))
    stocks = counted.held.stocks
    lines = _number_lines(stocks, counted, level, STOCK)
    if (lines >= 0).any():
        placed.append(place_stocks(counted.held, lines, options, preferred))
        by_bin = counted.held.by_bin
        heads.append(_index_first(lines[by_bin], stocks["row"][by_bin]))
        gone.append(lambda: _list_earlier(counted, level))
    running = _list_running(counted, level)
    if len(running):
        totals = place_totals(running, counted.ledger.frames, options, preferred)
        placed.append(totals)
        heads.append(_index_first(running["line"], running["row"]))
        shown = _index_first(totals.rows["line"], totals.rows["shown"])
    if not placed:
        return None
    rows, members = _join(placed)
    behind = _name_steps(members, counted.judged.tolls)
    listed = [*(one.left for one in placed), *gone]
    rows = rows.assign(**_count_behind(behind, len(rows), counted))
    return Points(
        rows,
        behind,
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
    there = np.flatnonzero(lines >= 0)
    own = lines[there]
    heads = find_first(rank_codes(own, int(own.max(initial=0)) + 1)[0])
    return pd.Series(values[there[heads]], index=own[heads])


def _join(placed: list[Placed]) -> tuple[Rows, Rows]:
    """Return the points of all kinds together, and their members."""
    rows, members, shift = [], [], 0
    columns = ["line", "bin", *BOUNDS, "spread_best", "vague_best", "bits", "begun"]
    for one in placed:
        rows.append(Rows({name: one.rows[name] for name in columns}))
        members.append(one.members.assign(point=one.members["point"] + shift))
        shift += len(one.rows)
    return stack_rows(*rows), stack_rows(*members)


def _name_steps(members: Rows, tolls: Tolls | None) -> Rows:
    """Return the members with every running total's claims in the place of one that was taken as a whole."""
    chain = members["chain"]
    whole = chain >= 0
    if tolls is None or not whole.any():
        return members
    chains = tolls.steps["chain"]
    owner, step = unfold_ranges(*(np.searchsorted(chains, chain[whole], side=side) for side in ("left", "right")))
    steps = {"point": members["point"][whole][owner], "row": tolls.steps["row"][step]}
    return stack_rows(Rows(steps), members.pick(~whole))


def _count_behind(members: Rows, size: int, counted: Counted) -> dict[str, np.ndarray]:
    """Return how many figures, claims, sources and publishers stand behind each point."""
    ledger, live = counted.ledger, counted.judged.live
    point, row = members["point"], members["row"]
    at = live["at"][row]
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
        if counted.options.by is not By.SOURCE:
            told = count_distinct(own, live["claimant"][row[rows]], many)
            sources[least + np.flatnonzero(told)] = told[told > 0]
    return {"figures": figures, "claims": claims, "sources": sources, "publishers": publishers}


def _slice_points(point: np.ndarray, rows: np.ndarray) -> Iterator[np.ndarray]:
    """Yield rows in turn, so many that they fill the memory near a core, no point's in two of the parts.

    Points come nearly in order, those of a few lines together: they are parted where all before are lower.
    """
    own = point[rows]
    higher = np.minimum.accumulate(own[::-1])[::-1]
    heads = np.flatnonzero(np.maximum.accumulate(own)[:-1] < higher[1:]) + 1
    return iter(np.split(rows, heads[mark_first(heads // _AT_HAND)]))
