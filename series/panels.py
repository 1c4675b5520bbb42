"""Small multiples and stacks: one panel a region on one scale, one bar a bin with a group on top of another."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from series.bins import Bin
from series.breakdowns import load_breakdowns
from series.charts import Chart, draw_style, explain, limit_ticks, measure_stub
from series.figures import WHOLE_GROUP
from series.images import Words, dress
from series.lines import choose_lines, part_unverified, say_point
from series.looks import LIGHT, SYMBOLS, Look, describe_template
from series.traces import Style, Trace, list_days, list_numbers

MOST_PANELS = 12
_COLUMNS = 3
_PANEL, _GAP_X, _GAP_Y = 170, 0.05, 44
_ROOM = 23
"""How high a panel is, in arrows of an open bound (``measure_stub``): the tallest mark is 20, with its flag above."""
UNSAID = "group not said: beside the stack, and maybe in it too"
_PATTERNS = ("", "/", "x", ".", "-")
"""Of bars in a stack: told by their hatching as well as by their colour."""


def chart_panels(
    timeline: pd.DataFrame,
    *,
    words: Words,
    width: Bin,
    look: Look = LIGHT,
    running: bool | None = None,
    named: Collection[str] = (),
    columns: int = _COLUMNS,
) -> Chart:
    """Draw a timeline by region in small multiples, all on the same scales; the regions with most claims first."""
    timeline = part_unverified(timeline, "region")
    names = choose_lines(timeline, "region", MOST_PANELS, named)
    drawn = timeline[timeline["region"].isin(names)]
    rows = -(-len(names) // columns)
    stub = measure_stub(drawn)
    traces: list[Trace] = []
    for at, name in enumerate(names):
        style = Style(name, name, look.lines[0], SYMBOLS[0], axis=str(at + 1))
        own = timeline[timeline["region"].eq(name)]
        traces += draw_style(own, style, width, stub, look, running=running, legend=False)
    height = rows * (_PANEL + _GAP_Y) + 40
    layout: dict[str, Any] = {
        "template": describe_template(look),
        "height": height,
        "margin": {"t": 34},
        "hovermode": "closest",
        "showlegend": False,
        "annotations": [_head_panel(name, at + 1, look) for at, name in enumerate(names)],
        **_place_panels(len(names), columns, height, drawn, width),
    }
    return dress({"data": [*traces, *explain(drawn, traces, look)], "layout": layout}, words, look)


def _place_panels(count: int, columns: int, height: int, drawn: pd.DataFrame, width: Bin) -> dict[str, Any]:
    """Return the axes of all panels: each has its own place, all have the scales of the first."""
    rows = -(-count // columns)
    wide = (1 - _GAP_X * (columns - 1)) / columns
    gap = _GAP_Y / max(height - 74, 1)
    tall = (1 - gap * (rows - 1)) / rows
    axes: dict[str, Any] = {}
    for at in range(count):
        row, column = divmod(at, columns)
        left, top = column * (wide + _GAP_X), 1 - row * (tall + gap)
        # Left to itself, Plotly would fit all panels to what is in the last one.
        shared = {"matches": "x"} if at else {"range": _find_days(drawn)}
        tied = {"matches": "y"} if at else {"range": [0, _ROOM * measure_stub(drawn)]}
        bottom = at + columns >= count
        axes[f"xaxis{at + 1}"] = {
            "type": "date",
            "domain": [left, min(left + wide, 1)],
            "anchor": f"y{at + 1}",
            "nticks": 3,
            "showticklabels": bottom,
            **{name: value for name, value in limit_ticks(drawn, width).items() if name != "range"},
            **shared,
        }
        axes[f"yaxis{at + 1}"] = {
            "domain": [max(top - tall, 0), top],
            "anchor": f"x{at + 1}",
            "nticks": 3,
            "showticklabels": column == 0,
            **tied,
        }
    if width is not Bin.YEAR:
        for at in range(count):
            axes[f"xaxis{at + 1}"].pop("dtick", None)
    return axes


def _find_days(drawn: pd.DataFrame) -> list[str]:
    """Return the days that all panels show, with room at both sides."""
    if drawn.empty:
        return []
    first, last = drawn["start"].min(), drawn["start"].max()
    room = max((last - first) / 16, pd.Timedelta(days=16))
    return [f"{day:%Y-%m-%d}" for day in (first - room, last + room)]


def _head_panel(name: str, number: int, look: Look) -> dict[str, Any]:
    axis = "" if number == 1 else str(number)
    return {
        "text": f"<b>{name}</b>",
        "x": 0,
        "y": 1,
        "xref": f"x{axis} domain",
        "yref": f"y{axis} domain",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13, "color": look.text},
    }


def chart_stack(
    timeline: pd.DataFrame, *, breakdown: str, words: Words, width: Bin, look: Look = LIGHT, **_: Any
) -> Chart:
    """Draw a timeline by group as bars on top of each other, and claims that name no group as a line of its own.

    Only groups of one breakdown (``series.breakdowns``) are stacked: no person is in two of them.
    """
    groups = [name for name in load_breakdowns()[breakdown] if timeline["group"].eq(name).any()]
    traces: list[Trace] = []
    for at, name in enumerate(groups):
        rows = timeline[timeline["group"].eq(name) & timeline["status"].ne("unverified")]
        traces.append(_draw_bars(rows, name, look.lines[at % len(look.lines)], _PATTERNS[at % len(_PATTERNS)], width))
    whole = timeline[timeline["group"].eq(WHOLE_GROUP) & timeline["status"].ne("unverified")]
    if len(whole):
        traces += draw_style(whole, Style(WHOLE_GROUP, UNSAID, look.faint, "diamond"), width, measure_stub(whole), look)
    drawn = timeline[timeline["group"].isin([*groups, WHOLE_GROUP])]
    layout = {
        "template": describe_template(look),
        "height": 420,
        "margin": {"t": 12},
        "barmode": "stack",
        "bargap": 0.15,
        "hovermode": "closest",
        "showlegend": True,
        "xaxis": {"type": "date", **limit_ticks(drawn, width)},
    }
    return dress({"data": [*traces, *explain(whole, traces, look)], "layout": layout}, words, look)


def _draw_bars(rows: pd.DataFrame, name: str, color: str, pattern: str, width: Bin) -> Trace:
    days = list_days(rows["start"])
    return {
        "type": "bar",
        "x": days,
        "y": list_numbers(rows["best"]),
        "customdata": [[name, day] for day in days],
        "name": name,
        "marker": {"color": color, "pattern": {"shape": pattern, "solidity": 0.35}},
        "hovertext": [say_point(name, row, width) for row in rows.to_dict("records")],
        "hoverinfo": "text",
    }
