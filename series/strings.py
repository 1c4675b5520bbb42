"""Strings of counts: "between 1 December and D", printed again with later ends, is a running total in other words."""

import numpy as np

from series.codes import NEVER, order_rows
from series.numberings import NEW, RUNNING
from series.rows import Rows
from series.runs import find_runs

PRINTINGS = 3
"""So many make a running total; where its source gives one since that day, one more is enough."""

_THING = ["metric", "unit", "status", "claimant", "group", "region", "start"]


def find_strings(live: Rows) -> np.ndarray:
    """Return which new counts among the claims that count are running totals: EM-DAT and OCHA print theirs like this.

    A source counts the same group in the same place since the same day, its ends and days of printing grow, and its
    numbers grow with them. A number that falls, or a second count of the same days, and none of them is taken so:
    they are counts of periods that lie in each other. A single day is an event.
    """
    basis, start, till = (live[name] for name in ("basis", "start", "till"))
    long = (start != NEVER) & (start < till) & ((basis == RUNNING) | ((basis == NEW) & (live["from"] == start)))
    at = np.flatnonzero(long)
    strung = np.zeros(len(live), dtype=bool)
    if not len(at):
        return strung
    thing = live.pick(at, _THING).number(_THING)
    rival = (np.bincount(thing) > 1)[thing]
    at, thing = at[rival], thing[rival]
    order = order_rows(thing, till[at])
    at, thing = at[order], thing[order]
    begins, string = find_runs(thing)
    if len(begins):
        strung[at[_is_grown(live.pick(at), begins, string)[string]]] = True
    return np.asarray(strung & (basis == NEW))


def _is_grown(counts: Rows, begins: np.ndarray, string: np.ndarray) -> np.ndarray:
    """Return which strings of counts, by their last days, grow and are long enough."""
    follows = np.ones(len(counts), dtype=bool)
    follows[begins] = False
    till, best, published = (counts[name] for name in ("till", "best", "published"))
    breaks = (till == np.roll(till, 1)) | (best < np.roll(best, 1)) | (published < np.roll(published, 1))
    ends = np.append(begins[1:], len(counts)) - 1
    new = counts["basis"] == NEW
    told = np.add.reduceat(new.astype(np.int64), begins)
    length = np.diff(np.append(begins, len(counts)))
    broken = np.bincount(string[follows & breaks], minlength=len(begins)) > 0
    return np.asarray(~broken & (best[ends] > best[begins]) & ((told >= PRINTINGS) | (told < length)))
