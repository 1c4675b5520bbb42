"""The ledger: every claim of a set of figures as numbers in one order, made once, whatever is drawn of it later.

Each claim is a row of numbers: codes for who and what, days since 1970, bounds. The rows stand in the order of what
they count (basis, metric, unit, status, claimant, region, group), then of their days, so that the claims of one event,
and those of one series, are neighbours. What a filter lets through is a set of whole rows, because a filter asks for
nothing that two figures of one claim differ in.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from series.codes import NEVER, count_days, join_codes, number_days, order_rows, rank_codes, shift_numbers, sort_codes
from series.cores import work_both, work_on_cores
from series.distincts import list_pairs
from series.figures import prepare_figures
from series.memories import Memory
from series.numberings import NEW, RUNNING, THING, Coded, number_coded
from series.reviews import find_rejected
from series.rows import Rows
from series.runs import find_runs
from series.shelves import Frames
from series.territories import find_territories

_JUDGED, _DRAWN = 6, 64
"""For so many views a ledger remembers how claims were judged, which is large, and what was drawn of them."""

_AT_HAND = 2**15
"""So many figures fill the memory near a core."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The figures that are parts of another of the same metric, unit and basis: positions of both claims."""

    part: np.ndarray
    whole: np.ndarray
    same_group: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """The claims of a set of figures; ``claims`` has a row for each, in order, ``owner`` the claim of each figure.

    ``publishers`` are who printed each claim: ``publishers[printed[claim, 0] : printed[claim, 1]]``, sorted.
    ``frames`` say what lies in what.
    Columns of ``claims``: ``claim``, ``head`` (the figure that appeared first), the codes of ``THING``, ``qualifier``;
    ``start``, ``from``, ``till``, ``published`` (days); ``undated``, ``rejected``; ``value``, ``low``, ``high``;
    ``figures``; ``event``, which claims of one thing and its days share. ``judged``, ``held``, ``drawn`` keep what was
    made of the claims already.
    """

    figures: pd.DataFrame
    coded: Coded
    frames: Frames
    claims: Rows
    owner: np.ndarray
    parts: Parts
    publishers: np.ndarray
    printed: np.ndarray
    judged: Memory = field(default_factory=lambda: Memory(_JUDGED))
    held: Memory = field(default_factory=lambda: Memory(_JUDGED))
    drawn: Memory = field(default_factory=lambda: Memory(_DRAWN))


def make_ledger(figures: pd.DataFrame) -> Ledger:
    """Return the ledger of figures; they are numbered by claim where they are not yet (column ``claim``)."""
    frame = prepare_figures(figures)
    if "rejected" not in frame:
        frame = frame.assign(rejected=find_rejected(frame))
    coded = Coded.of(frame)
    claim, by_day = work_both(lambda: _number_claims(frame, coded), lambda: _order_days(frame["published"]))
    size = int(claim.max(initial=-1)) + 1
    own, size = rank_codes(claim, size) if "claim" in frame else (claim, size)
    first = _find_earliest(own, by_day, size)
    head = _find_heads(own, frame, first)
    (order, event), (publishers, printed) = work_both(
        lambda: _sort_claims(frame, coded, head), lambda: _list_publishers(own, coded, size)
    )
    claims = _gather_claims(frame, coded, head[order], claim).assign(
        published=_pick(frame["published"].to_numpy(), first[order]),
        figures=np.bincount(own, minlength=size)[order],
        event=event,
    )
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    owner = place[own]
    frame = frame if "claim" in frame else frame.assign(claim=claim)
    frames = Frames.of(coded.places, coded.names["group"], find_territories(coded.places, coded.names))
    parts = _find_parts(frame, coded, owner)
    # What each claim is stands among the claims now; the codes of each figure would only fill memory.
    names = replace(coded, codes={})
    return Ledger(frame, names, frames, claims, owner, parts, publishers, printed.take(order, axis=0))


def _number_claims(frame: pd.DataFrame, coded: Coded) -> np.ndarray:
    return frame["claim"].to_numpy(np.int64) if "claim" in frame else number_coded(frame, coded)


def _order_days(published: "pd.Series[Any]") -> np.ndarray:
    """Return the order of figures by the day of publication, those without one last."""
    days = count_days(published)
    known = days != NEVER
    days = np.where(known, days - days[known].min(initial=0), days[known].max(initial=0) + 1) if len(days) else days
    narrow = days.astype(np.uint16) if days.max(initial=0) < 2**16 else days
    return np.argsort(narrow, kind="stable")


