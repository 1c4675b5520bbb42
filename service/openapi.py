"""The data API described for programs, after OpenAPI 3.1, made of the same tables that read a request."""

from typing import Any

from series.downloads import DAYS, FRACTIONS, TRUTHS, WHOLE
from series.metadata import read_version
from service.answers import KINDS
from service.parameters import CHOICES, Kind, Parameter, Resource
from service.problems import MEDIA
from service.tables import RESOURCES

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "remedy"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong."},
        "remedy": {"type": "string", "description": "What to do."},
        "parameter": {"type": "string", "description": "The parameter that has it."},
    },
}
_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "Where people sign in, a program sends a token, which whoever runs the server makes with "
    "`python -m service token NAME`. It may read and nothing else. Elsewhere none is needed.",
}
_PROBLEMS = {
    "400": "A parameter that is not known, or cannot be read.",
    "401": "Nobody has signed in and no good token was sent, where one of them is needed.",
    "406": "No kind of table that the header Accept takes.",
    "409": "The store has changed since the first page.",
    "503": "The store cannot be read.",
}
_TOLD = {
    "ETag": "Changes with the store; send it back as If-None-Match.",
    "Link": "The first, previous, next and last page (RFC 8288).",
    "X-Total-Count": "How many rows there are, on all pages.",
}


def describe_api() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Who Counts",
            "version": read_version(),
            "summary": "Casualty and displacement figures, by who says so.",
            "description": "Each figure is a claim of its source. A part is never added to its whole, sources are "
            "compared and never added. The parameters are the filters of the dashboard, whose address can be used as "
            "it is.",
        },
        "paths": {resource.path: {"get": _describe_resource(resource)} for resource in RESOURCES},
        "security": [{}, {"token": []}],
        "components": {"schemas": {"Problem": _PROBLEM}, "securitySchemes": {"token": _TOKEN}},
    }


def _describe_resource(resource: Resource) -> dict[str, Any]:
    also = [] if resource.choices else [_describe_parameter(one, passed_over=True) for one in CHOICES]
    table = {"type": "array", "items": {"type": "object", "properties": describe_columns(resource.columns)}}
    kinds = {media: {"schema": table if name == "json" else {"type": "string"}} for name, (_, media) in KINDS.items()}
    headers = {name: {"description": about, "schema": {"type": "string"}} for name, about in _TOLD.items()}
    problems = {
        status: {
            "description": about,
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, about in _PROBLEMS.items()
    }
    return {
        "operationId": f"list_{resource.name}",
        "summary": resource.about,
        "parameters": [*map(_describe_parameter, resource.parameters), *also],
        "responses": {
            "200": {"description": "A page of the table.", "headers": headers, "content": kinds},
            "304": {"description": "The asker has it already."},
            **problems,
        },
    }


def _describe_parameter(parameter: Parameter, *, passed_over: bool = False) -> dict[str, Any]:
    schema = describe_values(parameter)
    about = "Passed over, so that the address of the dashboard can be used as it is." if passed_over else None
    return {
        "name": parameter.name,
        "in": "query",
        "description": about or parameter.about,
        "schema": {"type": "array", "items": schema} if parameter.several else schema,
        **({"explode": True} if parameter.several else {}),
    }


def describe_values(parameter: Parameter) -> dict[str, Any]:
    """Return the schema of one value of a parameter."""
    if parameter.kind is Kind.NUMBER:
        most = {"maximum": parameter.most} if parameter.most else {}
        usual = {"default": int(parameter.default)} if parameter.default else {}
        return {"type": "integer", "minimum": parameter.least, **most, **usual}
    if parameter.kind is Kind.DAY:
        return {"type": "string", "format": "date"}
    known = {"enum": list(parameter.values)} if parameter.values else {}
    return {"type": "string", **known, **({"default": parameter.default} if parameter.default else {})}


def describe_columns(columns: tuple[str, ...]) -> dict[str, Any]:
    """Return the schema of each column of a table.

    >>> describe_columns(("low",))
    {'low': {'type': ['integer', 'null']}}
    """
    return {column: _describe_column(column) for column in columns}


def _describe_column(column: str) -> dict[str, Any]:
    if column in WHOLE:
        return {"type": ["integer", "null"]}
    if column in FRACTIONS:
        return {"type": ["number", "null"]}
    if column in TRUTHS:
        return {"type": ["boolean", "null"]}
    return {"type": ["string", "null"], **({"format": "date"} if column in DAYS else {})}
