"""The addresses of the data API, each behind the question whether the asker may look."""

import logging
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

import store
from service.answers import answer
from service.manual import POLICY, write_manual
from service.openapi import describe_api
from service.parameters import Resource
from service.problems import Problem, ProblemError, answer_problem
from service.tables import RESOURCES, Kept

_LOG = logging.getLogger(__name__)
_AT_ONCE = CapacityLimiter(2)
"""Answers are made two at a time: whoever asks for much waits, the pages do not."""

MayRead = Callable[[Request], bool]


def list_api(kept: Kept, may_read: MayRead) -> list[Route | Mount]:
    """Return the routes of the API: the manual, the OpenAPI document and the four tables."""
    tables = [
        Route(f"/{resource.name}", partial(_serve, resource=resource, kept=kept, may_read=may_read))
        for resource in RESOURCES
    ]
    return [
        Route("/api", _show_manual),
        Mount("/api", app=_Problems(Router([Route("/openapi.json", _show_description), *tables]))),
    ]


async def _serve(request: Request, *, resource: Resource, kept: Kept, may_read: MayRead) -> Response:
    if not may_read(request):
        told = "this server shows its figures to people who have signed in, and to programs with a token"
        remedy = "sign in to the dashboard in the same browser, or send the header Authorization: Bearer TOKEN"
        raise ProblemError(Problem(HTTPStatus.UNAUTHORIZED, told, remedy))
    return await to_thread.run_sync(partial(answer, request, resource, kept), limiter=_AT_ONCE)


async def _show_manual(request: Request) -> Response:  # noqa: ARG001  # what a route is called with
    return HTMLResponse(write_manual(), headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"})


async def _show_description(request: Request) -> Response:  # noqa: ARG001
    return JSONResponse(describe_api(), headers={"Cache-Control": "no-cache"})


class _Problems:
    """Turns what goes wrong below ``/api`` into problem details."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except ProblemError as error:
            problem = error.problem
        except HTTPException as error:
            problem = _name_exception(error, scope["path"])
        except store.StoreError:
            _LOG.exception("the store cannot be read")
            problem = Problem(HTTPStatus.SERVICE_UNAVAILABLE, "the store cannot be read", "try again later")
        else:
            return
        await answer_problem(problem, method=scope["method"])(scope, receive, send)


def _name_exception(error: HTTPException, path: str) -> Problem:
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return Problem(HTTPStatus.METHOD_NOT_ALLOWED, "the data API is only read", "ask with GET")
    named = ", ".join(resource.path for resource in RESOURCES)
    return Problem(HTTPStatus.NOT_FOUND, f"there is nothing at {path}", f"there are {named}; /api is their manual")
