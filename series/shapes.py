"""The shapes of countries and first-level divisions, by their codes, as the map draws them."""

import gzip
import itertools
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from parsers.tables import DATA

SHAPES = DATA / "shapes.json.gz"
DISCLAIMER = (
    "The boundaries and names shown do not imply any opinion on the legal status of any country, territory or area, "
    "or on its authorities or borders. Boundaries: Natural Earth, simplified."
)

Feature = dict[str, Any]
Bounds = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@cache
def load_shapes() -> Mapping[str, Any]:
    """Return what the file of shapes holds: ``countries``, and ``divisions`` by country, by code."""
    return dict(json.loads(gzip.decompress(SHAPES.read_bytes())))


@cache
def list_countries() -> Mapping[str, Feature]:
    """Return the shape of each country by its code (ISO 3166 alpha-3), as a GeoJSON feature."""
    shapes = load_shapes()
    return {code: _make_feature(code, polygons) for code, polygons in shapes["countries"].items()}


@cache
def list_divisions(country: str) -> Mapping[str, Feature]:
    """Return the shape of each first-level division of a country by its code; what has none stands under ``""``."""
    shapes = load_shapes()["divisions"].get(country, {})
    return {code: _make_feature(code, polygons) for code, polygons in shapes.items()}


def _make_feature(code: str, polygons: list[list[list[int]]]) -> Feature:
    rings = [[_decode(ring) for ring in polygon] for polygon in polygons]
    return {"type": "Feature", "id": code, "geometry": {"type": "MultiPolygon", "coordinates": rings}}


def _decode(numbers: list[int]) -> list[list[float]]:
    steps = load_shapes()["steps"]
    x = y = 0
    ring = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        ring.append([x / steps, y / steps])
    return ring


def find_bounds(features: Iterable[Feature]) -> Bounds | None:
    """Return the bounds of the largest polygon of each feature together; None where there is no feature.

    Far islands do not count: the map would shrink to show them.
    """
    rings = [find_largest(feature) for feature in features]
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def meet(one: Bounds, other: Bounds) -> bool:
    """Tell whether two bounds have a place in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def find_middle(feature: Feature) -> tuple[float, float]:
    """Return the middle (longitude, latitude) of a feature's largest polygon, where its number is written."""
    ring = find_largest(feature)
    sums = [0.0, 0.0, 0.0]
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        for at, part in enumerate(((x1 + x2) * cross, (y1 + y2) * cross, cross)):
            sums[at] += part
    if not sums[2]:
        return ring[0][0], ring[0][1]
    return sums[0] / (3 * sums[2]), sums[1] / (3 * sums[2])


def find_largest(feature: Feature) -> list[list[float]]:
    """Return the outer ring of a feature's largest polygon."""
    rings = [polygon[0] for polygon in feature["geometry"]["coordinates"] if polygon]
    return max(rings, key=_measure, default=[])


def _measure(ring: list[list[float]]) -> float:
    xs, ys = zip(*ring, strict=True)
    return float((max(xs) - min(xs)) * (max(ys) - min(ys)))
