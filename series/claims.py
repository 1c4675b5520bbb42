"""Figures become claims: the same number of the same source for the same thing is one claim, however often printed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from series.codes import count_days, count_distinct, find_first, number_rows, number_values
from series.conventions import apply_convention
from series.figures import prepare_figures
from series.options import USUAL, Options
from series.reviews import REJECTED, find_rejected
from series.revisions import mark_superseded

REPRINT = 7
"""In days: an undated count of an event that is printed again within them is the same claim."""

SAME = ["metric", "unit", "basis", "status", "claimant", "counted_group"]
"""What two figures share that count the same kind of thing for the same claimant."""

REGION = ["at_country", "at_admin1", "at_place"]
_NUMBER = ["value", "low", "high", "qualifier"]
_KEPT = [
    *("claim", *SAME, *REGION, *_NUMBER, "start", "end", "from", "till", "best", "undated", "published"),
    *("report", "country", "admin1", "group", "region", "region_code", "region_level", "converted"),
]
_NEVER = {"projected": "projected, not counted", "denied": "denied, not counted"}


def number_claims(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with a column ``claim``: figures of one claim share its number.

    One claim is the same source, metric, unit, basis, status, group, place, period and number (Every Casualty's
    standards ask to count a casualty once, however many reports there are). Without a stated period, counts of
    events are told apart by ``REPRINT``; running totals and stocks are the same claim until the number changes. A
    figure that was rejected in review is a claim of its own.
    """
    frame = prepare_figures(figures)
    if frame.empty:
        return frame.assign(rejected=pd.Series(dtype="bool"), claim=pd.Series(dtype="int64"))
    frame = frame.assign(rejected=find_rejected(frame))
    key = [*SAME, *REGION, *_NUMBER, "start", "end", "rejected"]
    number = number_rows(frame, key)
    episode = _find_episodes(frame, number)
    if episode.any():
        number = number_rows(pd.DataFrame({"number": number, "episode": episode}), ["number", "episode"])
    return frame.assign(claim=number)


def _find_episodes(frame: pd.DataFrame, number: np.ndarray) -> np.ndarray:
    """Return a counter that goes up where an undated new count appears again long after its last printing."""
    episode = np.zeros(len(frame), dtype=np.int64)
    loose = np.flatnonzero((frame["undated"] & frame["basis"].eq("new") & frame["published"].notna()).to_numpy(bool))
    if not len(loose):
        return episode
    days = count_days(frame["published"].iloc[loose])
    order = np.lexsort((days, number[loose]))
    same = np.diff(number[loose][order], prepend=-1) == 0
    again = same & (np.diff(days[order], prepend=days[order][:1]) > REPRINT)
    episode[loose[order]] = np.cumsum(again)
    return episode


def find_claims(
    figures: pd.DataFrame, *, statuses: Sequence[str] = (), by_group: bool = False, options: Options | None = None
) -> pd.DataFrame:
    """Return one row a claim, dated by its first appearance, with what became of it in ``reason``.

    An empty ``reason`` means that the claim counts. ``statuses`` are those that were asked for: unverified claims
    count only then, projected and denied ones never. A part ("six of them children") is left out where its whole
    is among the figures; with ``by_group`` only where the whole is of the same group.
    """
    chosen = options or Options(statuses=tuple(statuses))
    numbered = figures if "claim" in figures else number_claims(figures)
    claims = gather_claims(numbered, chosen, by_group=by_group)
    printed = numbered[["claim", "publisher"]].drop_duplicates().dropna().sort_values(["claim", "publisher"])
    return claims.assign(
        printed_by=printed.groupby("claim")["publisher"].agg("; ".join).reindex(claims.index, fill_value="")
    )


def gather_claims(numbered: pd.DataFrame, options: Options = USUAL, *, by_group: bool = False) -> pd.DataFrame:
    """Return the claims of numbered figures without the names of who printed them; the index is the claim."""
    ordered = numbered
    if not numbered["published"].is_monotonic_increasing:
        ordered = numbered.sort_values("published", kind="stable")
    number = ordered["claim"].to_numpy()
    frame = pd.DataFrame(ordered)[[name for name in _KEPT if name in ordered]].iloc[find_first(_renumber(number))]
    frame = frame.sort_values("claim", kind="stable")
    size = int(number.max()) + 1 if len(number) else 0
    kept = frame["claim"].to_numpy()
    counts = {"figures": np.bincount(number, minlength=size)}
    for name in ("report", "publisher"):
        codes, _ = number_values(ordered[name])
        counts[f"{name}s"] = count_distinct(number[codes > 0], codes[codes > 0], size)
    part = np.bincount(number[_find_parts(ordered, by_group=by_group)], minlength=size) == counts["figures"]
    claims = frame.assign(**{name: count[kept] for name, count in counts.items()}, part=part[kept])
    claims = apply_convention(claims.rename(columns={"report": "first_report"}), options.vague)
    rejected = np.bincount(number[ordered["rejected"].to_numpy(bool)], minlength=size)[kept] > 0
    claims = claims.assign(reason=_find_reasons(claims, options.statuses, rejected)).set_index(pd.Index(kept))
    return mark_superseded(claims, ordered)


def _renumber(number: np.ndarray) -> np.ndarray:
    return np.asarray(pd.factorize(number)[0])


def _find_parts(figures: pd.DataFrame, *, by_group: bool) -> np.ndarray:
    """Return which figures are parts of another that is there, counts the same and was not rejected."""
    found = np.zeros(len(figures), dtype=bool)
    has = np.flatnonzero(figures["part_of"].notna().to_numpy())
    if not len(has):
        return found
    same = ["metric", "unit", "basis", *(["counted_group"] if by_group else [])]
    parts = figures.iloc[has]
    wholes = figures.loc[~figures["rejected"], ["id", *same]]
    wholes = wholes[wholes["id"].isin(parts["part_of"])].drop_duplicates("id").astype(object).set_index("id")
    wholes = wholes.reindex(parts["part_of"].astype(object)).set_index(parts.index)
    found[has] = wholes[same].eq(parts[same].astype(object)).all(axis=1).to_numpy(bool)
    return found


def _find_reasons(claims: pd.DataFrame, statuses: Sequence[str], rejected: np.ndarray) -> "pd.Series[Any]":
    reason = pd.Series("", index=claims.index, dtype=object)
    reason[claims["till"].isna()] = "no date"
    reason[claims["part"]] = "part of another figure"
    status = claims["status"].astype(object)
    uncounted = ~status.isin(["reported", *statuses])
    reason[uncounted] = status[uncounted] + ", not asked for"
    for name, why in _NEVER.items():
        reason[status.eq(name)] = why
    return reason.mask(rejected, REJECTED)
