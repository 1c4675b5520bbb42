"""What came in on the page and was read, but is not saved yet: a batch for each file, address, feed or pasted text."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pages.shared.pieces import Piece, read_piece
from reports.addresses import Fetcher
from reports.errors import ReportError
from reports.fields import Item
from reports.readers import Known
from reports.records import Notice
from reports.subscriptions import State
from reports.workers import Worker

MOST = 2000
"""Reports that are read before they are saved: a preview is to be looked at, and it is held in memory."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What batches are read with, one after the other: processes with limits, and what fetches addresses."""

    worker: Worker
    other: Worker
    fetcher: Fetcher


@contextmanager
def open_tools() -> Iterator[Tools]:
    """Give the tools for one intake, which are gone afterwards."""
    with Worker() as worker, Worker() as other, Fetcher() as fetcher:
        yield Tools(worker, other, fetcher)


Source = Callable[[Known, Tools], Iterable[Item]]


@dataclass(slots=True)
class Batch:
    """What one file, address, feed or text gave; ``source`` reads it, and reads it again with other columns."""

    name: str
    source: Source
    known: Known
    pieces: list[Piece] = field(default_factory=list)
    errors: list[ReportError] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    is_whole: bool = False

    def read(self, tools: Tools, known: Known | None = None) -> Iterator[int]:
        """Read it from its beginning, and yield how many reports there are after each; it may be left at any time."""
        self.known = known or self.known
        self.pieces, self.errors, self.notices, self.is_whole = [], [], [], False
        for item in self.source(self.known, tools):
            self._take(item)
            yield len(self.pieces)
        self.is_whole = True

    def _take(self, item: Item) -> None:
        if isinstance(item, Notice):
            self.notices.append(item)
        elif isinstance(item, ReportError):
            self.errors.append(item)
        else:
            self.pieces.append(read_piece(item))


@dataclass(slots=True)
class Intake:
    """All that came in at once; ``left_out`` are the ids of reports that are not to be saved."""

    batches: list[Batch]
    what: str = "text"
    """What a batch is: a text, file, page or feed."""
    states: dict[str, State] = field(default_factory=dict)
    """What is to be kept of the feeds once their reports are saved."""
    left_out: set[str] = field(default_factory=set)

    @property
    def pieces(self) -> list[Piece]:
        """The reports of all batches, in the order in which they came."""
        return [piece for batch in self.batches for piece in batch.pieces]

    @property
    def chosen(self) -> list[Piece]:
        """The reports that are to be saved."""
        return [piece for piece in self.pieces if piece.report.id not in self.left_out]

    @property
    def errors(self) -> list[ReportError]:
        """What could not be read."""
        return [error for batch in self.batches for error in batch.errors]

    @property
    def unread(self) -> list[Batch]:
        """What was left before its end, because it was stopped or too much."""
        return [batch for batch in self.batches if not batch.is_whole]

    def count_languages(self) -> Counter[str]:
        """Return how many reports there are in each language without words."""
        return Counter(piece.report.language for piece in self.pieces if not piece.is_readable)

    def read(self, tools: Tools) -> Iterator[tuple[int, int]]:
        """Read all batches, and yield how many of them and how many reports are done; it ends where it is too much."""
        before = 0
        for number, batch in enumerate(self.batches):
            yield number, before
            for count in batch.read(tools):
                yield number, before + count
                if before + count >= MOST:
                    return
            before += len(batch.pieces)
        yield len(self.batches), before
