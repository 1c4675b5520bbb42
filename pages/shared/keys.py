"""The key numbers of a view: how many stand behind it, their range, which days it spans, the last report."""

import html
from collections.abc import Mapping
from typing import Any

import pandas as pd

from series.bins import Bin
from series.filters import Filters
from series.phrases import name_counted, pluralize
from series.ranges import find_range
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
    """Return how far apart the sources are (``series.ranges``).

    ``rows`` are the points by source. The words say what is counted, when, and who has the lowest and the highest.
    """
    there = find_range(rows)
    if there.empty:
        return {}
    new, start = bool(there["basis"].eq("new").all()), pd.Timestamp(there["start"].iloc[0])
    least, most = there["best"].iloc[0], there["best"].iloc[-1]
    said = f"{most:,.0f}" if least == most else f"{least:,.0f} – {most:,.0f}"
    when = f"{_say_when(start, width, new=new)}, the {'highest' if new else 'last'} {width}"
    return {f"{_say_what(there.iloc[0], new=new)} {when}, {_say_who(there)}": said}


def _say_when(start: pd.Timestamp, width: Bin, *, new: bool) -> str:
    within = "on" if width is Bin.DAY else "in"
    return f"{within if new else 'as of'} {'the ' if width is Bin.WEEK else ''}{name_bin(start, width)}"


def _say_what(row: "pd.Series[Any]", *, new: bool) -> str:
    """Return what a point counts; of a total or a stock also whom, where and since when."""
    said = name_counted(row["metric"], row["unit"])
    if new:
        return said
    said += f", {row['group']}," if row["group"] != "all" else ""
    said += f" in {row['region']}" if row["region"] != "all" else ""
    return said + (f" since {name_day(row['begun'])}" if pd.notna(row.get("begun")) else "")


def _say_who(rows: pd.DataFrame) -> str:
    """Return who says the lowest and the highest of numbers in their order."""
    names = list(dict.fromkeys(rows["source"].astype(str)))
    if len(names) == 1:
        return f"by {names[0]}"
    if rows["best"].nunique() == 1:
        return f"by {len(names)} sources, who agree"
    return f"from {rows['source'].iloc[0]} to {rows['source'].iloc[-1]}"


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
