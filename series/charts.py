"""Timelines become charts, one function a chart. A figure is always the number; what Plotly draws is a chart."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from series.bins import Bin
from series.images import Words, dress
from series.lines import choose_lines, is_spread, name_lines, part_unverified
from series.looks import LIGHT, SYMBOLS, Look, describe_template
from series.traces import (
    Style,
    Trace,
    draw_band,
    draw_flags,
    draw_line,
    draw_open,
    draw_spread,
    explain_flags,
    explain_spread,
    fill_gaps,
)

Chart = dict[str, Any]
"""What Plotly draws, as a plain dict: ``data`` and ``layout``."""

_HEIGHT = 400
_FEW_MONTHS = pd.Timedelta(days=130)


def chart_by_source(
    timeline: pd.DataFrame,
    *,
    words: Words,
    width: Bin,
    look: Look = LIGHT,
    running: bool | None = None,
    named: Collection[str] = (),
) -> Chart:
    """Draw a timeline by source: a line a source, from low to high shaded, open bounds with an arrow.

    A ``running`` line has no gaps where nobody counted; without it, that of running totals and stocks has none. The
    lines ``named`` are among those drawn (``choose_lines``).
    """
    return _draw(timeline, "source", words, width, look, running=running, named=named)


def chart_by_region(
    timeline: pd.DataFrame,
    *,
    words: Words,
    width: Bin,
    look: Look = LIGHT,
    running: bool | None = None,
    named: Collection[str] = (),
) -> Chart:
    """Draw a timeline by region: a line a region, the sources compared in each."""
    return _draw(timeline, "region", words, width, look, running=running, named=named)


def _draw(
    timeline: pd.DataFrame,
    line: str,
    words: Words,
    width: Bin,
    look: Look,
    *,
    running: bool | None,
    named: Collection[str],
) -> Chart:
    timeline = part_unverified(timeline, line)
    names = choose_lines(timeline, line, named=named)
    drawn = timeline[timeline[line].isin(names)]
    labels = name_lines(drawn, line)
    traces: list[Trace] = []
    stub = measure_stub(drawn)
    for name, color, symbol in zip(names, look.lines, SYMBOLS, strict=False):
        style = Style(name, labels[name], color, symbol)
        traces += draw_style(timeline[timeline[line].eq(name)], style, width, stub, look, running=running)
    traces += explain(drawn, traces, look)
    layout = {
        "template": describe_template(look),
        "height": _HEIGHT + 18 * (len(names) // 3),
        "margin": {"t": 12},
        "hovermode": "closest",
        "showlegend": True,
        "xaxis": {"type": "date", **limit_ticks(drawn, width)},
    }
    return dress({"data": traces, "layout": layout}, words, look)


def draw_style(
    rows: pd.DataFrame,
    style: Style,
    width: Bin,
    stub: float,
    look: Look,
    *,
    running: bool | None = None,
    legend: bool = True,
) -> list[Trace]:
    """Return all traces of one line: band, dotted stretches, the line, its arrows and its flags."""
    stands = bool(rows["basis"].ne("new").all()) if running is None else running
    rows = fill_gaps(rows, width, running=stands)
    return [
        *draw_band(rows, style),
        *draw_spread(rows, style),
        draw_line(rows, style, width, legend=legend),
        *draw_open(rows, style, stub),
        *draw_flags(rows, style, stub, look),
    ]


def explain(drawn: pd.DataFrame, traces: list[Trace], look: Look) -> list[Trace]:
    """Return the entries of the legend for marks that are on the chart."""
    spread = [explain_spread(look)] if is_spread(drawn).any() else []
    flagged = any(trace.get("marker", {}).get("symbol") == "asterisk-open" for trace in traces)
    return [*spread, *([explain_flags(look)] if flagged else [])]


def measure_stub(drawn: pd.DataFrame) -> float:
    """Return how long the arrow of an open bound is, in the numbers of the axis."""
    tallest = max(drawn["high"].max(), drawn["best"].max(), 1) if len(drawn) else 1
    return 0.05 * float(tallest)


def limit_ticks(timeline: pd.DataFrame, width: Bin) -> dict[str, object]:
    """Return the dates to show: a short time gets room around it, and no tick between its bins."""
    first, last = timeline["start"].min(), timeline["start"].max()
    if width is Bin.YEAR:
        return {"dtick": "M12", "tickformat": "%Y"}
    if last - first > _FEW_MONTHS:
        return {"tickformatstops": [{"dtickrange": ["M1", "M11"], "value": "%b %Y"}]}
    ends = [f"{day:%Y-%m-%d}" for day in (first - _FEW_MONTHS / 8, last + _FEW_MONTHS / 8)]
    return {"range": ends} | (
        {"dtick": "M1", "tickformat": "%b %Y"} if width is Bin.MONTH else {"tickformat": "%-d %b %Y"}
    )
