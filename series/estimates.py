"""The estimate record: what the claims of one metric, line and bin come to, which made it, and which were left out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from series.bins import bin_numbers
from series.options import USUAL, Options
from series.points import Counted, Points, count_claims, list_points
from series.timelines import name_points, number_known, sort_points
from series.tolls import BASELINE

COLUMNS = [
    *("metric", "unit", "basis", "status", "group", "region", "region_code", "region_level", "source", "start", "end"),
    *("low", "best", "high", "open_low", "open_high", "figures", "claims", "sources", "publishers", "share_vague"),
    *("share_spread", "disagreement", "flags", "used", "left_out"),
]
"""``used`` are ids of figures, ``left_out`` ids with a reason each ("f7: within a wider count"), parted by "; "."""


def make_estimates(figures: pd.DataFrame, options: Options = USUAL) -> pd.DataFrame:
    """Return one row a line and bin with the columns ``COLUMNS``.

    ``disagreement`` is the distance between high and low as a share of best, missing where a bound is open (UCDP's
    spread between its low and high estimates). ``share_vague`` and ``share_spread`` are the parts of best that rest on
    vague words and on counts of longer periods. Figures that were left out stand where they would have counted.
    """
    counted = count_claims(number_known(figures, options), options)
    drawn = [_record(points, counted) for points in list_points(counted)]
    drawn = [rows for rows in drawn if not rows.empty]
    if not drawn:
        return pd.DataFrame(columns=COLUMNS)
    return sort_points(pd.concat(drawn, ignore_index=True))[COLUMNS]


def _record(points: Points, counted: Counted) -> pd.DataFrame:
    rows = name_points(points, counted.options)
    best = rows["best"].clip(lower=1)
    rows = rows.assign(
        open_low=rows["low"].isna(),
        open_high=rows["high"].isna(),
        share_vague=rows["vague_share"].round(4),
        share_spread=rows["spread_share"].round(4),
        disagreement=((rows["high"] - rows["low"]) / best).round(4),
    )
    printed = counted.numbered[["claim", "id"]].astype({"id": object})
    used = points.members[["point", "claim"]].drop_duplicates().merge(printed, on="claim")
    left = _find_left(points, counted).merge(printed, on="claim")
    left = left.assign(id=left["id"] + ": " + left["reason"])
    return rows.assign(used=_join_ids(used, len(rows)), left_out=_join_ids(left, len(rows)))


def _join_ids(owned: pd.DataFrame, size: int) -> "pd.Series[str]":
    rows = owned[["point", "id"]].drop_duplicates().sort_values(["point", "id"], kind="stable")
    return rows.groupby("point")["id"].agg("; ".join).reindex(range(size), fill_value="")


def _find_left(points: Points, counted: Counted) -> pd.DataFrame:
    """Return the claims that were left out of each point (columns point, claim, reason)."""
    own = _name_left(points, counted)
    own = own.assign(bin=bin_numbers(own["till"], counted.options.width) if len(own) else 0)
    lines = points.rows[["line", "bin"]].assign(point=np.arange(len(points.rows)))
    found = own.merge(lines, on=["line", "bin"])[["point", "claim", "reason"]]
    return pd.concat([found, _find_never(points, lines, counted)], ignore_index=True)


def _find_never(points: Points, lines: pd.DataFrame, counted: Counted) -> pd.DataFrame:
    """Return the claims that count on no line, at the points of the same kind, claimant, group or region and bin."""
    claims = counted.claims
    gone = claims[claims["reason"].ne("") & claims["till"].notna()]
    names = points.lines.reset_index()
    by, level = str(counted.options.by), names["region_level"].iloc[0] if len(names) else "all"
    column = {"source": "claimant", "group": "counted_group"}.get(by, f"at_{level}")
    if gone.empty or column not in gone:
        return pd.DataFrame(columns=["point", "claim", "reason"])
    keys = ["metric", "unit", "basis", "line_name"]
    gone = gone.assign(line_name=gone[column], bin=bin_numbers(gone["till"], counted.options.width))
    gone = gone[[*keys, "bin", "claim", "reason"]].astype(dict.fromkeys(keys, object))
    named = names.assign(line_name=names[by])[["line", "status", *keys]]
    named = named[named["status"].astype(object).eq("reported")]
    found = gone.merge(named, on=keys).merge(lines, on=["line", "bin"])
    return found[["point", "claim", "reason"]]


def list_left_out(figures: pd.DataFrame, options: Options = USUAL, basis: Sequence[str] = ()) -> pd.DataFrame:
    """Return every figure that made no point of a line of those bases, with the reason (columns id, reason)."""
    counted = count_claims(number_known(figures, options), options)
    reasons = trace_claims(counted, basis)
    rows = counted.numbered[["id", "claim"]].assign(reason=counted.numbered["claim"].map(reasons))
    return rows[rows["reason"].fillna("").ne("")][["id", "reason"]].sort_values("id", ignore_index=True)


def trace_claims(counted: Counted, basis: Sequence[str] = ()) -> "pd.Series[str]":
    """Return for each claim (index) why it made no point of any line; empty where it made one."""
    reasons = counted.claims.drop_duplicates("claim").set_index("claim")["reason"].astype(object)
    used = []
    for points in list_points(counted):
        line = points.rows["line"].to_numpy()[points.members["point"]]
        asked = points.lines["basis"].loc[line].isin(basis).to_numpy() if basis else np.ones(len(line), dtype=bool)
        used.append(points.members["claim"][asked])
        left = _name_left(points, counted).drop_duplicates("claim")
        fresh = left[reasons.loc[left["claim"]].eq("").to_numpy()]
        reasons.loc[fresh["claim"]] = fresh["reason"].to_numpy()
    if counted.tolls is not None:
        open_ = pd.Index(counted.tolls.baselines)
        reasons.loc[open_[reasons.loc[open_].eq("").to_numpy()]] = BASELINE
    return reasons.mask(reasons.index.isin(pd.concat(used)), "") if used else reasons


def _name_left(points: Points, counted: Counted) -> pd.DataFrame:
    """Return the claims that were left out of a line (claim, line, till, reason), each of a running total's too."""
    left = points.left.assign(claim=counted.live["claim"].to_numpy()[points.left["row"].to_numpy(np.int64)])
    if counted.tolls is not None:
        chains = counted.tolls.chains[["row", "chain"]].merge(counted.tolls.steps[["chain", "claim"]], on="chain")
        flows = points.lines.index[points.lines["basis"].eq("new")]
        whole = left["line"].isin(flows) & left["row"].isin(chains["row"])
        steps = left[whole].drop(columns="claim").merge(chains[["row", "claim"]], on="row")
        left = pd.concat([left[~whole], steps], ignore_index=True)
    till = counted.live.drop_duplicates("claim").set_index("claim")["till"]
    return left.assign(till=till.reindex(left["claim"]).to_numpy())
