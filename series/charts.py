"""Timelines become charts, one function a chart. A figure is always the number; what Plotly draws is a chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types

from series.bins import Bin, bin_numbers, bin_starts
from series.lines import SPREAD, choose_lines, is_spread, name_lines, part_unverified, say_point, say_usual
from series.looks import LIGHT, SYMBOLS, Look, load_template
from series.titles import head_chart

_HEIGHT = 378
_YEAR_OF_BINS = {Bin.DAY: 366, Bin.WEEK: 53, Bin.MONTH: 12, Bin.YEAR: 1}
_FEW_MONTHS = pd.Timedelta(days=130)


@dataclass(frozen=True, slots=True)
class Style:
    """How one line is drawn: never told by colour alone. ``name`` groups it, ``label`` stands in the legend."""

    name: str
    label: str
    color: str
    symbol: str


def chart_by_source(timeline: pd.DataFrame, *, title: str, subtitle: str, width: Bin, look: Look = LIGHT) -> go.Figure:
    """Draw a timeline by source: a line a source, from low to high shaded, open bounds with an arrow."""
    return _draw(timeline, "source", title=title, subtitle=subtitle, width=width, look=look)


def chart_by_region(timeline: pd.DataFrame, *, title: str, subtitle: str, width: Bin, look: Look = LIGHT) -> go.Figure:
    """Draw a timeline by region: a line a region, the sources compared in each."""
    return _draw(timeline, "region", title=title, subtitle=subtitle, width=width, look=look)


def _draw(timeline: pd.DataFrame, line: str, *, title: str, subtitle: str, width: Bin, look: Look) -> go.Figure:
    timeline = part_unverified(timeline, line)
    names = choose_lines(timeline, line)
    running = bool(timeline["basis"].ne("new").all())
    drawn = timeline[timeline[line].isin(names)]
    labels = name_lines(drawn, line)
    stub = 0.05 * max(drawn["high"].max(), drawn["best"].max(), 1)
    traces: list[go.Scatter] = []
    for name, color, symbol in zip(names, look.lines, SYMBOLS, strict=False):
        style = Style(name, labels[name], color, symbol)
        rows = _fill_gaps(timeline[timeline[line].eq(name)], width, running=running)
        traces += [*_draw_band(rows, style), *_draw_spread(rows, style), _draw_line(rows, style, width)]
        traces += _draw_open(rows, style, stub)
    if is_spread(drawn).any():
        traces.append(_explain_spread(look))
    chart = go.Figure(traces)
    chart.update_layout(template=load_template(look))
    top = head_chart(chart, title, f"{subtitle} {say_usual(drawn, line)}", look)
    chart.update_layout(
        height=_HEIGHT + top + 18 * (len(names) // 3),
        margin={"t": top},
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
        return {"tickformatstops": [{"dtickrange": ["M1", "M11"], "value": "%b %Y"}]}
    room = {"range": [first - _FEW_MONTHS / 8, last + _FEW_MONTHS / 8]}
    return room | ({"dtick": "M1", "tickformat": "%b %Y"} if width is Bin.MONTH else {"tickformat": "%-d %b %Y"})


def _fill_gaps(rows: pd.DataFrame, width: Bin, *, running: bool) -> pd.DataFrame:
    """Return the rows with an empty one where nobody counted, so that no line is drawn across the gap.

    A running total or stock stands until the next one: its line is broken only by more than a year without any.
    """
    number = bin_numbers(rows["start"], width)
    rows = rows.set_index(pd.Index(number, name="bin"))
    gap = _YEAR_OF_BINS[width] if running else 1
    gaps = [one + 1 for one, other in pairwise(number) if other > one + gap]
    filled = rows.reindex(sorted([*number, *gaps])).reset_index()
    return filled.assign(start=bin_starts(filled["bin"].to_numpy(), width), spread=is_spread(filled).to_numpy())


def _split_runs(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the stretches of at least two points with both bounds known or open upwards only."""
    usable = rows["low"].notna() & rows["best"].notna()
    for _, run in rows[usable].groupby((~usable).cumsum()):
        if len(run) > 1 and (run["high"] > run["low"]).any():
            yield run


