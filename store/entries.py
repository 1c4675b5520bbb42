"""Reports go in with their figures and evidence, one transaction each, and come out as the records they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, literal, null, or_, select, union_all

from parsers.records import Evidence, Reading
from reports.records import Report
from store.connections import Store, advance_revision, reading, writing
from store.copies import link_twins
from store.deletions import Deletion, find_deletion
from store.derivations import link_report
from store.errors import ConflictError
from store.rows import RECORD, Entry, insert_figures, prepare_entry
from store.statements import insert_rows, order_values, run_plainly, write_plainly
from store.tables import DELETIONS, EVIDENCE, REPORTS
from store.versions import derive_digest, read_address
from store.words import index_handful

_SAME = (literal(0).label("number"), REPORTS.c.id, REPORTS.c.digest, literal(0).label("deleted"))
_NONE = (null().label("id"), null().label("digest"))
# The number of the last report, what has this id or this content, and whether this content was deleted once.
_FIND_SAME = union_all(
    select(func.coalesce(func.max(REPORTS.c.number), 0).label("number"), *_NONE, literal(0).label("deleted")),
    select(*_SAME).where(REPORTS.c.id == bindparam("id")),
    select(*_SAME).where(REPORTS.c.digest == bindparam("digest")),
    select(literal(0).label("number"), *_NONE, literal(1).label("deleted")).where(
        DELETIONS.c.digest == bindparam("digest")
    ),
)


class _Same(NamedTuple):
    number: int
    id: str | None
    digest: str | None
    deleted: int


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of a report: ``is_new`` where it was not there; ``deleted`` says when the same was, before that."""

    is_new: bool
    deleted: Deletion | None = None


def add_report(store: Store, report: Report, readings: Sequence[Reading], *, given: bool = False) -> bool:
    """Keep a report with what was read in it; True when it was new. The same report twice changes nothing.

    Identical content (words, publisher and day) is one report, whatever its id. Raises ConflictError where other
    words, or those of another day or publisher, are kept under its id. ``given``: see prepare_entry.
    """
    entry = prepare_entry(report, readings, given=given)
    with writing(store) as connection:
        return add_entry(connection, entry).is_new


def add_entry(connection: Connection, entry: Entry) -> Addition:
    """Keep a report that was made ready, in the transaction of its own that is given, and return what became of it."""
    report = entry.report
    found = run_plainly(connection, _FIND_SAME, {"id": report.id, "digest": entry.digest})
    rows = [_Same(*row) for row in found]
    kept = [row for row in rows if row.id is not None]
    if any(row.digest == entry.digest for row in kept):
        return Addition(is_new=False)
    if kept:
        raise ConflictError(f"report {report.id}: another report is kept under this id; give it an id of its own")
    number = max(row.number for row in rows) + 1
    links = link_report(connection, report, number, entry.keys)
    extra = {"number": number, "given": entry.given, "digest": entry.digest, **links}
    row = write_plainly({name: getattr(report, name) for name in RECORD} | extra)
    insert_rows(connection, REPORTS, [order_values(REPORTS, row)])
    insert_figures(connection, entry)
    index_handful(connection, number)
    if links["copy_of"]:
        link_twins(connection, report.id, links["copy_of"])
    deleted = find_deletion(connection, entry.digest) if any(row.deleted for row in rows) else None
    advance_revision(connection)
    return Addition(is_new=True, deleted=deleted)


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


def _build_evidence(row: Mapping[Any, Any]) -> Evidence:
    span = None if row["start"] is None else (row["start"], row["end"])
    return Evidence(field=row["field"], span=span, why=row["why"])
