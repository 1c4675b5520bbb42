"""What is derived from a report as it is kept: its words for the search, its versions, and the text it is a copy of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from reports.records import Report
from store.copies import find_original, keep_signature, link_twins
from store.tables import REPORTS
from store.texts import fold_words, sign_words
from store.versions import derive_digest, link_version

MOST_WORDS = 50_000
"""Different words of one report that can be searched; PostgreSQL keeps no more than a megabyte of them."""

LONGEST_WORD = 200

_INSERT_WORDS = "INSERT INTO report_words (rowid, words) VALUES (?, ?)"
_INSERT_VECTOR = "INSERT INTO report_words (number, words) VALUES (%s, array_to_tsvector(%s))"


def link_report(
    connection: Connection, report: Report, number: int, words: Sequence[str], keys: Sequence[int]
) -> dict[str, Any]:
    """Make a report searchable, and return the columns that say of which it is a version or a copy.

    ``words`` are those by which it is found (``list_words``), ``keys`` those of its signature (``sign_words``).
    """
    keep_words(connection, number, words)
    row = link_version(connection, report)
    original = find_original(connection, report, row["address"], keys)
    if original is None:
        keep_signature(connection, number, report.published, keys)
    return {**row, "copy_of": original}


def fill_derived(connection: Connection) -> None:
    """Derive what is missing for the reports of a database that an earlier version of the program made."""
    record = [REPORTS.c[name] for name in Report.__dataclass_fields__]
    waiting = select(REPORTS.c.number).where(REPORTS.c.digest.is_(None)).order_by(REPORTS.c.number)
    for number in connection.execute(waiting).scalars().all():
        row = connection.execute(select(*record).where(REPORTS.c.number == number)).mappings().one()
        report = Report(**row)
        keys = sign_words(fold_words(report.text))
        links = link_report(connection, report, number, list_words(report.title, report.text), keys)
        values = {"digest": derive_digest(report), **links}
        connection.execute(update(REPORTS).where(REPORTS.c.number == number).values(values))
        if links["copy_of"]:
            link_twins(connection, report.id, links["copy_of"])


def keep_words(connection: Connection, number: int, words: Sequence[str]) -> None:
    """Make a report findable by its words (``list_words``)."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_INSERT_WORDS, (number, " ".join(words)))
    else:
        connection.exec_driver_sql(_INSERT_VECTOR, (number, list(words)))


def list_words(title: str | None, text: str) -> list[str]:
    """Return the words by which a report is found, each once, in order.

    >>> list_words("Fire in Norvik", "The fire took nine.")
    ['fire', 'in', 'nine', 'norvik', 'the', 'took']
    """
    return sorted({word for word in fold_words(f"{title or ''} {text}") if len(word) <= LONGEST_WORD})[:MOST_WORDS]
