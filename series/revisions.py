"""Revisions: a source's later number for the same thing stands, its earlier one stays visible as superseded."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import regex

from parsers.numerals import load_numerals, read_number
from parsers.tables import load_rows
from series.codes import number_rows

SUPERSEDED = "superseded by a later count of the same source"
_EVENT = [
    *("metric", "unit", "basis", "status", "claimant", "counted_group"),
    *("at_country", "at_admin1", "at_place"),
]


@cache
def compile_further() -> "regex.Pattern[str]":
    """Return the pattern of a count that comes on top of an earlier one: "another five"."""
    words = [row["words"] for row in load_rows("further_counts", ("language", "words"))]
    pattern = r"\b \L<further> \s++ (?P<number> \d[\d,]*+ | [a-z]++ (?:-[a-z]++)? )"
    return regex.compile(pattern, regex.X | regex.I, further=words)


def adds_to_earlier(quote: str, value: float) -> bool:
    """Tell whether a sentence says of a number that it comes on top of an earlier one.

    >>> adds_to_earlier("Another five people were killed in Sarmin on Sunday.", 5)
    True
    >>> adds_to_earlier("The toll has risen to five.", 5)
    False
    """
    numerals = load_numerals("en")
    return any(read_number(m["number"].lower(), numerals) == value for m in compile_further().finditer(quote))


def mark_superseded(claims: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the claims (index: claim) with earlier numbers for the same thing marked in ``reason``.

    The report that came last stands; of one day's reports the one that counts most. A claim dates from its first
    appearance, so a stale reprint revises nothing. Two counts in one report are two events, and a count that its
    words call another one is an event of its own. Of a running total, one number stands for each definition and
    day; of a stock, one for each day. UCDP and ACLED revise their events in the same way as sources correct them.
    """
    rivals = _find_rivals(claims)
    if rivals.empty:
        return claims
    first = figures.loc[figures["claim"].isin(rivals.index), ["claim", "report", "published", "quote"]]
    first = first.merge(rivals[["event", "appeared", "best", "qualifier", "basis"]], left_on="claim", right_index=True)
    first = first[first["published"].eq(first["appeared"]) | first["published"].isna()]
    first = first[~_find_further(first)]
    first = first.astype({"report": object}).drop_duplicates(["claim", "report"])
    loses = _lose_events(first[first["basis"].eq("new")]) + _lose_totals(first[first["basis"].ne("new")])
    return claims.assign(reason=claims["reason"].mask(claims.index.isin(loses), SUPERSEDED))


def _find_rivals(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the live claims that share their event with another one."""
    live = claims[claims["reason"].eq("")]
    flow = live["basis"].eq("new")
    keyed = live.assign(since=live["from"].where(flow, live["start"].where(live["basis"].eq("cumulative"))))
    event = number_rows(keyed, [*_EVENT, "since", "till"])
    several = np.bincount(event)[event] > 1 if len(event) else np.zeros(0, dtype=bool)
    return live.assign(event=event, appeared=live["published"])[several]


def _find_further(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Return which rows come on top of an earlier count by their own words."""
    found = pd.Series(data=False, index=rows.index)
    quotes = rows["quote"].astype(object).where(rows["quote"].notna(), "")
    told = quotes.map({quote: bool(compile_further().search(quote)) for quote in quotes.unique()})
    told &= rows["basis"].eq("new")
    for index, quote, value in zip(rows.index[told], quotes[told], rows["best"][told], strict=True):
        found[index] = adds_to_earlier(quote, value)
    return found


def _lose_events(rows: pd.DataFrame) -> list[Any]:
    if rows.empty:
        return []
    totals = rows.assign(total=rows.groupby(["event", "report"])["best"].transform("sum"))
    order = totals.sort_values(["appeared", "total", "report"], kind="stable")
    stands = order["report"].eq(order.groupby("event")["report"].transform("last"))
    return sorted(set(order["claim"]) - set(order.loc[stands, "claim"]))


def _lose_totals(rows: pd.DataFrame) -> list[Any]:
    order = rows.drop_duplicates("claim").sort_values(["appeared", "best", "qualifier", "claim"], kind="stable")
    last = order.drop_duplicates("event", keep="last")["claim"]
    return sorted(set(order["claim"]) - set(last))
