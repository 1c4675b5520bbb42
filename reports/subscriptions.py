"""Feeds that are polled: the table that lists them, what their servers want to be asked with, and what they give."""

import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reports.addresses import Answer, Fetcher
from reports.errors import AddressError, ReportError, SubscriptionError
from reports.fields import Item, Origin
from reports.formats import name_unknown
from reports.readers import Known, guard_reading
from reports.records import Report
from reports.workers import Worker

TABLE = Path(__file__).parent.parent / "feeds.toml"
STATE = Path(__file__).parent.parent / "var" / "feeds.json"
_MOST_SEEN = 5000


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed: its name and address; ``follow`` has the page of each entry read instead of the entry's own words."""

    name: str
    address: str
    publisher: str | None = None
    follow: bool = False


@dataclass(slots=True)
class State:
    """What is known of a feed from the last time: the server's marks, and the addresses that were followed."""

    marks: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)


def load_subscriptions(path: Path = TABLE) -> list[Subscription]:
    """Return the feeds of a table; raises SubscriptionError that names the file, the entry and the remedy."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SubscriptionError(str(path), "no such file", "write one as feeds.toml shows it") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SubscriptionError(str(path), f"no TOML ({error})", "correct it") from error
    feeds = [_read_feed(entry, number, path) for number, entry in enumerate(table.get("feeds", ()), start=1)]
    names = [feed.name for feed in feeds]
    if len(set(names)) < len(names):
        raise SubscriptionError(str(path), "two feeds of one name", "give each a name of its own")
    return feeds


def _read_feed(entry: Any, number: int, path: Path) -> Subscription:
    kinds = {"name": str, "address": str, "publisher": str, "follow": bool}
    wrong = not isinstance(entry, dict) or not {"name", "address"} <= set(entry)
    if wrong or any(key not in kinds or not isinstance(value, kinds[key]) for key, value in entry.items()):
        remedy = "give name and address as words; publisher and follow (true or false) may be there"
        raise SubscriptionError(str(path), f"feed {number} is not as it should be", remedy)
    return Subscription(**entry)


def load_states(path: Path = STATE) -> dict[str, State]:
    """Return what is kept of each feed by its address, nothing where there is no file yet."""
    try:
        content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return {address: State(dict(one["marks"]), list(one["seen"])) for address, one in content.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "remove it: all entries are then looked at again"
        raise SubscriptionError(str(path), f"cannot be read ({type(error).__name__})", remedy) from error


def save_states(states: Mapping[str, State], path: Path = STATE) -> None:
    """Keep what is known of the feeds: the whole file at once, so that it is never half written."""
    content = {address: {"marks": one.marks, "seen": one.seen[-_MOST_SEEN:]} for address, one in states.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(content, indent=1), encoding="utf-8")
        os.replace(new, path)  # noqa: PTH105
    except OSError as error:
        raise SubscriptionError(str(path), error.strerror or "cannot be written", "check the folder") from error


def read_address(address: str, known: Known, fetcher: Fetcher, worker: Worker) -> Iterator[Item]:
    """Yield the reports at an address, and an error where it cannot be fetched or read."""
    try:
        yield from read_answer(fetcher.fetch(address), known.at(address), worker)
    except AddressError as error:
        yield error


def read_answer(answer: Answer, origin: Origin, worker: Worker) -> Iterator[Item]:
    """Yield the reports in what a server gave; their address is the one at the end of the redirects."""
    if answer.file is None:
        return
    if answer.kind is None:
        yield name_unknown(origin.name, "")
        return
    told = replace(origin, url=answer.address, charset=answer.charset)
    if answer.kind.apart:
        yield from worker.read(answer.file, answer.kind, told)
    else:
        with answer.file.open("rb") as stream:
            yield from guard_reading(answer.kind, stream, told)


def follow_headlines(items: Iterable[Item], fetcher: Fetcher, worker: Worker) -> Iterator[Item]:
    """Yield the page behind each report that holds nothing but its headline, in its place; other items as they are.

    What a list of articles gives is such reports: GDELT's, or a feed of headlines. Where a page may not be fetched or
    cannot be read, an error says so and the headline stays. ``worker`` must be another one than that of ``items``.
    """
    state = State()
    for item in items:
        if isinstance(item, Report) and item.url and item.text == item.title:
            yield from _follow(item, item.url, state, fetcher, worker)
        else:
            yield item


def poll(feed: Subscription, state: State, fetcher: Fetcher, worker: Worker) -> Iterator[Item]:
    """Yield what a feed holds, nothing where its server says that nothing is new; ``state`` then knows its marks."""
    try:
        answer = fetcher.fetch(feed.address, state.marks)
    except AddressError as error:
        yield error
        return
    known = Known(publisher=feed.publisher, identifies=True)
    # All entries first: the worker reads one file at a time, and the pages of the entries are files too.
    for item in list(read_answer(answer, known.at(feed.address), worker)):
        if feed.follow and isinstance(item, Report) and item.url and item.url != answer.address:
            yield from _follow(item, item.url, state, fetcher, worker)
        else:
            yield item
    if answer.file is not None:
        state.marks = dict(answer.marks)


def _follow(entry: Report, address: str, state: State, fetcher: Fetcher, worker: Worker) -> Iterator[Item]:
    """Yield the page of an entry once, with what the feed says of it; the entry's own words where it cannot be read."""
    if address in state.seen:
        return
    known = Known(entry.published, entry.publisher, identifies=True)
    pages = list(read_address(address, known, fetcher, worker))
    yield from pages
    if any(isinstance(page, ReportError) for page in pages):
        yield entry
    else:
        state.seen.append(address)
