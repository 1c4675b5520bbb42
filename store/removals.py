"""A report is taken out with all that was read in it; what stays stands as if it had never come."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, text, update
from sqlalchemy.exc import DBAPIError

from reports.records import Report
from store.connections import Store, advance_revision, reading, writing
from store.copies import find_original, keep_signature, link_twins
from store.errors import DeletionError
from store.freezes import unfrozen
from store.rows import RECORD
from store.tables import BANDS, DELETIONS, FIGURES, REPORTS, REVIEWS, TWINS
from store.texts import fold_words, sign_words
from store.versions import link_chain
from store.words import forget_words

_VACUUMED = "reports, figures, evidence, twins, bands, reviews, report_words"


@dataclass(frozen=True, slots=True)
class Loss:
    """What goes with a report, and the ids of what stays: its other versions, and the copies of its text."""

    report: str
    title: str | None
    publisher: str | None
    published: date | None
    figures: int
    reviews: int
    versions: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def say_losses(losses: Sequence[Loss]) -> str:
    """Return how much goes.

    >>> say_losses([Loss("a", None, None, None, 2, 1), Loss("b", None, None, None, 0, 0)])
    '2 reports, 2 figures, 1 review'
    """
    counts = {"report": len(losses), "figure": sum(one.figures for one in losses)}
    counts["review"] = sum(one.reviews for one in losses)
    return ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for what, count in counts.items())


def foresee_losses(store: Store, ids: Iterable[str], *, versions: bool = False, copies: bool = False) -> list[Loss]:
    """Return what would go if reports were deleted, and change nothing; see ``delete_reports``."""
    with reading(store) as connection:
        return _find_losses(connection, _widen(connection, ids, versions=versions, copies=copies))


def delete_reports(
    store: Store, ids: Iterable[str], *, who: str, why: str, versions: bool = False, copies: bool = False
) -> list[Loss]:
    """Delete reports with their figures and the reviews of those, in one transaction; return what went.

    ``versions`` and ``copies`` take the other versions of a report, and the reports that print its text, along. Those
    that stay stand as if the report had never come: the version before counts again, and a copy stands for the
    original. Raises DeletionError where nobody or no reason is named, or a report is not kept; then all stay.
    """
    if not who.strip() or not why.strip():
        raise DeletionError("a deletion says who and why; fill in both")
    with writing(store) as connection:
        if store.is_file:
            # What is freed is written over with zeros: the words are not to be found in the file.
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        losses = _find_losses(connection, _widen(connection, ids, versions=versions, copies=copies))
        for loss in losses:
            _delete(connection, loss, who.strip(), why.strip())
        if store.is_file and losses:
            connection.execute(text("INSERT INTO report_words (report_words) VALUES ('optimize')"))
        advance_revision(connection)
    _clear_away(store)
    return losses


def _widen(connection: Connection, ids: Iterable[str], *, versions: bool, copies: bool) -> list[str]:
    """Return the ids, each once, with those of their versions and copies where these are asked for."""
    asked, waiting = dict.fromkeys(ids), list(dict.fromkeys(ids))
    while waiting:
        report = waiting.pop()
        found = [*(_list_versions(connection, report) if versions else ())]
        found += _list_copies(connection, report) if copies else ()
        waiting += [one for one in found if one not in asked]
        asked |= dict.fromkeys(found)
    return list(asked)


def _list_versions(connection: Connection, report: str) -> list[str]:
    first = select(REPORTS.c.first_version).where(REPORTS.c.id == report).scalar_subquery()
    query = select(REPORTS.c.id).where(REPORTS.c.first_version == first, REPORTS.c.id != report)
    return list(connection.execute(query.order_by(REPORTS.c.number)).scalars())


def _list_copies(connection: Connection, report: str) -> list[str]:
    original = select(func.coalesce(REPORTS.c.copy_of, REPORTS.c.id)).where(REPORTS.c.id == report).scalar_subquery()
    same = or_(REPORTS.c.id == original, REPORTS.c.copy_of == original)
    query = select(REPORTS.c.id).where(same, REPORTS.c.id != report)
    return list(connection.execute(query.order_by(REPORTS.c.number)).scalars())


def _find_losses(connection: Connection, ids: Sequence[str]) -> list[Loss]:
    losses = [_find_loss(connection, report, frozenset(ids)) for report in ids]
    if missing := [report for report, loss in zip(ids, losses, strict=True) if loss is None]:
        raise DeletionError(f"report {missing[0]}: not in the store; find its id with: python -m store search WORD")
    return [loss for loss in losses if loss]


def _find_loss(connection: Connection, report: str, going: frozenset[str]) -> Loss | None:
    columns = (REPORTS.c.title, REPORTS.c.publisher, REPORTS.c.published)
    row = connection.execute(select(*columns).where(REPORTS.c.id == report)).one_or_none()
    if row is None:
        return None
    figures, reviews = (
        int(connection.scalar(select(func.count()).select_from(table).where(table.c.report == report)) or 0)
        for table in (FIGURES, REVIEWS)
    )
    versions, copies = (
        tuple(one for one in found if one not in going)
        for found in (_list_versions(connection, report), _list_copies(connection, report))
    )
    return Loss(report, *row, figures, reviews, versions, copies)


def _delete(connection: Connection, loss: Loss, who: str, why: str) -> None:
    row = connection.execute(select(REPORTS).where(REPORTS.c.id == loss.report)).one()
    last = connection.scalar(select(func.max(REVIEWS.c.number)))
    number = 1 + int(connection.scalar(select(func.coalesce(func.max(DELETIONS.c.number), 0))) or 0)
    line = {name: getattr(loss, name) for name in ("report", "publisher", "published", "figures", "reviews")}
    said = {"who": who, "why": why, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    _remove(connection, row)
    connection.execute(
        insert(DELETIONS), {**line, **said, "number": number, "digest": row.digest, "last_review": last or 0}
    )


def _remove(connection: Connection, row: Row[Any]) -> None:
    with unfrozen(connection, REVIEWS):
        connection.execute(delete(REVIEWS).where(REVIEWS.c.report == row.id))
    connection.execute(delete(BANDS).where(BANDS.c.key.in_(_sign(row)), BANDS.c.number == row.number))
    forget_words(connection, row.number, row.title, row.text)
    copies = connection.execute(select(REPORTS).where(REPORTS.c.copy_of == row.id).order_by(REPORTS.c.number)).all()
    connection.execute(update(REPORTS).where(REPORTS.c.copy_of == row.id).values(copy_of=None))
    # Figures, their evidence and their twins go with it.
    connection.execute(delete(REPORTS).where(REPORTS.c.id == row.id))
    for copy in copies:
        _link_copy(connection, copy)
    if row.first_version is not None:
        link_chain(connection, row.first_version)


def _link_copy(connection: Connection, row: Row[Any]) -> None:
    """Let a copy whose original went find another, or stand for it."""
    report = Report(**{name: getattr(row, name) for name in RECORD})
    own = select(FIGURES.c.id).where(FIGURES.c.report == report.id)
    connection.execute(delete(TWINS).where(TWINS.c.figure.in_(own)))
    original = find_original(connection, report, row.address, _sign(row))
    if original is None:
        keep_signature(connection, row.number, row.published, _sign(row))
        return
    connection.execute(update(REPORTS).where(REPORTS.c.id == report.id).values(copy_of=original))
    link_twins(connection, report.id, original)


def _sign(row: Row[Any]) -> list[int]:
    return sign_words(fold_words(row.text))


def _clear_away(store: Store) -> None:
    """Take what was deleted out of the files as well; what somebody reads just now, the database clears later."""
    with suppress(DBAPIError, sqlite3.Error):
        if store.is_file:
            with closing(store.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text(f"VACUUM {_VACUUMED}"))
