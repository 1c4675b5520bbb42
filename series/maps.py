"""Maps: divisions or countries shaded by class, towns as circles of proportional area, one frame for each date."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from series.bins import Bin
from series.charts import Chart
from series.images import Words, dress
from series.looks import LIGHT, Look, describe_template
from series.shapes import Bounds, Feature, find_bounds, find_middle
from series.steps import Steps
from series.wording import name_bin, say_bounds

_HEIGHT = 560
_CLASSES = 5
_WIDTH_TO_HEIGHT = 1.75
_MOST_NUMBERS = 14
_LARGEST = 44
"""The diameter of the largest circle, in pixels."""

_SHADES = {"light": ("#cfe1f0", "#2166ac"), "dark": ("#23405a", "#9fd0f5")}
_SETTLE = {"frame": {"duration": 0, "redraw": True}, "transition": {"duration": 0}, "mode": "immediate"}
_PLAY = {"frame": {"duration": 700, "redraw": True}, "transition": {"duration": 0}, "fromcurrent": True}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map is drawn on: the shapes of regions by name, those around them, and what part of the world it shows."""

    shapes: Mapping[str, Feature]
    around: Sequence[Feature]
    towns: Mapping[str, tuple[float, float]]
    bounds: Bounds | None = None


def list_breaks(most: float) -> list[float]:
    """Return the lower ends of the classes of shading: 1, 3, 10, 30 and so on, up to the highest number.

    >>> list_breaks(620)
    [1, 10, 30, 100, 300]
    """
    breaks = [float(step * 10**power) for power in range(10) for step in (1, 3)]
    reached = [one for one in breaks if one <= max(most, 1)]
    kept = reached[-_CLASSES:]
    return [int(one) for one in [1, *kept[1:]]]


def name_classes(breaks: Sequence[float]) -> list[str]:
    """Return the words of each class.

    >>> name_classes([1, 10, 30])
    ['1 to 9', '10 to 29', '30 and more']
    """
    ends = itertools.pairwise(breaks)
    return [f"{low:,.0f} to {high - 1:,.0f}" for low, high in ends] + [f"{breaks[-1]:,.0f} and more"]


