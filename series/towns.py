"""The names of towns on a map: beside the largest circles, where they lie on nothing else that is drawn."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from series.labels import Circle
from series.shapes import Bounds

NARROW = 358
"""How wide a map is drawn on a telephone, in pixels (on a desk ``labels.DESK``)."""
SIZE = 11
"""How high the letters of a name are, in pixels."""
_MOST = 8
_WIDE, _HIGH = 0.6, 1.3
"""How wide a letter and how high a line are, by the size of the letters."""
_AROUND = 3.0
_SIDES = {"middle right": (1, 0), "middle left": (-1, 0), "top center": (0, -1), "bottom center": (0, 1)}

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""
Project = Callable[[float, float], tuple[float, float]]


def name_towns(
    names: Sequence[str], circles: Sequence[Circle], words: Iterable[Mapping[str, Any]], bounds: Bounds, wide: int
) -> dict[str, list[str]]:
    """Return ``text`` and ``textposition`` of each town on a map so many pixels wide: its name, or nothing.

    The largest come first. A name stands beside its circle within the map, on no other circle, on no other name and on
    none of the ``words``, traces of text.

    >>> name_towns(["Ander", "Besk", "Corr"], [(1, 1, 30.0), (1.3, 1, 9.0), (4, 2, 9.0)], [], (0, 0, 9, 9), 780)
    {'text': ['Ander', 'Besk', 'Corr'], 'textposition': ['middle left', 'middle right', 'middle right']}
    """
    project = _make_projection(bounds, wide)
    (_, top), (right, bottom) = project(bounds[0], bounds[3]), project(bounds[2], bounds[1])
    spots = [(*project(east, north), size / 2) for east, north, size in circles]
    taken = [box for trace in words for box in _list_boxes(trace, project)]
    said = {"text": [""] * len(names), "textposition": ["middle right"] * len(names)}
    for at in sorted(range(len(names)), key=lambda at: -circles[at][2])[:_MOST]:
        others = [_frame_circle(*spot) for number, spot in enumerate(spots) if number != at]
        for side, box in _list_sides(names[at], *spots[at]):
            inside = box[0] >= 0 and box[1] >= top and box[2] <= right and box[3] <= bottom
            if inside and not any(_meet(box, other) for other in (*taken, *others)):
                said["text"][at], said["textposition"][at] = names[at], side
                taken.append(box)
                break
    return said


def _make_projection(bounds: Bounds, wide: int) -> Project:
    """Return what gives the pixels of a place, in the projection of Mercator."""
    scale = wide / (bounds[2] - bounds[0])

    def rise(north: float) -> float:
        return math.degrees(math.asinh(math.tan(math.radians(north))))

    return lambda east, north: ((east - bounds[0]) * scale, (rise(bounds[3]) - rise(north)) * scale)


def _list_sides(name: str, x: float, y: float, radius: float) -> Iterator[tuple[str, Box]]:
    wide, high = len(name) * SIZE * _WIDE / 2, SIZE * _HIGH / 2
    for side, (east, south) in _SIDES.items():
        away = radius / 0.8 + 1  # as far as Plotly sets words from a marker
        yield side, _frame(x + east * (away + wide), y + south * (away + high), wide, high)


def _list_boxes(trace: Mapping[str, Any], project: Project) -> Iterator[Box]:
    """Yield the boxes of words that stand on their places, or below and right of them."""
    size = trace["textfont"]["size"]
    beside = 1 if trace.get("textposition") == "bottom right" else 0
    for east, north, text in zip(trace["lon"], trace["lat"], trace["text"], strict=True):
        lines = [re.sub(r"<[^>]*+>", "", line) for line in text.split("<br>")]
        wide, high = max(map(len, lines)) * size * _WIDE / 2, len(lines) * size * _HIGH / 2
        x, y = project(east, north)
        yield _frame(x + beside * wide, y + beside * high, wide, high)


def _frame(x: float, y: float, wide: float, high: float) -> Box:
    return x - wide, y - high, x + wide, y + high


def _frame_circle(x: float, y: float, radius: float) -> Box:
    return _frame(x, y, radius, radius)


def _meet(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0]) > -_AROUND
    return across and min(one[3], other[3]) - max(one[1], other[1]) > 0
