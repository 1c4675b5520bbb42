"""The key numbers above the charts: how much stands behind what is drawn, and which days it covers."""

import html
from collections.abc import Mapping

import pandas as pd

from series.filters import Filters
from series.phrases import pluralize
from series.wording import name_day


def count_keys(view: pd.DataFrame, claims: pd.DataFrame) -> dict[str, int]:
    """Return how many figures, claims, sources, publishers and reports a view has, each by its word."""
    counts = {
        "figure": len(view),
        "claim counted": int(claims["reason"].eq("").sum()),
        "source": view["claimant"].nunique(),
        "publisher": view["publisher"].nunique(),
        "report": view["report"].nunique(),
    }
    return {pluralize(word, number): number for word, number in counts.items()}


def name_span(rows: pd.DataFrame, filters: Filters) -> tuple[str, ...]:
    """Return the first and the last day of what is drawn: of its bins, within the dates of the filters."""
    if rows.empty:
        return ()
    first, last = rows["start"].min(), rows["end"].max()
    first = max(first, pd.Timestamp(filters.since)) if filters.since else first
    last = min(last, pd.Timestamp(filters.until)) if filters.until else last
    return name_day(first), name_day(last)


def count_sources(view: pd.DataFrame, events: pd.DataFrame) -> dict[str, int]:
    """Return how many sources, publishers and places a view has, and how many events several sources count."""
    counts = {
        "source": view["claimant"].nunique(),
        "publisher": view["publisher"].nunique(),
        "place": view["region"].where(view["region_level"].ne("none")).nunique(),
        "figure": len(view),
        "event counted by several": len(events),
    }
    return {pluralize(word, number): number for word, number in counts.items()}


def name_printed(view: pd.DataFrame) -> tuple[str, ...]:
    """Return the first and the last day on which the figures of a view were printed."""
    days = view["published"].dropna()
    return (name_day(days.min()), name_day(days.max())) if len(days) else ()


def list_keys(keys: Mapping[str, int], first: str = "", last: str = "", *, done: str = "drawn") -> str:
    """Return key numbers and the days they span, and what was done in them, as one dense row.

    >>> list_keys({"figure": 1})
    '<div class="who-keys"><div><b>1</b><span>figure</span></div></div>'
    """
    cells = [(f"{number:,}", word) for word, number in keys.items()]
    cells += [(f"{first} – {last}", done)] if first else []
    shown = "".join(f"<div><b>{html.escape(what)}</b><span>{html.escape(word)}</span></div>" for what, word in cells)
    return f'<div class="who-keys">{shown}</div>'
