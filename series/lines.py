"""The lines of a chart in words: which are drawn, what each counts, what each point is."""

from collections.abc import Collection, Hashable
from typing import Any

import pandas as pd

from series.bins import Bin
from series.flags import FLAGS
from series.looks import MOST_LINES
from series.phrases import say_all, say_count, say_left_out
from series.wording import name_bin, name_day, say_bounds

SPREAD = "spread over a longer period"
_MOSTLY = 0.5
"""From this share on, a point counts as spread."""


def part_unverified(timeline: pd.DataFrame, line: str) -> pd.DataFrame:
    """Return the timeline with unverified points on lines of their own: they are never added to reported ones."""
    apart = timeline["flags"].fillna("").str.contains("unverified")
    return timeline.assign(
        **{line: timeline[line].astype(object).mask(apart, timeline[line].astype(str) + " (unverified)")}
    )


def choose_lines(timeline: pd.DataFrame, line: str, most: int = MOST_LINES, named: Collection[str] = ()) -> list[str]:
    """Return the lines that a chart has room for: those that rest on most claims, then the largest.

    Those ``named`` beside the chart are among them, in the place of others.
    """
    weight = timeline.groupby(line).agg(claims=("claims", "sum"), most=("best", "max"))
    ranked = list(weight.sort_values(["claims", "most"], ascending=False, kind="stable").index)
    kept = {*sorted(ranked, key=lambda name: name not in named)[:most]}
    return [name for name in ranked if name in kept]


def say_lines(timeline: pd.DataFrame, line: str, most: int, named: Collection[str]) -> str:
    """Return which lines are drawn of more than a chart has room for, as a sentence; "" where all are."""
    usual, drawn = choose_lines(timeline, line, most), choose_lines(timeline, line, most, named)
    more = timeline[line].nunique() - len(drawn)
    if not more:
        return ""
    added = [name for name in drawn if name not in usual]
    whose = "which the first number above names" if line == "source" else "which has the highest number"
    also = f", and {say_all(added)}, {whose}" if added else ""
    return f"The {len(drawn) - len(added)} with most claims are drawn{also}; {say_left_out(more)}"


def is_spread(timeline: pd.DataFrame) -> "pd.Series[bool]":
    """Return which points rest for the most part on counts of longer periods, spread over them."""
    share = timeline["spread_share"] if "spread_share" in timeline else pd.Series(0.0, index=timeline.index)
    return pd.to_numeric(share).fillna(0).ge(_MOSTLY)


def name_lines(timeline: pd.DataFrame, line: str) -> dict[str, str]:
    """Return what stands beside each line: its name, its group, and its place and start where they are not usual."""
    usual = [_usual(timeline[column]) if column in timeline else None for column in ("region", "begun")]
    names = {}
    for row in timeline.drop_duplicates(line).to_dict("records"):
        begun = row.get("begun")
        start = f"since {name_day(begun)}" if pd.notna(begun) else "start not stated"
        parts = [
            row["group"] if row["group"] not in {"all", row[line]} else "",
            row["region"] if line == "source" and row["region"] not in {"all", usual[0]} else "",
            start if row["basis"] == "cumulative" and usual[1] is not None and begun != usual[1] else "",
        ]
        said = ", ".join(part for part in parts if part)
        names[str(row[line])] = f"{row[line]} ({said})" if said else str(row[line])
    return names


def say_usual(timeline: pd.DataFrame, line: str) -> str:
    """Return where and since when the totals of a chart count, as a sentence for its subtitle.

    Lines with another place or start name it themselves.
    """
    if "begun" not in timeline or timeline["basis"].eq("new").any():
        return ""
    region, begun = (_usual(timeline[column]) for column in ("region", "begun"))
    place = f" in {region}" if line == "source" and region not in {None, "all"} else ""
    since = f" since {name_day(begun)}" if isinstance(begun, pd.Timestamp) else ""
    if not place + since:
        return ""
    columns = [*(["region"] if place else []), *(["begun"] if since else [])]
    several = len(timeline[columns].drop_duplicates()) > 1
    return f"Counted{place}{since}{', where the legend names no other' if several else ''}."


def _usual(column: "pd.Series[Any]") -> object:
    counts = column.value_counts()
    return counts.index[0] if len(counts) else None


def say_point(label: str, row: dict[Hashable, Any], width: Bin) -> str:
    """Return the words that appear beside a point."""
    if pd.isna(row["best"]):
        return ""
    bounds = say_bounds(row["low"], row["best"], row["high"])
    words = [f"<b>{label}</b>", f"{name_bin(row['start'], width)}: {bounds}"]
    if pd.notna(begun := row.get("begun")):
        words[1] += f" since {name_day(begun)}"
    if (share := row.get("spread_share") or 0) > 0:
        part = "all" if share >= 1 else f"{share * row['best']:,.0f} of {row['best']:,.0f}"
        words.append(f"{part} spread from counts of longer periods")
    words.append(", ".join(say_count(int(row[what]), what[:-1]) for what in ("claims", "figures", "sources")))
    flags = [FLAGS[flag] for flag in row["flags"].split(";") if flag and flag != "spread"]
    return "<br>".join([*words, *flags])


def describe_chart(timeline: pd.DataFrame, line: str, width: Bin, title: str) -> str:
    """Return what a reader who cannot see the chart should know of it."""
    if timeline.empty:
        return "An empty chart."
    top = timeline.iloc[int(timeline["best"].argmax())]
    return (
        f"Line chart: {title}, {say_count(timeline[line].nunique(), 'line')}. "
        f"The highest point is {top[line]}, {say_bounds(top['low'], top['best'], top['high'])} "
        f"in {name_bin(top['start'], width)}. The rows are in the table below the chart."
    )
