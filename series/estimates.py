"""The estimate record: what the claims of one metric, line and bin come to, which made it, and which were left out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from series.bins import bin_days
from series.claims import COUNTS, name_reasons
from series.codes import NEVER
from series.countings import Counted, count_claims
from series.ledgers import make_ledger
from series.numberings import BASES, NEW
from series.options import USUAL, Options
from series.overlaps import name_states
from series.points import Points, list_points
from series.regions import LEVELS
from series.rows import Rows, stack_rows
from series.runs import unfold_ranges
from series.timelines import keep_known, name_points
from series.tolls import BASELINE, Tolls

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
    return estimate_counted(count_claims(make_ledger(keep_known(figures, options)), options))


def estimate_counted(counted: Counted) -> pd.DataFrame:
    """Return the estimates of judged claims, as ``make_estimates``."""
    drawn = list(list_points(counted))
    if not drawn:
        return pd.DataFrame(columns=COLUMNS)
    rows = name_points(drawn, counted)
    best = rows["best"].clip(lower=1)
    rows = rows.assign(
        open_low=rows["low"].isna(),
        open_high=rows["high"].isna(),
        share_vague=rows["vague_share"].round(4),
        share_spread=rows["spread_share"].round(4),
        disagreement=((rows["high"] - rows["low"]) / best).round(4),
    )
    names = pd.concat([_name_figures(points, counted) for points in drawn], ignore_index=True)
    return rows.join(names, on="point")[COLUMNS]


def _name_figures(points: Points, counted: Counted) -> pd.DataFrame:
    """Return the figures used for each point and those left out, with the reasons, as texts."""
    ids = counted.ledger.figures["id"].astype(str).to_numpy(object)
    printed = pd.DataFrame({"at": counted.ledger.owner, "id": ids})
    members = points.members()
    members = members.assign(at=counted.judged.live["at"][members["row"]])
    used = members.to_frame().merge(printed, on="at")
    left = _find_left(points, counted).merge(printed, on="at")
    left = left.assign(id=left["id"] + ": " + left["reason"])
    size = len(points.rows)
    return pd.DataFrame({"used": _join_ids(used, size), "left_out": _join_ids(left, size)})


def _join_ids(owned: pd.DataFrame, size: int) -> "pd.Series[str]":
    rows = owned[["point", "id"]].drop_duplicates().sort_values(["point", "id"], kind="stable")
    return rows.groupby("point")["id"].agg("; ".join).reindex(range(size), fill_value="")


def _find_left(points: Points, counted: Counted) -> pd.DataFrame:
    """Return the claims that were left out of each point (columns point, at, reason)."""
    own = _name_left(points, counted)
    days = bin_days(own["till"].to_numpy(), counted.options.width)
    own = own.assign(bin=own["bin"].where(own["bin"].ne(NEVER), days))
    lines = Rows({"line": points.rows["line"], "bin": points.rows["bin"]}).to_frame()
    lines = lines.assign(point=np.arange(len(lines)))
    found = own.merge(lines, on=["line", "bin"])[["point", "at", "reason"]]
    return pd.concat([found, _find_never(points, lines, counted)], ignore_index=True)


def _find_never(points: Points, lines: pd.DataFrame, counted: Counted) -> pd.DataFrame:
    """Return the claims that count on no line, at the points of the same kind, claimant, group or region and bin."""
    claims, coded = counted.ledger.claims, counted.ledger.coded
    at = np.flatnonzero((counted.judged.why != COUNTS) & counted.judged.inside & (claims["till"] != NEVER))
    gone = claims.pick(at).to_frame().assign(at=at, reason=name_reasons(counted.ledger, counted.judged.why[at]))
    which = {"source": "claimant", "group": "group"}.get(str(counted.options.by))
    gone["which"] = gone[which] if which else counted.ledger.frames.paths[gone["region"], LEVELS.index(points.level)]
    gone["bin"] = bin_days(gone["till"].to_numpy(), counted.options.width)
    heads = counted.judged.live.pick(points.heads.to_numpy()).to_frame().assign(line=points.heads.index)
    heads["which"] = heads[which] if which else counted.ledger.frames.paths[heads["region"], LEVELS.index(points.level)]
    heads["basis"] = heads["line"] % len(BASES)
    heads = heads[(coded.names["status"] == "reported")[heads["status"].to_numpy()] & heads["which"].ge(0)]
    keys = ["metric", "unit", "basis", "which"]
    found = gone[[*keys, "bin", "at", "reason"]].merge(heads[[*keys, "line"]], on=keys)
    return found.merge(lines, on=["line", "bin"])[["point", "at", "reason"]]


def list_left_out(figures: pd.DataFrame, options: Options = USUAL, basis: Sequence[str] = ()) -> pd.DataFrame:
    """Return every figure that made no point of a line of those bases, with the reason (columns id, reason)."""
    counted = count_claims(make_ledger(keep_known(figures, options)), options)
    reasons = trace_claims(counted, basis)
    ledger = counted.ledger
    rows = pd.DataFrame({"id": ledger.figures["id"].to_numpy(), "reason": reasons.to_numpy()[ledger.owner]})
    return rows[rows["reason"].ne("")].sort_values("id", ignore_index=True)


def trace_claims(counted: Counted, basis: Sequence[str] = ()) -> "pd.Series[str]":
    """Return for each claim of the ledger (by position) why it made no point of any line; empty where it made one."""
    at = counted.judged.live["at"]
    reasons = name_reasons(counted.ledger, counted.judged.why)
    used = np.zeros(len(reasons), dtype=bool)
    asked = np.array([not basis or name in basis for name in BASES])
    for points in list_points(counted):
        members = points.members()
        line = points.rows["line"][members["point"]]
        used[at[members["row"][asked[line % len(BASES)]]]] = True
        left = _name_left(points, counted).drop_duplicates("at")
        fresh = left[reasons[left["at"]] == ""]
        reasons[fresh["at"]] = fresh["reason"]
    if counted.judged.tolls is not None:
        open_ = at[counted.judged.tolls.baselines]
        reasons[open_[reasons[open_] == ""]] = BASELINE
    return pd.Series(np.where(used, "", reasons), dtype=object)


def _name_left(points: Points, counted: Counted) -> pd.DataFrame:
    """Return the claims that were left out of a line (at, line, till, reason), each of a running total's too."""
    left = points.left()
    if counted.judged.tolls is not None:
        left = _name_chains(left, counted.judged.tolls)
    own = counted.judged.live.pick(left["row"], ["at", "till"])
    return left.assign(**own.columns, reason=name_states(left["state"])).to_frame()


def _name_chains(left: Rows, tolls: Tolls) -> Rows:
    """Return what was left out with each running total's claims in the place of one that was taken as a whole."""
    chains, steps = tolls.chains, tolls.steps["chain"]
    whole = (left["line"] % len(BASES) == NEW) & np.isin(left["row"], chains["row"])
    order = np.argsort(chains["row"])
    chain = chains["chain"][order[np.searchsorted(chains["row"][order], left["row"][whole])]]
    owner, step = unfold_ranges(*(np.searchsorted(steps, chain, side=side) for side in ("left", "right")))
    return stack_rows(left.pick(~whole), left.pick(whole).pick(owner).assign(row=tolls.steps["row"][step]))
