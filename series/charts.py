"""Timelines become charts, one function a chart. A figure is always the number; what Plotly draws is a chart."""

import textwrap
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types

from series.bins import Bin, bin_numbers, bin_starts
from series.looks import DASHES, LIGHT, MOST_LINES, SYMBOLS, Look, load_template
from series.wording import name_bin, say_bounds

_LONGEST_SUBTITLE = 62
_HEIGHT = 460
_YEAR_OF_BINS = {Bin.DAY: 366, Bin.WEEK: 53, Bin.MONTH: 12, Bin.YEAR: 1}
_FEW_MONTHS = pd.Timedelta(days=130)


@dataclass(frozen=True, slots=True)
class Style:
    """How one line is drawn: never by colour alone."""

    color: str
    dash: str
    symbol: str


def chart_by_source(timeline: pd.DataFrame, *, title: str, subtitle: str, width: Bin, look: Look = LIGHT) -> go.Figure:
    """Draw a timeline by source: a line a source, from low to high shaded, open bounds with an arrow."""
    return _draw(timeline, "source", title=title, subtitle=subtitle, width=width, look=look)


def chart_by_region(timeline: pd.DataFrame, *, title: str, subtitle: str, width: Bin, look: Look = LIGHT) -> go.Figure:
    """Draw a timeline by region: a line a region, the sources compared in each."""
    return _draw(timeline, "region", title=title, subtitle=subtitle, width=width, look=look)


def choose_lines(timeline: pd.DataFrame, line: str) -> list[str]:
    """Return the lines that a chart has room for: those that rest on most claims, then the largest."""
    weight = timeline.groupby(line).agg(claims=("claims", "sum"), most=("best", "max"))
    return list(weight.sort_values(["claims", "most"], ascending=False, kind="stable").index[:MOST_LINES])


def describe_chart(timeline: pd.DataFrame, line: str, width: Bin) -> str:
    """Return what a reader who cannot see the chart should know of it."""
    if timeline.empty:
        return "An empty chart."
    top = timeline.iloc[int(timeline["best"].argmax())]
    return (
        f"Line chart of {timeline['metric'].iloc[0]} by {line} and {width}, {timeline[line].nunique()} lines. "
        f"The highest point is {top[line]}, {say_bounds(top['low'], top['best'], top['high'])} "
        f"in {name_bin(top['start'], width)}. The rows are in the table below the chart."
    )


