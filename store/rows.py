"""A report and what was read in it, as the rows that are kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection

from parsers.records import Figure, Reading
from reports.records import Report
from store.statements import insert_rows, order_values, write_plainly
from store.tables import EVIDENCE, FIGURES
from store.texts import fold_words, sign_words
from store.versions import derive_digest

RECORD = tuple(field.name for field in fields(Report))
"""The columns of a report that are its record."""

_FIGURE_FIELDS = tuple(field.name for field in fields(Figure) if field.name != "span")


@dataclass(frozen=True, slots=True)
class Entry:
    """A report made ready to be kept: all that takes time is done, and it travels well between processes."""

    report: Report
    figures: list[dict[str, Any]]
    evidence: list[tuple[Any, ...]]
    digest: str
    keys: list[int]
    given: bool = False


def prepare_entry(report: Report, readings: Sequence[Reading], *, given: bool = False) -> Entry:
    """Return a report and what was read in it as the rows that are kept.

    ``given`` says that the figures came with the report, as a data set's do, and that no later reading may change them.
    """
    rows = [_flatten(one.figure) for one in readings]
    evidence = [row for one in readings for row in _list_evidence(one)]
    return Entry(report, rows, evidence, derive_digest(report), sign_words(fold_words(report.text)), given)


def insert_figures(connection: Connection, entry: Entry) -> None:
    """Put the figures of a report and their evidence into their tables."""
    insert_rows(connection, FIGURES, [order_values(FIGURES, row) for row in entry.figures])
    insert_rows(connection, EVIDENCE, entry.evidence)


def _flatten(figure: Figure) -> dict[str, Any]:
    # Not dataclasses.asdict: it copies in depth, which takes longer than the writing. Plain words also travel faster
    # between processes.
    start, end = figure.span
    row = write_plainly({name: getattr(figure, name) for name in _FIGURE_FIELDS})
    return {**row, "span_start": start, "span_end": end}


def _list_evidence(one: Reading) -> Iterator[tuple[Any, ...]]:
    # There is much of it: rows without names take half as long to hand over and to write.
    for position, evidence in enumerate(one.evidence):
        start, end = evidence.span or (None, None)
        named = {"field": evidence.field, "start": start, "end": end, "why": evidence.why}
        yield order_values(EVIDENCE, {"figure": one.figure.id, "position": position, **named})