def _draw_band(rows: pd.DataFrame, style: Style) -> list[go.Scatter]:
    return [
        go.Scatter(
            x=[*run["start"], *run["start"][::-1]],
            y=[*run["high"].fillna(run["best"]), *run["low"][::-1]],
            fill="toself",
            fillcolor=style.color,
            opacity=0.14,
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            legendgroup=style.name,
            showlegend=False,
        )
        for run in _split_runs(rows)
    ]


def _break_line(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with an empty one between two spread points, where the line is dotted instead."""
    both = rows["spread"] & rows["spread"].shift(-1, fill_value=False)
    empty = rows[both].assign(best=float("nan"), low=float("nan"), high=float("nan"), flags="")
    order = pd.concat([rows, empty.set_index(empty.index + 0.5)])
    return order.sort_index(kind="stable").reset_index(drop=True)


def _draw_line(rows: pd.DataFrame, style: Style, width: Bin) -> go.Scatter:
    banded = pd.concat([run["start"] for run in _split_runs(rows)] or [rows["start"][:0]])
    rows = _break_line(rows)
    alone = ~rows["start"].isin(banded)
    hollow = rows["low"].isna() & rows["high"].isna()
    return go.Scatter(
        x=rows["start"],
        y=rows["best"],
        mode="lines+markers",
        name=style.label,
        legendgroup=style.name,
        cliponaxis=False,
        line={"color": style.color, "width": 2.25},
        marker={
            "color": style.color,
            "symbol": [style.symbol + ("-open" if open_ else "") for open_ in hollow],
            "size": [5 if spread else 8 for spread in rows["spread"]],
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": _measure(rows["high"] - rows["best"], alone),
            "arrayminus": _measure(rows["best"] - rows["low"], alone),
            "thickness": 1.2,
            "width": 3,
            "color": style.color,
        },
        hovertext=[say_point(style.label, row, width) for row in rows.to_dict("records")],
        hoverinfo="text",
    )


def _measure(lengths: "pd.Series[float]", alone: "pd.Series[bool]") -> "pd.Series[float]":
    """Return how long each whisker is; none where a band shows the bounds or there is nothing to show."""
    return lengths.where(alone & lengths.gt(0))


def _draw_spread(rows: pd.DataFrame, style: Style) -> list[go.Scatter]:
    """Draw a dotted line where two neighbouring points rest on counts of longer periods."""
    stretches = rows["spread"] & (rows["spread"].shift(fill_value=False) | rows["spread"].shift(-1, fill_value=False))
    if not stretches.any():
        return []
    return [
        go.Scatter(
            x=rows["start"],
            y=rows["best"].where(stretches),
            mode="lines",
            line={"color": style.color, "width": 2, "dash": "dot"},
            hoverinfo="skip",
            legendgroup=style.name,
            showlegend=False,
        )
    ]


def _explain_spread(look: Look) -> go.Scatter:
    """Return the entry of the legend for what was spread."""
    return go.Scatter(
        x=[None],
        y=[None],
        mode="lines+markers",
        name=SPREAD,
        line={"color": look.faint, "width": 2, "dash": "dot"},
        marker={"color": look.faint, "symbol": "circle", "size": 5},
        hoverinfo="skip",
    )


def _draw_open(rows: pd.DataFrame, style: Style, stub: float) -> list[go.Scatter]:
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
                cliponaxis=False,
                line={"color": style.color, "width": 1.2},
                marker={"symbol": symbol, "color": style.color, "size": [0, 7, 0] * len(opened)},
                opacity=0.75,
                hoverinfo="skip",
                legendgroup=style.name,
                showlegend=False,
            )
        )
    return arrows
