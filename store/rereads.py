"""All reports are read again with the present rules: figures change, reviews stay where their evidence stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select

from parsers import UnknownLanguageError
from reports.records import Report
from store.connections import Store, advance_revision, reading, writing
from store.copies import link_twins
from store.reviews import Review, is_standing, read_of_report, read_values
from store.rows import RECORD, Entry, insert_figures
from store.statements import write_plainly
from store.tables import EVIDENCE, FIGURES, REPORTS
from store.workers import CHUNK, Parsed, open_parser


@dataclass(frozen=True, slots=True)
class Moved:
    """A review that the new reading moved: ``figure`` is what is read now, None where its words are read no more."""

    review: Review
    figure: Mapping[str, object] | None

    def __str__(self) -> str:
        """Return the line that is printed: the figure, who said what of it, and what is read now."""
        review = self.review
        said = f"{review.figure}: {review.verdict} by {review.who} ({review.why})"
        if self.figure is None:
            return f"{said}: no such figure is read any more; the review is kept in the log and changes nothing"
        changed = [f"{name} {review.reading[name]} -> {value}" for name, value in self.figure.items()]
        return f"{said}: stays, and is read anew: {', '.join(changed)}"


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of a report that was read again."""

    report: str
    changed: bool = False
    moved: tuple[Moved, ...] = ()
    error: UnknownLanguageError | None = None


def count_reread(store: Store) -> int:
    """Return how many reports can be read again: all but those that came with their figures."""
    with reading(store) as connection:
        return int(connection.scalar(select(func.count()).where(REPORTS.c.given.is_(False))) or 0)


def reread_reports(store: Store, *, processes: int = 1) -> Iterator[Reread]:
    """Read all reports again, a transaction each, and yield what changed; a second run finds nothing to change."""
    with open_parser(processes) as submit:
        waiting: list[tuple[list[Report], Any]] = []
        for chunk in _read_chunks(store):
            waiting.append((chunk, submit(chunk)))
            if len(waiting) > processes:
                yield from _keep_chunk(store, *waiting.pop(0))
        for reports, wait in waiting:
            yield from _keep_chunk(store, reports, wait)


def _read_chunks(store: Store) -> Iterator[list[Report]]:
    last = 0
    columns = [REPORTS.c[name] for name in RECORD]
    while True:
        query = select(REPORTS.c.number, *columns).where(REPORTS.c.number > last, REPORTS.c.given.is_(False))
        with reading(store) as connection:
            rows = connection.execute(query.order_by(REPORTS.c.number).limit(CHUNK)).all()
        if not rows:
            return
        last = rows[-1].number
        yield [Report(*row[1:]) for row in rows]


def _keep_chunk(store: Store, reports: Sequence[Report], wait: Any) -> Iterator[Reread]:
    for report, parsed in zip(reports, wait(), strict=True):
        yield _replace(store, report, parsed)


def _replace(store: Store, report: Report, parsed: Parsed) -> Reread:
    entry = parsed.entry
    if isinstance(entry, UnknownLanguageError):
        return Reread(report.id, error=entry)
    with writing(store) as connection:
        before = _read_figures(connection, report.id)
        after = {row["id"]: row for row in entry.figures}
        if before == after and _read_evidence(connection, report.id) == _key_evidence(entry):
            return Reread(report.id)
        moved = tuple(_find_moved(read_of_report(connection, report.id), before, after))
        connection.execute(delete(FIGURES).where(FIGURES.c.report == report.id))
        insert_figures(connection, entry)
        _link_again(connection, report.id)
        advance_revision(connection)
    return Reread(report.id, changed=True, moved=moved)


def _read_figures(connection: Connection, report_id: str) -> dict[str, dict[str, Any]]:
    rows = connection.execute(select(FIGURES).where(FIGURES.c.report == report_id)).mappings()
    return {row["id"]: write_plainly(dict(row)) for row in rows}


def _read_evidence(connection: Connection, report_id: str) -> set[tuple[Any, ...]]:
    query = select(EVIDENCE).join(FIGURES, FIGURES.c.id == EVIDENCE.c.figure).where(FIGURES.c.report == report_id)
    return {tuple(row) for row in connection.execute(query)}


def _key_evidence(entry: Entry) -> set[tuple[Any, ...]]:
    return set(entry.evidence)


def _find_moved(
    reviews: Sequence[Review], before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> Iterator[Moved]:
    for review in reviews:
        old, new = before.get(review.figure), after.get(review.figure)
        stood, stands = is_standing(review, old), is_standing(review, new)
        if stood and not stands:
            yield Moved(review, None)
        elif new is not None and stands and (not stood or read_values(old or {}) != read_values(new)):
            values = read_values(new)
            changed = {name: value for name, value in values.items() if review.reading.get(name) != value}
            if changed:
                yield Moved(review, changed)


def _link_again(connection: Connection, report_id: str) -> None:
    original = connection.scalar(select(REPORTS.c.copy_of).where(REPORTS.c.id == report_id))
    if original is not None:
        link_twins(connection, report_id, original)
    for copy in connection.execute(select(REPORTS.c.id).where(REPORTS.c.copy_of == report_id)).scalars().all():
        link_twins(connection, copy, report_id)
