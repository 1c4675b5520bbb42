"""Events: what several sources claim of the same people in the same place and period, side by side and never added."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from series.bins import BOUNDS, Bin, bin_numbers
from series.claims import COUNTS, judge_claims
from series.codes import count_days, number_rows, number_values
from series.distincts import count_distinct
from series.kinds import KIND
from series.ledgers import Ledger
from series.numberings import REGION
from series.options import By, Options

EVENT = [*KIND, "status", "counted_group", *REGION, "region"]
"""What the sides of one event share, beside their days."""

SIDES = ["event", "claimant", *EVENT, "since", "till", "undated", *BOUNDS, "claims", "claim"]


_ASKED = [*EVENT, "region_level", "claimant", "start", "from", "till", "undated"]


def find_sides(claims: pd.DataFrame, width: Bin = Bin.MONTH) -> pd.DataFrame:
    """Return one row for each event and source, of the events that two sources or more count (columns ``SIDES``).

    ``claims`` are those of ``series.claims.find_claims``; what does not count there, or has no place, is left out.
    A count is compared with counts of the very same days, a running total with totals since the same day and up to
    the same day: a day later is no disagreement. A stock is compared with the last one of each source in the same bin
    of ``width``. Several counts of one source for one event are added up, as on a timeline; a sum with an open bound
    in it is open. ``claim`` is the largest.
    """
    live = claims[claims["reason"].eq("") & claims["region_level"].ne("none")]
    flow = live["basis"].eq("new").to_numpy(bool)
    since = live["from"].where(flow, live["start"].where(live["basis"].eq("cumulative")))
    stock = live["basis"].eq("stock").to_numpy(bool)
    bins = np.where(stock, bin_numbers(live["till"], width), count_days(live["till"]))
    live = live.assign(since=since, until=bins)
    live = live.assign(event=number_rows(live, [*EVENT, "since", "until"]))
    several = _count_sources(live) > 1
    live = live[several[live["event"].to_numpy()]] if len(live) else live
    live = live.assign(claim=live.index, side=number_rows(live, ["event", "claimant"]), claims=1)
    live = live.sort_values(["side", "till", "best"], kind="stable")
    return _add_up(_keep_last(live))[SIDES].sort_values(["event", "claimant"], kind="stable", ignore_index=True)


def compare_claims(ledger: Ledger, inside: np.ndarray, options: Options) -> pd.DataFrame:
    """Return the judged sides of the events of a ledger (``find_sides``, ``judge_sides``).

    ``inside`` says which claims take part. Only what tells an event from another is put into words.
    """
    why, numbers = judge_claims(ledger, replace(options, by=By.GROUP), inside)
    at = np.flatnonzero((why == COUNTS) & inside)
    rows = ledger.figures[_ASKED].iloc[ledger.claims["head"][at]]
    bounds = {name: numbers[name][at] for name in BOUNDS}
    claims = rows.assign(**bounds, reason="").set_index(ledger.claims["claim"][at])
    return judge_sides(find_sides(claims, options.width))


def _count_sources(live: pd.DataFrame) -> np.ndarray:
    events = live["event"].to_numpy()
    return count_distinct(events, number_values(live["claimant"])[0], int(events.max()) + 1 if len(events) else 0)


def _keep_last(live: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of events, and of each source's totals and stocks in a bin the last."""
    last = ~live["side"].duplicated(keep="last")
    return live[live["basis"].eq("new") | last]


def _add_up(live: pd.DataFrame) -> pd.DataFrame:
    sums = live.groupby("side")[[*BOUNDS, "claims"]].sum()
    opened = live.assign(**{name: live[name].isna() for name in BOUNDS}).groupby("side")[list(BOUNDS)].any()
    sums[list(BOUNDS)] = sums[list(BOUNDS)].mask(opened)
    kept = live.drop_duplicates("side", keep="last").set_index("side").drop(columns=[*BOUNDS, "claims"])
    return kept.join(sums).reset_index(drop=True)


