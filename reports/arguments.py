"""What the command lines say of the reports that come in: where they are, and what is known of them."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reports.fields import Item
from reports.readers import Form, Known, read_path, read_stream
from reports.workers import Worker


def read_day(words: str) -> date:
    """Return the day that an argument names; anything but 2020-02-02 is wrong use.

    >>> read_day("2020-02-02")
    datetime.date(2020, 2, 2)
    """
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is not a date; write it as 2020-02-02") from None


def read_column(words: str) -> tuple[str, str]:
    """Return the field and the column that one piece of an argument names.

    >>> read_column("text=Narrative")
    ('text', 'Narrative')
    """
    field, equals, column = words.partition("=")
    if not equals or not field.strip():
        raise argparse.ArgumentTypeError(f"{words!r} is no mapping; write it as text=NAME,published=NAME")
    return field.strip(), column.strip()


def read_columns(words: str) -> tuple[tuple[str, str], ...]:
    """Return which column holds which field, as an argument says it.

    >>> read_columns("text=Narrative,published=Event date")
    (('text', 'Narrative'), ('published', 'Event date'))
    """
    return tuple(map(read_column, words.split(",")))


def add_origin(parser: argparse.ArgumentParser) -> None:
    """Add the options that hold for reports which do not say it themselves."""
    parser.add_argument("--published", metavar="DATE", type=read_day, help="for reports without a date: 2020-02-02")
    parser.add_argument("--publisher", metavar="NAME", help="for reports that do not name theirs")


def read_inputs(options: argparse.Namespace) -> Iterator[Item]:
    """Yield the reports of all paths of a command, and an error for each that is none; ``-`` is standard input."""
    form: Form = getattr(options, "input", "auto")
    known = Known(options.published, options.publisher)
    with Worker() as worker:
        for path in options.path:
            if path == "-":
                yield from read_stream(sys.stdin.buffer, form=form, known=known)
            else:
                yield from read_path(Path(path), form=form, known=known, worker=worker)
