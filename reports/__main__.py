"""The door of the room: ``python -m reports add PATH ...`` reads reports, parses them and keeps them."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from reports.arguments import add_origin, read_inputs
from reports.errors import ReportError
from reports.readers import count_reports
from reports.records import Report
from store import Store, StoreError, connect
from store.imports import Outcome, count_cores, keep_reports

DONE, UNREAD, INTERRUPTED = 0, 1, 130


@dataclass(slots=True)
class Tally:
    """What an import did so far."""

    added: int = 0
    there: int = 0
    figures: int = 0
    unread: int = 0
    told: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        """Return the summary line.

        >>> print(Tally(added=152, there=3, figures=640, unread=2))
        152 reports added, 3 already there, 640 figures; 2 could not be read
        """
        added = f"{self.added} {'report' if self.added == 1 else 'reports'} added"
        figures = f"{self.figures} {'figure' if self.figures == 1 else 'figures'}"
        unread = f"; {self.unread} could not be read" if self.unread else ""
        return f"{added}, {self.there} already there, {figures}{unread}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status: 0 done, 1 something could not be read, 2 wrong use."""
    options = _build_options().parse_args(arguments)
    tally = Tally()
    try:
        store = connect(options.database)
        try:
            _add_all(store, read_inputs(options), _count_all(options.path), tally)
        finally:
            store.close()
    except StoreError as error:
        print(f"stopped: {error}", file=sys.stderr)
        tally.unread += 1
    except KeyboardInterrupt:
        print(f"stopped: {tally}", file=sys.stderr)
        return INTERRUPTED
    print(tally, file=sys.stderr)
    return UNREAD if tally.unread else DONE


def _build_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description="Reports come in.")
    add = parser.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "add", help="read reports, parse them and keep them with their figures"
    )
    add.add_argument(
        "path", nargs="+", metavar="PATH", help="a file or folder of .txt, .md or .jsonl; - reads standard input"
    )
    add.add_argument("--database", metavar="ADDRESS", help="where to keep them, such as sqlite:///figures.db")
    add_origin(add)
    return parser


def _count_all(paths: Sequence[str]) -> int | None:
    counts = [None if path == "-" else count_reports(Path(path)) for path in paths]
    return None if None in counts else sum(count or 0 for count in counts)


def _add_all(store: Store, reports: Iterator[Report | ReportError], total: int | None, tally: Tally) -> None:
    outcomes = keep_reports(store, reports, processes=count_cores())
    # disable=None: no bar where standard error is not a terminal.
    for outcome in tqdm(outcomes, total=total, unit=" reports", file=sys.stderr, disable=None, leave=False):
        _note(outcome, tally)


def _note(outcome: Outcome, tally: Tally) -> None:
    for warning in outcome.warnings:
        tqdm.write(warning, file=sys.stderr)
    if outcome.error is not None:
        _name_failure(outcome.error, tally)
        return
    tally.added += outcome.is_new
    tally.there += not outcome.is_new
    tally.figures += outcome.figures


def _name_failure(error: Exception, tally: Tally) -> None:
    tally.unread += 1
    # A full disk is told once, not with every report.
    if str(error) not in tally.told:
        tqdm.write(str(error), file=sys.stderr)
    if isinstance(error, StoreError):
        tally.told.add(str(error))


if __name__ == "__main__":
    sys.exit(main())
