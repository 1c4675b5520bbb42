"""Mails: the words of the message, and what is attached to it as reports of their own."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from io import BytesIO
from typing import BinaryIO

from reports.characters import tidy
from reports.dates import read_day
from reports.errors import EmptyReportError, OversizeError
from reports.fields import Item, Origin, build_report, refuse_nul
from reports.formats import MEGABYTE, find_format, read_whole
from reports.fragments import strip_markup
from reports.members import make_room, read_member
from reports.records import Report

_MOST, _MOST_PARTS = 100 * MEGABYTE, 500


def read_mail(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the report in a mail, published by its sender on its day, then those in the files attached to it."""
    message = message_from_bytes(read_whole(stream, _MOST, origin), policy=policy.default)
    if sum(1 for _ in message.walk()) > _MOST_PARTS:
        raise OversizeError(origin.name, f"more than {_MOST_PARTS} parts in one mail", "save the message as text")
    files = [part for part in message.iter_attachments() if find_format(part.get_filename() or "")]
    text = _find_words(message, origin)
    if text or not files:
        yield _read_message(message, text, origin)
    name, address = parseaddr(str(message["from"] or ""))
    known = replace(
        make_room(origin), publisher=name or address or origin.publisher, published=read_day(message["date"])
    )
    for part in files:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield from read_member(part.get_filename() or "", BytesIO(content), known)


def _read_message(message: EmailMessage, text: str, origin: Origin) -> Report:
    if not text:
        raise EmptyReportError(origin.name, "a mail without words", "leave it out")
    name, address = parseaddr(str(message["from"] or ""))
    subject = tidy(str(message["subject"] or ""))
    sent = read_day(message["date"])
    return build_report(
        {"text": text, "title": subject or None, "publisher": name or address, "published": sent}, origin
    )


def _find_words(message: EmailMessage, origin: Origin) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        content = str(body.get_content())
    except LookupError:
        # A charset that nobody knows: the letters that are plain are kept.
        payload = body.get_payload(decode=True)
        content = payload.decode("ascii", "replace") if isinstance(payload, bytes) else ""
    refuse_nul(content, "text", origin)
    return strip_markup(content) if body.get_content_subtype() == "html" else tidy(content)
