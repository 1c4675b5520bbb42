"""A request is read: parameters become filters, options and a page; what cannot be read is named with its remedy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from series.bins import Bin
from series.filters import Filters
from series.options import By, Options, Spread, Vague
from service.parameters import CHOICES, FORMAT, Kind, Parameter, Resource
from service.problems import refuse

_DIGITS = 15
"""More than any store holds."""

Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: which rows, made how, which of them, and as what kind of table (None where not said)."""

    filters: Filters
    options: Options
    limit: int
    offset: int
    revision: int | None
    format: str | None


def read_query(given: Given, resource: Resource) -> Query:
    """Return what the parameters ask of a resource; raises ProblemError.

    The dashboard's choices are passed over where they mean nothing, so that its address can be used as it is.
    """
    known = {parameter.name: parameter for parameter in (*resource.parameters, *CHOICES)}
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            meant = f"you may mean {near[0]}; " if near else ""
            raise refuse(name, f"{name} is no parameter of {resource.path}", f"{meant}there are {', '.join(known)}")
    read = {name: _read(parameter, given.get(name, ())) for name, parameter in known.items()}
    one = {name: values[0] if values else "" for name, values in read.items()}
    options = Options(
        by=By(one["by"]), width=Bin(one["bin"]), best=one["best"], vague=Vague(one["vague"]),
        spread=Spread(one["spread"]), statuses=read["status"], totals=one["totals"] == "new",
        households=one["households"] == "people",
        as_known=date.fromisoformat(one["as_known"]) if one["as_known"] else None,
    )  # fmt: skip
    return Query(
        filters=Filters.from_query(read),
        options=options,
        limit=int(one["limit"]),
        offset=int(one["offset"]),
        revision=int(one["revision"]) if one["revision"] else None,
        format=one["format"] if any(given.get(FORMAT.name, ())) else None,
    )


def _read(parameter: Parameter, given: Sequence[str]) -> tuple[str, ...]:
    values = tuple(value for value in given if value)
    if len(values) > 1 and not parameter.several:
        raise refuse(parameter.name, f"{parameter.name} stands {len(values)} times", "write it once")
    for value in values:
        _check(parameter, value)
    return values or ((parameter.default,) if parameter.default else ())


def _check(parameter: Parameter, value: str) -> None:
    if parameter.kind is Kind.DAY:
        _check_day(parameter.name, value)
    elif parameter.kind is Kind.NUMBER:
        _check_number(parameter, value)
    elif parameter.values and value not in parameter.values:
        raise refuse_value(parameter.name, value, parameter.values)


def refuse_value(name: str, value: str, values: Sequence[str], *, listed: str = "") -> Exception:
    """Return the error of a value that is not known, with the one that may be meant and where all of them stand."""
    near = get_close_matches(value.casefold(), {one.casefold(): one for one in values}, n=1)
    meant = next((f"you may mean {one}; " for one in values if near and one.casefold() == near[0]), "")
    return refuse(name, f"{name} {value!r} is not known", meant + (listed or f"there are {', '.join(values)}"))


def _check_day(name: str, value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise refuse(name, f"{name} {value!r} is no day", "write it as 2020-02-29") from None


def _check_number(parameter: Parameter, value: str) -> None:
    most = parameter.most
    if not value.isascii() or not value.isdigit() or len(value) > _DIGITS:
        raise refuse(parameter.name, f"{parameter.name} {value!r} is no whole number", "write one, such as 100")
    if int(value) < parameter.least or (most is not None and int(value) > most):
        remedy = f"write {parameter.least} to {most}" if most else f"write {parameter.least} or more"
        raise refuse(parameter.name, f"{parameter.name} is {value}", remedy)
