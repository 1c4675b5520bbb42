"""The formats: which reader knows which ending and which first bytes. A format is one row and one module.

A reader is imported when its first file comes, so that nothing pays for a library that it does not use.
"""

import gzip
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO

import regex

from reports.errors import OversizeError, UnknownFormatError
from reports.fields import Item, Origin

MEGABYTE = 1_000_000
HEAD = 4096
"""Bytes that are looked at where the name says nothing."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its reader as ``module:function``, and how it must be read.

    A reader of a ``whole`` file takes its bytes, ``most`` at most, and returns a report; any other takes an open
    binary file and yields reports and errors. What is read ``apart`` is read in a worker with limits.
    """

    name: str
    reader: str
    endings: tuple[str, ...]
    media: tuple[str, ...] = ()
    whole: bool = True
    apart: bool = True
    most: int = 100 * MEGABYTE


FORMATS = (
    Format("text", "texts:read_text", (".txt", ".text"), ("text/plain",), apart=False),
    Format("markdown", "texts:read_markdown", (".md", ".markdown"), ("text/markdown",), apart=False),
    Format("jsonl", "lines:read_lines", (".jsonl", ".ndjson"), ("application/x-ndjson",), whole=False, apart=False),
    Format("web page", "webpages:read_webpage", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml")),
    Format("PDF", "pdfs:read_pdf", (".pdf",), ("application/pdf",)),
    Format("Word file", "word_files:read_word_file", (".docx",)),
    Format("mail", "mails:read_mail", (".eml",), ("message/rfc822",), whole=False),
    Format("CSV", "spreadsheets:read_csv", (".csv", ".tsv"), ("text/csv",), whole=False),
    Format("spreadsheet", "spreadsheets:read_xlsx", (".xlsx", ".xlsm"), whole=False),
    Format("Parquet", "spreadsheets:read_parquet", (".parquet",), whole=False),
    Format("feed", "feeds:read_feed", (".rss", ".atom", ".xml"), ("application/rss+xml", "application/atom+xml",
           "application/xml", "text/xml"), whole=False),
    Format("JSON", "exports:read_json", (".json",), ("application/json",), whole=False),
    Format("web archive", "webarchives:read_warc", (".warc", ".warc.gz"), whole=False),
    Format("zip", "archives:read_zip", (".zip",), ("application/zip",), whole=False),
    Format("tar", "archives:read_tar", (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
           ("application/x-tar",), whole=False),
    Format("gzip", "archives:read_gzip", (".gz",), ("application/gzip",), whole=False),
)  # fmt: skip
_BY_NAME = {one.name: one for one in FORMATS}
_BY_ENDING = sorted(((ending, one) for one in FORMATS for ending in one.endings), key=lambda pair: -len(pair[0]))
_BY_MEDIA = {media: one for one in FORMATS for media in one.media}
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PAR1", "Parquet"),
    (b"WARC/", "web archive"),
    (b"PK\x03\x04", "zip"),
)
_GZIP = b"\x1f\x8b"
_MARKS = regex.compile(
    rb"""^(?:\xef\xbb\xbf)?\s*+(?:
        (?P<feed><\?xml\b[^>]*+>\s*+(?:<!--.*?-->\s*+|<![^>\[]*+(?:\[.*?\]\s*+)?+>\s*+|<\?[^>]*+>\s*+)*+<(?:rss|feed|rdf:RDF)\b|<(?:rss|feed|rdf:RDF)\b)
      | (?P<page>(?:<\?xml\b[^>]*+>\s*+)?+(?:<!--.*?-->\s*+)*+<(?:!doctype\ html|html|head|body)\b)
    )""",
    regex.X | regex.I | regex.S,
)
_WORD, _SHEET = b"word/", b"xl/"


def find_format(name: str) -> Format | None:
    """Return the format that the ending of a name says, None where it says none or an unknown one.

    >>> find_format("crawl.warc.gz").name, find_format("notes")
    ('web archive', None)
    """
    lower = name.lower()
    return next((one for ending, one in _BY_ENDING if lower.endswith(ending)), None)


def find_media_format(media: str) -> Format | None:
    """Return the format of a media type, None for an unknown one.

    >>> find_media_format("text/html; charset=utf-8").name
    'web page'
    """
    return _BY_MEDIA.get(media.partition(";")[0].strip().lower())


def guess_format(head: bytes) -> Format | None:
    """Return the format that the first bytes of a file show, None where they show none of the marked ones.

    >>> guess_format(b"<!DOCTYPE html><html>").name
    'web page'
    """
    if head.startswith(_GZIP):
        return _BY_NAME["web archive" if _gunzip_head(head).startswith(b"WARC/") else "gzip"]
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return _BY_NAME[_guess_office(head) if name == "zip" else name]
    m = _MARKS.match(head[:HEAD])
    return _BY_NAME["feed" if m["feed"] else "web page"] if m else None


def _gunzip_head(head: bytes) -> bytes:
    # The head is cut off in the middle, which gzip says only after what it could unpack.
    from io import BytesIO

    with suppress(EOFError, OSError), gzip.open(BytesIO(head)) as file:
        return file.read(5)
    return b""


def _guess_office(head: bytes) -> str:
    if _WORD in head:
        return "Word file"
    return "spreadsheet" if _SHEET in head else "zip"


def read_format(one: Format, stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield what a file of a format holds; a whole file that is too large raises OversizeError."""
    module, _, function = one.reader.partition(":")
    reader = getattr(import_module(f"reports.{module}"), function)
    if one.whole:
        yield reader(read_whole(stream, one.most, origin), origin)
    else:
        yield from reader(stream, origin)


def read_whole(stream: BinaryIO, most: int, origin: Origin) -> bytes:
    """Return all bytes of a file; more than ``most`` raise OversizeError before they are in memory."""
    content = stream.read(most + 1)
    if len(content) > most:
        problem = f"larger than {most // MEGABYTE} MB, the most for a single document"
        raise OversizeError(origin.name, problem, "split it, or take out what is no text")
    return content


def name_unknown(name: str, ending: str) -> UnknownFormatError:
    """Return the error for a file that no reader knows."""
    known = ", ".join(sorted({one.endings[0] for one in FORMATS}))
    return UnknownFormatError(name, f"no reader for {ending or 'this kind of file'}", f"save it as one of {known}")


def get_format(name: str) -> Format:
    """Return the format of a name in the table."""
    return _BY_NAME[name]
