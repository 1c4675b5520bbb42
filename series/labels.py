"""Where the number of a region stands on the map: in its middle, or beside it where circles of towns lie there."""

from collections.abc import Sequence

import numpy as np

from series.shapes import Bounds, Feature, find_largest, find_middle

DESK = 780
"""How wide a map is drawn on a desk, in pixels: words and circles keep their size, the ground does not."""
_LETTER, _LINE = 6.5, 15.0
"""How wide a letter and how high a line of a number's words are, in pixels."""
_STEPS = np.array([(column / 2, row) for row in range(-3, 4) for column in range(-3, 4)])
"""Where a label is tried around the middle, in halves of its size."""
_APART = 2.0
"""So many pixels away from the middle weigh as much as one pixel of a circle under the words."""

Circle = tuple[float, float, float]
"""Longitude and latitude of its middle, in degrees, and its diameter, in pixels."""


def place_label(shape: Feature, words: Sequence[str], circles: Sequence[Circle], bounds: Bounds) -> tuple[float, float]:
    """Return where (longitude, latitude) the lines of a label stand: within the shape, on as few circles as can be.

    >>> square = {"geometry": {"coordinates": [[[[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]]]}}
    >>> place_label(square, ["Idlib", "522"], [], (0, 0, 9, 9))
    (4.5, 4.5)
    >>> east, north = place_label(square, ["Idlib", "522"], [(4.5, 4.5, 20.0)], (0, 0, 9, 9))
    >>> (east, north) == (4.5, 4.5), 0 < east < 9 and 0 < north < 9
    (False, True)
    """
    middle = find_middle(shape)
    scale = DESK / (bounds[2] - bounds[0])
    rise = scale / max(float(np.cos(np.radians(middle[1]))), 0.1)
    half = np.array([max(map(len, words)) * _LETTER / 2, len(words) * _LINE / 2])
    places = np.array(circles, dtype=float).reshape(-1, 3)
    near = (places[:, :2] - middle) * (scale, rise)
    if not _cover(np.zeros((1, 2)), half, near, places[:, 2] / 2).any():
        return middle
    steps = _STEPS * half
    spots = middle + steps / (scale, rise)
    weights = _cover(steps, half, near, places[:, 2] / 2) + np.hypot(*steps.T) / _APART
    weights[~_lie_within(spots, np.array(find_largest(shape)))] = np.inf
    best = int(weights.argmin())
    east, north = spots[best] if np.isfinite(weights[best]) else middle
    return float(east), float(north)


def _cover(steps: np.ndarray, half: np.ndarray, near: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """Return how many square pixels of circles lie under a label at each step away from the middle."""
    reach = half + radius[:, None] - np.abs(near[None] - steps[:, None])
    return np.asarray(reach.clip(min=0).prod(axis=2).sum(axis=1))


def _lie_within(spots: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """Return which places lie in a ring: a line to the east crosses it an odd number of times."""
    (x1, y1), (x2, y2) = ring[:-1].T[:, :, None], ring[1:].T[:, :, None]
    x, y = spots.T
    meets = (y1 > y) != (y2 > y)
    reach = x1 + (y - y1) * (x2 - x1) / np.where(meets, y2 - y1, 1.0)
    return np.asarray((meets & (reach > x)).sum(axis=0) % 2 == 1)
