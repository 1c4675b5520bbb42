"""The facts that the sample reports were written from, matched with the figures that the parsers read in them.

A fact is recovered when a figure of its report has its metric and its number: the value, or low and high of a
range and of a vague word.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from parsers import read_figures
from parsers.records import Figure
from reports.errors import ReportError
from reports.readers import list_files, read_path
from reports.records import Report

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "reports"
COLUMNS = (
    *("report", "metric", "value", "low", "high", "qualifier", "unit", "group", "source"),
    *("place", "admin1", "country", "start", "end", "basis", "status", "address"),
)

Number = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a ``facts.csv``: what a report states."""

    story: str
    row: Mapping[str, str]

    @property
    def report(self) -> str:
        return self.row["report"]

    @property
    def metric(self) -> str:
        return self.row["metric"]

    @property
    def number(self) -> Number:
        return number_of(*(int(self.row[name]) if self.row[name] else None for name in ("value", "low", "high")))

    def __str__(self) -> str:
        number = self.row["value"] or f"{self.row['low']}-{self.row['high']}"
        return f"{self.story}/{self.report}: {self.metric} {number} {self.row['group']} ({self.row['source']})"


@dataclass(frozen=True, slots=True)
class Match:
    """A fact with the figure that recovers it, None where none does, and the other figures of the report."""

    fact: Fact
    figure: Figure | None
    figures: Sequence[Figure]


def load_facts(sample: Path = SAMPLE) -> list[Fact]:
    """Load the facts of every story, checking the header."""
    facts = []
    for path in sorted(sample.glob("*/facts.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, strict=True)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise ValueError(f"{path}: line 1: the header must be {','.join(COLUMNS)}")
            facts += [Fact(path.parent.name, row) for row in rows]
    return facts


def read_sample(sample: Path = SAMPLE) -> dict[tuple[str, str], Report]:
    """Read the reports, by story and file name without its ending, as the facts name them."""
    named = {}
    for path in list_files(sample):
        if not isinstance(path, Path):
            raise path
        for report in read_path(path):
            if not isinstance(report, Report):
                raise report if isinstance(report, ReportError) else TypeError(f"{path}: no report, but {report}")
            named[path.parent.name, path.stem] = report
    return named


@cache
def match_sample(sample: Path = SAMPLE) -> tuple[Match, ...]:
    """Parse the reports and match the figures with the facts, each figure with one fact at most."""
    facts: dict[tuple[str, str], list[Fact]] = {}
    for fact in load_facts(sample):
        facts.setdefault((fact.story, fact.report), []).append(fact)
    matches: list[Match] = []
    for name, report in read_sample(sample).items():
        figures = [one.figure for one in read_figures(report)]
        matches += match_facts(facts.get(name, []), figures)
    return tuple(matches)


def match_facts(facts: Sequence[Fact], figures: Sequence[Figure]) -> list[Match]:
    """Match the facts of one report with its figures; where several have the number, the likest goes first."""
    pairs = [
        (_likeness(fact, figure), at, other)
        for at, fact in enumerate(facts)
        for other, figure in enumerate(figures)
        if fact.metric == figure.metric and fact.number == number_of(figure.value, figure.low, figure.high)
    ]
    taken: dict[int, int] = {}
    for _, at, other in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if at not in taken and other not in taken.values():
            taken[at] = other
    return [Match(fact, figures[taken[at]] if at in taken else None, figures) for at, fact in enumerate(facts)]


def number_of(value: int | None, low: int | None, high: int | None) -> Number:
    """Return what must agree: the number as printed, else the bounds."""
    return (low, high) if value is None else (value,)


def _likeness(fact: Fact, figure: Figure) -> int:
    return sum(bool(is_right(fact, figure)) for is_right in ATTRIBUTES.values())


def has_source(fact: Fact, figure: Figure) -> bool | None:
    """Tell whether the figure has the fact's source, by any of its names; None where the fact has none."""
    return _name_source(fact.row["source"]) == _name_source(figure.source or "") if fact.row["source"] else None


def has_country(fact: Fact, figure: Figure) -> bool | None:
    """Tell whether the figure has the fact's country; None where the fact has none."""
    return fact.row["country"] == figure.country if fact.row["country"] else None


def has_period(fact: Fact, figure: Figure) -> bool | None:
    """Tell whether the figure has the fact's days; None where the fact has none."""
    days = tuple(day.isoformat() if day else "" for day in (figure.start, figure.end))
    stated = (fact.row["start"], fact.row["end"])
    return stated == days if any(stated) else None


ATTRIBUTES: dict[str, Callable[[Fact, Figure], bool | None]] = {
    "source": has_source,
    "country": has_country,
    "period": has_period,
}


def list_wrong_attributes(matches: Sequence[Match]) -> Iterator[str]:
    """Yield a line for each recovered fact that was read with a wrong source, country or period."""
    for match in matches:
        for name, is_right in ATTRIBUTES.items():
            if match.figure and is_right(match.fact, match.figure) is False:
                yield f"{match.fact}: {name} {_state(match.fact, name)} read as {_read(match.figure, name)}"


def _state(fact: Fact, attribute: str) -> str:
    return f"{fact.row['start']}..{fact.row['end']}" if attribute == "period" else fact.row[attribute]


def _read(figure: Figure, attribute: str) -> str:
    return f"{figure.start or ''}..{figure.end or ''}" if attribute == "period" else str(getattr(figure, attribute))


def _name_source(name: str) -> str:
    return _load_source_names().get(name.casefold(), name.casefold())


@cache
def _load_source_names() -> dict[str, str]:
    with (ROOT / "data" / "sources.csv").open(encoding="utf-8", newline="") as lines:
        return {
            name.strip().casefold(): row["code"]
            for row in csv.DictReader(lines)
            for name in (*row["aliases"].split("|"), row["name"])
            if name.strip()
        }
