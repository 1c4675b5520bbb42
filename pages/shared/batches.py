"""What comes in by each way of the page Add reports, to be read when its turn comes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from pages.shared.intakes import Batch, Tools
from reports.errors import ReportError
from reports.fields import Item, build_report
from reports.readers import Known, read_file
from reports.subscriptions import State, Subscription, follow_headlines, poll, read_address


def batch_fields(fields: dict[str, Any], known: Known) -> Batch:
    """Return one report whose fields somebody filled in."""

    def read(known: Known, _: Tools) -> Iterator[Item]:
        try:
            yield build_report(fields, known.at("this text"))
        except ReportError as error:
            yield error

    return Batch("this text", read, known)


def batch_upload(upload: BinaryIO, known: Known, *, follow: bool) -> Batch:
    """Return the reports of a file that was uploaded; with ``follow`` those behind its headlines too."""
    name = PurePath(upload.name).name

    def read(known: Known, tools: Tools) -> Iterator[Item]:
        # A file of our own name, in a folder of our own: the upload's name is only words.
        with tempfile.TemporaryDirectory(prefix="who-counts-") as folder:
            file = Path(folder) / "upload"
            upload.seek(0)
            file.write_bytes(upload.read())
            yield from _follow(read_file(file, name, known, tools.worker), tools, follow=follow)

    return Batch(name, read, known)


def batch_address(address: str, known: Known, *, follow: bool) -> Batch:
    """Return the reports at an address; with ``follow`` those behind its headlines too."""

    def read(known: Known, tools: Tools) -> Iterator[Item]:
        yield from _follow(read_address(address, known, tools.fetcher, tools.worker), tools, follow=follow)

    return Batch(address, read, known)


def batch_feed(feed: Subscription, state: State) -> Batch:
    """Return what is new in a feed since the state that it was left in."""
    # A feed says for itself what is known of its reports.
    return Batch(feed.name, lambda _, tools: poll(feed, state, tools.fetcher, tools.worker), Known())


def _follow(items: Iterator[Item], tools: Tools, *, follow: bool) -> Iterator[Item]:
    return follow_headlines(items, tools.fetcher, tools.other) if follow else items


def copy_state(state: State | None) -> State:
    """Return what is known of a feed, to be changed: only when its reports are saved does it count."""
    return State(dict(state.marks), list(state.seen)) if state else State({}, [])
