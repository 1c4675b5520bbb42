"""Running totals become new counts: the difference of two totals of one source and one definition."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from series.codes import count_days, number_rows
from series.flags import BITS, raise_flag

BASELINE = "a running total without a start: the baseline of later ones"
_THING = ["metric", "unit", "status", "claimant", "counted_group", "at_country", "at_admin1", "at_place"]


@dataclass(frozen=True, slots=True)
class Tolls:
    """``chains``: one row a definition, as one count of all its days; ``steps``: what each total added.

    Both have ``chain``, ``first``, ``last`` (days since 1970), ``low``, ``best``, ``high`` and ``bits`` (flags);
    a step names its ``claim``, a chain has ``row``, where its first claim stands in the claims given, and
    ``signature``, which two chains share that were counted on the same days. ``claims`` are the flags of the totals.
    """

    chains: pd.DataFrame
    steps: pd.DataFrame
    baselines: np.ndarray
    claims: "pd.Series[int]"


def find_begun(claims: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """Return since when each total counts: a total that does not say joins the only start that its source gives."""
    if claims.empty:
        return claims["start"]
    thing = claims.assign(thing=number_rows(claims, _THING)).groupby("thing")["start"]
    only = thing.transform("min").where(thing.transform("nunique").eq(1))
    return claims["start"].fillna(only.where(only.le(claims["till"])))


def find_tolls(claims: pd.DataFrame) -> Tolls:
    """Return what was new by the running totals among the claims (one row a claim, only those that count).

    The first total of a chain is new over its own days where its start is known; without a start it is a baseline.
    Each later one adds its difference, over the days since the one before. After a drop the lower total stands: the
    difference is nobody, flagged, and nothing is negative. Bounds are subtracted as bounds: what "more than 500"
    and "more than 620" leave open stays open. EM-DAT and OCHA's running totals are read in this way.
    """
    begun = find_begun(claims)
    chain = number_rows(claims.assign(begun=begun), [*_THING, "begun"])
    order = np.lexsort((claims["best"].to_numpy(), count_days(claims["till"]), chain))
    rows = claims.iloc[order].assign(chain=chain[order], begun=begun.iloc[order], row=order)
    head = np.diff(rows["chain"].to_numpy(), prepend=-1) != 0
    known = rows["begun"].notna().to_numpy() & (rows["begun"] <= rows["till"]).to_numpy()
    low, best, high = (rows[name].to_numpy(float) for name in ("low", "best", "high"))
    last = count_days(rows["till"])
    start = np.where(head, np.where(known, count_days(rows["begun"]), last), np.roll(last, 1) + 1)
    fell = ~head & (best < np.roll(best, 1))
    drop = np.where(fell, BITS["drop"], 0)
    bits = np.where(head & _find_restarts(rows, head), BITS["restart"], 0) | drop
    steps = pd.DataFrame(
        {
            "chain": rows["chain"].to_numpy(),
            "claim": rows["claim"].to_numpy(),
            "row": rows["row"].to_numpy(),
            "first": np.minimum(start, last),
            "last": last,
            "low": np.where(head, low, np.clip(low - np.roll(high, 1), 0, None)),
            "best": np.where(head, best, np.clip(best - np.roll(best, 1), 0, None)),
            "high": np.where(head, high, np.clip(high - np.roll(low, 1), 0, None)),
            "bits": bits | BITS["derived"],
        }
    )
    for bound in ("low", "high"):
        steps.loc[fell, bound] = 0.0
    steps["low"] = np.minimum(steps["low"], steps["best"])
    steps["high"] = np.maximum(steps["high"], steps["best"])
    baseline = head & ~known
    counted = pd.Series(np.roll(baseline, 1) & ~head)
    steps["bits"] |= raise_flag("baseline", counted.to_numpy())
    flagged = pd.Series(bits, index=rows["claim"].to_numpy(), dtype="int64")
    steps = steps[~baseline].reset_index(drop=True)
    return Tolls(_join_steps(steps), steps, rows["claim"].to_numpy()[baseline], flagged)


def _find_restarts(rows: pd.DataFrame, head: np.ndarray) -> np.ndarray:
    """Return which first totals begin anew what the same source has counted before since another day."""
    things = rows.assign(thing=number_rows(rows, _THING), at=count_days(rows["till"]), head=head)
    order = things.sort_values(["thing", "at", "chain"], kind="stable")
    before = order.groupby("thing")["chain"].shift()
    earlier = order["head"] & before.notna() & before.ne(order["chain"])
    return earlier.reindex(rows.index).to_numpy(bool) if rows.index.is_unique else np.zeros(len(rows), dtype=bool)


def _join_steps(steps: pd.DataFrame) -> pd.DataFrame:
    """Return each chain as one count of all its days."""
    mark = pd.util.hash_array((steps["first"].to_numpy() * 2**20 + steps["last"].to_numpy()).astype(np.int64))
    groups = steps.assign(mark=mark).groupby("chain")
    bounds = (
        groups[["low", "best", "high"]].sum().where(groups[["low", "best", "high"]].count().eq(groups.size(), axis=0))
    )
    joined = bounds.assign(
        first=groups["first"].min(),
        last=groups["last"].max(),
        row=groups["row"].first(),
        signature=groups["mark"].sum(),
    )
    return joined.assign(bits=BITS["derived"]).reset_index()
