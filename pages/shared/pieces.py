"""One report with what was read in it: its own figures, or those that the parsers find in its words."""

import warnings
from dataclasses import dataclass
from threading import Lock

from parsers import UnknownLanguageError, read_figures
from parsers.counts import read_counts
from parsers.records import Reading
from parsers.vocabulary import has_language
from reports.records import CountedReport, Report
from store.workers import load_tables

_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Piece:
    """One report with what was read in it; ``given`` says that its figures came with it, as a dataset's do."""

    report: Report
    readings: list[Reading]
    given: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether there are words for its language; without them it is kept, marked by its language."""
        return self.given or has_language(self.report.language)


def read_piece(item: Report | CountedReport) -> Piece:
    """Return a report with its figures: a dataset's own, none in a language without words, else those in its words."""
    if isinstance(item, CountedReport):
        return Piece(item.report, read_counts(item), given=True)
    load_tables()
    # What the parsers warn of is for the one who adds the report; the list of warnings is the whole process's.
    with _LOCK, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            readings = read_figures(item)
        except UnknownLanguageError:
            readings = []
    return Piece(item, readings, notes=tuple(str(one.message) for one in caught))
