"""The records that the stages of the parsers hand on: sentences, quantities, figures and their evidence."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, Self

from reports.records import Report

Span = tuple[int, int]
"""[start, end) in characters of the report's text."""


class Metric(StrEnum):
    """What happened to the people or homes that were counted."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    ABDUCTED = "abducted"
    DETAINED = "detained"
    DISPLACED = "displaced"
    REFUGEES = "refugees"
    RETURNED = "returned"
    EVACUATED = "evacuated"
    TRAPPED = "trapped"
    AFFECTED = "affected"
    IN_NEED = "in_need"
    POPULATION = "population"
    HOMES_DESTROYED = "homes_destroyed"
    HOMES_DAMAGED = "homes_damaged"
    CASUALTIES = "casualties"


MOVES = frozenset({Metric.DISPLACED, Metric.REFUGEES, Metric.EVACUATED, Metric.RETURNED})
"""What people do who leave a place or come back to it."""
HOMES = frozenset({Metric.HOMES_DESTROYED, Metric.HOMES_DAMAGED})
"""What happens to dwellings."""
GRAVE = frozenset({Metric.KILLED, Metric.ABDUCTED})
"""What befalls people of whom news tells with no more than a name."""
OLDEST = 120
"""How many years old anybody is at the most."""


class Qualifier(StrEnum):
    """How firmly the words hold the number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    VAGUE = "vague"


class Unit(StrEnum):
    """What one unit of the number is."""

    PERSON = "person"
    HOUSEHOLD = "household"
    DWELLING = "dwelling"


class Status(StrEnum):
    """How the claim is made."""

    REPORTED = "reported"
    UNVERIFIED = "unverified"
    PROJECTED = "projected"
    DENIED = "denied"


class Basis(StrEnum):
    """New within the period, cumulative since its start, or a stock at its end."""

    NEW = "new"
    CUMULATIVE = "cumulative"
    STOCK = "stock"


class Precision(StrEnum):
    """How finely the words date the count."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its text as in the document, and where it starts there."""

    text: str
    start: int
    paragraph: int
    headline: bool = False

    @property
    def end(self) -> int:
        """Where the sentence ends in the document, excluded."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Document:
    """A report with its text made even (same length, plain quotes, spaces and dashes) and cut into sentences."""

    report: Report
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, with the bounds that its words support.

    ``start`` and ``end`` hold the number itself, ``phrase_start`` and ``phrase_end`` its hedge too, all in document
    characters. ``value`` is the number as printed (None for a range or a vague word); None as a bound is open.
    """

    start: int
    end: int
    phrase_start: int
    phrase_end: int
    value: int | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    rule: str
    share: float | None = None
    """The fraction of a whole that the words name: "half of whom", "half of the 600"."""

    @property
    def open_share(self) -> float | None:
        """The share, where its whole stands elsewhere and there is no number yet: "half of whom"."""
        return self.share if self.value is self.low is self.high is None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One claim: a quantity of people or homes, and all that the report says of it (the figure record)."""

    id: str
    report: str
    metric: Metric
    value: int | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    unit: Unit = Unit.PERSON
    group: str | None = None
    group_text: str | None = None
    source: str | None = None
    source_text: str | None = None
    via: str | None = None
    publisher: str | None = None
    status: Status = Status.REPORTED
    basis: Basis = Basis.NEW
    place: str | None = None
    place_text: str | None = None
    admin1: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    published: date | None = None
    part_of: str | None = None
    share: float | None = None
    quote: str
    span: Span
    rule: str
    confidence: float | None = None

    def change(self, **changes: Any) -> Self:
        """Return the figure with some fields changed: ``dataclasses.replace``, in a third of its time."""
        # Every stage changes every figure, and asking field by field is what takes the time.
        return type(self)(**dict(zip(_FIELDS, _get_fields(self), strict=True)) | changes)


_FIELDS = tuple(field.name for field in fields(Figure))
_get_fields = attrgetter(*_FIELDS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why one field of a figure has its value: the words (None where there are none) and a reason in plain English."""

    field: str
    span: Span | None
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure while it is read: the record so far, where in the document it stands, and the evidence.

    ``sentence`` indexes ``Document.sentences``; ``clause`` and ``trigger`` (the words that gave the metric) are
    spans in the document.
    """

    figure: Figure
    sentence: int
    clause: Span
    trigger: Span
    evidence: tuple[Evidence, ...] = ()

    def with_field(self, *evidence: Evidence, **changes: Any) -> Self:
        """Return the reading with fields of its figure changed, and the evidence for the change noted."""
        figure = self.figure.change(**changes)
        return type(self)(figure, self.sentence, self.clause, self.trigger, (*self.evidence, *evidence))

    def with_metric(self, metric: Metric, *evidence: Evidence, **changes: Any) -> Self:
        """Return the reading with another metric, which its figure's id ends with, and other fields changed."""
        key = self.figure.id.removesuffix(f":{self.figure.metric}")
        return self.with_field(*evidence, metric=metric, id=f"{key}:{metric}", **changes)