def judge_sides(sides: pd.DataFrame) -> pd.DataFrame:
    """Return the sides with ``ratio`` (to the median of the others) and ``verdict``: agrees, higher or lower.

    A side agrees where its range shares a number with the range of every other; "at least 17" agrees with 20. Else it
    is higher or lower than the median of the others. Nobody can be twice nothing: the ratio to 0 is missing.

    >>> sides = pd.DataFrame({"event": [1, 1], "low": [9.0, 12.0], "best": [9.0, 12.0], "high": [9.0, 12.0]})
    >>> judge_sides(sides)[["ratio", "verdict"]].values.tolist()
    [[0.75, 'lower'], [1.3333333333333333, 'higher']]
    """
    floor, ceiling = list_ends(sides)
    event = pd.factorize(sides["event"])[0]
    others = _find_other_medians(event, sides["best"].to_numpy(float))
    agrees = (floor <= -_find_other_most(event, -ceiling)) & (ceiling >= _find_other_most(event, floor))
    best = sides["best"].to_numpy(float)
    verdict = np.where(agrees, "agrees", np.where(best < others, "lower", "higher"))
    with np.errstate(divide="ignore", invalid="ignore"):
        return sides.assign(ratio=np.where(others > 0, best / others, np.nan), verdict=verdict)


def list_ends(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of ranges, an open one without end; of a number without either bound ("about") the number."""
    low, best, high = (rows[name].to_numpy(float) for name in BOUNDS)
    about = np.isnan(low) & np.isnan(high)
    floor = np.where(about, best, np.where(np.isnan(low), -np.inf, low))
    return floor, np.where(about, best, np.where(np.isnan(high), np.inf, high))


def _find_other_medians(event: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Return for each side the median of the others of its event: of an even number the mean of the middle two."""
    order = np.lexsort((best, event))
    size = np.bincount(event)
    first = np.cumsum(size) - size
    rank = np.empty(len(event), dtype=np.int64)
    rank[order] = np.arange(len(event)) - first[event[order]]
    others = size[event] - 1
    middle = np.zeros(len(event))
    for at in ((others - 1) // 2, others // 2):
        skipped = at + (at >= rank)
        middle += best[order[np.minimum(first[event] + skipped, len(event) - 1)]] / 2
    return np.where(others > 0, middle, np.nan)


def _find_other_most(event: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return for each side the highest value of the others of its event."""
    order = np.lexsort((values, event))
    size = np.bincount(event)
    last = np.cumsum(size) - 1
    top = values[order[last]]
    second = np.where(size > 1, values[order[np.maximum(last - 1, 0)]], -np.inf)
    most = np.zeros(len(event), dtype=bool)
    most[order[last]] = True
    return np.asarray(np.where(most, second[event], top[event]))


def rank_events(sides: pd.DataFrame) -> pd.DataFrame:
    """Return one row an event (index), the widest gap first: what it counts, its sources, ends, gap, ratio, agreement.

    ``lowest`` and ``highest`` are of the sources' numbers, ``gap`` their difference, ``ratio`` the highest over the
    lowest, ``agree`` whether all ranges share a number.
    """
    floor, ceiling = list_ends(sides)
    groups = sides.assign(floor=floor, ceiling=ceiling).groupby("event", sort=False)
    events = groups.agg(
        **{name: (name, "first") for name in (*EVENT, "since")},
        till=("till", "max"),
        undated=("undated", "any"),
        sources=("claimant", "size"),
        lowest=("best", "min"),
        highest=("best", "max"),
        floor=("floor", "max"),
        ceiling=("ceiling", "min"),
    )
    ratio = events["highest"] / events["lowest"].where(events["lowest"].gt(0))
    events = events.assign(gap=events["highest"] - events["lowest"], ratio=ratio)
    events = events.assign(agree=events["floor"].le(events["ceiling"])).drop(columns=["floor", "ceiling"])
    return events.sort_values(["gap", "sources", "till"], ascending=False, kind="stable")


def find_disputes(figures: pd.DataFrame, sides: pd.DataFrame) -> "pd.Series[Any]":
    """Return for each numbered figure how many times the lowest source of its event the highest says; 1 where alone."""
    events = rank_events(sides)
    # Nothing over nothing is agreement; something over nothing is as far apart as can be.
    ratio = events["ratio"].fillna(np.inf).where(events["gap"].gt(0) & ~events["agree"], 1.0)
    by_claim = sides.assign(ratio=sides["event"].map(ratio)).set_index("claim")["ratio"]
    return figures["claim"].map(by_claim).fillna(1.0).astype(float)
