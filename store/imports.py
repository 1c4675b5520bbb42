"""Many reports go in: parsed on all cores, kept by one writer in the order in which they came, one transaction each."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers import UnknownLanguageError
from parsers.records import Reading
from reports.errors import ReportError
from reports.records import Report
from store.admissions import Item, admit, admit_chunks
from store.connections import Store
from store.entries import Addition, add_entry, find_kept, is_version
from store.errors import ConflictError, RefusedError, StoreError, UnreachableError
from store.rows import Entry, prepare_entry
from store.versions import rename_version
from store.workers import Parsed, Submit, cut_chunks, open_parser, parse_reports
from store.writers import Writer

PATIENCE = 10
"""Failures of the store in a row after which an import stops: the disk stays full, the server stays away."""

_AHEAD = 3
_PAUSE = 0.5

Failure = ReportError | StoreError | UnknownLanguageError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: kept (``is_new``), there already, or not kept because of ``error``."""

    report: str | None
    is_new: bool = False
    figures: int = 0
    error: Failure | None = None
    warnings: tuple[str, ...] = ()


def keep_reports(store: Store, items: Iterable[Item], *, processes: int = 1) -> Iterator[Outcome]:
    """Read and keep reports, and yield what became of each as soon as it is committed, in the order of ``items``.

    Errors among the items are handed on. A report that cannot be kept is named and the rest goes on; only where the
    store fails ten times in a row its error is raised. ``processes`` read beside the one that writes, none for a
    handful of reports; what they hold in memory does not grow with the number of reports.
    """
    chunks = cut_chunks(items)
    first = next(chunks, [])
    second = next(chunks, None)
    waiting = iter([first] if second is None else [first, second])
    processes = processes if second is not None else 1
    ahead = processes * _AHEAD if processes > 1 else 0
    with Writer(store) as writer, open_parser(processes) as submit:
        failures = 0
        for outcome in _keep_chunks(writer, _join(waiting, chunks), submit, ahead):
            yield outcome
            lost = isinstance(outcome.error, StoreError) and not isinstance(outcome.error, RefusedError)
            failures = failures + 1 if lost else 0
            if failures == PATIENCE and isinstance(outcome.error, StoreError):
                raise outcome.error


def _join(*streams: Iterator[list[Item]]) -> Iterator[list[Item]]:
    for stream in streams:
        yield from stream


def _keep_chunks(writer: Writer, chunks: Iterator[list[Item]], submit: Submit, ahead: int) -> Iterator[Outcome]:
    queue: deque[tuple[list[Item | str], Callable[[], Iterable[Parsed]]]] = deque()
    for admitted in admit_chunks(writer.store, chunks):
        queue.append((admitted, submit([item for item in admitted if isinstance(item, Report)])))
        if len(queue) > ahead:
            yield from _keep_chunk(writer, *queue.popleft())
    while queue:
        yield from _keep_chunk(writer, *queue.popleft())


def _keep_chunk(writer: Writer, chunk: Sequence[Item | str], wait: Callable[[], Iterable[Parsed]]) -> Iterator[Outcome]:
    parsed = iter(wait())
    for item in chunk:
        if isinstance(item, ReportError):
            yield Outcome(None, error=item)
        elif isinstance(item, str):
            yield Outcome(item)
        else:
            yield _keep(writer, item, next(parsed))


def _keep(writer: Writer, report: Report, parsed: Parsed) -> Outcome:
    entry = parsed.entry
    if isinstance(entry, UnknownLanguageError):
        return Outcome(report.id, error=entry)
    try:
        return _add(writer, entry, parsed.warnings)
    except UnreachableError as error:
        # A server that starts again needs a moment.
        time.sleep(_PAUSE)
        return Outcome(report.id, error=error)
    except StoreError as error:
        return Outcome(report.id, error=error)


def _add(writer: Writer, entry: Entry, notes: tuple[str, ...]) -> Outcome:
    try:
        addition = _add_entry(writer, entry)
    except ConflictError:
        # The report whose id it has came in the same handful, and may be an earlier version of it.
        _, taken = find_kept(writer.store, [entry.report])
        if not is_version(entry.report, taken.get(entry.report.id)):
            raise
        (parsed,) = parse_reports([rename_version(entry.report)])
        if not isinstance(parsed.entry, Entry):
            raise
        entry = parsed.entry
        addition = _add_entry(writer, entry)
    if not addition.is_new:
        return Outcome(entry.report.id)
    if addition.deleted:
        notes = (*notes, f"{entry.report.id}: {addition.deleted}, and kept again now")
    return Outcome(entry.report.id, is_new=True, figures=len(entry.figures), warnings=notes)


def _add_entry(writer: Writer, entry: Entry) -> Addition:
    with writer.begin() as connection:
        return add_entry(connection, entry)


def keep_reading(store: Store, report: Report, readings: Sequence[Reading], *, given: bool = False) -> Outcome:
    """Keep one report that was read before, as an import would; an error of the store is in the outcome.

    A new version whose id is taken by the one before gets an id of its own, and is read again under it.
    """
    (admitted,) = admit(store, [report])
    if isinstance(admitted, str):
        return Outcome(report.id)
    parsed = Parsed(prepare_entry(report, readings, given=given))
    if admitted is not report:
        report = rename_version(report)
        (parsed,) = parse_reports([report])
        if isinstance(parsed.entry, UnknownLanguageError):
            parsed = Parsed(prepare_entry(report, readings, given=given))
    with Writer(store) as writer:
        return _keep(writer, report, parsed)
