"""Two addresses for whoever watches the server: whether it lives, and whether it can answer."""

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import store

_LOG = logging.getLogger(__name__)
_FRESH = {"Cache-Control": "no-store"}


def list_health(open_store: Callable[[], store.Store], is_warm: Callable[[], bool] = lambda: True) -> list[Route]:
    """Return the routes ``/healthz`` and ``/readyz``.

    The first says 200 while the process runs. The second says 200 where the figures have been read (``is_warm``), the
    store can be read and its schema is the program's, else 503; why stands in the log and not in the answer, which
    anybody may ask for.
    """

    def live(request: Request) -> Response:  # noqa: ARG001  # what a route is called with
        return PlainTextResponse("alive\n", headers=_FRESH)

    def ready(request: Request) -> Response:  # noqa: ARG001
        if not is_warm():
            return PlainTextResponse("not ready: the figures are being read\n", status_code=503, headers=_FRESH)
        try:
            opened = open_store()
            current = store.is_current(opened)
            store.revision(opened)
        except store.StoreError as error:
            _LOG.warning("not ready: %s", error)
            return PlainTextResponse("not ready: the store cannot be read\n", status_code=503, headers=_FRESH)
        if not current:
            _LOG.warning("not ready: %s: the schema is not this program's", opened.address)
            told = "not ready: the store is of another version of the program\n"
            return PlainTextResponse(told, status_code=503, headers=_FRESH)
        return PlainTextResponse("ready\n", headers=_FRESH)

    return [Route("/healthz", live), Route("/readyz", ready)]
