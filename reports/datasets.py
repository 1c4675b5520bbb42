"""Datasets of counts: a row becomes a report that says in words what it holds, with its numbers beside them.

Nothing is read out of words here: the numbers are the dataset's. Which column is which stands in ``mappings``.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import regex

from reports.dates import read_day
from reports.errors import FieldError, ReportError, WrongDateError
from reports.fields import Item, Origin, build_report
from reports.records import Count, CountedReport

MAPPINGS = Path(__file__).with_name("mappings")
_HEDGES = {"more than": "more_than", "at least": "at_least", "approximately": "about", "around": "about"}
_WHOLE = regex.compile(r"(?P<number>\d{1,15})(?:\.0*)?")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The mapping of one dataset, as its table says it."""

    name: str
    columns: frozenset[str]
    source: str
    counts: tuple[Mapping[str, str], ...]
    fields: Mapping[str, Any]


def find_dataset(columns: Iterable[str]) -> Dataset | None:
    """Return the dataset that a table with these columns is of, None for any other table.

    >>> find_dataset(["event_id_cnty", "event_date", "event_type", "sub_event_type", "fatalities", "notes"]).name
    'ACLED'
    """
    there = frozenset(columns)
    return next((dataset for dataset in load_datasets() if dataset.columns <= there), None)


@cache
def load_datasets() -> tuple[Dataset, ...]:
    """Return the mappings of all datasets."""
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(MAPPINGS.glob("*.toml"))]
    return tuple(
        Dataset(table["name"], frozenset(table["columns"]), table["source"], tuple(table["counts"]), table)
        for table in tables
    )


def read_row(dataset: Dataset, row: Row, origin: Origin) -> Iterator[Item]:
    """Yield the counted report of a row; nothing for a row without counts, or one that the mapping leaves out."""
    only: Mapping[str, str] = dataset.fields.get("only", {})
    if any(key in row and str(row[key]) != value for key, value in only.items()):
        return
    try:
        numbers = [(count, _read_number(row, count["value"], origin)) for count in dataset.counts]
        told = [(count, number) for count, number in numbers if number]
        if told:
            yield _build(dataset, row, told, origin)
    except ReportError as error:
        yield error


def _build(dataset: Dataset, row: Row, told: list[tuple[Mapping[str, str], int]], origin: Origin) -> CountedReport:
    start, end = (_read_date(dataset, row, key, origin) for key in ("start", "end"))
    place = _read(dataset, row, "place") or dataset.fields.get("place_name")
    country = _read(dataset, row, "country") or dataset.fields.get("country_code")
    text, spans = _say(dataset, row, told, f"{', '.join(filter(None, (place, country)))}, {_say_days(start, end)}")
    counts = tuple(
        _count(dataset, row, count, number, span, (start, end), origin)
        for (count, number), span in zip(told, spans, strict=True)
    )
    name = _name_row(dataset, row)
    fields = {
        "id": f"{dataset.name}: {name}" if name else None,
        "text": text,
        "title": f"{dataset.name} {name}".strip(),
        "published": _read_date(dataset, row, "published", origin),
        "publisher": dataset.name,
        "language": "en",
    }
    return CountedReport(build_report(fields, origin), counts, dataset.name)


def _count(
    dataset: Dataset,
    row: Row,
    count: Mapping[str, str],
    number: int,
    span: tuple[int, int],
    days: tuple[date | None, date | None],
    origin: Origin,
) -> Count:
    hedge = _HEDGES.get(str(row.get(count.get("hedge", ""), "")).strip().lower(), "exact")
    firm = hedge == "exact"
    low = _read_number(row, count["low"], origin) if "low" in count else number if hedge != "about" else None
    high = _read_number(row, count["high"], origin) if "high" in count else number if firm else None
    since = date.fromisoformat(count["since"]) if "since" in count else None
    return Count(
        metric=count["metric"],
        value=number,
        low=low,
        high=high,
        qualifier=hedge,
        span=span,
        basis=count.get("basis", "new"),
        unit=count.get("unit", "person"),
        group=count.get("group"),
        source=_read(dataset, row, "source_column") or dataset.source,
        place=_read(dataset, row, "place") or dataset.fields.get("place_name"),
        country=_read(dataset, row, "country") or dataset.fields.get("country_code"),
        latitude=_read_degrees(dataset, row, "latitude"),
        longitude=_read_degrees(dataset, row, "longitude"),
        start=since or days[0],
        end=days[1] or days[0],
        precision=dataset.fields.get("precision"),
    )


def _say(
    dataset: Dataset, row: Row, told: list[tuple[Mapping[str, str], int]], where: str
) -> tuple[str, list[tuple[int, int]]]:
    """Return the row in words, and the span of each number in them."""
    text, spans = f"{dataset.name} {_name_row(dataset, row)}".strip() + ": ", []
    for at, (count, number) in enumerate(told):
        text += "; " if at else ""
        spans.append((len(text), len(text) + len(str(number))))
        bounds = f" ({row.get(count['low'])} to {row.get(count['high'])})" if "low" in count else ""
        text += f"{number} {count['words']}{bounds}"
    return f"{text}. {where}.", spans


def _name_row(dataset: Dataset, row: Row) -> str:
    """Return what tells a row from all others: two rows that say the same are two counts."""
    columns = dataset.fields.get("id", [])
    return " ".join(str(row.get(column, "")).strip() for column in ([columns] if isinstance(columns, str) else columns))


def _say_days(start: date | None, end: date | None) -> str:
    days = [day.isoformat() for day in (start, end) if day]
    return " to ".join(dict.fromkeys(days)) or "no date"


def _read(dataset: Dataset, row: Row, key: str) -> str | None:
    value = row.get(dataset.fields.get(key, ""))
    return str(value).strip() or None if value is not None else None


def _read_number(row: Row, column: str, origin: Origin) -> int | None:
    value = row.get(column)
    if value is None or str(value).strip() == "":
        return None
    m = _WHOLE.fullmatch(str(value).replace(",", "").strip())
    if m is None:
        problem = f"{str(value)[:40]!r} in {column} is no count"
        raise FieldError(origin.name, problem, "write a whole number", origin.line)
    return int(m["number"])


def _read_date(dataset: Dataset, row: Row, key: str, origin: Origin) -> date | None:
    words = _read(dataset, row, key)
    day = read_day(words) if words else None
    if words and day is None:
        problem = f"{words[:40]!r} in {dataset.fields[key]} is no day"
        raise WrongDateError(origin.name, problem, "write it as 2020-02-02", origin.line)
    return day


def _read_degrees(dataset: Dataset, row: Row, key: str) -> float | None:
    words = _read(dataset, row, key)
    try:
        return float(words) if words else None
    except ValueError:
        return None