def _find_earliest(own: np.ndarray, by_day: np.ndarray, size: int) -> np.ndarray:
    """Return the figure of each of so many claims that stands first in an order; what is written last stays."""
    first = np.empty(size, dtype=np.int64)
    for begin in range(0, len(by_day), _AT_HAND):
        rows = by_day[len(by_day) - begin - 1 :: -1][:_AT_HAND]
        first[own[rows]] = rows
    return first


def _find_heads(own: np.ndarray, frame: pd.DataFrame, first: np.ndarray) -> np.ndarray:
    """Return the figure that says when each claim was: the first, of those with a period where there are any."""
    undated = frame["undated"].to_numpy(bool)
    at = np.flatnonzero(~undated & undated[first][own])
    days = count_days(frame["published"].iloc[at])
    order = at[order_rows(own[at], np.where(days == NEVER, NEVER, -days))]
    head = first.copy()
    head[own[order]] = order
    return head


def _sort_claims(frame: pd.DataFrame, coded: Coded, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the order of claims by thing and days (a longer one first), and the event of each in that order.

    ``first`` is the figure of each claim that appeared first.
    """
    thing, room = join_codes((coded.codes[name][first], coded.size(name)) for name in THING)
    basis = coded.codes["basis"][first]
    since, start, till = (_pick(frame[name].to_numpy(), first) for name in ("from", "start", "till"))
    since = np.where(basis == NEW, since, np.where(basis == RUNNING, start, NEVER))
    days = [shift_numbers(since), shift_numbers(np.where(till == NEVER, NEVER, -till))]
    order, key = sort_codes(*join_codes([(thing, room), *days]))
    return order, find_runs(key)[1]


def _gather_claims(frame: pd.DataFrame, coded: Coded, first: np.ndarray, claim: np.ndarray) -> Rows:
    columns: dict[str, np.ndarray] = {"claim": claim, **{name: coded.codes[name] for name in (*THING, "qualifier")}}
    columns |= {name: frame[name].to_numpy() for name in ("start", "from", "till")}
    columns |= {name: frame[name].to_numpy(bool) for name in ("undated", "rejected")}
    columns |= {name: frame[name].to_numpy(float) for name in ("value", "low", "high")}
    picked = work_on_cores(lambda column: _pick(column, first), columns.values())
    return Rows(dict(zip(columns, picked, strict=True)) | {"head": first})


def _pick(column: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return rows of a column, dates as days since 1970."""
    picked = column[rows]
    return number_days(picked) if picked.dtype.kind == "M" else picked


def _find_parts(frame: pd.DataFrame, coded: Coded, owner: np.ndarray) -> Parts:
    """Return the figures that are parts of another one that is there, counts the same and was not rejected."""
    has = np.flatnonzero(frame["part_of"].notna().to_numpy())
    none = np.zeros(0, dtype=np.int64)
    if not len(has):
        return Parts(none, none, none.astype(bool))
    asked = frame["part_of"].iloc[has].astype(object)
    there = np.flatnonzero(frame["id"].isin(asked).to_numpy() & ~frame["rejected"].to_numpy(bool))
    wholes = pd.Series(there, index=pd.Index(frame["id"].iloc[there].astype(object)))
    found = wholes[~wholes.index.duplicated()].reindex(asked).to_numpy(float)
    has, whole = has[~np.isnan(found)], found[~np.isnan(found)].astype(np.int64)
    alike = [coded.codes[name][has] == coded.codes[name][whole] for name in ("metric", "unit", "basis", "group")]
    same = alike[0] & alike[1] & alike[2]
    return Parts(owner[has[same]], owner[whole[same]], alike[3][same])


def _list_publishers(own: np.ndarray, coded: Coded, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return who printed each of so many claims, and where among them those of each claim begin and end."""
    publisher, room = coded.codes["publisher"], len(coded.names["publisher"])
    known = slice(None) if publisher.all() else publisher > 0
    claim, printers = list_pairs(own[known], publisher[known], size, room)
    number = np.bincount(claim, minlength=size)
    ends = np.cumsum(number)
    return printers, np.stack([ends - number, ends], axis=1)
