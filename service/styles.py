"""The pages' own stylesheet: linked by the page that they start from, it is there before the first word is drawn.

A style that a page writes itself comes only when Streamlit has fetched the program of the element that holds it.
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}


def name_style(style: str) -> str:
    """Return the address of a stylesheet; one of other words has another, so that a browser may keep it for good.

    >>> name_style("h1 { margin: 0 }")
    '/assets/page-83411d624933.css'
    """
    return f"/assets/page-{hashlib.sha256(style.encode()).hexdigest()[:12]}.css"


def list_styles(style: str) -> list[Route]:
    """Return the route of the stylesheet."""

    def give(_: Request) -> Response:
        return Response(style, media_type="text/css; charset=utf-8", headers=_HEADERS)

    return [Route(name_style(style), give)]
