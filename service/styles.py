"""The pages' own style and script: linked by the page that they start from, they are there before the first word is.

A style that a page writes itself comes only when Streamlit has fetched the program of the element that holds it.
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}
_TYPES = {"css": "text/css", "js": "text/javascript"}


def name_own(words: str, ending: str) -> str:
    """Return the address of a style or a script; one of other words has another, so that a browser may keep it.

    >>> name_own("h1 { margin: 0 }", "css")
    '/assets/page-83411d624933.css'
    """
    return f"/assets/page-{hashlib.sha256(words.encode()).hexdigest()[:12]}.{ending}"


def list_own(words: str, ending: str) -> list[Route]:
    """Return the route of a style (css) or a script (js)."""

    def give(_: Request) -> Response:
        return Response(words, media_type=f"{_TYPES[ending]}; charset=utf-8", headers=_HEADERS)

    return [Route(name_own(words, ending), give)]
