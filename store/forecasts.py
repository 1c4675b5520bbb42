"""What would become of reports that are not kept yet: shown to who adds them, before anything is changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, select

from reports.records import Report
from store.connections import Store, reading
from store.copies import find_original
from store.deletions import Deletion, find_deletion
from store.tables import REPORTS
from store.texts import fold_words, sign_words
from store.versions import derive_digest, find_first, read_address

_AT_ONCE = 500
"""Ids in one question: a database takes only so many."""


class Fate(StrEnum):
    """What would become of a report: ``other`` of its forecast says beside which one that is kept."""

    NEW = "new"
    TWICE = "twice"
    THERE = "there"
    VERSION = "version"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would become of a report, with the id and the publisher of the report that decides it.

    ``deleted`` is the last deletion of the same content.
    """

    fate: Fate
    other: str | None = None
    publisher: str | None = None
    deleted: Deletion | None = None


def foresee(store: Store, reports: Iterable[Report]) -> list[Forecast]:
    """Return what would become of each report now: whether it is new, there already, an update or another's copy.

    A report whose content came earlier among ``reports`` is there "twice". Copies and versions of each other among
    the reports themselves are found when they are kept.
    """
    with reading(store) as connection:
        return list(_foresee_all(connection, reports))


def _foresee_all(connection: Connection, reports: Iterable[Report]) -> Iterator[Forecast]:
    seen: dict[str, str] = {}
    for report in reports:
        digest = derive_digest(report)
        if digest in seen:
            yield Forecast(Fate.TWICE, seen[digest], report.publisher)
        else:
            seen[digest] = report.id
            yield replace(_foresee(connection, report, digest), deleted=find_deletion(connection, digest))


def _foresee(connection: Connection, report: Report, digest: str) -> Forecast:
    kept = connection.scalar(select(REPORTS.c.id).where(REPORTS.c.digest == digest))
    if kept is not None:
        return Forecast(Fate.THERE, kept, report.publisher)
    address = read_address(report)
    first = find_first(connection, report, address) if address else None
    if first is not None:
        return Forecast(Fate.VERSION, first, report.publisher)
    original = find_original(connection, report, address, sign_words(fold_words(report.text)))
    if original is None:
        return Forecast(Fate.NEW)
    query = select(REPORTS.c.publisher).where(REPORTS.c.id == original)
    return Forecast(Fate.COPY, original, connection.scalar(query))


def find_copies(store: Store, reports: Sequence[str]) -> dict[str, str | None]:
    """Return which of the reports of these ids are copies of another's text, with the publisher of that."""
    original = REPORTS.alias()
    query = select(REPORTS.c.id, original.c.publisher).join(original, original.c.id == REPORTS.c.copy_of)
    with reading(store) as connection:
        chunks = (reports[at : at + _AT_ONCE] for at in range(0, len(reports), _AT_ONCE))
        rows = [row for ids in chunks for row in connection.execute(query.where(REPORTS.c.id.in_(ids)))]
    return {row.id: row.publisher for row in rows}
