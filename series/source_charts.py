"""Sources drawn: in which months each was printed, and along which chains its figures came."""

from collections import Counter

import numpy as np
import pandas as pd

from series.charts import Chart
from series.citations import OTHERS, Flow
from series.images import Words, dress
from series.looks import LIGHT, SYMBOLS, Look, describe_template
from series.phrases import say_count
from series.traces import Trace, trace

_ROW = 36
_LONGEST_NAME = 46
_STEPS = np.linspace(0, 1, 13)
_HEADS = ("Who claims it", "Who passed it on", "Who printed it")


def chart_months(months: pd.DataFrame, sources: list[str], *, words: Words, look: Look = LIGHT) -> Chart:
    """Draw in which months each source was printed (``series.coverage.count_months``): a row a source, a mark a month.

    The marker's area says how many figures; beside the name stand the first and last month.
    """
    most = max(months["figures"].max(), 1) if len(months) else 1
    traces, names = [], []
    for at, source in enumerate(sources):
        rows = months[months["source"].eq(source)]
        color = look.lines[at] if at < len(look.lines) else look.faint
        traces.append(
            trace(
                x=[f"{month:%Y-%m-%d}" for month in rows["month"]],
                y=[at + 0.72] * len(rows),
                mode="lines+markers",
                cliponaxis=False,
                line={"color": look.grid, "width": 1},
                marker={
                    "color": color,
                    "symbol": SYMBOLS[at % len(SYMBOLS)],
                    "size": (5 + 13 * np.sqrt(rows["figures"] / most)).round(1).tolist(),
                    "opacity": 0.85,
                },
                hovertext=[
                    f"<b>{source}</b><br>{row['month']:%B %Y}: {say_count(int(row['figures']), 'figure')}"
                    for row in rows.to_dict("records")
                ],
                hoverinfo="text",
                customdata=[[source, f"{month:%Y-%m-%d}"] for month in rows["month"]],
            )
        )
        span = f"{rows['month'].min():%b %Y} to {rows['month'].max():%b %Y}" if len(rows) else "no date"
        names.append(_write(0, at + 0.3, f"<b>{source}</b>, {span}", "left", look.text))
    layout = {
        "template": describe_template(look),
        "height": _ROW * max(1, len(sources)) + 48,
        "margin": {"t": 8},
        "showlegend": False,
        "hovermode": "closest",
        "annotations": names,
        "yaxis": {"visible": False, "range": [len(sources) + 0.1, 0], "fixedrange": True},
        "xaxis": {"type": "date", "tickformatstops": [{"dtickrange": [None, "M11"], "value": "%b %Y"}]},
    }
    return dress({"data": traces, "layout": layout}, words, look, tall=_ROW * len(sources))


def describe_months(months: pd.DataFrame, sources: list[str]) -> str:
    """Return what a reader who cannot see the chart should know of it."""
    if months.empty:
        return "An empty chart."
    top = months.iloc[int(months["figures"].argmax())]
    return (
        f"Dot chart of {say_count(len(sources), 'source')}, a mark for each month. The most is "
        f"{say_count(int(top['figures']), 'figure')} of {top['source']} in {top['month']:%B %Y}. "
        "The first and last days are in the table."
    )


def chart_flow(flow: Flow, *, words: Words, look: Look = LIGHT) -> Chart:
    """Draw the chains of citation: sources at the left, who passed a claim on in the middle, publishers at the right.

    The width of a line says how many figures went along it. ``customdata`` of a name is its column and itself.
    """
    rows = float(max(len(flow.names[0]), len(flow.names[2]) + 0.5))
    # Publishers stand half a row below sources, and who passed a claim on below both: no two names share a line.
    tops = (0.5, rows + 1.0, 1.0)
    places = [{name: at + top for at, name in enumerate(names)} for names, top in zip(flow.names, tops, strict=True)]
    rows += len(flow.names[1]) + 0.5 * bool(flow.names[1])
    heads = [
        _write(x, (tops[at] if at == 1 else tops[0]) - 0.85, f"<b>{head}</b>", anchor, look.faint)
        for at, (x, head, anchor) in enumerate(zip((0, 0.5, 1), _HEADS, ("left", "center", "right"), strict=True))
        if flow.names[at]
    ]
    layout = {
        "template": describe_template(look),
        "height": int(_ROW * rows) + 64,
        "margin": {"t": 28, "l": 12, "r": 12},  # the tools stand above the head of the last column
        "showlegend": False,
        "hovermode": "closest",
        "annotations": heads,
        "xaxis": {"visible": False, "range": [-0.01, 1.01], "fixedrange": True},
        "yaxis": {"visible": False, "range": [rows + 0.2, -0.7], "fixedrange": True},
    }
    data = [*_draw_links(flow, places, look), *_draw_names(flow, places, look)]
    return dress({"data": data, "layout": layout}, words, look, tall=int(_ROW * rows))


