"""What a saved image of a chart carries in itself: title, filters, sources, convention, date and citation."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from series.looks import Look

WIDTH, HEIGHT = 1200, 675
"""Of an image, in pixels: a slide's sixteen to nine."""

_LINE, _TITLE_LINE, _LEGEND_LINE = 15, 26, 21
_CHARACTERS, _TITLE_CHARACTERS = 190, 100
_LEGEND_MARK, _LETTER = 52, 6.6
_EDGE = 14
_FONT = '"Helvetica Neue", Arial, "Liberation Sans", sans-serif'
"""An image has no font of the page's: names measured in that one would run into each other in the legend."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a chart: what it counts, where, by whom and when; and what stands below it, line by line."""

    title: str
    subtitle: str = ""
    footer: Sequence[str] = ()


def dress(chart: Mapping[str, Any], words: Words, look: Look, *, tall: int = 0) -> dict[str, Any]:
    """Return the chart with the layout of its image under ``meta.image``: the page shows the words beside it instead.

    The image is 1,200 by 675 pixels, higher where what is drawn needs more than that: ``tall`` pixels without the
    words around it. Browser and server lay the same patch over the chart before they draw it.
    """
    layout = dict(chart["layout"])
    image = lay_out(words, layout, [trace for trace in chart["data"] if trace.get("name")], look, tall=tall)
    return {"data": list(chart["data"]), "layout": layout | {"meta": {"image": image}}}


def lay_out(
    words: Words, layout: Mapping[str, Any], named: Sequence[Mapping[str, Any]], look: Look, *, tall: int = 0
) -> dict[str, Any]:
    """Return the part of a layout that an image has otherwise: title, legend, margins and the words below."""
    title, said = textwrap.wrap(words.title, _TITLE_CHARACTERS), textwrap.wrap(words.subtitle, _CHARACTERS - 30)
    below = [line for part in words.footer for line in textwrap.wrap(part, _CHARACTERS)]
    foot, legend = _LINE * len(below) + _EDGE, _LEGEND_LINE * _count_rows(named, layout)
    top = _EDGE + _TITLE_LINE * len(title) + 19 * len(said) + 12
    bottom = foot + legend + 46
    height = max(HEIGHT, tall + top + 8 + bottom)
    notes = [*layout.get("annotations", ()), *_write_lines(below, bottom, look)]
    return {
        "font": {"family": _FONT, "color": look.text, "size": 13},
        "title": {
            "text": f"<b>{'<br>'.join(title)}</b>",
            "font": {"size": 20},
            "subtitle": {"text": "<br>".join(said), "font": {"size": 14, "color": look.faint}},
            "x": 0,
            "xref": "container",
            "y": 1 - _EDGE / height,
            "yanchor": "top",
            "yref": "container",
            "pad": {"l": _EDGE, "t": 6},
        },
        "margin": {"l": 12, "r": 16, "t": top + 8, "b": bottom},
        "legend": {"x": 0, "y": (foot + 8) / height, "yref": "container", "yanchor": "bottom", "orientation": "h"},
        "annotations": notes,
        "width": WIDTH,
        "height": height,
    }


def put_on(chart: Mapping[str, Any]) -> dict[str, Any]:
    """Return the chart as its image has it, for drawing on the server."""
    layout = dict(chart["layout"])
    image = layout.pop("meta", {}).get("image", {})
    return {"data": list(chart["data"]), "layout": layout | image}


def _count_rows(named: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> int:
    """Return how many rows the legend takes, by the length of its words."""
    if layout.get("showlegend") is False:
        return 0
    rows, room = 1, float(WIDTH - 2 * _EDGE)
    for trace in named:
        if trace.get("showlegend") is False:
            continue
        length = _LEGEND_MARK + _LETTER * len(str(trace["name"]))
        rows, room = (rows, room - length) if length <= room else (rows + 1, WIDTH - 2 * _EDGE - length)
    return rows


def _write_lines(lines: Sequence[str], margin: int, look: Look) -> list[dict[str, Any]]:
    """Return the words below the chart, at the foot of the margin."""
    if not lines:
        return []
    return [
        {
            "text": "<br>".join(lines),
            "x": 0,
            "y": 0,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "align": "left",
            "showarrow": False,
            "yshift": 8 - margin,
            "font": {"size": 11, "color": look.faint},
        }
    ]
