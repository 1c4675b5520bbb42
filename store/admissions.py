"""What of an import is kept already is told before it is read: a second run need not parse what the first one did."""

from collections.abc import Iterator, Sequence
from itertools import islice

from reports.errors import ReportError
from reports.records import Report
from store.connections import Store
from store.entries import find_kept, is_version
from store.errors import StoreError
from store.versions import derive_digest, rename_version
from store.workers import cut_chunks

Item = Report | ReportError

_WIDEST, _MOST_AT_ONCE = 32, 4_000_000
"""Chunks, and characters of them, for which the store is asked at once whether they are kept."""


def admit_chunks(store: Store, chunks: Iterator[list[Item]]) -> Iterator[list[Item | str]]:
    """Yield the chunks admitted; where all are kept, as on a second run, more and more are asked for at once."""
    width = 1
    while asked := _gather(chunks, width):
        admitted = admit(store, asked)
        width = 1 if any(isinstance(item, Report) for item in admitted) else min(2 * width, _WIDEST)
        yield from cut_chunks(admitted)


def admit(store: Store, items: Sequence[Item]) -> list[Item | str]:
    """Return the items with the id alone of each report that is kept already, and a new version under its own id."""
    reports = [item for item in items if isinstance(item, Report)]
    try:
        digests, taken = find_kept(store, reports)
    except StoreError:
        # The writer will meet it too, and name it with the report.
        return list(items)
    return [item if isinstance(item, ReportError) else _admit_one(item, digests, taken) for item in items]


def _admit_one(report: Report, digests: set[str], taken: dict[str, str | None]) -> Report | str:
    if derive_digest(report) in digests:
        return report.id
    return rename_version(report) if is_version(report, taken.get(report.id)) else report


def _gather(chunks: Iterator[list[Item]], width: int) -> list[Item]:
    gathered: list[Item] = []
    length = 0
    for chunk in islice(chunks, width):
        gathered += chunk
        length += sum(len(item.text) for item in chunk if isinstance(item, Report))
        if length > _MOST_AT_ONCE:
            break
    return gathered
