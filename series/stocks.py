"""Stocks: how many people are in a state on a date. The last number stands, and is carried forward for a while."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from series.bins import BOUNDS, bin_days
from series.codes import NEVER, order_rows, sort_codes
from series.counts import Placed
from series.flags import raise_flag
from series.numberings import STOCK
from series.options import By, Options
from series.overlaps import COUNTS_ELSEWHERE, STANDS, Forest, grow_forest, resolve_lines
from series.printings import Printings
from series.rows import Rows, stack_rows
from series.runs import find_runs, mark_last
from series.shelves import Frames
from series.sources import combine_sources

_HOLDER = ["bucket", "region", "group"]
_COUNTED = ["claimant", "region", "group", "till", "published", *BOUNDS, "vague", "bits"]
_DRAWN = ["claimant", "region", "group", "bin", *BOUNDS, "vague", "bits", "row"]


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Every stock in every bin in which it stands, sorted as the cells of its ``forest``.

    The ``earlier`` ones stand in no bin: their source gave another number for the same people later in theirs.
    ``by_bin`` is the order of the stocks by source and bin: the first of a line gives it its name and code.
    """

    stocks: Rows
    forest: Forest
    earlier: Rows
    by_bin: np.ndarray


def hold_stocks(live: Rows, frames: Frames, options: Options) -> Held:
    """Return where each stock stands: from its date until the next of its source, group and place.

    It is carried for ``carry`` days at most, and not beyond the day ``as_known``.
    """
    own = np.flatnonzero(live["basis"] == STOCK)
    names = ["metric", "unit", "status", *(["group"] if options.by is By.GROUP else [])]
    stocks = live.pick(own, _COUNTED).assign(row=own, kind=live.pick(own, names).number(names))
    held, earlier = _carry(stocks.assign(bucket=stocks.number(["kind", "claimant"])), options)
    # A bin is a day on which a stock stands: stocks of different bins share none, and no stock contains them.
    held = held.assign(first=held["bin"], last=held["bin"])
    return Held(held, grow_forest(held, frames), earlier, order_rows(held["bucket"], held["bin"]))


