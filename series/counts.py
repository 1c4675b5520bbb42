"""Counts of events: in a source the larger whole, across sources the envelope; then places and days are added up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from series.bins import BOUNDS, split_over_bins
from series.codes import count_days, find_first, number_rows
from series.flags import join_flags, raise_flag
from series.options import Options
from series.overlaps import Frames, name_states, resolve_overlaps
from series.sources import combine_sources
from series.tolls import Tolls

_CELL = ["line", "region", "group", "first", "last"]
NO_STEP = -1


@dataclass(frozen=True, slots=True)
class Placed:
    """One row for each ``line`` and ``bin``; one for each claim behind it (``members``); the claims ``left`` out."""

    rows: pd.DataFrame
    members: pd.DataFrame
    left: pd.DataFrame


def list_counts(claims: pd.DataFrame, tolls: Tolls | None) -> pd.DataFrame:
    """Return what is counted within periods: the new claims (one row a claim), and each running total as one count.

    Columns: ``row`` (position of the claim that stands for it among the claims), ``claim`` (missing for a chain),
    ``chain`` (-1 for a claim), ``first``, ``last``, the bounds, ``bits``, ``signature``.
    """
    new = np.flatnonzero(claims["basis"].eq("new").to_numpy(bool))
    own = claims.iloc[new]
    counts = pd.DataFrame(
        {
            "row": new,
            "claim": own["claim"].to_numpy(),
            "chain": -1,
            "first": count_days(own["from"]),
            "last": count_days(own["till"]),
            **{bound: own[bound].to_numpy(float) for bound in BOUNDS},
            "bits": own["bits"].to_numpy(np.int64),
            "signature": np.uint64(0),
        }
    )
    if tolls is None or tolls.chains.empty:
        return counts
    chains = tolls.chains.assign(claim=NO_STEP)
    return pd.concat([counts, chains[counts.columns]], ignore_index=True)


def place_counts(counts: pd.DataFrame, tolls: Tolls | None, frames: Frames, options: Options) -> Placed:
    """Return the points of counts (with ``line``, ``region``, ``group``, ``claimant`` numbers and ``who`` by name).

    Within a source, what a wider count contains is left out. Counts of several sources for the same group, place and
    period are compared (``series.sources``); the smaller is explained by the larger. Only then are places and days
    added up.
    """
    own = counts.assign(bucket=number_rows(counts, ["line", "claimant"]))
    counts = own.assign(cell=number_rows(own, [*_CELL, "bucket"]))
    state = _settle(counts, "cell", counts["best"].to_numpy(float), frames)
    said = pd.DataFrame({"row": counts["row"], "line": counts["line"], "state": state["state"].to_numpy()})
    counts = counts.assign(bits=counts["bits"] | _flag(state))[state["state"].eq(0).to_numpy()]
    counts = counts.assign(cell=number_rows(counts, _CELL))
    if options.by != "source" and len(counts):
        weights = _compare(counts, options.best)
        across = _settle(counts.assign(bucket=counts["line"]), "cell", weights, frames, summed=True)
        lost = across["state"].ne(0).to_numpy()
        more = pd.DataFrame({"row": counts["row"], "line": counts["line"], "state": across["state"].to_numpy()})[lost]
        said = pd.concat([said, more])
        counts = counts.assign(bits=counts["bits"] | _flag(across))[~lost]
    pieces, members = _cut(_unfold(counts, tolls), options)
    left = said[said["state"].ne(0)]
    left = left.assign(reason=name_states(left["state"].to_numpy()))
    return Placed(pieces, members, left[["row", "line", "reason"]])


def _flag(state: pd.DataFrame) -> np.ndarray:
    below, shared = (raise_flag(name, state[name].to_numpy(bool)) for name in ("below", "shared"))
    return np.asarray(below | shared)


def _settle(counts: pd.DataFrame, cell: str, best: np.ndarray, frames: Frames, *, summed: bool = False) -> pd.DataFrame:
    """Return the state of each count: that of its cell, in which the counts of one event of one source add up."""
    number = number_rows(counts, [cell])
    cells = counts.iloc[find_first(number)]
    total = best[find_first(number)] if summed else np.bincount(number, np.nan_to_num(best), minlength=len(cells))
    cells = cells.assign(best=total).reset_index(drop=True)
    state = resolve_overlaps(cells, frames)
    return state.iloc[number].reset_index(drop=True)


def _compare(counts: pd.DataFrame, best: str) -> np.ndarray:
    """Return for each count what its cell is worth when its sources are compared."""
    number = counts["cell"].to_numpy()
    sums = _add_own(counts)
    worth = np.zeros(int(number.max()) + 1)
    pieces = _combine(sums, best)
    worth[pieces["cell"].to_numpy()] = pieces["best"]
    return np.asarray(worth[number])


def _add_own(counts: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each cell and source: several events of one report add up, an open bound stays open."""
    number = number_rows(counts, ["cell", "claimant"])
    head = counts.iloc[find_first(number)]
    if len(head) == len(counts):
        return counts
    sums = {bound: np.bincount(number, counts[bound].to_numpy(float), minlength=len(head)) for bound in BOUNDS}
    vague = np.bincount(number, counts["vague"].to_numpy(float), minlength=len(head))
    bits = join_flags(number, counts["bits"].to_numpy(np.int64), len(head))
    return pd.DataFrame(head.assign(**sums, vague=vague, bits=bits))