def _draw(timeline: pd.DataFrame, line: str, *, title: str, subtitle: str, width: Bin, look: Look) -> go.Figure:
    names = choose_lines(timeline, line)
    running = bool(timeline["basis"].ne("new").all())
    drawn = timeline[timeline[line].isin(names)]
    stub = 0.05 * max(drawn["high"].max(), drawn["best"].max(), 1)
    traces: list[go.Scatter] = []
    for number, name in enumerate(names):
        style = Style(look.lines[number], DASHES[number], SYMBOLS[number])
        rows = _fill_gaps(timeline[timeline[line].eq(name)], width, running=running)
        traces += _draw_band(rows, style, name)
        traces.append(_draw_line(rows, style, name, width))
        traces += _draw_open(rows, style, name, stub)
    words = "<br>".join(textwrap.wrap(subtitle, _LONGEST_SUBTITLE))
    chart = go.Figure(traces)
    chart.update_layout(
        template=load_template(look),
        title={"text": f"<b>{title}</b>", "subtitle": {"text": words, "font": {"size": 12.5, "color": look.faint}}},
        height=_HEIGHT + 18 * (words.count("<br>") + len(names) // 3),
        margin={"t": 82 + 16 * words.count("<br>")},
        hovermode="closest",
        showlegend=True,
        xaxis={"type": "date", **_limit_ticks(drawn, width)},
    )
    return chart


def _limit_ticks(timeline: pd.DataFrame, width: Bin) -> dict[str, object]:
    """Return the dates to show: a short time gets room around it, and no tick between its bins."""
    first, last = timeline["start"].min(), timeline["start"].max()
    if width is Bin.YEAR:
        return {"dtick": "M12", "tickformat": "%Y"}
    if last - first > _FEW_MONTHS:
        return {}
    room = {"range": [first - _FEW_MONTHS / 8, last + _FEW_MONTHS / 8]}
    return room | ({"dtick": "M1", "tickformat": "%b\n%Y"} if width is Bin.MONTH else {"tickformat": "%-d %b\n%Y"})


def _fill_gaps(rows: pd.DataFrame, width: Bin, *, running: bool) -> pd.DataFrame:
    """Return the rows with an empty one where nobody counted, so that no line is drawn across the gap.

    A running total or stock stands until the next one: its line is broken only by more than a year without any.
    """
    number = bin_numbers(rows["start"], width)
    rows = rows.set_index(pd.Index(number, name="bin"))
    gap = _YEAR_OF_BINS[width] if running else 1
    gaps = [one + 1 for one, other in pairwise(number) if other > one + gap]
    filled = rows.reindex(sorted([*number, *gaps])).reset_index()
    return filled.assign(start=bin_starts(filled["bin"].to_numpy(), width))


def _split_runs(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the stretches of at least two points with both bounds known or open upwards only."""
    usable = rows["low"].notna() & rows["best"].notna()
    for _, run in rows[usable].groupby((~usable).cumsum()):
        if len(run) > 1 and (run["high"] > run["low"]).any():
            yield run


def _draw_band(rows: pd.DataFrame, style: Style, name: str) -> list[go.Scatter]:
    return [
        go.Scatter(
            x=[*run["start"], *run["start"][::-1]],
            y=[*run["high"].fillna(run["best"]), *run["low"][::-1]],
            fill="toself",
            fillcolor=style.color,
            opacity=0.16,
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            legendgroup=name,
            showlegend=False,
        )
        for run in _split_runs(rows)
    ]


def _draw_line(rows: pd.DataFrame, style: Style, name: str, width: Bin) -> go.Scatter:
    hollow = rows["low"].isna() & rows["high"].isna()
    words = [_say_point(name, row, width) for row in rows.to_dict("records")]
    return go.Scatter(
        x=rows["start"],
        y=rows["best"],
        mode="lines+markers",
        name=name,
        legendgroup=name,
        line={"color": style.color, "dash": style.dash, "width": 2},
        marker={
            "color": style.color,
            "symbol": [style.symbol + ("-open" if open_ else "") for open_ in hollow],
            "size": 8,
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (rows["high"] - rows["best"]).fillna(0),
            "arrayminus": (rows["best"] - rows["low"]).fillna(0),
            "thickness": 1.2,
            "width": 3,
            "color": style.color,
        },
        hovertext=words,
        hoverinfo="text",
    )


def _say_point(name: str, row: dict[Hashable, Any], width: Bin) -> str:
    """Return the words that appear beside a point."""
    if pd.isna(row["best"]):
        return ""
    counts = ", ".join(f"{row[what]:.0f} {what}" for what in ("claims", "figures", "sources"))
    flags = f"<br>{row['flags'].replace(';', ', ')}" if row["flags"] else ""
    bounds = say_bounds(row["low"], row["best"], row["high"])
    return f"<b>{name}</b><br>{name_bin(row['start'], width)}: {bounds}<br>{counts}{flags}"


def _draw_open(rows: pd.DataFrame, style: Style, name: str, stub: float) -> list[go.Scatter]:
    """Draw an arrow from each point whose bound is open: up for "at least", down for "up to"."""
    arrows = []
    for bound, other, sign, symbol in (
        ("high", "low", 1, "triangle-up-open"),
        ("low", "high", -1, "triangle-down-open"),
    ):
        opened = rows[rows["best"].notna() & rows[bound].isna() & rows[other].notna()]
        if opened.empty:
            continue
        tips = (opened["best"] + sign * stub).clip(lower=0)
        arrows.append(
            go.Scatter(
                x=[x for start in opened["start"] for x in (start, start, None)],
                y=[y for best, tip in zip(opened["best"], tips, strict=True) for y in (best, tip, None)],
                mode="lines+markers",
                line={"color": style.color, "width": 1.2, "dash": "dot"},
                marker={"symbol": symbol, "color": style.color, "size": [0, 9, 0] * len(opened)},
                hoverinfo="skip",
                legendgroup=name,
                showlegend=False,
            )
        )
    return arrows
