"""Processes that read reports and make them ready to be kept, beside the one that writes."""

import gc
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context, parent_process
from threading import Thread
from time import monotonic
from typing import TypeVar

from parsers import UnknownLanguageError, read_figures
from reports.records import Report
from store.rows import Entry, prepare_entry

CHUNK, _LONG = 32, 100_000
"""Reports that a process takes at once, and the characters of them after which there are no more: enough that handing
them over costs little, and so few that no process waits long for another.
"""

_BURST = 0.5
"""Seconds after which the process that writes stops to read, and keeps what it has read."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report that was read: ready to be kept, or the reason why there is nothing to keep."""

    entry: Entry | UnknownLanguageError
    warnings: tuple[str, ...] = ()


Submit = Callable[[list[Report]], Callable[[], Iterable[Parsed]]]
"""Takes reports to be parsed, and returns what waits for them."""


def count_cores() -> int:
    """Return how many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cut_chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield the items in handfuls, as they come: fewer where reports among them are long.

    >>> [len(chunk) for chunk in cut_chunks(range(40))]
    [32, 8]
    """
    chunk: list[T] = []
    length = 0
    for item in items:
        chunk.append(item)
        length += len(item.text) if isinstance(item, Report) else 0
        if len(chunk) == CHUNK or length >= _LONG:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk


def parse_reports(reports: Sequence[Report]) -> list[Parsed]:
    """Read the figures of reports and make them ready to be kept; what the parsers warn of is noted."""
    return [_parse(report) for report in reports]


def _parse_in_bursts(reports: Sequence[Report]) -> Iterator[Parsed]:
    # Parsers and store each go faster where the other does not come between; but what was read soon is kept soon.
    burst: list[Parsed] = []
    begun = monotonic()
    for report in reports:
        burst.append(_parse(report))
        if monotonic() - begun > _BURST:
            yield from burst
            burst, begun = [], monotonic()
    yield from burst


def _parse(report: Report) -> Parsed:
    load_tables()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            entry: Entry | UnknownLanguageError = prepare_entry(report, read_figures(report))
        except UnknownLanguageError as error:
            entry = error
    return Parsed(entry, tuple(str(one.message) for one in caught))


@cache
def load_tables() -> None:
    """Load what the parsers load when they are first used: it must not count as the time of the first report."""
    words = "Officials said on Monday that 12 people were killed in Idlib, including 2 children."
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Where loading takes all the time of a report, the stages behind it are not reached at once.
        any(read_figures(Report("first", words)) for _ in range(3))
    # The tables stay to the end: to look through them for garbage takes a fifteenth of the time of a report.
    gc.collect()
    gc.freeze()


@contextmanager
def open_parser(processes: int) -> Iterator[Submit]:
    """Give what takes reports to be read: by as many processes, or by this one where it is one."""
    if processes < 2:  # noqa: PLR2004  # one process parses by itself
        yield _parse_here
        return
    # Not forked: a child must not hold the connections of its parent.
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin) as pool:
        try:
            yield lambda reports: _submit(pool, reports)
        finally:
            pool.shutdown(cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, reports: list[Report]) -> Callable[[], Iterable[Parsed]]:
    try:
        return _wait_for(pool.submit(parse_reports, reports), reports)
    except BrokenProcessPool:
        return _parse_here(reports)


def _parse_here(reports: list[Report]) -> Callable[[], Iterable[Parsed]]:
    return lambda: _parse_in_bursts(reports)


def _wait_for(future: "Future[list[Parsed]]", reports: list[Report]) -> Callable[[], list[Parsed]]:
    def wait() -> list[Parsed]:
        try:
            return future.result()
        except BrokenProcessPool:
            # Killed from outside, for want of memory it may be: the import goes on by itself.
            return parse_reports(reports)

    return wait


def _begin() -> None:
    _end_with_parent()
    load_tables()


def _end_with_parent() -> None:
    """End a reading process when the import is killed: it would wait for work for ever."""

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()