def describe_flow(flow: Flow) -> str:
    """Return what a reader who cannot see the drawing should know of it."""
    if flow.links.empty:
        return "An empty drawing."
    first = flow.links[flow.links["start"].eq(0)].groupby("one")["figures"].sum()
    return (
        f"Drawing of chains from {say_count(len(flow.names[0]), 'source')} to "
        f"{say_count(len(flow.names[2]), 'publisher')}. The most figures, {first.max():,}, are of {first.idxmax()}. "
        "All chains are in the table below the drawing."
    )


def _draw_links(flow: Flow, places: list[dict[str, float]], look: Look) -> list[Trace]:
    most = flow.links["figures"].max() if len(flow.links) else 1
    bend = _STEPS**2 * (3 - 2 * _STEPS)
    drawn = []
    for row in flow.links.to_dict("records"):
        at, to, one, other = row["start"], row["end"], str(row["one"]), str(row["other"])
        start, end = places[at][one], places[to][other]
        drawn.append(
            trace(
                x=np.round((at + (to - at) * _STEPS) / 2, 3).tolist(),
                y=np.round(start + (end - start) * bend, 3).tolist(),
                mode="lines",
                line={
                    "color": _choose_color(flow, at, one, look),
                    "width": round(1 + 9 * float(np.sqrt(row["figures"] / most)), 1),
                },
                opacity=0.4,
                hovertext=f"{one} → {other}: {say_count(int(row['figures']), 'figure')}",
                hoverinfo="text",
            )
        )
    return drawn


def _choose_color(flow: Flow, column: int, name: str, look: Look) -> str:
    """Return the colour of the source that a link starts from; what was passed on has none of its own."""
    place = flow.names[0].index(name) if column == 0 else len(look.lines)
    return look.faint if place >= len(look.lines) or name.startswith(f"{OTHERS} (") else look.lines[place]


def _draw_names(flow: Flow, places: list[dict[str, float]], look: Look) -> list[Trace]:
    sums: list[Counter[str]] = [Counter(), Counter(), Counter()]
    for row in flow.links.to_dict("records"):
        if row["start"] == 0:
            sums[0][str(row["one"])] += row["figures"]
        sums[row["end"]][str(row["other"])] += row["figures"]
    return [
        trace(
            x=[at / 2] * len(names),
            y=[places[at][name] for name in names],
            mode="markers+text",
            cliponaxis=False,
            marker={"color": look.text, "size": 6, "symbol": "square"},
            text=[f"{_shorten(name)} {sums[at][name]:,}" for name in names],
            textposition=("top right", "top center", "top left")[at],
            textfont={"color": look.text, "size": 11.5, "shadow": look.halo},
            customdata=[[at, name] for name in names],
            hovertext=[f"<b>{name}</b><br>{say_count(sums[at][name], 'figure')}" for name in names],
            hoverinfo="text",
        )
        for at, names in enumerate(flow.names)
    ]


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _write(x: float, y: float, words: str, anchor: str, color: str) -> dict[str, object]:
    return {
        "x": x,
        "xref": "paper",
        "xanchor": anchor,
        "y": y,
        "yanchor": "middle",
        "text": words,
        "showarrow": False,
        "font": {"color": color, "size": 12},
    }
