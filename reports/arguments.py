"""What the command lines say of the reports that come in: where they are, and what is known of them."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reports.errors import ReportError
from reports.readers import read_path, read_stream
from reports.records import Report


def read_day(words: str) -> date:
    """Return the day that an argument names; anything but 2020-02-02 is wrong use.

    >>> read_day("2020-02-02")
    datetime.date(2020, 2, 2)
    """
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is not a date; write it as 2020-02-02") from None


def add_origin(parser: argparse.ArgumentParser) -> None:
    """Add the options that hold for reports which do not say it themselves."""
    parser.add_argument("--published", metavar="DATE", type=read_day, help="for reports without a date: 2020-02-02")
    parser.add_argument("--publisher", metavar="NAME", help="for reports that do not name theirs")


def read_inputs(options: argparse.Namespace) -> Iterator[Report | ReportError]:
    """Yield the reports of all paths of a command, and an error for each that is none; ``-`` is standard input."""
    form = getattr(options, "input", "auto")
    known = {"form": form, "published": options.published, "publisher": options.publisher}
    for path in options.path:
        yield from read_stream(sys.stdin.buffer, **known) if path == "-" else read_path(Path(path), **known)
