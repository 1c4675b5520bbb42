"""The parameters of the data API: the dashboard's own filters and choices, by the dashboard's names."""

from dataclasses import dataclass, field
from enum import StrEnum

from parsers.records import Basis, Metric, Status, Unit
from series.bins import Bin
from series.options import By, Spread, Vague

MOST_ROWS = 10_000
USUAL_ROWS = 1_000


class Kind(StrEnum):
    """What the value of a parameter is."""

    WORD = "word"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter. ``values`` are all that there are; none means that the store knows which there are.

    A parameter with ``several`` may be repeated: its values are alternatives. ``example`` is for the manual.
    """

    name: str
    about: str
    kind: Kind = Kind.WORD
    values: tuple[str, ...] = ()
    several: bool = False
    default: str = ""
    example: str = ""
    least: int = 0
    most: int | None = None


def _filter(name: str, about: str, values: type[StrEnum] | None = None, example: str = "") -> Parameter:
    known = tuple(map(str, values)) if values else ()
    return Parameter(name=name, about=about, values=known, several=True, example=example)


FILTERS = (
    _filter("metric", "What was counted.", Metric, "killed"),
    _filter("basis", "Counted within the period, since a start, or as people in that state on a date.", Basis, "new"),
    _filter("unit", "What one is.", Unit, "person"),
    _filter("source", "Who claims it, by the name that /api/sources gives.", example="OCHA"),
    _filter("region", "Where, by the name or code that /api/regions gives; all that lies in it.", example="Syria"),
    _filter("group", "Who was counted.", example="civilians"),
    _filter("status", "Reported, unverified, projected or denied.", Status),
    Parameter(name="since", about="The first day, inclusive.", kind=Kind.DAY, example="2020-01-01"),
    Parameter(name="until", about="The last day, inclusive.", kind=Kind.DAY, example="2020-03-31"),
    Parameter(name="as_known", about="Only what had been published by this day.", kind=Kind.DAY, example="2020-03-31"),
)


def _choice(name: str, about: str, values: type[StrEnum] | tuple[str, ...], default: str) -> Parameter:
    return Parameter(name=name, about=about, values=tuple(map(str, values)), default=default)


CHOICES = (
    _choice("by", "What a line is.", By, "source"),
    _choice("bin", "How wide a point is; weeks begin on Monday.", Bin, "month"),
    Parameter(
        name="best",
        about="Which number stands where sources differ: median, lowest, highest, or the name of a source.",
        default="median",
    ),
    _choice("vague", "Which number stands for “dozens” or for a range.", Vague, "low"),
    _choice("spread", "A count longer than its bin: over its days, or where it ends.", Spread, "even"),
    _choice("totals", "Draw what was new out of running totals too, or only the totals.", ("new", "apart"), "new"),
    _choice("households", "Make people of households by an average size.", ("apart", "people"), "apart"),
)

FORMAT = Parameter(
    name="format",
    about="The kind of table; without it the header Accept says. HXL is CSV with a row of tags.",
    values=("json", "csv", "hxl", "parquet"),
    default="json",
)

PAGING = (
    Parameter(
        name="limit", about="How many rows at most.", kind=Kind.NUMBER, default=str(USUAL_ROWS), least=1, most=MOST_ROWS
    ),
    Parameter(name="offset", about="How many rows to pass over; the header Link has the next.", kind=Kind.NUMBER,
              default="0"),
    Parameter(
        name="revision",
        about="The revision of the store that the first page was of (links carry it); another one is refused.",
        kind=Kind.NUMBER,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resource:
    """One address of the API: the table that it gives, and the parameters that it takes beside filters and paging."""

    name: str
    about: str
    columns: tuple[str, ...]
    choices: tuple[Parameter, ...] = field(default=())

    @property
    def path(self) -> str:
        """Its address on the server."""
        return f"/api/{self.name}"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters that mean something here."""
        return (*FILTERS, *self.choices, FORMAT, *PAGING)
