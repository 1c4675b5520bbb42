"""Maps: divisions or countries shaded by class, towns as circles of proportional area, one frame for each date."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from series.bins import Bin
from series.charts import Chart
from series.images import Words, dress
from series.layers import Ground, Layers
from series.looks import LIGHT, Look, describe_template
from series.shadings import mix_colors, scale_classes
from series.shapes import Bounds
from series.steps import Steps
from series.surroundings import draw_around
from series.wording import name_bin

_HEIGHT = 560
_SETTLE = {"frame": {"duration": 0, "redraw": True}, "transition": {"duration": 0}, "mode": "immediate"}
_PLAY = {"frame": {"duration": 700, "redraw": True}, "transition": {"duration": 0}, "fromcurrent": True}


def chart_map(steps: Steps, ground: Ground, *, words: Words, width: Bin, at: int, look: Look = LIGHT) -> Chart:
    """Draw the map at the date ``at`` (its position), with a slider over all dates that plays.

    The classes and the scale of the circles are the same at all dates. The numbers stand on the map as well: shading
    alone tells nobody anything. ``customdata`` of a mark is name, level and code of its region.
    """
    shaded = [index for index, name in enumerate(steps.regions["region"]) if name in ground.shapes]
    towns = [index for index, name in enumerate(steps.regions["region"]) if name in ground.towns]
    drawn = Layers(steps, ground, shaded, towns, width, look)
    bounds = drawn.bounds
    traces = [draw_around(ground.around, ground.silent, bounds, look), *drawn.draw(at)]
    layout = {
        "template": describe_template(look),
        "height": _HEIGHT,
        "margin": {"t": 8, "l": 0, "r": 0, "b": 8},
        "geo": _frame_map(bounds, look),
        "coloraxis": scale_classes(drawn.breaks, look),
        "showlegend": False,
        "clickmode": "event+select",
        **_offer_dates(steps.starts, width, at, look),
    }
    chart = dress({"data": traces, "layout": layout}, words, look)
    scale = {**layout["coloraxis"], "showscale": True}
    chart["layout"]["meta"]["image"] |= {"sliders": [], "updatemenus": [], "coloraxis": scale}
    live = [1, 2, 3, 4]
    frames = [
        {"name": f"{start:%Y-%m-%d}", "data": [_keep_moving(trace) for trace in drawn.draw(number)], "traces": live}
        for number, start in enumerate(steps.starts)
    ]
    return {**chart, "frames": frames if len(frames) > 1 else []}


def _keep_moving(trace: Mapping[str, Any]) -> dict[str, Any]:
    """Return what changes of a trace from date to date."""
    moves = ("type", "z", "hovertext", "text", "textfont", "textposition", "meta", "lon", "lat", "customdata")
    moving = {name: trace[name] for name in moves if name in trace}
    if "marker" in trace and "size" in trace["marker"]:
        moving["marker"] = {"size": trace["marker"]["size"]}
    return moving


def _frame_map(bounds: Bounds, look: Look) -> dict[str, Any]:
    west, south, east, north = bounds
    layers = ("showland", "showocean", "showlakes", "showrivers", "showcountries", "showcoastlines", "showframe")
    return {
        "projection": {"type": "mercator"},
        "lonaxis": {"range": [west, east], "showgrid": False},
        "lataxis": {"range": [south, north], "showgrid": False},
        "bgcolor": look.paper,
        **dict.fromkeys(layers, False),
    }


def _name_step(start: pd.Timestamp, width: Bin) -> str:
    """Return the words below a step of the slider, which stand close on a telephone."""
    return f"{start:%b %Y}" if width is Bin.MONTH else name_bin(start, width)


def _offer_dates(starts: pd.DatetimeIndex, width: Bin, at: int, look: Look) -> dict[str, Any]:
    """Return the slider over the dates and the buttons that play it; nothing where there is one date only."""
    if len(starts) < 2:  # noqa: PLR2004  # one date leaves nothing to choose
        return {}
    dates = [
        {"label": _name_step(start, width), "method": "animate", "args": [[f"{start:%Y-%m-%d}"], _SETTLE]}
        for start in starts
    ]
    buttons = [
        {"label": "Play", "method": "animate", "args": [None, _PLAY]},
        {"label": "Stop", "method": "animate", "args": [[None], _SETTLE]},
    ]
    slider = {
        "active": at,
        "steps": dates,
        "x": 0.04,
        "len": 0.92,
        "y": 0,
        "pad": {"t": 56, "b": 6},
        "currentvalue": {"visible": False},
        "font": {"size": 10, "color": look.faint},
        "bordercolor": look.grid,
        "bgcolor": mix_colors(look.grid, look.faint, 0.5),
        "activebgcolor": look.faint,
        "tickcolor": look.grid,
        "minorticklen": 0,
    }
    menu = {
        "type": "buttons",
        "direction": "left",
        "showactive": False,
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "pad": {"t": 14},
        "bgcolor": look.paper,
        "bordercolor": look.grid,
        "font": {"color": look.text, "size": 12},
        "buttons": buttons,
    }
    return {"sliders": [slider], "updatemenus": [menu]}
