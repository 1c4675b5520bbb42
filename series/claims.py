"""Figures become claims: the same number of the same source for the same thing is one claim, however often printed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from series.bins import BOUNDS
from series.codes import NEVER, number_values
from series.conventions import choose_numbers
from series.distincts import count_distinct
from series.figures import prepare_figures
from series.ledgers import Ledger, make_ledger
from series.numberings import number_figures
from series.options import By, Options
from series.reviews import REJECTED
from series.revisions import SUPERSEDED, find_superseded
from series.rows import Rows
from series.runs import unfold_ranges

_NEVER_COUNTED = {"projected": "projected, not counted", "denied": "denied, not counted"}
UNDATED, PART = "no date", "part of another figure"
COUNTS, NO_DATE, IS_PART, IS_REJECTED, IS_SUPERSEDED, OF_STATUS = range(6)
_COLUMNS = [
    *("metric", "unit", "basis", "status", "claimant", "counted_group", "at_country", "at_admin1", "at_place"),
    *("value", "high", "qualifier", "start", "end", "from", "till", "undated", "published"),
    *("country", "admin1", "group", "region", "region_code", "region_level"),
]


def number_claims(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with a column ``claim``: figures of one claim share its number.

    One claim is the same source, metric, unit, basis, status, group, place, period and number (Every Casualty's
    standards ask to count a casualty once, however many reports there are). Without a stated period, counts of
    events are told apart by ``series.ledgers.REPRINT``; running totals and stocks are the same claim until the number
    changes. A figure that was rejected in review is a claim of its own.
    """
    return number_figures(figures)


def judge_claims(ledger: Ledger, options: Options, inside: np.ndarray | None = None) -> tuple[np.ndarray, Rows]:
    """Return for each claim why it does not count (``COUNTS``: it does), and its numbers low, best and high.

    ``inside`` says which claims a filter let through: only these are judged. A part ("six of them children") is left
    out where its whole is among them; by group only where the whole is of the same group.
    """
    claims, names = ledger.claims, ledger.coded.names
    at = np.arange(len(claims)) if inside is None else np.flatnonzero(inside)
    own = {name: claims[name][at] for name in ("value", "low", "high", "qualifier", "status", "till")}
    is_vague = (names["qualifier"] == "vague")[own["qualifier"]]
    best, low = choose_numbers(own["value"], own["low"], own["high"], is_vague, options.vague)
    numbers = {name: np.full(len(claims), np.nan) for name in BOUNDS}
    for name, column in zip(BOUNDS, (low, best, own["high"]), strict=True):
        numbers[name][at] = column
    asked = [name in {"reported", *options.statuses} and name not in _NEVER_COUNTED for name in names["status"]]
    why = np.zeros(len(claims), dtype=np.int8)
    why[at] = np.where(own["till"] == NEVER, NO_DATE, COUNTS)
    why[_find_parts(ledger, options, np.array(asked, dtype=bool), inside, numbers["best"])] = IS_PART
    why[at] = np.where(np.array(asked, dtype=bool)[own["status"]], why[at], OF_STATUS + own["status"])
    why[claims["rejected"]] = IS_REJECTED
    why[find_superseded(ledger, at[why[at] == COUNTS], numbers["best"])] = IS_SUPERSEDED
    return why, Rows(numbers)


def _find_parts(
    ledger: Ledger, options: Options, asked: np.ndarray, inside: np.ndarray | None, best: np.ndarray
) -> np.ndarray:
    """Return the claims (positions) that are parts of another that counts beside them wherever they were printed.

    ``asked`` says which statuses count. Six dead of "17 feared dead" are no part of a number that counts.
    """
    parts, status = ledger.parts, ledger.claims["status"]
    if not len(parts.part):
        return parts.part
    there = np.ones(len(parts.part), dtype=bool) if inside is None else inside[parts.whole]
    surer = (ledger.coded.names["status"] == "reported")[status[parts.whole]]
    there = there & asked[status[parts.whole]] & (surer | (status[parts.whole] == status[parts.part]))
    there &= parts.same_group | (options.by is not By.GROUP)
    there &= ~_find_contradicted(ledger, there, best)
    count = np.bincount(parts.part[there], minlength=len(ledger.claims))
    return np.flatnonzero((count > 0) & (count == ledger.claims["figures"]))


