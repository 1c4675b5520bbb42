"""The door of the room: ``python -m reports`` reads reports, parses them and keeps them with their figures."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import regex
from tqdm import tqdm

from parsers.counts import read_counts
from parsers.records import Reading
from parsers.vocabulary import has_language
from reports.addresses import Fetcher
from reports.arguments import add_origin, read_columns
from reports.courses import Course
from reports.errors import ReportError, SubscriptionError
from reports.fields import Item
from reports.readers import Known, read_stream
from reports.records import CountedReport, Notice, Report
from reports.subscriptions import (
    STATE,
    TABLE,
    State,
    follow_headlines,
    load_states,
    load_subscriptions,
    poll,
    read_address,
    save_states,
)
from reports.tallies import Tally
from reports.workers import Worker
from store import Store, StoreError, connect
from store.imports import Outcome, keep_reading, keep_reports
from store.workers import count_cores

DONE, UNREAD, INTERRUPTED = 0, 1, 130
_ADDRESS = regex.compile(r"[a-z][a-z0-9+.-]++://", regex.I)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status: 0 done, 1 something could not be read, 2 wrong use."""
    options = _build_options().parse_args(arguments)
    tally = Tally()
    try:
        store = connect(options.database)
        try:
            with Worker() as worker:
                options.run(store, options, worker, tally)
        finally:
            store.close()
    except StoreError as error:
        # What stops an import was named already with the report that met it.
        is_told = str(error) in tally.told
        print(f"stopped: {'one report after the other cannot be kept' if is_told else error}", file=sys.stderr)
        tally.unread += not is_told
    except KeyboardInterrupt:
        print(f"stopped: {tally}", file=sys.stderr)
        return INTERRUPTED
    print(tally, file=sys.stderr)
    return UNREAD if tally.unread else DONE


def _build_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description="Reports come in.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = commands.add_parser("add", help="read reports, parse them and keep them with their figures")
    add.add_argument(
        "path", nargs="+", metavar="PATH", help="a file, a folder or a web address; - reads standard input"
    )
    add.add_argument("--database", metavar="ADDRESS", help="where to keep them, such as sqlite:///figures.db")
    add.add_argument(
        "--columns",
        metavar="FIELD=NAME,...",
        type=read_columns,
        default=(),
        help="which column of a table is which field",
    )
    add.add_argument(
        "--follow", action="store_true", help="read the page behind a report that is only a headline with an address"
    )
    add_origin(add)
    add.set_defaults(run=_add_inputs)
    fetch = commands.add_parser("fetch", help="poll the feeds in feeds.toml once, and keep what is new")
    fetch.add_argument("--database", metavar="ADDRESS", help="where to keep it, such as sqlite:///figures.db")
    fetch.add_argument("--feeds", metavar="FILE", type=Path, default=TABLE, help="the table of feeds")
    fetch.add_argument(
        "--state", metavar="FILE", type=Path, default=STATE, help="what is known of them since last time"
    )
    fetch.set_defaults(run=_fetch_feeds)
    return parser


def _add_inputs(store: Store, options: argparse.Namespace, worker: Worker, tally: Tally) -> None:
    elsewhere = any(path == "-" or _is_address(path) for path in options.path)
    course = Course(None if elsewhere else [Path(path) for path in options.path])
    items = _read_inputs(options, worker, course)
    if not options.follow:
        _add_all(store, items, course, tally)
        return
    with Fetcher() as fetcher, Worker() as other:
        _add_all(store, follow_headlines(items, fetcher, other), course, tally)


def _fetch_feeds(store: Store, options: argparse.Namespace, worker: Worker, tally: Tally) -> None:
    """Poll each feed once and say what was new in it; its state is kept only when all of that was."""
    try:
        feeds, states = load_subscriptions(options.feeds), load_states(options.state)
        with Fetcher() as fetcher:
            for feed in feeds:
                state, one = states.get(feed.address, State()), Tally()
                _add_all(store, poll(feed, state, fetcher, worker), Course(), one)
                print(f"{feed.name}: {one if one.has_anything() else 'nothing new'}", file=sys.stderr)
                tally.take(one)
                if not one.lost:
                    states[feed.address] = state
                    save_states(states, options.state)
    except SubscriptionError as error:
        _name_failure(error, tally)


def _read_inputs(options: argparse.Namespace, worker: Worker, course: Course) -> Iterator[Item]:
    known = Known(options.published, options.publisher, options.columns, identifies=True)
    for path in options.path:
        if path == "-":
            yield from read_stream(sys.stdin.buffer, known=known)
        elif _is_address(path):
            with Fetcher() as fetcher:
                yield from read_address(path, known, fetcher, worker)
        else:
            yield from course.read(Path(path), known, worker)


def _is_address(path: str) -> bool:
    # Of any kind: those that are not of the web are refused by that name, and not looked for among the files.
    return _ADDRESS.match(path) is not None


def _add_all(store: Store, items: Iterator[Item], course: Course, tally: Tally) -> None:
    # disable=None: no bar where standard error is not a terminal.
    with tqdm(total=course.total, unit=" reports", file=sys.stderr, disable=None, leave=False) as bar:
        for outcome in keep_reports(store, _divert(store, items, tally, bar), processes=count_cores()):
            _note(outcome, tally)
            bar.total = course.total
            bar.update()


def _divert(store: Store, items: Iterator[Item], tally: Tally, bar: "tqdm[Any]") -> Iterator[Report | ReportError]:
    """Yield what is to be read for figures, and deal with the rest: notices, counts, languages without words."""
    for item in items:
        if isinstance(item, Notice):
            if item.words:
                tqdm.write(str(item), file=sys.stderr)
        elif isinstance(item, CountedReport):
            _keep(store, item.report, read_counts(item), tally, given=True)
            bar.update()
        elif isinstance(item, Report) and not has_language(item.language):
            # Kept and marked by its language: the day its words are there, it can be read.
            tally.languages[item.language] += _keep(store, item, (), tally)
            bar.update()
        else:
            yield item


def _keep(store: Store, report: Report, readings: Sequence[Reading], tally: Tally, *, given: bool = False) -> bool:
    outcome = keep_reading(store, report, readings, given=given)
    _note(outcome, tally)
    return outcome.is_new


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
        tally.lost += 1
        tally.told.add(str(error))


if __name__ == "__main__":
    sys.exit(main())
