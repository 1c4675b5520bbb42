"""Records with gold counts, from a file of any place: which went wrong, and how what was found was derived.

A line is a JSON object with ``text`` and either ``figures`` (each with ``metric``, and ``value`` or ``low`` and
``high``) or ``gold``: for a metric the total of the text, a list of numbers that must all be found, or, with
``<metric>_high`` beside it, bounds of which one must be found; ``figure`` is a number of any metric.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from parsers.formats import explain
from parsers.pipeline import read_figures
from parsers.records import Figure, Metric, Reading, Status
from reports.records import Report
from tests.corpora import Stated, pair, read_stated
from tests.sample import number_of

Record = Mapping[str, Any]
COUNTS = frozenset({"figure", *(metric.value for metric in Metric)})
CLAIMED = frozenset({Status.REPORTED, Status.UNVERIFIED})


@dataclass(frozen=True, slots=True)
class Answer:
    """A record, what was read in it, and what is wrong with that."""

    record: Record
    readings: Sequence[Reading]
    wrong: Sequence[str]


def read_gold(path: Path, metrics: Collection[str] = ()) -> Iterator[Answer]:
    """Yield the records of a file, each parsed and judged; raises ValueError that names the line.

    ``metrics`` are the counts that are judged, all where none is named.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                record, report = _read_record(line, f"{path}: line {number}")
                readings = read_figures(report)
                yield Answer(record, readings, list(find_wrong(record, [one.figure for one in readings], metrics)))


def _read_record(line: str, where: str) -> tuple[Record, Report]:
    remedy = f'{where}: write an object with "text" and "gold" or "figures"'
    try:
        record = json.loads(line)
        published = date.fromisoformat(record["published"]) if record.get("published") else None
        report = Report(id=str(record.get("id", where)), text=record["text"], published=published)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{remedy} ({error!r})") from error
    if not isinstance(record.get("gold"), dict) and not isinstance(record.get("figures"), list):
        raise ValueError(remedy)  # noqa: TRY004 - what is wrong is the file, not the caller's type
    return record, report


def find_wrong(record: Record, figures: Sequence[Figure], metrics: Collection[str] = ()) -> Iterator[str]:
    """Yield what a record states that its figures do not bear out, in words."""
    if "figures" in record:
        yield from _judge_figures(record["figures"], figures)
        return
    for name, wanted in record["gold"].items():
        if wanted is not None and name in (metrics or COUNTS):
            yield from _judge_count(name, wanted, record["gold"].get(f"{name}_high"), figures)


def _judge_count(name: str, wanted: Any, high: int | None, figures: Sequence[Figure]) -> Iterator[str]:
    numbers = _list_numbers(name, figures)
    if isinstance(wanted, list):
        yield from (f"{name}: {one} is not among {sorted(numbers)}" for one in wanted if one not in numbers)
    elif name == "figure" or high is not None:
        if wanted and numbers.isdisjoint({wanted, high}):
            yield f"{name}: {wanted} is not among {sorted(numbers)}"
    elif (total := add_up(figures, name)) != wanted:
        yield f"{name}: {wanted} in all, read as {total}"


def _judge_figures(wanted: Sequence[Record], figures: Sequence[Figure]) -> Iterator[str]:
    for stated, figure in pair([_read_stated(one) for one in wanted], figures):
        read = read_stated(figure) if figure else None
        if not (stated and read and stated.agrees(read)):
            yield f"{stated or 'nothing'} read as {read or 'nothing'}"


def _read_stated(one: Record) -> Stated:
    return Stated(one["metric"], number_of(one.get("value"), one.get("low"), one.get("high")))


def _list_numbers(name: str, figures: Sequence[Figure]) -> set[int]:
    some = [figure for figure in figures if name in {"figure", figure.metric.value}]
    return {bound for figure in some for bound in (figure.value, figure.low, figure.high) if bound is not None}


def add_up(figures: Sequence[Figure], metric: str) -> int:
    """Return the total of a metric that a text claims: parts left out, and a claim told twice counted once."""
    claims = {
        (next(bound for bound in (figure.value, figure.low, figure.high, 0) if bound is not None), figure.group)
        for figure in figures
        if figure.metric == metric and figure.part_of is None and figure.status in CLAIMED
    }
    return sum(number for number, _ in claims)


def explain_wrong(answers: Iterator[Answer], most: int) -> Iterator[str]:
    """Yield each record that went wrong, with the derivation of what was found in it, and at last how many."""
    count = wrong = 0
    for answer in answers:
        count += 1
        if answer.wrong:
            wrong += 1
            if wrong <= most:
                yield "\n".join(_write_answer(answer))
    yield f"{count - wrong} of {count} records right"


def _write_answer(answer: Answer) -> Iterator[str]:
    yield f"[{answer.record.get('id', '')}] {'; '.join(answer.wrong)}"
    yield f"  {' '.join(answer.record['text'].split())}"
    yield from ("  " + explain(reading).replace("\n", "\n  ") for reading in answer.readings)
    yield ""
