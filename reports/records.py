"""The Report: one document as every other room knows it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Report:
    """One document with what is known of where it came from.

    ``id`` is the record's own where it had one, else derived from the content. ``text`` is plain text; every
    span in the project counts characters of it, start included, end excluded. ``published`` is the day of
    publication, None where nobody said. ``url`` is the address a reader can check.

    >>> Report(id="a1", text="Nine people died.").language
    'en'
    """

    id: str
    text: str
    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str = "en"
    paraphrased: bool = False
