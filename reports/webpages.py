"""Web pages: trafilatura finds the article among menus and adverts, with htmldate the day of publication."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import regex
import trafilatura

from reports.characters import tidy
from reports.errors import EmptyReportError, NotTextError
from reports.fields import Origin, build_report, decode
from reports.records import Report
from reports.tables import write_rows

_DECLARED = regex.compile(rb"""<meta\b[^>]{0,200}?charset\s*+=\s*+["']?\s*+(?P<name>[\w-]++)""", regex.X | regex.I)
_HEAD = 4096
_SAVED = regex.compile(r"<!--\s*saved from url=\(\d+\)(?P<address>https?://[^\s<>]+)\s*-->", regex.I)


def read_webpage(content: bytes, origin: Origin) -> Report:
    """Return the article of a web page: its paragraphs and tables in order, without menus, scripts and comments.

    The address is where it came from, else what the page names as its own. The day is what the page's metadata say;
    days that stand only in the text are not taken for it.
    """
    m = _DECLARED.search(content[:_HEAD])
    text = decode(content, origin, m["name"].decode() if m else None)
    if "\x00" in text:
        raise NotTextError(origin.name, "holds NUL characters", "save the page again")
    saved = _SAVED.search(text[:_HEAD])
    address = origin.url or (saved["address"] if saved else None)
    days = {"extensive_search": False, "original_date": True, "max_date": _latest()}
    found: Any = trafilatura.bare_extraction(
        text,
        url=address,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        date_extraction_params=days,
        prune_xpath="//template | //noscript",  # a reader of the page saw neither
    )
    body = "\n\n".join(_write_blocks(found.body)) if found else ""
    if not found or not body.strip():
        raise EmptyReportError(origin.name, "no article in the page", "save the text of the page by itself")
    return build_report(
        {
            "text": tidy(body),
            "title": found.title,
            "publisher": found.sitename or found.hostname,
            "published": found.date,
            "url": address or found.url,
        },
        origin,
    )


def _latest() -> str:
    # A page from the other side of the date line may bear the date of tomorrow.
    return (datetime.now(UTC).date() + timedelta(days=1)).isoformat()


def _write_blocks(body: Any) -> Iterator[str]:
    """Yield the paragraphs, lists and tables of an article in order, as trafilatura marks them."""
    for element in body:
        if element.tag == "table":
            yield write_rows([[" ".join(cell.itertext()) for cell in row.iter("cell")] for row in element.iter("row")])
        elif element.tag == "list":
            yield "\n".join(" ".join(item.itertext()) for item in element.iter("item"))
        elif element.tag in {"quote", "div"} and len(element):
            yield element.text or ""
            yield from _write_blocks(element)
        else:
            yield "".join(element.itertext()) if element.tag != "lb" else ""
        yield element.tail or ""
