"""The layers of a map: what lies around, regions shaded by class, towns as circles, numbers and the date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from series.bins import Bin
from series.looks import Look
from series.shadings import list_breaks, mix_colors
from series.shapes import Bounds, Feature, find_bounds, find_middle, meet
from series.steps import Steps
from series.wording import name_bin, say_bounds

_WIDTH_TO_HEIGHT = 1.75
_MOST_NUMBERS = 14
_LARGEST = 44
"""The diameter of the largest circle, in pixels."""
_WORLD: Bounds = (-150.0, -50.0, 170.0, 72.0)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map is drawn on: the shapes of regions by name, those around them, and what part of the world it shows.

    ``silent`` are the divisions of the country of which nobody claims anything.
    """

    shapes: Mapping[str, Feature]
    around: Sequence[Feature]
    towns: Mapping[str, tuple[float, float]]
    bounds: Bounds | None = None
    silent: Sequence[Feature] = ()


@dataclass(frozen=True, slots=True)
class Layers:
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
    def bounds(self) -> Bounds:
        """What part of the world is drawn: that of the ground, or else of the regions shaded, with room around it."""
        shapes = [self.ground.shapes[name] for name in self._names()]
        return widen(self.ground.bounds or find_bounds(shapes) or _WORLD)

    @property
    def breaks(self) -> list[float]:
        """The lower ends of the classes, the same at all dates."""
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
                "shadow": self.look.halo,
            },
            "hoverinfo": "skip",
        }

    def _write_date(self, at: int) -> dict[str, Any]:
        bounds = self.bounds
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


def draw_around(ground: Ground, bounds: Bounds, look: Look) -> dict[str, Any]:
    """Draw what lies around, and the divisions without a claim: only what is in sight goes to the browser."""
    around, silent = (
        [feature for feature in features if (reach := find_bounds([feature])) and meet(reach, bounds)]
        for features in (ground.around, ground.silent)
    )
    features = [{**feature, "id": str(at)} for at, feature in enumerate([*around, *silent])]
    pale = mix_colors(look.paper, look.grid, 0.75)
    return {
        "type": "choropleth",
        "geojson": {"type": "FeatureCollection", "features": features},
        "locations": [feature["id"] for feature in features],
        "locationmode": "geojson-id",
        "z": [0] * len(around) + [1] * len(silent),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, pale], [1, look.grid]],
        "showscale": False,
        "marker": {"line": {"color": [look.grid] * len(around) + [look.paper] * len(silent), "width": 0.8}},
        "hoverinfo": "skip",
    }


def widen(bounds: Bounds) -> Bounds:
    """Return bounds with room around them, as wide as the map is for its height."""
    west, south, east, north = bounds
    room = 0.06 * max(east - west, north - south)
    west, south, east, north = west - room, max(south - room, -80.0), east + room, min(north + room, 82.0)
    stretch = float(np.cos(np.radians((south + north) / 2)))
    more = (_WIDTH_TO_HEIGHT * (north - south) / stretch - (east - west)) / 2
    if more > 0:
        return max(west - more, -180.0), south, min(east + more, 180.0), north
    return west, south, east, north
