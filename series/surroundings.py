"""What lies around the regions of a map, in pale shades, and how much of the world is drawn."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from series.looks import Look
from series.shadings import mix_colors
from series.shapes import Bounds, Feature, find_bounds, meet

_WIDTH_TO_HEIGHT = 1.75
WORLD: Bounds = (-150.0, -50.0, 170.0, 72.0)


def draw_around(around: Sequence[Feature], silent: Sequence[Feature], bounds: Bounds, look: Look) -> dict[str, Any]:
    """Draw what lies around, and the divisions without a claim (silent): what is in sight goes to the browser."""
    around, silent = (
        [feature for feature in features if (reach := find_bounds([feature])) and meet(reach, bounds)]
        for features in (around, silent)
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