def _find_contradicted(ledger: Ledger, there: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Return which parts, narrower groups of the whole's own place and days, come to more than their whole says.

    They are weighed against it like any other counts that it contains (``series.overlaps``), so that it is flagged.
    """
    parts, claims = ledger.parts, ledger.claims
    group = claims["group"]
    inner = there & ledger.frames.contains[group[parts.whole], group[parts.part]]
    for name in ("claimant", "status", "region", "from", "till"):
        inner &= claims[name][parts.whole] == claims[name][parts.part]
    whole, part = np.unique(np.stack([parts.whole[inner], parts.part[inner]]), axis=1)
    total = np.bincount(whole, np.nan_to_num(best[part]), minlength=len(claims))
    return np.asarray(inner & (total > np.nan_to_num(best))[parts.whole])


def name_reasons(ledger: Ledger, why: np.ndarray) -> "np.ndarray[Any, Any]":
    """Return in words why claims do not count, empty for those that do."""
    status = [_NEVER_COUNTED.get(name, f"{name}, not asked for") for name in ledger.coded.names["status"]]
    words = ["", UNDATED, PART, REJECTED, SUPERSEDED, *status]
    return np.asarray(np.array(words, dtype=object)[why])


def find_claims(
    figures: pd.DataFrame, *, statuses: Sequence[str] = (), by_group: bool = False, options: Options | None = None
) -> pd.DataFrame:
    """Return one row a claim (the index), dated by its first appearance, with what became of it in ``reason``.

    An empty ``reason`` means that the claim counts. ``statuses`` are those that were asked for: unverified claims
    count only then, projected and denied ones never. A part ("six of them children") is left out where its whole
    is among the figures; with ``by_group`` only where the whole is of the same group.
    """
    chosen = options or Options(statuses=tuple(statuses))
    chosen = replace(chosen, by=By.GROUP) if by_group else chosen
    ledger = make_ledger(figures)
    why, numbers = judge_claims(ledger, chosen)
    claims = name_claims(ledger, np.arange(len(ledger.claims)), numbers)
    claims = claims.assign(reason=name_reasons(ledger, why)).set_index(claims["claim"].to_numpy())
    return pd.DataFrame(claims.sort_index())


def list_claims(ledger: Ledger, inside: np.ndarray, why: np.ndarray, numbers: Rows) -> pd.DataFrame:
    """Return the judged claims that a filter let through in words, as ``find_claims``; the index is their place.

    ``numbers`` are those of these claims.
    """
    at = np.flatnonzero(inside)
    return name_claims(ledger, at, numbers).assign(reason=name_reasons(ledger, why[at])).set_index(at)


def name_claims(ledger: Ledger, at: np.ndarray, numbers: Rows) -> pd.DataFrame:
    """Return claims (positions) in words with their numbers, and how often and by whom each was printed."""
    heads = ledger.figures.iloc[ledger.claims["head"][at]]
    rows = heads[_COLUMNS].assign(claim=ledger.claims["claim"][at], first_report=heads["report"])
    rows = rows.reset_index(drop=True)
    size = len(ledger.claims)
    for name in ("report", "publisher"):
        codes, _ = number_values(ledger.figures[name])
        rows[f"{name}s"] = count_distinct(ledger.owner[codes > 0], codes[codes > 0], size)[at]
    figures = ledger.claims["figures"][at]
    return pd.DataFrame(rows).assign(
        low=numbers["low"], best=numbers["best"], figures=figures, printed_by=_name_printers(ledger, at)
    )


def _name_printers(ledger: Ledger, at: np.ndarray) -> list[str]:
    """Return for each claim (position) who printed it, in the order of the alphabet."""
    begins, ends = ledger.printed[at].T
    _, printing = unfold_ranges(begins, ends)
    printers = ledger.coded.names["publisher"][ledger.publishers[printing]]
    return ["; ".join(own) for own in np.split(printers, np.cumsum(ends - begins)[:-1])] if len(at) else []


__all__ = ["find_claims", "number_claims", "prepare_figures"]