def _combine(sums: pd.DataFrame, best: str) -> pd.DataFrame:
    """Return one row a cell; only cells in which several sources speak are compared one by one."""
    cell = sums["cell"].to_numpy()
    several = np.bincount(cell)[cell] > 1
    alone = sums[~several]
    named = best not in {"median", "lowest", "highest"}
    alone = alone.assign(silent=alone["who"].astype(object).ne(best) if named else False)
    if not several.any():
        return pd.DataFrame(alone)
    many = sums[several].assign(claimant=sums.loc[several, "who"].astype(object))
    heads = many.drop_duplicates("cell").set_index("cell")
    combined = combine_sources(many[["cell", "claimant", *BOUNDS]], ["cell"], best).set_index("cell")
    order = heads.loc[combined.index]
    groups = many.groupby("cell")
    share = (groups["vague"].sum() / groups["best"].sum().clip(lower=1)).loc[combined.index]
    own, size = number_rows(many, ["cell"]), many["cell"].nunique()
    bits = pd.Series(join_flags(own, many["bits"].to_numpy(np.int64), size), index=pd.unique(many["cell"]))
    order = order.assign(
        **{name: combined[name] for name in (*BOUNDS, "silent")},
        vague=share * combined["best"],
        bits=bits.loc[combined.index],
    )
    return pd.DataFrame(pd.concat([alone, order.reset_index()[alone.columns]], ignore_index=True))


def _unfold(counts: pd.DataFrame, tolls: Tolls | None) -> pd.DataFrame:
    """Return the counts with the steps of each running total whose sources all counted on the same days."""
    chained = counts["chain"].to_numpy() >= 0
    if tolls is None or not chained.any():
        return counts
    kinds = counts.assign(mixed=~chained).groupby("cell").agg(marks=("signature", "nunique"), mixed=("mixed", "any"))
    plain = kinds["marks"].eq(1) & ~kinds["mixed"]
    opened = chained & counts["cell"].map(plain).to_numpy(bool)
    steps = tolls.steps[["chain", "claim", "first", "last", *BOUNDS, "bits"]]
    kept = counts.loc[opened].drop(columns=["claim", "first", "last", *BOUNDS, "bits", "vague"])
    flags = counts.loc[opened, ["chain", "line", "bits"]].rename(columns={"bits": "also"})
    cut = kept.merge(steps, on="chain").merge(flags, on=["chain", "line"])
    cut = cut.assign(bits=cut["bits"] | cut["also"], vague=0.0).drop(columns="also")
    rest = counts[~opened]
    both = pd.concat([rest, cut[rest.columns]], ignore_index=True)
    return both.assign(cell=number_rows(both, _CELL))


def _cut(counts: pd.DataFrame, options: Options) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the counts added up by line and bin, and which count stands behind which line and bin."""
    pieces = _combine(_add_own(counts), options.best)
    cut = split_over_bins(pieces, options.width, spread=options.spread == "even")
    row = cut["row"].to_numpy()
    best = pieces["best"].to_numpy(float)[row]
    part = np.divide(cut["best"], best, out=np.zeros(len(row)), where=best > 0)
    bits = pieces["bits"].to_numpy(np.int64)[row] | raise_flag("spread", cut["spread"].to_numpy(bool))
    bits |= raise_flag("silent", pieces["silent"].to_numpy(bool)[row])
    line = pieces["line"].to_numpy()[row]
    keyed = pd.DataFrame({"line": line, "bin": cut["bin"]})
    point = number_rows(keyed, ["line", "bin"])
    rows = keyed.iloc[find_first(point)].reset_index(drop=True)
    size = len(rows)
    for bound in BOUNDS:
        rows[bound] = np.bincount(point, cut[bound].to_numpy(float), minlength=size)
    rows["spread_best"] = np.bincount(point, np.where(cut["spread"], cut["best"], 0.0), minlength=size)
    rows["vague_best"] = np.bincount(point, pieces["vague"].to_numpy(float)[row] * part, minlength=size)
    rows["bits"] = join_flags(point, bits, size)
    held = pd.DataFrame({"cell": pieces["cell"].to_numpy()[row], "point": point})
    members = held.merge(counts[["cell", "claim", "chain"]], on="cell")[["point", "claim", "chain"]]
    return rows, members