def _carry(stocks: Rows, options: Options) -> tuple[Rows, Rows]:
    """Return one row for each number and bin in which it stands, in the order of both; and the numbers without any."""
    holder = stocks.number(_HOLDER)
    order = order_rows(holder, stocks["till"], stocks["published"], stocks["best"])
    day, holder = stocks["till"][order], holder[order]
    begins, ends = bin_days(day, options.width), bin_days(day + options.carry, options.width)
    if options.as_known:
        today = np.datetime64(options.as_known, "D").astype(np.int64)
        ends = np.minimum(ends, np.maximum(begins, bin_days(np.array([today]), options.width)[0]))
    ends = np.where(mark_last(holder), ends, np.minimum(ends, np.roll(begins, -1) - 1))
    repeats = np.clip(ends - begins + 1, 0, None)
    row = np.repeat(np.arange(len(order)), repeats)
    step = np.arange(len(row)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    held = stocks.pick(order[row])
    held = held.assign(bin=begins[row] + step, bits=held["bits"] | raise_flag("carried", step > 0))
    return held, stocks.pick(order[repeats == 0])


def place_stocks(held: Held, lines: np.ndarray, printings: Printings, options: Options, preferred: int) -> Placed:
    """Return the points of stocks that stand on a line (``lines``: one for each row held, -1: none).

    A stock is never summed over time, nor added across sources, nor to a flow (IDMC). In each bin a source's numbers
    of disjoint places and groups add up, a wider place or group stands alone; sources are compared only where they
    count the same places, and those that count most stand, or those of the chosen source, whose code is ``preferred``.
    """
    there = lines >= 0
    state, below, _ = resolve_lines(held.forest, lines)
    gone = np.flatnonzero(there & (state != STANDS))
    left = held.stocks.pick(gone, ["row", "bin"]).assign(line=lines[gone], state=state[gone])
    keep = np.flatnonzero(there & (state == STANDS))
    stocks = held.stocks.pick(keep, _DRAWN)
    stocks = stocks.assign(line=lines[keep], bits=stocks["bits"] | raise_flag("below", below[keep]))
    sums, owner = _add_places(stocks)
    alike = _find_alike(sums, preferred)
    compared = sums.pick(alike)
    rows, point = _compare(compared, options, preferred)
    own = np.full(len(sums), -1)
    own[alike] = point
    held_by = own[owner]
    counted, other = np.flatnonzero(held_by >= 0), np.flatnonzero(held_by < 0)
    members = stocks.pick(counted, ["row"]).assign(point=held_by[counted])
    elsewhere = stocks.pick(other, ["row", "line", "bin"]).assign(state=COUNTS_ELSEWHERE)
    rows = rows.assign(**printings.count(members, len(rows)))
    return Placed(rows, lambda: members, lambda: stack_rows(left, elsewhere))


def _add_places(stocks: Rows) -> tuple[Rows, np.ndarray]:
    """Return one row for each line, bin and source, and the row of each stock.

    ``where`` is the same for sources that count the same places and groups.
    """
    order, ordered = sort_codes(*stocks.join(["line", "bin", "claimant"]))
    begins, run = find_runs(ordered)
    owner = np.empty(len(stocks), dtype=np.int64)
    owner[order] = run
    rows = {name: stocks[name][order[begins]] for name in ("line", "bin", "claimant")}
    for name in (*BOUNDS, "vague"):
        column = stocks[name][order]
        rows[name] = np.add.reduceat(column, begins) if len(begins) else column
    bits = stocks["bits"][order]
    rows["bits"] = np.bitwise_or.reduceat(bits, begins) if len(begins) else bits
    mark = pd.util.hash_array(stocks["region"].astype(np.int64) * 2**20 + stocks["group"])[order]
    rows["where"] = np.add.reduceat(mark, begins) if len(begins) else mark
    return Rows(rows), owner


def _find_alike(sums: Rows, preferred: int) -> np.ndarray:
    """Return which sources of each line and bin (sorted by them) count the same places as the one that stands first.

    That is the preferred source where it says anything, else the one that counts most.
    """
    _, point = find_runs(sums.join(["line", "bin"])[0])
    alike = np.ones(len(sums), dtype=bool)
    many = np.flatnonzero((np.bincount(point) > 1)[point])
    point, where = point[many], sums["where"][many]
    order = order_rows(point, sums["claimant"][many] == preferred, sums["best"][many], where)
    ordered = point[order]
    most = where[order][mark_last(ordered)]
    alike[many[order]] = where[order] == most[find_runs(ordered)[1]]
    return alike


def _compare(sums: Rows, options: Options, preferred: int) -> tuple[Rows, np.ndarray]:
    """Return one row for each line and bin (by which the sums are sorted), and the row of each sum."""
    begins, point = find_runs(sums.join(["line", "bin"])[0])
    rule = "median" if options.by is By.SOURCE else options.best
    numbers = {name: sums[name] for name in BOUNDS}
    chosen = combine_sources(point, numbers, rule, sums["claimant"] == preferred)
    both = [np.bincount(point, sums[name], minlength=len(begins)) for name in ("vague", "best")]
    bits = sums["bits"]
    bits = (np.bitwise_or.reduceat(bits, begins) if len(begins) else bits) | raise_flag("silent", chosen.silent)
    heads = sums.pick(begins, ["line", "bin"])
    rows = heads.assign(
        low=chosen.low,
        best=chosen.best,
        high=chosen.high,
        spread_best=0.0,
        begun=NEVER,
        vague_best=both[0] / np.clip(both[1], 1, None) * chosen.best,
        bits=bits,
    )
    return rows, point
