"""The feeds among the test files, written as a site's own program would: ``python -m tests.make_feeds``.

It needs feedgen 1.0 (``pip install feedgen==1.0.0``), which nothing else does.
"""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from feedgen.feed import FeedGenerator

FILES = Path(__file__).parent / "files"

FERRY = (
    "<p>Seven people drowned on Saturday when a ferry sank off Orvela, the coast guard said.</p>"
    '<script>alert("99 killed")</script>'
    "<table><tr><th>Boat</th><th>Dead</th><th>Missing</th></tr><tr><td>Ferry</td><td>7</td><td>2</td></tr></table>"
)
ROCKS = "<p>Two walkers were injured by falling rocks above Selba on Sunday.</p>"
SHELTERS = "<p>Some 640 people are sheltering in three schools in Orvela, the committee said on Monday.</p>"
BUILT = datetime(2024, 4, 9, 6, tzinfo=UTC)


def write_rss(path: Path) -> None:
    """Write the feed of a newspaper: one entry in full, one in its summary, one without words."""
    feed = FeedGenerator()
    feed.load_extension("media")
    feed.title("Selba Gazette")
    feed.link(href="https://gazette.example.org/feed", rel="self")
    feed.link(href="https://gazette.example.org/", rel="alternate")
    feed.description("An invented feed.")
    feed.language("en")
    feed.lastBuildDate(BUILT)
    ferry, rocks, nothing = (feed.add_entry(order="append") for _ in range(3))
    ferry.title("Ferry sinks off Orvela")
    ferry.link(href="https://gazette.example.org/ferry")
    ferry.guid("ferry-1", permalink=False)
    ferry.author(name="The desk", email="desk@gazette.example.org")
    ferry.category(term="Accidents")
    ferry.published(datetime(2024, 4, 6, 22, 30, tzinfo=timezone(timedelta(hours=2))))
    ferry.description("Seven drown.")
    ferry.content(FERRY, type="CDATA")
    ferry.media.content(url="https://gazette.example.org/ferry.jpg", medium="image")
    rocks.title("Two hurt in a fall of rocks")
    rocks.link(href="https://gazette.example.org/rocks")
    rocks.published(datetime(2024, 4, 7, 9, tzinfo=UTC))
    rocks.description(ROCKS)
    nothing.link(href="https://gazette.example.org/nothing")
    nothing.description(" ")
    feed.rss_file(str(path), pretty=True)


def write_atom(path: Path) -> None:
    """Write the feed of a relief committee: one entry, which was mended a day later."""
    feed = FeedGenerator()
    feed.id("urn:orvela")
    feed.title("Orvela Relief Committee")
    feed.updated(BUILT)
    feed.link(href="https://relief.example.org/", rel="alternate")
    entry = feed.add_entry()
    entry.id("urn:orvela:1")
    entry.title("Shelters")
    entry.author(name="Orvela Relief Committee")
    entry.link(href="https://relief.example.org/shelters")
    entry.published(datetime(2024, 4, 8, 10, tzinfo=UTC))
    entry.updated(datetime(2024, 4, 9, 10, tzinfo=UTC))
    entry.content(SHELTERS, type="html")
    feed.atom_file(str(path), pretty=True)


if __name__ == "__main__":
    write_rss(FILES / "feed.rss")
    write_atom(FILES / "feed.atom")
