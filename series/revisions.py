"""Revisions: a source's later number for the same thing stands, its earlier one stays visible as superseded."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
import regex

from parsers.quantities import find_quantities
from parsers.records import Quantity, Sentence
from parsers.tables import load_rows
from series.codes import NEVER, count_days
from series.ledgers import Ledger
from series.numberings import NEW
from series.runs import find_runs, mark_last

SUPERSEDED = "superseded by a later count of the same source"

_PLACES = {
    "any": r"\b (?: \L<before> | \L<after> ) \b",
    "before": r"\b \L<before> \s++ \Z",
    "after": r"\s++ (?! \L<never> \b) \L<after> \b",
}


@cache
def compile_further() -> "Mapping[str, regex.Pattern[str]]":
    """Return the patterns of words that say of a count that it comes on top: at all, ``before`` it, ``after`` it."""
    rows = list(load_rows("further_counts", ("language", "words", "place")))
    lists: dict[str, Any] = {
        place: [row["words"] for row in rows if row["place"] == place] for place in ("before", "after", "never")
    }
    return {
        name: regex.compile(pattern, regex.X | regex.I, ignore_unused=True, **lists)
        for name, pattern in _PLACES.items()
    }


@lru_cache(maxsize=1000)
def list_further(quote: str) -> tuple[Quantity, ...]:
    """Return the numbers of a sentence of which it says that they come on top of an earlier count.

    The sentence is the report's own, in its language: there only a number in digits is found, beside that language's
    words. A number that is spelled out is found in English.

    >>> [number.value for number in list_further("Another five were killed in Sarmin, two more in Ariha, nine in all.")]
    [5, 2]
    >>> list_further("The toll has risen to five, two more than on Friday.")
    ()
    """
    further = compile_further()
    return tuple(
        number
        for number in (find_quantities(Sentence(quote, 0, 0)) if further["any"].search(quote) else ())
        if further["before"].search(quote, 0, number.phrase_start) or further["after"].match(quote, number.phrase_end)
    )


def adds_to_earlier(quote: str, value: float, low: float, high: float) -> bool:
    """Tell whether a sentence says of a number that it comes on top of an earlier one; a missing bound is NaN.

    The number is the printed one, or the two ends of a range or a vague word: no convention has a say in that.

    >>> adds_to_earlier("Dozens more people were killed in Sarmin on Sunday.", np.nan, 24, 99)
    True
    >>> adds_to_earlier("The toll has risen to five.", 5, 5, 5)
    False
    """
    return any(
        (number.low, number.high) == (low, high) if np.isnan(value) else number.value == value
        for number in list_further(quote)
    )


def find_superseded(ledger: Ledger, live: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Return the claims (positions) whose number a later one of the same source for the same thing has replaced.

    ``live`` are the positions of the claims that count at all, in order; ``best`` says what each claim comes to. The
    report that came last stands; of one day's reports the one that counts most. A claim dates from its first
    appearance, so a stale reprint revises nothing. Two counts in one report are two events, and a count that its words
    call another one is an event of its own. Of a running total, one number stands for each definition and day; of a
    stock, one for each day. UCDP and ACLED revise their events in the same way as sources correct them.
    """
    event = ledger.claims["event"][live]
    same = event[1:] == event[:-1]  # claims of one event are neighbours
    rivals = np.zeros(len(live), dtype=bool)
    rivals[1:] |= same
    rivals[:-1] |= same
    if not rivals.any():
        return np.zeros(0, dtype=np.int64)
    rival = np.zeros(len(ledger.claims), dtype=bool)
    rival[live[rivals]] = True
    rows = _list_printings(ledger, rival, best)
    new = ledger.claims["basis"][rows["claim"].to_numpy()] == NEW
    return np.concatenate([_lose_events(rows[new]), _lose_totals(ledger, rows[~new])])


def _list_printings(ledger: Ledger, rival: np.ndarray, best: np.ndarray) -> pd.DataFrame:
    """Return each claim with each report of its first day, without those that come on top of an earlier count."""
    at = np.flatnonzero(rival[ledger.owner])
    claims, claim = ledger.claims, ledger.owner[at]
    days = count_days(ledger.figures["published"].iloc[at])
    appeared = claims["published"][claim]
    first = (days == appeared) | (days == NEVER)
    at, claim, appeared = at[first], claim[first], appeared[first]
    own = ~_find_further(ledger, at, claim)
    at, claim, appeared = at[own], claim[own], appeared[own]
    report = pd.util.hash_pandas_object(ledger.figures["report"].iloc[at], index=False).to_numpy()
    rows = {"claim": claim, "report": report, "appeared": appeared}
    rows |= {"event": claims["event"][claim], "best": best[claim]}
    order = np.lexsort((report, claim))
    once = mark_last(claim[order]) | mark_last(report[order])
    return pd.DataFrame(pd.DataFrame(rows).iloc[order[once]])


def _find_further(ledger: Ledger, at: np.ndarray, claim: np.ndarray) -> np.ndarray:
    """Return which figures come on top of an earlier count by their own words."""
    further = np.zeros(len(at), dtype=bool)
    new = np.flatnonzero(ledger.claims["basis"][claim] == NEW)
    codes, quotes = pd.factorize(ledger.figures["quote"].iloc[at[new]])
    told = np.array([bool(compile_further()["any"].search(str(quote))) for quote in quotes], dtype=bool)
    for one in new[(codes >= 0) & told[codes]] if len(told) else []:
        quote = str(ledger.figures["quote"].iloc[at[one]])
        further[one] = adds_to_earlier(quote, *(ledger.claims[name][claim[one]] for name in ("value", "low", "high")))
    return further


def _lose_events(rows: pd.DataFrame) -> np.ndarray:
    event, report, claim, appeared = (rows[name].to_numpy() for name in ("event", "report", "claim", "appeared"))
    if not len(rows):
        return claim
    order = np.lexsort((report, event))
    ends = mark_last(event[order]) | mark_last(report[order])
    begins = np.flatnonzero(np.roll(ends, 1))
    total = np.empty(len(rows))
    total[order] = np.repeat(
        np.add.reduceat(rows["best"].to_numpy(float)[order], begins), np.diff(np.append(begins, len(order)))
    )
    order = np.lexsort((report, total, appeared, event))
    last = np.flatnonzero(mark_last(event[order]))
    stands = report[order] == report[order][last][find_runs(event[order])[1]]
    return np.setdiff1d(claim, claim[order][stands])


def _lose_totals(ledger: Ledger, rows: pd.DataFrame) -> np.ndarray:
    one = rows.drop_duplicates("claim")
    claim = one["claim"].to_numpy()
    claims = ledger.claims.pick(claim)
    event = claims["event"]
    bounds = [np.nan_to_num(claims[name]) for name in ("high", "low", "value")]
    ranks = (*bounds, claims["qualifier"], one["best"].to_numpy(), claims["published"])
    order = np.lexsort((*ranks, event))
    return np.asarray(claim[order[~mark_last(event[order])]])
