"""The key numbers of a view: how many stand behind it, their range, which days it spans, the last report."""

import html
from collections.abc import Mapping

import pandas as pd

from series.bins import Bin
from series.filters import Filters
from series.phrases import pluralize
from series.wording import name_bin, name_day


def count_keys(view: pd.DataFrame, claims: pd.DataFrame) -> dict[str, str]:
    """Return how many sources, claims, figures, publishers and reports a view has, each under its word."""
    counts = {
        "source": view["claimant"].nunique(),
        "claim counted": int(claims["reason"].eq("").sum()),
        "figure": len(view),
        "publisher": view["publisher"].nunique(),
        "report": view["report"].nunique(),
    }
    return {pluralize(word, number): f"{number:,}" for word, number in counts.items()}


def name_range(rows: pd.DataFrame, width: Bin) -> dict[str, str]:
    """Return how far apart the sources are: of new counts in the bin with the highest, of others in the last one.

    ``rows`` are the points by source.
    """
    told = rows[rows["best"].notna()]
    if told.empty:
        return {}
    new = told["basis"].eq("new").all()
    start = pd.Timestamp(told["start"].iloc[int(told["best"].argmax())] if new else told["start"].max())
    there = told[told["start"].eq(start)]["best"]
    least, most = there.min(), there.max()
    said = f"{most:,.0f}" if least == most else f"{least:,.0f} – {most:,.0f}"
    what = f"highest {width}" if new else "last"
    who = "one source" if len(there) == 1 else "lowest and highest source"
    return {f"{what}, {name_bin(start, width)}: {who}": said}


def name_span(rows: pd.DataFrame, filters: Filters) -> dict[str, str]:
    """Return the first and the last day of what is drawn: of its bins, within the dates of the filters."""
    if rows.empty:
        return {}
    first, last = rows["start"].min(), rows["end"].max()
    first = max(first, pd.Timestamp(filters.since)) if filters.since else first
    last = min(last, pd.Timestamp(filters.until)) if filters.until else last
    return {"drawn": f"{name_day(first)} – {name_day(last)}"}


def name_update(view: pd.DataFrame) -> dict[str, str]:
    """Return the day of the last report."""
    return {"last report": name_day(view["published"].max())}


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


def list_keys(keys: Mapping[str, str | int], first: str = "", last: str = "", *, done: str = "drawn") -> str:
    """Return key numbers, and the days they span and what was done in them, as one dense row.

    >>> list_keys({"figure": 1})
    '<div class="who-keys"><div><b>1</b><span>figure</span></div></div>'
    """
    cells = [(f"{what:,}" if isinstance(what, int) else what, word) for word, what in keys.items()]
    cells += [(f"{first} – {last}", done)] if first else []
    shown = "".join(f"<div><b>{html.escape(what)}</b><span>{html.escape(word)}</span></div>" for what, word in cells)
    return f'<div class="who-keys">{shown}</div>'
