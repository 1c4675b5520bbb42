"""The one script that the charts need beside Streamlit's own: Plotly, out of the installed package."""

import gzip
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PLOTLY = f"/assets/plotly-{version('plotly')}.js"
"""Its address; another version has another, so that a browser may keep it for good."""

_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


def list_scripts() -> list[Route]:
    """Return the route of the script."""
    return [Route(PLOTLY, _give_plotly)]


def _give_plotly(request: Request) -> Response:
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = _HEADERS | ({"Content-Encoding": "gzip"} if packed else {})
    return Response(_load_plotly(packed=packed), media_type="text/javascript; charset=utf-8", headers=headers)


def pack_plotly() -> None:
    """Compress the script now, and not while the first reader waits for it."""
    _load_plotly(packed=True)


@cache
def _load_plotly(*, packed: bool) -> bytes:
    plain = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    return gzip.compress(plain, mtime=0) if packed else plain