def chart_map(steps: Steps, ground: Ground, *, words: Words, width: Bin, at: int, look: Look = LIGHT) -> Chart:
    """Draw the map at the date ``at`` (its position), with a slider over all dates that plays.

    The classes and the scale of the circles are the same at all dates. The numbers stand on the map as well: shading
    alone tells nobody anything. ``customdata`` of a mark is name, level and code of its region.
    """
    shaded = [index for index, name in enumerate(steps.regions["region"]) if name in ground.shapes]
    towns = [index for index, name in enumerate(steps.regions["region"]) if name in ground.towns]
    drawn = _Drawn(steps, ground, shaded, towns, width, look)
    features = [ground.shapes[str(steps.regions["region"][index])] for index in shaded]
    bounds = _widen(ground.bounds or find_bounds(features) or _WORLD)
    traces = [_draw_around(ground, bounds, look), *drawn.draw(at)]
    layout = {
        "template": describe_template(look),
        "height": _HEIGHT,
        "margin": {"t": 8, "l": 0, "r": 0, "b": 8},
        "geo": _frame_map(bounds, look),
        "coloraxis": _scale_classes(drawn.breaks, look),
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
    moving = {
        name: trace[name] for name in ("type", "z", "hovertext", "text", "lon", "lat", "customdata") if name in trace
    }
    if "marker" in trace and "size" in trace["marker"]:
        moving["marker"] = {"size": trace["marker"]["size"]}
    return moving


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The traces that change with the date."""

    steps: Steps
    ground: Ground
    shaded: list[int]
    towns: list[int]
    width: Bin
    look: Look

    def draw(self, at: int) -> list[dict[str, Any]]:
        """Return shades, circles, numbers and the date."""
        return [self._shade(at), self._draw_towns(at), self._write_numbers(at), self._write_date(at)]

    def _say(self, index: int, at: int) -> str:
        bounds = (table[index, at] for table in (self.steps.low, self.steps.best, self.steps.high))
        name = self.steps.regions["region"][index]
        if np.isnan(self.steps.best[index, at]):
            return f"<b>{name}</b><br>no claim"
        return f"<b>{name}</b><br>{say_bounds(*bounds)}"

    def _know(self, indices: Sequence[int]) -> list[list[str]]:
        columns = ["region", "region_level", "region_code"]
        return [[str(cell) for cell in self.steps.regions.loc[index, columns]] for index in indices]

    def _shade(self, at: int) -> dict[str, Any]:
        breaks = self.breaks
        classes = np.searchsorted(breaks, self.steps.best[self.shaded, at], side="right") - 1.0
        known = ~np.isnan(self.steps.best[self.shaded, at])
        names = self._names()
        features = [{**self.ground.shapes[name], "id": name} for name in names]
        return {
            "type": "choropleth",
            "geojson": {"type": "FeatureCollection", "features": features},
            "locations": names,
            "locationmode": "geojson-id",
            "z": [max(float(one), 0.0) if told else -1.0 for one, told in zip(classes, known, strict=True)],
            "coloraxis": "coloraxis",
            "marker": {"line": {"color": self.look.paper, "width": 0.8}},
            "customdata": self._know(self.shaded),
            "hovertext": [self._say(index, at) for index in self.shaded],
            "hoverinfo": "text",
        }

    @property
    def breaks(self) -> list[float]:
        most = np.nanmax(self.steps.best[self.shaded], initial=1.0) if self.shaded else 1.0
        return list_breaks(float(most))

    def _draw_towns(self, at: int) -> dict[str, Any]:
        table = self.steps.best[self.towns]
        most = np.nanmax(table, initial=1.0) if self.towns else 1.0
        here = [index for index in self.towns if self.steps.best[index, at] > 0]
        places = [self.ground.towns[str(self.steps.regions["region"][index])] for index in here]
        return {
            "type": "scattergeo",
            "mode": "markers",
            "lon": [east for east, _ in places],
            "lat": [north for _, north in places],
            "marker": {
                "size": [max(5.0, _LARGEST * float(np.sqrt(self.steps.best[index, at] / most))) for index in here],
                "color": self.look.lines[1],
                "opacity": 0.7,
                "line": {"color": self.look.paper, "width": 1},
            },
            "customdata": self._know(here),
            "hovertext": [self._say(index, at) for index in here],
            "hoverinfo": "text",
        }

    def _write_numbers(self, at: int) -> dict[str, Any]:
        told = [index for index in self.shaded if not np.isnan(self.steps.best[index, at])]
        largest = sorted(told, key=lambda index: -self.steps.best[index, at])[:_MOST_NUMBERS]
        names = [str(self.steps.regions["region"][index]) for index in largest]
        places = [find_middle(self.ground.shapes[name]) for name in names]
        best = (self.steps.best[index, at] for index in largest)
        return {
            "type": "scattergeo",
            "mode": "text",
            "lon": [east for east, _ in places],
            "lat": [north for _, north in places],
            "text": [f"<b>{name}</b><br>{number:,.0f}" for name, number in zip(names, best, strict=True)],
            "textfont": {
                "size": 11,
                "color": self.look.text,
                "shadow": " ".join([f"0 0 3px {self.look.paper},"] * 3).rstrip(","),
            },
            "hoverinfo": "skip",
        }

    def _write_date(self, at: int) -> dict[str, Any]:
        shapes = [self.ground.shapes[name] for name in self._names()]
        bounds = _widen(self.ground.bounds or find_bounds(shapes) or _WORLD)
        said = name_bin(self.steps.starts[at], self.width) if len(self.steps.starts) else ""
        return {
            "type": "scattergeo",
            "mode": "text",
            "lon": [bounds[0]],
            "lat": [bounds[3] - 0.07 * (bounds[3] - bounds[1])],
            "text": [f"<b>{said}</b>"],
            "textposition": "bottom right",
            "textfont": {"size": 17, "color": self.look.text},
            "hoverinfo": "skip",
        }

    def _names(self) -> list[str]:
        return [str(self.steps.regions["region"][index]) for index in self.shaded]


_WORLD: Bounds = (-150.0, -50.0, 170.0, 72.0)


def _draw_around(ground: Ground, bounds: Bounds, look: Look) -> dict[str, Any]:
    """Draw what lies around, without a claim: only what is in sight goes to the browser."""
    seen = [feature for feature in ground.around if _meets(find_bounds([feature]), bounds)]
    features = [{**feature, "id": str(at)} for at, feature in enumerate(seen)]
    pale = _mix(look.paper, look.grid, 0.55)
    return {
        "type": "choropleth",
        "geojson": {"type": "FeatureCollection", "features": features},
        "locations": [feature["id"] for feature in features],
        "locationmode": "geojson-id",
        "z": [0] * len(features),
        "colorscale": [[0, pale], [1, pale]],
        "showscale": False,
        "marker": {"line": {"color": look.grid, "width": 0.8}},
        "hoverinfo": "skip",
    }


def _meets(one: Bounds | None, other: Bounds) -> bool:
    if one is None:
        return False
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _widen(bounds: Bounds) -> Bounds:
    """Return bounds with room around them, as wide as the map is for its height."""
    west, south, east, north = bounds
    room = 0.06 * max(east - west, north - south)
    west, south, east, north = west - room, max(south - room, -80.0), east + room, min(north + room, 82.0)
    stretch = float(np.cos(np.radians((south + north) / 2)))
    more = (_WIDTH_TO_HEIGHT * (north - south) / stretch - (east - west)) / 2
    if more > 0:
        return max(west - more, -180.0), south, min(east + more, 180.0), north
    return west, south, east, north


def list_classes(chart: Mapping[str, Any], look: Look) -> list[tuple[str, str]]:
    """Return the colour and the words of each class of a map, for the legend on the page."""
    words = chart["layout"]["coloraxis"]["colorbar"]["ticktext"]
    scale = _make_scale(look, len(words) - 1)
    return [(str(shade), str(word)) for (_, shade), word in zip(scale[::2], words, strict=True)]


def _scale_classes(breaks: Sequence[float], look: Look) -> dict[str, Any]:
    """Return the scale of the classes; on the page a legend beside the map stands for it."""
    return {
        "cmin": -1.5,
        "cmax": len(breaks) - 0.5,
        "colorscale": _make_scale(look, len(breaks)),
        "showscale": False,
        "colorbar": {
            "tickvals": list(range(-1, len(breaks))),
            "ticktext": ["no claim", *name_classes(breaks)],
            "thickness": 12,
            "len": 0.7,
            "outlinewidth": 0,
            "tickfont": {"size": 12, "color": look.faint},
        },
    }


def _make_scale(look: Look, count: int) -> list[list[Any]]:
    """Return the colours of the classes, each of one shade; below them that of regions without a claim."""
    light, deep = _SHADES["light" if look is LIGHT else "dark"]
    shades = [look.grid, *(_mix(light, deep, at / max(count - 1, 1)) for at in range(count))]
    edges = np.linspace(0, 1, len(shades) + 1)
    return [[float(edge), shade] for at, shade in enumerate(shades) for edge in (edges[at], edges[at + 1])]


def _mix(one: str, other: str, share: float) -> str:
    ends = ([int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in (one, other))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*ends, strict=True))


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


def _offer_dates(starts: pd.DatetimeIndex, width: Bin, at: int, look: Look) -> dict[str, Any]:
    """Return the slider over the dates and the buttons that play it; nothing where there is one date only."""
    if len(starts) < 2:  # noqa: PLR2004  # one date leaves nothing to choose
        return {}
    dates = [
        {"label": name_bin(start, width), "method": "animate", "args": [[f"{start:%Y-%m-%d}"], _SETTLE]}
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
        "bgcolor": look.grid,
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
