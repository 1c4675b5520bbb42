"""The classes of a shaded map: from which number each begins, its words and its colour."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from series.looks import DARK, LIGHT, Look

_CLASSES = 5
_SHADES = {"light": ("#cfe1f0", "#2166ac"), "dark": ("#23405a", "#9fd0f5")}


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


def list_classes(chart: Mapping[str, Any], look: Look) -> list[tuple[str, str]]:
    """Return the colour and the words of each class of a map, for the legend on the page."""
    words = chart["layout"]["coloraxis"]["colorbar"]["ticktext"]
    scale = _make_scale(look, len(words) - 1)
    return [(str(shade), str(word)) for (_, shade), word in zip(scale[::2], words, strict=True)]


def scale_classes(breaks: Sequence[float], look: Look) -> dict[str, Any]:
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


def list_shades(look: Look, count: int) -> list[str]:
    """Return the colour of each of so many classes."""
    light, deep = _SHADES["light" if look is LIGHT else "dark"]
    return [mix_colors(light, deep, at / max(count - 1, 1)) for at in range(count)]


def choose_ink(shade: str) -> str:
    """Return the colour of words on a shade: of the two themes' the one that stands out more.

    >>> choose_ink("#9fd0f5") == LIGHT.text, choose_ink("#2166ac") == DARK.text
    (True, True)
    """
    return max((LIGHT.text, DARK.text), key=lambda ink: abs(_measure_light(ink) - _measure_light(shade)))


def _measure_light(color: str) -> float:
    """Return how light a colour is to the eye, 0 to 1: the cube root of its luminance (WCAG 2.2) comes near to it."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004
    return float(sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) ** (1 / 3))


def _make_scale(look: Look, count: int) -> list[list[Any]]:
    """Return the colours of the classes, each of one shade; below them that of regions without a claim."""
    shades = [look.grid, *list_shades(look, count)]
    edges = np.linspace(0, 1, len(shades) + 1)
    return [[float(edge), shade] for at, shade in enumerate(shades) for edge in (edges[at], edges[at + 1])]


def mix_colors(one: str, other: str, share: float) -> str:
    """Return the colour that lies so far from one to another.

    >>> mix_colors("#000000", "#ffffff", 0.5)
    '#808080'
    """
    ends = ([int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in (one, other))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*ends, strict=True))
