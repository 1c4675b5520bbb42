"""The scripts that the charts need beside Streamlit's own: two small builds of Plotly, which its makers give out.

The whole of Plotly, 4.8 MB with every kind of chart, takes a browser about four times as long to take in.
"""

import gzip
import hashlib
import json
from functools import cache, partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

BUILDS = Path(__file__).parent.parent / "static" / "plotly"
_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


def name_build(file: str) -> str:
    """Return the address of a build; another version has another, so that a browser may keep it for good."""
    digest = hashlib.sha256((BUILDS / file).read_bytes()).hexdigest()
    return f"/assets/{file.removesuffix('.min.js')}-{digest[:12]}.js"


LINES, MAPS = name_build("plotly-basic.min.js"), name_build("plotly-geo.min.js")
"""The addresses of the build for lines and bars, and of the one for maps."""

_FILES = {LINES: "plotly-basic.min.js", MAPS: "plotly-geo.min.js"}


def list_scripts() -> list[Route]:
    """Return the routes of the scripts."""
    return [Route(address, partial(_give, file=file)) for address, file in _FILES.items()]


def _give(request: Request, file: str) -> Response:
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = _HEADERS | ({"Content-Encoding": "gzip"} if packed else {})
    return Response(_load(file, packed=packed), media_type="text/javascript; charset=utf-8", headers=headers)


def pack_scripts() -> None:
    """Compress the scripts now, and not while the first reader waits for them."""
    for file in _FILES.values():
        _load(file, packed=True)


@cache
def _load(file: str, *, packed: bool) -> bytes:
    # Both builds call themselves Plotly: each is kept under its address too (pages/shared/chart.js).
    kept = f"\n(window.whoPlotly ??= {{}})[{json.dumps(name_build(file))}] = window.Plotly;\n"
    plain = (BUILDS / file).read_bytes() + kept.encode()
    return gzip.compress(plain, mtime=0) if packed else plain
