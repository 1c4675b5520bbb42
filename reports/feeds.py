"""RSS and Atom: each entry of a feed is a report, in the words that the feed carries."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import feedparser
import regex

from reports.dates import read_day
from reports.errors import DamagedError, EmptyReportError, OversizeError, ReportError
from reports.fields import Item, Origin, build_report
from reports.formats import MEGABYTE, read_whole
from reports.fragments import strip_markup
from reports.records import Report

_MOST, _MOST_ENTRIES = 50 * MEGABYTE, 20_000
_ENTITY = regex.compile(rb"<!ENTITY\b", regex.I)
_WIDE = regex.compile(rb"\x00<|<\x00")


def read_feed(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the entries of a feed; one that declares entities of its own is refused, for they can grow without end."""
    content = read_whole(stream, _MOST, origin)
    narrow = content.replace(b"\x00", b"") if _WIDE.search(content[:100]) else content
    if _ENTITY.search(narrow):
        raise OversizeError(origin.name, "declares entities of its own, which can grow without end", "leave it out")
    # Markup is taken out here, so that feedparser need not clean it first.
    feed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise DamagedError(origin.name, "no RSS or Atom feed", "check that the file is a feed")
    if len(feed.entries) > _MOST_ENTRIES:
        raise OversizeError(origin.name, f"a feed of {len(feed.entries):,} entries", "split it")
    title = strip_markup(str(feed.feed.get("title") or "")) or None
    for number, entry in enumerate(feed.entries, start=1):
        try:
            yield read_entry(entry, title, origin, number)
        except ReportError as error:
            yield error


def read_entry(entry: Any, feed: str | None, origin: Origin, number: int) -> Report:
    """Return the report in one entry: its title, its longest words, its address and its day."""
    title = strip_markup(str(entry.get("title") or "")) or None
    texts = [strip_markup(str(one.get("value") or "")) for one in entry.get("content", ())]
    texts.append(strip_markup(str(entry.get("summary") or "")))
    text = max(texts, key=len) or title
    if not text:
        raise EmptyReportError(origin.name, f"entry {number} holds no words", "leave it out")
    # The day as written there, not the one in Greenwich.
    day = read_day(entry.get("published")) or read_day(entry.get("updated"))
    source = entry.get("source", {}).get("title")
    return build_report(
        {
            "text": text,
            "title": title,
            "publisher": origin.publisher or source or feed,
            "published": day,
            "url": entry.get("link"),
        },
        origin,
    )
