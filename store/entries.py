"""Reports go in with their figures and evidence, one transaction each, and come out as the records they were."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, insert, select

from parsers.records import Evidence, Figure, Reading
from reports.records import Report
from store.connections import Store, advance_revision, reading, writing
from store.errors import ConflictError
from store.tables import EVIDENCE, FIGURES, REPORTS

_FIGURE_FIELDS = tuple(field.name for field in fields(Figure) if field.name != "span")


def add_report(store: Store, report: Report, readings: Sequence[Reading]) -> bool:
    """Keep a report with what was read in it; True when it was new. The same report twice changes nothing.

    Raises ConflictError where other words, or those of another day or publisher, are kept under its id.
    """
    with writing(store) as connection:
        kept = _read_report(connection, report.id)
        if kept:
            _refuse_another(kept, report)
            return False
        connection.execute(insert(REPORTS), asdict(report))
        if readings:
            connection.execute(insert(FIGURES), [_flatten(one.figure) for one in readings])
        evidence = [row for one in readings for row in _list_evidence(one)]
        if evidence:
            connection.execute(insert(EVIDENCE), evidence)
        advance_revision(connection)
    return True


def has_report(store: Store, report_id: str) -> bool:
    """Tell whether a report is kept under this id."""
    with reading(store) as connection:
        return connection.scalar(select(REPORTS.c.id).where(REPORTS.c.id == report_id)) is not None


def read_report(store: Store, report_id: str) -> Report | None:
    """Return the report that is kept under this id, None where there is none."""
    with reading(store) as connection:
        return _read_report(connection, report_id)


def read_evidence(store: Store, figure_id: str) -> list[Evidence]:
    """Return why a figure has its values, in the order in which the parsers found out."""
    query = select(EVIDENCE).where(EVIDENCE.c.figure == figure_id).order_by(EVIDENCE.c.position)
    with reading(store) as connection:
        return [_build_evidence(row) for row in connection.execute(query).mappings()]


def _read_report(connection: Connection, report_id: str) -> Report | None:
    row = connection.execute(select(REPORTS).where(REPORTS.c.id == report_id)).mappings().one_or_none()
    return Report(**row) if row else None


def _refuse_another(kept: Report, report: Report) -> None:
    if (kept.text, kept.publisher, kept.published) != (report.text, report.publisher, report.published):
        raise ConflictError(f"report {report.id}: another report is kept under this id; give it an id of its own")


def _flatten(figure: Figure) -> dict[str, Any]:
    # Not dataclasses.asdict: it copies in depth, which takes longer than the writing.
    start, end = figure.span
    row = {name: getattr(figure, name) for name in _FIGURE_FIELDS}
    return {**row, "span_start": start, "span_end": end}


def _list_evidence(one: Reading) -> list[dict[str, Any]]:
    return [
        {
            "figure": one.figure.id,
            "position": position,
            "field": evidence.field,
            "start": evidence.span and evidence.span[0],
            "end": evidence.span and evidence.span[1],
            "why": evidence.why,
        }
        for position, evidence in enumerate(one.evidence)
    ]


def _build_evidence(row: Mapping[Any, Any]) -> Evidence:
    span = None if row["start"] is None else (row["start"], row["end"])
    return Evidence(field=row["field"], span=span, why=row["why"])
