"""The fields of a record, checked one by one, become a Report."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from reports.encodings import decode_bytes
from reports.errors import (
    EmptyReportError,
    FieldError,
    MissingTextError,
    NotTextError,
    OversizeError,
    ReportError,
    WrongDateError,
)
from reports.languages import READ, identify_language, tell_language
from reports.records import CountedReport, Notice, Report

Item = Report | CountedReport | Notice | ReportError
"""What a reader yields."""
LONGEST = 5_000_000
"""Characters of one report: some two thousand pages."""

ID_LENGTH = 16
"""Hexadecimal digits of a derived id: 64 bits, so that a million reports share none but by content."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands (input and line), and what the caller knows of records that do not say it themselves.

    ``url`` is the address it was fetched from, ``charset`` the encoding that the server named.
    ``columns`` says which column of a table holds which field, where the guess is to be corrected. ``identifies`` has
    a model tell the language where neither the record names it nor the small words tell it. ``depth`` counts the
    archives around a file, ``room`` the bytes that they may still unpack to.
    """

    name: str
    line: int | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    charset: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    identifies: bool = False
    depth: int = 0
    room: "Room | None" = None


@dataclass(slots=True)
class Room:
    """How many bytes a file with archives in it may still unpack to."""

    left: int


def build_report(fields: Mapping[str, object], origin: Origin) -> Report:
    """Return the report that a record describes; a field of the wrong kind raises a ReportError.

    >>> build_report({"id": 7, "text": "Nine people died.", "published": "2020-02-02"}, Origin("-")).published
    datetime.date(2020, 2, 2)
    """
    text = _read_text(fields, origin)
    published = _read_published(fields, origin) or origin.published
    publisher = _read_words(fields, "publisher", origin) or origin.publisher
    return Report(
        id=_read_words(fields, "id", origin) or derive_id(text, publisher, published),
        text=text,
        published=published,
        publisher=publisher,
        title=_read_words(fields, "title", origin),
        url=_read_words(fields, "url", origin) or origin.url,
        language=(_read_words(fields, "language", origin) or _tell_language(text, origin)).lower(),
        paraphrased=_read_flag(fields, "paraphrased", origin),
    )


def derive_id(text: str, publisher: str | None, published: date | None) -> str:
    r"""Return an id made from the content: the same words of one publisher on one day are the same report.

    Case counts; spaces, line ends and the way that accents are composed do not.

    >>> derive_id("Nine people died.", "AFP", None) == derive_id("Nine people\ndied. ", "AFP", None)
    True
    """
    even = " ".join(unicodedata.normalize("NFC", text).split())
    day = published.isoformat() if published else ""
    return sha256("\x1f".join((even, publisher or "", day)).encode()).hexdigest()[:ID_LENGTH]


def decode(content: bytes, origin: Origin, declared: str | None = None) -> str:
    r"""Return bytes as text with plain line ends, without a byte order mark; raises EncodingError.

    >>> decode(b"Nine died.\r\n", Origin("-"))
    'Nine died.\n'
    """
    text = decode_bytes(content, origin.name, origin.line, origin.charset or declared)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tell_language(text: str, origin: Origin) -> str:
    # The model is loaded only where it is asked for.
    return identify_language(text) if origin.identifies else tell_language(text) or READ


def _read_text(fields: Mapping[str, object], origin: Origin) -> str:
    if fields.get("text") is None:
        raise MissingTextError(origin.name, 'has no "text"', 'give the report\'s words as "text"', origin.line)
    text = fields["text"]
    if not isinstance(text, str):
        raise FieldError(origin.name, '"text" is not words', "write it in quotes", origin.line)
    if not text.strip():
        raise EmptyReportError(origin.name, "the report is empty", "fill it in or remove it", origin.line)
    if len(text) > LONGEST:
        problem = f"a report of {len(text):,} characters; {LONGEST:,} are read at most"
        raise OversizeError(origin.name, problem, "split it", origin.line)
    return _check_characters("text", text, origin)


def _check_characters(key: str, words: str, origin: Origin) -> str:
    # JSON escapes can smuggle in characters that no file, database or terminal can hold.
    try:
        words.encode()
    except UnicodeEncodeError as error:
        problem = f'"{key}" holds half of a character at {error.start + 1}'
        raise NotTextError(origin.name, problem, "write the whole character", origin.line) from error
    refuse_nul(words, key, origin)
    return words


def refuse_nul(words: str, key: str, origin: Origin) -> None:
    """Raise NotTextError where a field holds NUL characters: then it is no text, or not in the encoding it claims."""
    if "\x00" in words:
        raise NotTextError(origin.name, f'"{key}" holds NUL characters', "save it as plain text", origin.line)


def _read_words(fields: Mapping[str, object], key: str, origin: Origin) -> str | None:
    words = fields.get(key)
    if words is None:
        return None
    # Numbers are common as ids and now and then a title ("1917").
    if isinstance(words, bool) or not isinstance(words, str | int):
        raise FieldError(origin.name, f'"{key}" is not words', "write it in quotes", origin.line)
    return _check_characters(key, str(words).strip(), origin) or None


def _read_flag(fields: Mapping[str, object], key: str, origin: Origin) -> bool:
    flag = fields.get(key)
    if flag is not None and not isinstance(flag, bool):
        raise FieldError(origin.name, f'"{key}" is neither true nor false', "write true or false", origin.line)
    return bool(flag)


def _read_published(fields: Mapping[str, object], origin: Origin) -> date | None:
    day = fields.get("published")
    if isinstance(day, datetime):
        return day.date()
    if isinstance(day, date):
        return day
    words = _read_words(fields, "published", origin)
    try:
        # A time of day may follow; the day as written there is the day of publication.
        return datetime.fromisoformat(words).date() if words else None
    except ValueError as error:
        problem = f"{words[:40]!r} is not a date" if words else ""
        raise WrongDateError(origin.name, problem, "write it as 2020-02-02", origin.line) from error
