"""Pictures of charts drawn on the server, by the Chromium that this machine has; without one there are none."""

import asyncio
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from series.images import HEIGHT, WIDTH, put_on

BROWSER = "BROWSER_PATH"
"""The variable that names a Chromium that stands elsewhere, as the library reads it."""

_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
_NO_WORLD = {
    "type": "Topology",
    "arcs": [],
    "objects": {layer: {"type": "GeometryCollection", "geometries": []} for layer in _LAYERS},
}
"""The world that a map is drawn on, of which it shows nothing: it brings its own shapes. Else Plotly asks for one."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PATIENCE = 60
NO_BROWSER = (
    "This server has no Chromium, so it draws no PDF: install one (Debian: apt-get install chromium), or save the "
    "chart as PNG or SVG in your browser, beside the chart."
)


class PictureError(RuntimeError):
    """A picture cannot be drawn; the message says why and what to do."""


def find_browser() -> str | None:
    """Return the Chromium of this machine, None where there is none or the library that drives it is missing."""
    named = os.environ.get(BROWSER)
    found = named if named and Path(named).is_file() else next(filter(None, map(shutil.which, _NAMES)), None)
    return found if find_spec("kaleido") else None


def draw_pictures(chart: Mapping[str, Any], formats: Sequence[str]) -> dict[str, bytes]:
    """Return the chart as its image has it (``series.images``) in each format: png, svg, pdf.

    Raises a PictureError where there is no browser, or it does not answer within a minute. Nothing is asked of any
    other machine: the drawing library is the one that is installed here.
    """
    browser = find_browser()
    if browser is None:
        raise PictureError(NO_BROWSER)
    # The page that asks may have a loop of events of its own in this thread; the browser gets another.
    with ThreadPoolExecutor(1) as thread:
        try:
            return thread.submit(asyncio.run, _draw(put_on(chart), formats, browser)).result(_PATIENCE)
        except (OSError, RuntimeError, ValueError, TimeoutError) as error:
            raise PictureError(f"{browser} drew no picture ({error}); save it as PNG or SVG instead") from error


async def _draw(spec: Mapping[str, Any], formats: Sequence[str], browser: str) -> dict[str, bytes]:
    """Draw one chart in each format with one browser."""
    import kaleido  # noqa: PLC0415  # slow to load, and only this needs it
    import plotly  # type: ignore[import-untyped]  # noqa: PLC0415  # plotly ships no types

    library = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    world = f"window.PlotlyGeoAssets = {json.dumps({'topojson': {'world_110m': _NO_WORLD}})};"
    size = {"width": WIDTH, "height": spec["layout"].get("height", HEIGHT), "scale": 2}
    with TemporaryDirectory(prefix="who-counts-") as folder:
        Path(folder, "world.js").write_text(world, encoding="utf-8")
        scripts = kaleido.PageGenerator(plotly=library, mathjax=False, others=[Path(folder, "world.js")])
        async with kaleido.Kaleido(path=browser, page_generator=scripts, timeout=_PATIENCE) as painter:
            return {one: await painter.calc_fig(dict(spec), opts={"format": one, **size}) for one in formats}
