"""Web archives (WARC): the pages and documents in them, streamed, each under the address it was taken from."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from fastwarc.stream_io import FastWARCError
from fastwarc.warc import ArchiveIterator, WarcRecordType

from reports.errors import DamagedError, OversizeError
from reports.fields import Item, Origin
from reports.formats import HEAD, MEGABYTE, Format, find_media_format, get_format, guess_format
from reports.readers import guard_reading
from reports.records import Notice

_MOST = 50 * MEGABYTE
_DOCUMENTS = frozenset({"web page", "PDF", "text", "Word file", "feed"})
_OK = 200


def read_warc(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the documents among the answers in a web archive; pictures, scripts and errors of servers are counted."""
    left = taken = 0
    kinds = WarcRecordType.response | WarcRecordType.resource
    try:
        for record in ArchiveIterator(stream, record_types=kinds, auto_decode="all"):
            one = _find_document(record)
            if one is None:
                left += 1
            else:
                taken += 1
                yield from _read_record(record, one, origin)
    except FastWARCError as error:
        raise DamagedError(origin.name, f"damaged after {taken + left} records ({error})", "fetch it again") from error
    if not taken + left:
        raise DamagedError(origin.name, "no web archive, or an empty one", "check the file")
    if left:
        yield Notice(origin.name, f"{left} of {taken + left} records are no documents (pictures, scripts, errors)")


def _find_document(record: Any) -> Format | None:
    media = record.http_content_type or record.headers.get("Content-Type") or ""
    if record.http_headers is not None and record.http_headers.status_code != _OK:
        return None
    one = find_media_format(media)
    return one if one and one.name in _DOCUMENTS else None


def _read_record(record: Any, one: Format, origin: Origin) -> Iterator[Item]:
    from io import BytesIO

    address = record.headers.get("WARC-Target-URI") or ""
    inner = replace(origin, name=f"{origin.name}!{address}", url=address.strip("<>") or None, depth=origin.depth + 1)
    content = record.reader.read(_MOST + 1)
    if len(content) > _MOST:
        yield OversizeError(inner.name, f"a record of more than {_MOST // MEGABYTE} MB", "leave it out")
        return
    # Servers say text/html of many things.
    shown = guess_format(content[:HEAD])
    known = shown if shown and shown.name in _DOCUMENTS else get_format(one.name)
    yield from guard_reading(known, BytesIO(content), inner)
