"""The layers of a map: what lies around, regions shaded by class, towns as circles, numbers and the date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from series.bins import Bin
from series.labels import DESK, Circle, place_label
from series.looks import Look, write_halo
from series.shadings import choose_ink, list_breaks, list_shades
from series.shapes import Bounds, Feature, find_bounds
from series.steps import Steps
from series.surroundings import WORLD, widen
from series.towns import NARROW, SIZE, name_towns
from series.wording import name_bin, say_bounds

_MOST_NUMBERS = 14
_LARGEST = 44
"""The diameter of the largest circle, in pixels."""


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
        words = [self._write_numbers(at), self._write_date(at)]
        return [self._shade(at), self._draw_towns(at, words), *words]

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
        return widen(self.ground.bounds or find_bounds(shapes) or WORLD)

    @property
    def breaks(self) -> list[float]:
        """The lower ends of the classes, the same at all dates."""
        most = np.nanmax(self.steps.best[self.shaded], initial=1.0) if self.shaded else 1.0
        return list_breaks(float(most))

    def _draw_towns(self, at: int, words: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        here, circles = self._list_towns(at), self._list_circles(at)
        names = [str(self.steps.regions["region"][index]) for index in here]
        desk, narrow = (name_towns(names, circles, words, self.bounds, wide) for wide in (DESK, NARROW))
        return {
            "type": "scattergeo",
            "mode": "markers+text",
            **desk,
            "meta": {"narrow": narrow},
            "textfont": {"size": SIZE, "color": self.look.text, "shadow": self.look.halo},
            "lon": [east for east, _, _ in circles],
            "lat": [north for _, north, _ in circles],
            "marker": {
                "size": [size for _, _, size in circles],
                "color": self.look.lines[1],
                "opacity": 0.7,
                "line": {"color": self.look.paper, "width": 1},
            },
            "customdata": self._know(here),
            "hovertext": [self._say(index, at) for index in here],
            "hoverinfo": "text",
        }

    def _list_towns(self, at: int) -> list[int]:
        return [index for index in self.towns if self.steps.best[index, at] > 0]

    def _list_circles(self, at: int) -> list[Circle]:
        """Return the circle of each town that has people at a date: their area is as large as their number."""
        most = np.nanmax(self.steps.best[self.towns], initial=1.0) if self.towns else 1.0
        circles = []
        for index in self._list_towns(at):
            size = max(5.0, _LARGEST * float(np.sqrt(self.steps.best[index, at] / most)))
            circles.append((*self.ground.towns[str(self.steps.regions["region"][index])], size))
        return circles

    def _write_numbers(self, at: int) -> dict[str, Any]:
        told = [index for index in self.shaded if not np.isnan(self.steps.best[index, at])]
        largest = sorted(told, key=lambda index: -self.steps.best[index, at])[:_MOST_NUMBERS]
        numbers = [float(self.steps.best[index, at]) for index in largest]
        lines = [
            [str(self.steps.regions["region"][index]), f"{one:,.0f}"]
            for index, one in zip(largest, numbers, strict=True)
        ]
        circles = self._list_circles(at)
        places = [place_label(self.ground.shapes[words[0]], words, circles, self.bounds) for words in lines]
        shades = [self._find_shade(one) for one in numbers]
        return {
            "type": "scattergeo",
            "mode": "text",
            "lon": [east for east, _ in places],
            "lat": [north for _, north in places],
            "text": [f"<b>{name}</b><br>{number}" for name, number in lines],
            "textfont": {
                "size": 11,
                "color": [choose_ink(shade) for shade in shades],
                "shadow": [write_halo(shade) for shade in shades],
            },
            "hoverinfo": "skip",
        }

    def _find_shade(self, number: float) -> str:
        """Return the colour of the class that a number is in."""
        shades = list_shades(self.look, len(self.breaks))
        return shades[max(int(np.searchsorted(self.breaks, number, side="right")) - 1, 0)]

    def _write_date(self, at: int) -> dict[str, Any]:
        bounds = self.bounds
        said = f"<b>{name_bin(self.steps.starts[at], self.width)}</b>" if len(self.steps.starts) else ""
        if whole := self._say_whole(at):
            said += f'<br><span style="font-size:12px">{whole}</span>'
        return {
            "type": "scattergeo",
            "mode": "text",
            "lon": [bounds[0]],
            "lat": [bounds[3] - 0.07 * (bounds[3] - bounds[1])],
            "text": [said],
            "textposition": "bottom right",
            "textfont": {"size": 17, "color": self.look.text},
            "hoverinfo": "skip",
        }

    def _say_whole(self, at: int) -> str:
        """Return what is said of the country whose parts are drawn, where that is more than a part has.

        Middle numbers do not add up: that of the country may be lower than that of a part, which fewer sources count.
        """
        countries = np.flatnonzero(self.steps.regions["region_level"].eq("country"))
        if len(countries) != 1 or countries[0] in self.shaded or not at < len(self.steps.starts):
            return ""
        name, best = self.steps.regions["region"][countries[0]], self.steps.best[countries[0], at]
        said = f"all of {name}: {'no claim' if np.isnan(best) else f'{best:,.0f}'}"
        parts = self.shaded + self.towns
        if not self.steps.has_any(parts)[at]:
            return f"{said}; no claim for a part of it"
        return said if best >= np.nanmax(self.steps.best[parts, at]) else ""

    def _names(self) -> list[str]:
        return [str(self.steps.regions["region"][index]) for index in self.shaded]
