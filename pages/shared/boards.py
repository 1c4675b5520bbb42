"""Charts on the page: a board that draws with Plotly, draws on where the chart changes, and tells what is picked."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st
from plotly.io.json import to_json_plotly  # type: ignore[import-untyped]  # plotly ships no types

from series.images import HEIGHT
from series.looks import DARK, LIGHT, Look
from service.scripts import LINES, MAPS

_BOARD = st.components.v2.component(
    "chart",
    html='<div class="who-board"></div><div class="who-live" aria-live="polite"></div>'
    '<div class="who-images"><button data-format="png">PNG</button><button data-format="svg">SVG</button></div>',
    js=Path(__file__).with_name("chart.js").read_text(encoding="utf-8"),
    css=Path(__file__).with_name("chart.css").read_text(encoding="utf-8"),
    isolate_styles=False,
)

Pick = Literal["marks", "days"]
"""What a reader picks on a chart: marks by a click, a lasso or the keyboard, or days by a stretch."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart as it travels: its JSON, made once for everybody who looks at it, with its name and height in pixels.

    ``build`` is the address of the build of Plotly that draws it.
    """

    text: str
    name: str
    height: int
    build: str


def make_sheet(chart: Mapping[str, Any]) -> Sheet:
    """Return a chart as it travels; the name is that of the content: what was picked on another chart is forgotten."""
    text = str(to_json_plotly(dict(chart), engine="json"))
    name = hashlib.blake2b(text.encode(), digest_size=9).hexdigest()
    build = MAPS if "geo" in chart["layout"] else LINES
    return Sheet(text, name, int(chart["layout"].get("height", HEIGHT)), build)


def choose_look() -> Look:
    """Return the colours for the theme that the reader sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def show_board(
    sheet: Sheet,
    key: str,
    *,
    alt: str,
    filename: str = "",
    pick: Pick | None = None,
    on_days: Callable[[], None] | None = None,
) -> str | None:
    """Show a chart; with ``filename`` there are buttons that save it as PNG and SVG in the browser under that name.

    Return the date at which its slider was left, None where it has none or was not touched.
    """
    data = {
        "chart": sheet.text,
        "name": sheet.name,
        "height": sheet.height,
        "alt": alt,
        "filename": filename,
        "pick": pick,
        "plotly": sheet.build,
        "night": choose_look() is DARK,
        "shapes": "/app/static/topojson/",
    }
    state = _BOARD(key=key, data=data, on_picks_change=_pass, on_at_change=_pass, on_days_change=on_days or _pass)
    at = state.get("at")
    return str(at) if at else None


def read_picks(key: str, sheet: Sheet) -> list[list[Any]]:
    """Return the ``customdata`` of the marks that are picked on a chart, as it is drawn now."""
    told = (st.session_state.get(key) or {}).get("picks") or {}
    return [list(one) for one in told["picks"]] if told.get("name") == sheet.name else []


def _pass() -> None:
    """Do nothing but run again what the board stands in."""
