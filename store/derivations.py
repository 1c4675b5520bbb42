"""What is derived from a report as it is kept: its versions, and the text it is a copy of."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from reports.records import Report
from store.copies import find_original, keep_signature, link_twins
from store.tables import REPORTS
from store.texts import fold_words, sign_words
from store.versions import derive_digest, link_version
from store.words import index_waiting


def link_report(connection: Connection, report: Report, number: int, keys: Sequence[int]) -> dict[str, Any]:
    """Return the columns that say of which reports a new one is a version or a copy; later ones will find it.

    ``keys`` are those of its signature (``sign_words``).
    """
    row = link_version(connection, report)
    original = find_original(connection, report, row["address"], keys)
    if original is None:
        keep_signature(connection, number, report.published, keys)
    return {**row, "copy_of": original}


def fill_derived(connection: Connection, on_step: Callable[[int, int], None]) -> None:
    """Derive what is missing for the reports of a database that an earlier version of the program made.

    ``on_step`` is told after each how many are done, and of how many.
    """
    record = [REPORTS.c[name] for name in Report.__dataclass_fields__]
    waiting = select(REPORTS.c.number).where(REPORTS.c.digest.is_(None)).order_by(REPORTS.c.number)
    numbers = connection.execute(waiting).scalars().all()
    on_step(0, len(numbers))
    for done, number in enumerate(numbers, start=1):
        row = connection.execute(select(*record).where(REPORTS.c.number == number)).mappings().one()
        report = Report(**row)
        links = link_report(connection, report, number, sign_words(fold_words(report.text)))
        values = {"digest": derive_digest(report), **links}
        connection.execute(update(REPORTS).where(REPORTS.c.number == number).values(values))
        if links["copy_of"]:
            link_twins(connection, report.id, links["copy_of"])
        on_step(done, len(numbers))
    index_waiting(connection, lambda: on_step(len(numbers), len(numbers)))
