"""Counts of events: in a source the larger whole, across sources the envelope; then places and days are added up."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from series.bins import BOUNDS, split_over_bins
from series.codes import NEVER, find_first, sort_codes
from series.flags import BITS, join_flags, raise_flag
from series.flows import CELL, NO_CHAIN, Flows, sort_cells
from series.options import By, Options
from series.overlaps import IS_NOT_PREFERRED, STANDS, grow_forest, resolve_lines, resolve_overlaps
from series.printings import Printings
from series.rows import Rows, stack_rows
from series.runs import find_runs, part_runs, unfold_ranges
from series.shelves import Frames
from series.sources import combine_sources
from series.tolls import Tolls

_OF_LINE = ["line", "region", "group", "first", "last"]
_ABOVE = 2.0**36
"""More people than there are: what weighs more than any count, and may still be added up exactly."""
_AT_HAND = 2**12
"""So many counts fill the memory near a core when they are spread over weeks."""
_DRAWN = ["claimant", "region", "group", "first", "last", *BOUNDS, "vague", "bits", "row", "chain", "signature"]


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """One row for each ``line`` and ``bin``; the claims behind it (``point``, ``row`` of the live claim); those left.

    ``rows`` say how many figures, claims, sources and publishers stand behind each. ``members`` and ``left`` list
    claims when they are called: only estimates ask, a chart does not. Those left have ``row``, ``line``, ``state``
    (``series.overlaps``) and ``bin`` (``NEVER``: its own). The row of a running total is its first claim's.
    """

    rows: Rows
    members: Callable[[], Rows]
    left: Callable[[], Rows]


def place_counts(flows: Flows, lines: np.ndarray, printings: Printings, options: Options, preferred: int) -> Placed:
    """Return the points of the counts that stand on a line (``lines``: one for each count, -1: none).

    Within a source, what a wider count contains is left out. Counts of several sources for the same group, place and
    period are compared (``series.sources``); the smaller is explained by the larger. Only then are places and days
    added up. ``preferred`` is the code of the source that was chosen, -1 for none.
    """
    there = lines >= 0
    drawn = np.full(len(flows.forest), -1)
    drawn[flows.cell] = lines
    state, below, shared = resolve_lines(flows.forest, drawn)
    said: list[Callable[[], Rows]] = [lambda: _list_left(flows.counts, lines, state[flows.cell], there)]
    keep = np.flatnonzero(there & (state[flows.cell] == STANDS))
    counts = flows.counts.pick(keep, _DRAWN)
    counts = counts.assign(line=lines[keep], bits=counts["bits"] | _flag(below, shared)[flows.cell[keep]])
    if options.by is not By.SOURCE and len(counts):
        counts, left = _compare(counts, printings.ledger.frames, options, preferred)
        said.append(left)
    counts, cell = sort_cells(_unfold(counts, flows.tolls), _OF_LINE)
    rows, members = _cut(counts, cell, printings, options, preferred)
    return Placed(rows, members, lambda: stack_rows(*(left() for left in said)))


def _flag(below: np.ndarray, shared: np.ndarray) -> np.ndarray:
    return np.asarray(raise_flag("below", below) | raise_flag("shared", shared))


def _list_left(counts: Rows, lines: np.ndarray, state: np.ndarray, there: np.ndarray) -> Rows:
    gone = np.flatnonzero(there & (state != STANDS))
    left = Rows({"row": counts["row"][gone], "line": lines[gone], "state": state[gone]})
    return left.assign(bin=NEVER)


def _compare(counts: Rows, frames: Frames, options: Options, preferred: int) -> tuple[Rows, Callable[[], Rows]]:
    """Return the counts that stand when the sources of a line are compared, and what was left out.

    What the preferred source counts stands before all that others count of the same people, in wider or narrower
    places, groups and periods too, and is not called silent for that.
    """
    counts, cell = sort_cells(counts.assign(bucket=counts["line"]), CELL)
    begins, _ = find_runs(cell)
    sums = _add_own(counts, cell)
    worth = combine_sources(sums.cell, sums.numbers, options.best, sums.claimant == preferred).best
    cells, told = counts.pick(begins, CELL), np.zeros(len(begins), dtype=bool)
    told[sums.cell[sums.claimant == preferred]] = True
    state, below, shared = resolve_overlaps(grow_forest(cells.assign(best=worth + np.where(told, _ABOVE, 0)), frames))
    if told.any():
        usual, undercut, _ = resolve_overlaps(grow_forest(cells.assign(best=worth), frames))
        state[(state != STANDS) & (usual == STANDS)] = IS_NOT_PREFERRED
        below &= undercut
    lines, everywhere = counts["line"], np.ones(len(counts), dtype=bool)
    stood = counts.assign(bits=counts["bits"] | _flag(below, shared)[cell]).pick(state[cell] == STANDS)
    return stood, lambda: _list_left(counts, lines, state[cell], everywhere)


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """One element for each cell and source: several events of one report add up, an open bound stays open."""

    cell: np.ndarray
    claimant: np.ndarray
    numbers: dict[str, np.ndarray]
    vague: np.ndarray


def _add_own(counts: Rows, cell: np.ndarray) -> _Sums:
    """Return the sums of each source in each cell; ``cell`` counts up from 0."""
    claimant = counts["claimant"]
    most = int(claimant.max(initial=0)) + 1
    order, key = sort_codes(cell * most + claimant, len(cell) * most)
    begins, _ = find_runs(key)
    added = {
        name: np.add.reduceat(counts[name][order], begins) if len(begins) else np.zeros(0)
        for name in (*BOUNDS, "vague")
    }
    heads = order[begins]
    return _Sums(cell[heads], claimant[heads], {name: added[name] for name in BOUNDS}, added["vague"])


def _unfold(counts: Rows, tolls: Tolls | None) -> Rows:
    """Return the counts with the steps of each running total whose sources all counted on the same days."""
    chained = counts["chain"] != NO_CHAIN
    if tolls is None or not chained.any():
        return counts
    cell = counts.number(_OF_LINE)
    marks = counts["signature"]
    least, most = np.full(len(counts), np.iinfo(np.uint64).max, dtype=np.uint64), np.zeros(len(counts), dtype=np.uint64)
    np.minimum.at(least, cell, marks)
    np.maximum.at(most, cell, marks)
    opened = np.flatnonzero(chained & (least == most)[cell])
    chain = counts["chain"][opened]
    chains = tolls.steps["chain"]
    owner, step = unfold_ranges(*(np.searchsorted(chains, chain, side=side) for side in ("left", "right")))
    own = tolls.steps.pick(step)
    cut = counts.pick(opened[owner]).assign(
        **{name: own[name] for name in ("row", "first", "last", *BOUNDS, "vague")}, chain=NO_CHAIN
    )
    # A chain is vague where its last total is, or the one that it grew from; each step says so for itself.
    cut = cut.assign(bits=(cut["bits"] & ~BITS["vague"]) | own["bits"])
    rest = np.ones(len(counts), dtype=bool)
    rest[opened] = False
    return stack_rows(counts.pick(rest), cut)


def _cut(
    counts: Rows, cell: np.ndarray, printings: Printings, options: Options, preferred: int
) -> tuple[Rows, Callable[[], Rows]]:
    """Return the counts added up by line and bin, and what lists the claims behind each line and bin.

    The counts, in the order of their lines, are cut some lines at a time: the memory for a few is near, and used again.
    """
    ends = pairwise(part_runs(counts["line"], _AT_HAND))
    cut = [_cut_lines(counts.slice(*own), cell[slice(*own)], printings, options, preferred) for own in ends]
    shifts = np.cumsum([0, *(len(rows) for rows, _ in cut)])

    def list_members() -> Rows:
        listed = ((members(), shift) for (_, members), shift in zip(cut, shifts, strict=False))
        return stack_rows(*[own.assign(point=own["point"] + shift) for own, shift in listed])

    return stack_rows(*(rows for rows, _ in cut)), list_members


def _cut_lines(
    counts: Rows, cell: np.ndarray, printings: Printings, options: Options, preferred: int
) -> tuple[Rows, Callable[[], Rows]]:
    begins, cell = find_runs(cell)
    sums = _add_own(counts, cell)
    rule = "median" if options.by is By.SOURCE else options.best
    chosen = combine_sources(sums.cell, sums.numbers, rule, sums.claimant == preferred)
    both = [np.bincount(sums.cell, one, minlength=len(begins)) for one in (sums.vague, sums.numbers["best"])]
    vague = both[0] / np.clip(both[1], 1, None) * chosen.best
    days = {name: counts[name][begins] for name in ("first", "last")}
    cut = split_over_bins(
        Rows({**days, "low": chosen.low, "best": chosen.best, "high": chosen.high}),
        options.width,
        spread=options.spread == "even",
    )
    row = cut["row"]
    share = np.divide(cut["best"], chosen.best[row], out=np.zeros(len(row)), where=chosen.best[row] > 0)
    bits = counts["bits"]
    bits = (np.bitwise_or.reduceat(bits, begins) if len(begins) else bits) | raise_flag("silent", chosen.silent)
    pieces = cut.assign(
        line=counts["line"][begins][row],
        vague_best=vague[row] * share,
        spread_best=np.where(cut["spread"], cut["best"], 0.0),
        bits=bits[row] | raise_flag("spread", cut["spread"]),
    )
    rows, point = add_up(pieces)

    def list_members() -> Rows:
        owner, member = unfold_ranges(begins[row], np.append(begins[1:], len(counts))[row])
        held = {"point": point[owner], "row": counts["row"][member], "chain": counts["chain"][member]}
        return printings.name_steps(Rows(held))

    return rows.assign(**printings.count(list_members(), len(rows))), list_members


def add_up(pieces: Rows) -> tuple[Rows, np.ndarray]:
    """Return one row for each ``line`` and ``bin`` with what its pieces come to, and the row of each piece."""
    point = pieces.number(["line", "bin"])
    heads = find_first(point)
    columns = {name: pieces[name][heads] for name in ("line", "bin")}
    for name in (*BOUNDS, "spread_best", "vague_best"):
        columns[name] = np.bincount(point, pieces[name], minlength=len(heads))
    columns["bits"] = join_flags(point, pieces["bits"], len(heads))
    return Rows(columns).assign(begun=NEVER), point
