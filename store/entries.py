"""Reports go in with their figures and evidence, one transaction each, and come out as the records they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, literal, null, or_, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from parsers.records import Evidence, Figure, Reading
from reports.records import Report
from store.connections import Store, advance_revision, reading, writing
from store.copies import link_twins
from store.derivations import link_report, list_words
from store.errors import ConflictError
from store.tables import EVIDENCE, FIGURES, REPORTS
from store.texts import fold_words, sign_words
from store.versions import derive_digest, read_address

RECORD = tuple(field.name for field in fields(Report))
"""The columns of a report that are its record."""

_FIGURE_FIELDS = tuple(field.name for field in fields(Figure) if field.name != "span")

_SAME = (literal(0).label("number"), REPORTS.c.id, REPORTS.c.digest)
# The number of the last report, and what has this id or this content.
_FIND_SAME = union_all(
    select(func.coalesce(func.max(REPORTS.c.number), 0).label("number"), null().label("id"), null().label("digest")),
    select(*_SAME).where(REPORTS.c.id == bindparam("id")),
    select(*_SAME).where(REPORTS.c.digest == bindparam("digest")),
)
_INSERT_REPORT = insert(REPORTS)


@dataclass(frozen=True, slots=True)
class Entry:
    """A report made ready to be kept: all that takes time is done, and it travels well between processes."""

    report: Report
    figures: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    digest: str
    words: list[str]
    keys: list[int]
    given: bool = False


def prepare_entry(report: Report, readings: Sequence[Reading], *, given: bool = False) -> Entry:
    """Return a report and what was read in it as the rows that are kept.

    ``given`` says that the figures came with the report, as a data set's do, and that no later reading may change them.
    """
    rows = [_flatten(one.figure) for one in readings]
    evidence = [row for one in readings for row in _list_evidence(one)]
    words, keys = list_words(report.title, report.text), sign_words(fold_words(report.text))
    return Entry(report, rows, evidence, derive_digest(report), words, keys, given)


def add_report(store: Store, report: Report, readings: Sequence[Reading], *, given: bool = False) -> bool:
    """Keep a report with what was read in it; True when it was new. The same report twice changes nothing.

    Identical content (words, publisher and day) is one report, whatever its id. Raises ConflictError where other
    words, or those of another day or publisher, are kept under its id. ``given``: see prepare_entry.
    """
    return add_entry(store, prepare_entry(report, readings, given=given))


def add_entry(store: Store, entry: Entry) -> bool:
    """Keep a report that was made ready, in one transaction; True when it was new."""
    report = entry.report
    with writing(store) as connection:
        rows = connection.execute(_FIND_SAME, {"id": report.id, "digest": entry.digest}).all()
        kept = [row for row in rows if row.id is not None]
        if any(row.digest == entry.digest for row in kept):
            return False
        if kept:
            raise ConflictError(f"report {report.id}: another report is kept under this id; give it an id of its own")
        number = max(row.number for row in rows) + 1
        links = link_report(connection, report, number, entry.words, entry.keys)
        extra = {"number": number, "given": entry.given, "digest": entry.digest, **links}
        connection.execute(_INSERT_REPORT, {**{name: getattr(report, name) for name in RECORD}, **extra})
        insert_figures(connection, entry)
        if links["copy_of"]:
            link_twins(connection, report.id, links["copy_of"])
        advance_revision(connection)
    return True


def insert_figures(connection: Connection, entry: Entry) -> None:
    """Put the figures of a report and their evidence into their tables."""
    # Many rows of plain words and numbers: the driver takes them as they are, in a third of the time.
    for table, rows in ((FIGURES, entry.figures), (EVIDENCE, entry.evidence)):
        if rows:
            connection.exec_driver_sql(_write_insert(table, connection.dialect.name), rows)


@cache
def _write_insert(table: Table, database: str) -> str:
    """Return the statement that puts rows, by the names of their columns, into a table of a kind of database."""
    if database == "sqlite":
        return str(insert(table).compile(dialect=sqlite.dialect(paramstyle="named")))
    return str(insert(table).compile(dialect=postgresql.psycopg.dialect()))  # type: ignore[no-untyped-call]


def write_plainly(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of plain words and numbers: codes and days as their words.

    >>> write_plainly({"value": 9, "end": date(2020, 2, 2)})
    {'value': 9, 'end': '2020-02-02'}
    """
    return {name: str(value) if isinstance(value, str | date) else value for name, value in row.items()}


def find_kept(store: Store, reports: Sequence[Report]) -> tuple[set[str], dict[str, str | None]]:
    """Return the digests of the content that is kept, and the ids that are taken with the address of their report."""
    ids, digests = [report.id for report in reports], [derive_digest(report) for report in reports]
    query = select(REPORTS.c.id, REPORTS.c.digest, REPORTS.c.address)
    with reading(store) as connection:
        rows = connection.execute(query.where(or_(REPORTS.c.id.in_(ids), REPORTS.c.digest.in_(digests)))).all()
    return {row.digest for row in rows}, {row.id: row.address for row in rows}


def has_report(store: Store, report_id: str) -> bool:
    """Tell whether a report is kept under this id."""
    with reading(store) as connection:
        return connection.scalar(select(REPORTS.c.id).where(REPORTS.c.id == report_id)) is not None


def read_report(store: Store, report_id: str) -> Report | None:
    """Return the report that is kept under this id, None where there is none."""
    query = select(*(REPORTS.c[name] for name in RECORD)).where(REPORTS.c.id == report_id)
    with reading(store) as connection:
        row = connection.execute(query).mappings().one_or_none()
    return Report(**row) if row else None


def read_versions(store: Store, report_id: str) -> list[Report]:
    """Return all versions of a report, itself among them, from the oldest to the newest."""
    first = select(REPORTS.c.first_version).where(REPORTS.c.id == report_id).scalar_subquery()
    same = or_(REPORTS.c.id == report_id, REPORTS.c.first_version == first)
    columns = (REPORTS.c[name] for name in RECORD)
    query = select(*columns).where(same).order_by(REPORTS.c.known.nulls_first(), REPORTS.c.number)
    with reading(store) as connection:
        return [Report(**row) for row in connection.execute(query).mappings()]


def read_copies(store: Store, report_id: str) -> list[Report]:
    """Return the reports that print one text, this one among them, the original first."""
    original = select(func.coalesce(REPORTS.c.copy_of, REPORTS.c.id)).where(REPORTS.c.id == report_id).scalar_subquery()
    query = select(*(REPORTS.c[name] for name in RECORD))
    query = query.where(or_(REPORTS.c.id == original, REPORTS.c.copy_of == original)).order_by(REPORTS.c.number)
    with reading(store) as connection:
        return [Report(**row) for row in connection.execute(query).mappings()]


def read_evidence(store: Store, figure_id: str) -> list[Evidence]:
    """Return why a figure has its values, in the order in which the parsers found out."""
    query = select(EVIDENCE).where(EVIDENCE.c.figure == figure_id).order_by(EVIDENCE.c.position)
    with reading(store) as connection:
        return [_build_evidence(row) for row in connection.execute(query).mappings()]


def is_version(report: Report, address: str | None) -> bool:
    """Tell whether a report whose id is taken is a version of that one: both stand at one address."""
    return address is not None and read_address(report) == address


def _flatten(figure: Figure) -> dict[str, Any]:
    # Not dataclasses.asdict: it copies in depth, which takes longer than the writing. Plain words also travel faster
    # between processes.
    start, end = figure.span
    row = write_plainly({name: getattr(figure, name) for name in _FIGURE_FIELDS})
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
