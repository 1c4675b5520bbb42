"""A page of a table is answered: in the kind of file asked for, with where the next page is, and only when new."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, quote, urlencode

import pandas as pd
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import Response

from series.downloads import WRITERS
from series.metadata import read_version
from service.headers import DATA_POLICY
from service.parameters import FORMAT, Resource
from service.problems import Problem, ProblemError, refuse
from service.queries import Query, read_query
from service.tables import Kept, make_rows

KINDS = {
    "json": (".json", "application/json"),
    "csv": (".csv", "text/csv; charset=utf-8"),
    "hxl": (".hxl.csv", "text/csv; header=present; charset=utf-8"),
    "parquet": (".parquet", "application/vnd.apache.parquet"),
}
"""For each format its ending in ``series.downloads`` and its media type."""

_ALWAYS = {"Cache-Control": "no-cache", "Vary": "Accept, Authorization, Cookie", "Content-Security-Policy": DATA_POLICY}

_ACCEPTED = {
    **dict.fromkeys(("*/*", "application/*", "application/json"), "json"),
    **dict.fromkeys(("text/*", "text/csv"), "csv"),
    **dict.fromkeys(("application/vnd.apache.parquet", "application/x-parquet"), "parquet"),
}


def answer(request: Request, resource: Resource, kept: Kept) -> Response:
    """Return the page of a resource that a request asks for, or 304 where the asker has it; raises ProblemError."""
    params = request.query_params
    query = read_query({name: params.getlist(name) for name in params}, resource)
    kind = query.format or choose_kind(request.headers.get("accept", "*/*"))
    revision = kept.revision()
    _check_revision(query, revision)
    tag = make_tag(kept.open_store().address, revision, str(request.url.query), kind, resource.name)
    headers = {**_ALWAYS, "ETag": tag}
    if matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    made, rows, total = make_rows(kept, resource, query)
    if made != revision:
        # Somebody wrote meanwhile: what is answered is newer than the tag says, and must not be kept under it.
        del headers["ETag"]
    links = link_pages(request.url, query, made, total)
    return _write(rows, kind, query, resource, headers | links | {"X-Total-Count": str(total)})


def _write(rows: pd.DataFrame, kind: str, query: Query, resource: Resource, headers: Mapping[str, str]) -> Response:
    ending, media = KINDS[kind]
    name = quote(query.filters.name_file(resource.name, ending.removeprefix(".")))
    described = {"Content-Disposition": f"inline; filename*=UTF-8''{name}", "Content-Type": media}
    return Response(WRITERS[ending](rows), headers={**headers, **described})


def _check_revision(query: Query, revision: int) -> None:
    if query.revision not in {None, revision}:
        told = f"the store has changed: revision {query.revision} was asked for, it is at {revision}"
        raise ProblemError(Problem(HTTPStatus.CONFLICT, told, "begin again at the first page", "revision"))


def choose_kind(accept: str) -> str:
    """Return the kind of table that an Accept header prefers; raises ProblemError where it takes none of ours.

    >>> choose_kind("text/html, text/csv;q=0.9, */*;q=0.1"), choose_kind("*/*")
    ('csv', 'json')
    """
    asked = [_read_preference(one) for one in accept.split(",") if one.strip()]
    for _, media in sorted(asked, key=lambda one: -one[0]):
        if media in _ACCEPTED:
            return _ACCEPTED[media]
    if any(media == "text/html" for _, media in asked):
        return "json"
    remedy = f"accept application/json, or write format={FORMAT.values[0]} into the address"
    raise ProblemError(Problem(HTTPStatus.NOT_ACCEPTABLE, f"no table is of the kind {accept!r}", remedy, "Accept"))


def _read_preference(one: str) -> tuple[float, str]:
    media, *options = (part.strip().lower() for part in one.split(";"))
    weights = [option.removeprefix("q=") for option in options if option.startswith("q=")]
    try:
        return float(weights[0]) if weights else 1.0, media
    except ValueError:
        raise refuse("Accept", f"{one.strip()!r} has no weight that can be read", "write it as q=0.5") from None


def make_tag(address: str, revision: int, query: str, kind: str, name: str) -> str:
    """Return what names an answer: it changes with the store's revision, the program, and what is asked.

    It is weak: what travels may be compressed, or not.
    """
    parts = "\n".join([read_version(), address, str(revision), name, query, kind])
    return f'W/"{revision}-{hashlib.sha256(parts.encode()).hexdigest()[:20]}"'


def matches(asked: str, tag: str) -> bool:
    """Tell whether an If-None-Match header names the tag (weak comparison, RFC 9110, 13.1.2).

    >>> matches('"1-a", W/"2-b"', 'W/"2-b"'), matches("", 'W/"2-b"')
    (True, False)
    """
    bare = tag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") in {bare, "*"} for one in asked.split(","))


def link_pages(url: URL, query: Query, revision: int, total: int) -> dict[str, str]:
    """Return the Link header with the first, previous, next and last page, all of one revision of the store."""
    last = max(0, total - 1) // query.limit * query.limit
    places = {"first": 0, "last": last}
    if query.offset > 0:
        places["prev"] = max(0, query.offset - query.limit)
    if query.offset + query.limit < total:
        places["next"] = query.offset + query.limit
    links = [f'<{_point(url, query, offset, revision)}>; rel="{name}"' for name, offset in places.items()]
    return {"Link": ", ".join([*links, '</api/openapi.json>; rel="service-desc"', '</api>; rel="service-doc"'])}


def _point(url: URL, query: Query, offset: int, revision: int) -> str:
    pages = {"limit": str(query.limit), "offset": str(offset), "revision": str(revision)}
    return f"{url.path}?{urlencode([*_list_others(url, pages), *pages.items()])}"


def _list_others(url: URL, without: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in parse_qsl(url.query) if name not in without]
