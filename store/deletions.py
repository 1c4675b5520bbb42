"""The log of reports that were deleted: who did it, when and why, without their words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from store.connections import Store, reading
from store.tables import DELETIONS, REPORTS

_COLUMNS = ("number", "report", "publisher", "published", "figures", "reviews", "who", "why", "at")


@dataclass(frozen=True, slots=True)
class Deletion:
    """One line of the log: which report went, with how many figures and reviews, and who did it, when and why."""

    number: int
    report: str
    publisher: str | None
    published: date | None
    figures: int
    reviews: int
    who: str
    why: str
    at: datetime

    def __str__(self) -> str:
        """Return what is said where the same text comes again.

        >>> print(Deletion(1, "a", None, None, 2, 0, "Ana", "names a victim", datetime(2024, 3, 26)))
        deleted on 2024-03-26 by Ana (names a victim)
        """
        return f"deleted on {self.at:%Y-%m-%d} by {self.who} ({self.why})"


def read_deletions(store: Store) -> list[Deletion]:
    """Return the log of deletions, from the first line to the last."""
    with reading(store) as connection:
        return [_build(row) for row in connection.execute(_select_lines().order_by(DELETIONS.c.number))]


def find_returned(store: Store) -> list[tuple[str, Deletion]]:
    """Return the ids of the reports whose content was deleted once and is there again, each with its last deletion."""
    query = select(REPORTS.c.id, REPORTS.c.digest).where(REPORTS.c.digest.in_(select(DELETIONS.c.digest)))
    with reading(store) as connection:
        rows = connection.execute(query.order_by(REPORTS.c.number)).all()
        found = [(str(row.id), find_deletion(connection, row.digest)) for row in rows]
    return [(report, deletion) for report, deletion in found if deletion]


def find_deletion(connection: Connection, digest: str) -> Deletion | None:
    """Return the last deletion of a report of this content, None where there was none."""
    query = _select_lines().where(DELETIONS.c.digest == digest).order_by(DELETIONS.c.number.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else _build(row)


def _select_lines() -> Select[Any]:
    return select(*(DELETIONS.c[name] for name in _COLUMNS))


def _build(row: Row[Any]) -> Deletion:
    return Deletion(**{**row._asdict(), "at": datetime.fromisoformat(row.at)})
