"""The outlines of countries as fine as their divisions, for what lies around a map that looks at one country."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from series.shapes import Bounds, Feature, list_countries, list_divisions, meet

Point = tuple[float, float]
Ring = list[Point]


def list_around(country: str, bounds: Bounds) -> list[Feature]:
    """Return the outlines of the other countries, of which a map of these bounds shows something."""
    others = (code for code, feature in list_countries().items() if code != country and _is_seen(feature, bounds))
    return [piece for code in others for piece in outline(code)]


def _is_seen(feature: Feature, bounds: Bounds) -> bool:
    return any(
        meet((min(xs), min(ys), max(xs), max(ys)), bounds)
        for polygon in feature["geometry"]["coordinates"]
        for xs, ys in [zip(*polygon[0], strict=True)]
    )


@cache
def outline(country: str) -> tuple[Feature, ...]:
    """Return the outline of a country by its code, a feature for each piece of its land.

    The outlines of the world are drawn for a map of the world: beside the divisions of a neighbour they would leave
    wedges of land that nobody has. Where a country has no divisions here, its outline of the world stands.
    """
    divisions = list_divisions(country)
    if not divisions:
        return tuple(feature for code, feature in list_countries().items() if code == country)
    polygons = [polygon for feature in divisions.values() for polygon in feature["geometry"]["coordinates"]]
    return tuple(_make_feature(f"{country} {at}", piece) for at, piece in enumerate(merge(polygons)))


def merge(polygons: Iterable[Iterable[Iterable[Iterable[float]]]]) -> list[list[Ring]]:
    """Return polygons, wound as a map on a sphere needs it, without the borders that two of them share.

    >>> west = [[(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]]
    >>> east = [[(1, 0), (1, 1), (2, 1), (2, 0), (1, 0)]]
    >>> merge([west, east])
    [[[(0, 0), (0, 1), (1, 1), (2, 1), (2, 0), (1, 0), (0, 0)]]]
    """
    rings = list(_chain(_list_edges(polygons)))
    outer = [[ring] for ring in rings if _measure(ring) < 0]
    for hole in (ring for ring in rings if _measure(ring) > 0):
        around = [polygon for polygon in outer if _holds(polygon[0], hole)]
        if around:  # a ring that winds like a hole and lies in nothing would fill all the world
            min(around, key=lambda polygon: -_measure(polygon[0])).append(hole)
    return outer


def _list_edges(polygons: Iterable[Iterable[Iterable[Iterable[float]]]]) -> dict[tuple[Point, Point], None]:
    """Return the edges, as they are walked along, that no other polygon walks along the other way."""
    edges: dict[tuple[Point, Point], None] = {}
    for ring in (ring for polygon in polygons for ring in polygon):
        for start, end in itertools.pairwise((x, y) for x, y in ring):
            if (end, start) in edges:
                del edges[end, start]
            elif start != end:
                edges[start, end] = None
    return edges


def _chain(edges: Iterable[tuple[Point, Point]]) -> Iterator[Ring]:
    """Yield the closed rings that edges make, each edge in one of them."""
    onward: dict[Point, list[Point]] = defaultdict(list)
    for start, end in edges:
        onward[start].append(end)
    for first in list(onward):
        while onward[first]:
            ring = [first]
            while onward[ring[-1]]:
                ring.append(onward[ring[-1]].pop())
                if ring[-1] == first:
                    yield ring
                    break


def _measure(ring: Ring) -> float:
    """Return the area of a ring, negative where it is wound clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def _holds(ring: Ring, other: Ring) -> bool:
    spans = zip(zip(*ring, strict=True), zip(*other, strict=True), strict=True)
    return all(min(outer) <= min(inner) and max(inner) <= max(outer) for outer, inner in spans)


def _make_feature(name: str, polygon: list[Ring]) -> Feature:
    coordinates = [[[list(point) for point in ring] for ring in polygon]]
    return {"type": "Feature", "id": name, "geometry": {"type": "MultiPolygon", "coordinates": coordinates}}
