"""Running totals become new counts: the difference of two totals of one source and one definition."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from series.codes import NEVER, order_rows
from series.flags import BITS, raise_flag
from series.narrowings import measure_growth, narrow_totals
from series.rows import Rows
from series.runs import find_runs

BASELINE = "a running total without a start: the baseline of later ones"
_THING = ["metric", "unit", "status", "claimant", "group", "region"]
_KEPT = BITS["derived"] | BITS["strung"]
"""The flags of totals that all their days together keep."""


@dataclass(frozen=True, slots=True)
class Tolls:
    """``chains``: one row a definition, as one count of all its days; ``steps``: what each total added.

    Both have ``chain``, ``first``, ``last`` (days since 1970), ``low``, ``best``, ``high`` and ``bits`` (flags);
    ``vague`` is how much of best rests on a vague total, the one before or the one after.
    A step has the ``row`` of its claim in the claims given and of the one ``before`` it (its own where it is the
    first), a chain that of its first one, and ``signature``, which two chains share that were counted on the same days.
    ``baselines`` are rows too; ``bits`` are the flags of each.
    """

    chains: Rows
    steps: Rows
    baselines: np.ndarray
    bits: np.ndarray


def find_begun(claims: Rows, thing: np.ndarray) -> np.ndarray:
    """Return since when each total counts: a total that does not say joins the only start that its source gives."""
    start = claims["start"].copy()
    size = int(thing.max(initial=-1)) + 1
    earliest, latest = np.full(size, np.iinfo(np.int64).max), np.full(size, NEVER)
    stated = start != NEVER
    np.minimum.at(earliest, thing[stated], start[stated])
    np.maximum.at(latest, thing[stated], start[stated])
    only = np.where(earliest == latest, earliest, NEVER)[thing]
    return np.where(stated, start, np.where(only <= claims["till"], only, NEVER))


def find_tolls(claims: Rows) -> Tolls:
    """Return what was new by the running totals among the claims (one row a claim, only those that count).

    The first total of a chain is new over its own days where its start is known; without a start it is a baseline.
    Each later one adds its difference, over the days since the one before. After a drop the lower total stands: the
    difference is nobody, flagged, and nothing is negative. Bounds are subtracted as bounds: what "more than 500"
    and "more than 620" leave open stays open. EM-DAT and OCHA's running totals are read in this way.
    """
    thing = claims.number(_THING)
    begun = find_begun(claims, thing)
    chain = claims.assign(thing=thing, begun=begun).number(["thing", "begun"])
    till = claims["till"]
    order = order_rows(chain, till, claims["best"])
    chain, last, begun = chain[order], till[order], begun[order]
    low, best, high = (claims[name][order] for name in ("low", "best", "high"))
    head = np.diff(chain, prepend=-1) != 0
    low, best, high = narrow_totals(head, low, best, high)
    known = (begun != NEVER) & (begun <= last)
    start = np.where(head, np.where(known, begun, last), np.roll(last, 1) + 1)
    fell = ~head & (best < np.roll(best, 1))
    bits = raise_flag("drop", fell) | raise_flag("restart", head & _find_restarts(thing[order], last, chain, head))
    new = np.where(head, best, np.clip(best - np.roll(best, 1), 0, None))
    least = np.where(head, low, np.clip(low - np.roll(high, 1), 0, None))
    most = np.where(head, high, np.clip(high - np.roll(low, 1), 0, None))
    baseline = head & ~known
    is_vague = (claims["bits"][order] & BITS["vague"]) > 0
    marks = {"chain": chain, "head": head, "fell": fell, "baseline": baseline, "is_vague": is_vague}
    grown = measure_growth(Rows({**marks, "low": low, "best": best, "high": high}))
    is_vague = is_vague | (np.roll(is_vague, 1) & ~head)
    steps = Rows(
        {
            "chain": chain,
            "row": order,
            "before": np.where(head, order, np.roll(order, 1)),
            "first": np.minimum(start, last),
            "last": last,
            "low": np.where(fell, 0.0, np.minimum(least, new)),
            "best": new,
            "high": np.where(fell, new, np.maximum(most, new)),
            "vague": np.where(is_vague, new, 0.0),
            "bits": bits
            | _keep_strung(claims)[order]
            | raise_flag("vague", is_vague & (new > 0))
            | raise_flag("baseline", np.roll(baseline, 1) & ~head),
        }
    )
    flags = np.zeros(len(claims), dtype=np.int64)
    flags[order] = bits
    steps = steps.pick(~baseline)
    return Tolls(_join_steps(steps, grown), steps, order[baseline], flags)


def _keep_strung(claims: Rows) -> np.ndarray:
    """Return the flags of what totals add: derived, and strung where the total was read out of new counts."""
    return np.asarray((claims["bits"] & BITS["strung"]) | BITS["derived"])


def _find_restarts(thing: np.ndarray, last: np.ndarray, chain: np.ndarray, head: np.ndarray) -> np.ndarray:
    """Return which first totals begin anew what the same source has counted before since another day."""
    order = order_rows(thing, last, chain)
    before = np.roll(order, 1)
    anew = (thing[order] == thing[before]) & (chain[order] != chain[before])
    anew[:1] = False
    found = np.zeros(len(thing), dtype=bool)
    found[order] = anew
    return np.asarray(found & head)


def _join_steps(steps: Rows, grown: Rows) -> Rows:
    """Return each chain as one count of all its days; ``grown`` are its bounds and what is vague of it, by chain."""
    begins, _ = find_runs(steps["chain"])
    if not len(begins):
        return steps.assign(signature=np.zeros(0, dtype=np.uint64))
    mark = pd.util.hash_array((steps["first"] * 2**20 + steps["last"]).astype(np.int64))
    ends = np.append(begins[1:], len(steps)) - 1
    grown = grown.pick(steps["chain"][begins])
    bits = np.bitwise_or.reduceat(steps["bits"] & _KEPT, begins) | raise_flag("vague", grown["vague"] > 0)
    return Rows(
        {
            "chain": steps["chain"][begins],
            "row": steps["row"][begins],
            "first": np.minimum.reduceat(steps["first"], begins),
            "last": steps["last"][ends],
            **grown.columns,
            "best": np.add.reduceat(steps["best"], begins),
            "bits": bits,
            "signature": np.add.reduceat(mark, begins),
        }
    )
