"""Stocks: how many people are in a state on a date. The last number stands, and is carried forward for a while."""

import numpy as np
import pandas as pd

from series.bins import BOUNDS, bin_days
from series.codes import count_days, find_first, number_rows
from series.counts import Placed
from series.flags import join_flags, raise_flag
from series.options import Options
from series.overlaps import Frames, name_states, resolve_overlaps
from series.sources import combine_sources

OTHER_PLACES = "counts other places than the sources compared here"
_HOLDER = ["line", "claimant", "region", "group"]


def place_stocks(claims: pd.DataFrame, frames: Frames, options: Options) -> Placed:
    """Return the points of stocks (claims with ``line``, ``region``, ``group``, ``claimant`` numbers and ``who``).

    A stock is never summed over time, nor added across sources, nor to a flow (IDMC). Each number stands from its
    date until the next of its source, group and place, for ``carry`` days at most. In each bin a source's numbers of
    disjoint places and groups add up, a wider place or group stands alone; sources are compared only where they
    count the same places, and those that count most stand.
    """
    held = _carry(claims, options)
    held = held.assign(bucket=number_rows(held, ["line", "claimant", "bin"]), first=held["bin"], last=held["bin"])
    state = resolve_overlaps(held, frames).reset_index(drop=True)
    said = pd.DataFrame({"row": held["row"], "line": held["line"], "state": state["state"].to_numpy()})
    said = said[said["state"].ne(0)]
    left = said.assign(reason=name_states(said["state"].to_numpy()))[["row", "line", "reason"]]
    bits = held["bits"].to_numpy() | raise_flag("below", state["below"].to_numpy())
    held = held.assign(bits=bits)[state["state"].eq(0).to_numpy()]
    sums = _add_places(held)
    alike = _find_alike(sums)
    compared = sums[alike]
    rows = _compare(compared, options.best)
    keys = ["line", "bin"]
    point = rows[keys].assign(point=np.arange(len(rows)))
    members = held.merge(compared[[*keys, "claimant"]], on=[*keys, "claimant"]).merge(point, on=keys)
    return Placed(rows, members[["point", "claim"]].assign(chain=-1), left)


def _carry(claims: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return one row for each number and bin in which it stands."""
    day, printed = count_days(claims["till"]), count_days(claims["published"])
    holder = number_rows(claims, _HOLDER)
    order = np.lexsort((claims["best"].to_numpy(), printed, day, holder))
    rows, day, holder = claims.iloc[order], day[order], holder[order]
    begins = bin_days(day, options.width)
    ends = bin_days(day + options.carry, options.width)
    if options.as_known:
        today = np.datetime64(options.as_known, "D").astype(np.int64)
        ends = np.minimum(ends, np.maximum(begins, bin_days(np.array([today]), options.width)[0]))
    same = np.append(holder[1:] == holder[:-1], False)
    following = np.append(begins[1:], 0)
    ends = np.where(same, np.minimum(ends, following - 1), ends)
    repeats = np.clip(ends - begins + 1, 0, None)
    row = np.repeat(np.arange(len(rows)), repeats)
    step = np.arange(len(row)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    bits = rows["bits"].to_numpy(np.int64)[row] | raise_flag("carried", step > 0)
    return rows.iloc[row].assign(bin=begins[row] + step, bits=bits).reset_index(drop=True)


def _add_places(held: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each line, bin and source, with ``where``: the same for sources that count the same places."""
    owner = number_rows(held, ["line", "bin", "claimant"])
    rows = held.iloc[find_first(owner)].reset_index(drop=True)
    size = len(rows)
    for bound in BOUNDS:
        rows[bound] = np.bincount(owner, held[bound].to_numpy(float), minlength=size)
    rows["vague"] = np.bincount(owner, held["vague"].to_numpy(float), minlength=size)
    rows["bits"] = join_flags(owner, held["bits"].to_numpy(np.int64), size)
    places = held.assign(owner=owner).drop_duplicates(["owner", "region", "group"])
    mark = pd.util.hash_array(places["region"].to_numpy(np.int64) * 2**20 + places["group"].to_numpy(np.int64))
    rows["where"] = places.assign(mark=mark).groupby("owner")["mark"].sum().to_numpy()
    return rows


def _find_alike(sums: pd.DataFrame) -> np.ndarray:
    """Return which sources of each line and bin count the same places as the one that counts most."""
    order = sums.sort_values(["best", "where"], kind="stable")
    most = order.groupby(["line", "bin"])["where"].transform("last").reindex(sums.index)
    return sums["where"].eq(most).to_numpy(bool)


def _compare(sums: pd.DataFrame, best: str) -> pd.DataFrame:
    point = number_rows(sums, ["line", "bin"])
    named = sums.assign(point=point, claimant=sums["who"].astype(object))
    rows = combine_sources(named[["point", "claimant", *BOUNDS]], ["point"], best)
    size = len(rows)
    firsts = sums.iloc[find_first(point)].reset_index(drop=True)
    bits = join_flags(point, sums["bits"].to_numpy(np.int64), size) | raise_flag(
        "silent", rows["silent"].to_numpy(bool)
    )
    share = np.bincount(point, sums["vague"], minlength=size) / np.clip(
        np.bincount(point, sums["best"], minlength=size), 1, None
    )
    return firsts[["line", "bin"]].assign(
        **{bound: rows[bound].to_numpy() for bound in BOUNDS},
        spread_best=0.0,
        vague_best=share * rows["best"].to_numpy(),
        bits=bits,
    )
