"""How much of what the sample reports state the parsers recover: ``python -m tests.measure_sample``.

A fact is recovered when a figure of its report has its metric and its number: the value, or low and high of a
range and of a vague word. Of the facts that were recovered, and state it, the measure is then how many have the
right source, country and period; and of the figures, how many are a fact (``precision``).

``--misses`` lists the facts that were not recovered, ``--write`` raises the floors in tests/floors.toml to what is
measured; a floor falls only with ``--lower`` beside it.
"""

import argparse
import csv
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

from parsers import read_figures
from parsers.records import Figure
from reports.readers import list_files, read_path
from reports.records import Report

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "reports"
FLOORS = ROOT / "tests" / "floors.toml"
SECTION = "sample"
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
        return _number(*(int(self.row[name]) if self.row[name] else None for name in ("value", "low", "high")))

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
                raise report
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
        if fact.metric == figure.metric and fact.number == _number(figure.value, figure.low, figure.high)
    ]
    taken: dict[int, int] = {}
    for _, at, other in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if at not in taken and other not in taken.values():
            taken[at] = other
    return [Match(fact, figures[taken[at]] if at in taken else None, figures) for at, fact in enumerate(facts)]


def _number(value: int | None, low: int | None, high: int | None) -> Number:
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


def measure(matches: Sequence[Match]) -> dict[str, float]:
    """Return the shares that have a floor: recall, precision, and of the recovered facts each attribute."""
    found = [(match.fact, match.figure) for match in matches if match.figure]
    figures = {figure.id for match in matches for figure in match.figures}
    shares = {"recall": _share(len(found), len(matches)), "precision": _share(len(found), len(figures))}
    for name, is_right in ATTRIBUTES.items():
        answers = [is_right(fact, figure) for fact, figure in found]
        shares[name] = _share(answers.count(True), len(answers) - answers.count(None))
    return shares


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def write_table(matches: Sequence[Match]) -> Iterator[str]:
    """Yield the lines of a table: story and metric, facts, facts recovered, and what became of the others."""
    yield f"{'story':26} {'metric':16} {'facts':>5} {'found':>5} {'share':>6}  not found, read as"
    facts = Counter((match.fact.story, match.fact.metric) for match in matches)
    found = Counter((match.fact.story, match.fact.metric) for match in matches if match.figure)
    for kind in sorted(facts):
        missed = [match for match in matches if (match.fact.story, match.fact.metric) == kind and not match.figure]
        read_as = Counter(map(explain_miss, missed))
        words = ", ".join(f"{reason} {count}" for reason, count in read_as.most_common())
        yield f"{kind[0]:26} {kind[1]:16} {facts[kind]:5} {found[kind]:5} {found[kind] / facts[kind]:6.0%}  {words}"


def explain_miss(match: Match) -> str:
    """Say what the parsers made of a fact that was not recovered: its number as another metric, or nothing."""
    same = [
        figure.metric.value
        for figure in match.figures
        if match.fact.number == _number(figure.value, figure.low, figure.high)
    ]
    return next((metric for metric in same if metric != match.fact.metric), "taken" if same else "nothing")


def load_floors() -> dict[str, float]:
    """Load the floors of this measure; none where they were never written."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return dict(floors.get(SECTION, {}))


def raise_floors(floors: Mapping[str, float], shares: Mapping[str, float], *, lower: bool = False) -> dict[str, float]:
    """Return the floors at what is measured, two digits, rounded down; none falls unless ``lower``."""
    measured = {name: math.floor(share * 100) / 100 for name, share in shares.items()}
    return {name: share if lower else max(share, floors.get(name, 0.0)) for name, share in measured.items()}


def write_floors(floors: Mapping[str, float]) -> None:
    """Write the floors into their section of tests/floors.toml, leaving the others as they are."""
    content = FLOORS.read_text(encoding="utf-8") if FLOORS.exists() else ""
    others = regex.sub(rf"(?ms)^\[{SECTION}\]\n.*?(?=^\[|\Z)", "", content).strip()
    section = "\n".join([f"[{SECTION}]", *(f"{name} = {floor:.2f}" for name, floor in floors.items())])
    FLOORS.write_text(f"{others}\n\n{section}\n".lstrip(), encoding="utf-8")


def main() -> int:
    """Print the table and the shares; with ``--write``, write the floors."""
    options = argparse.ArgumentParser(prog="python -m tests.measure_sample", description=__doc__.split("\n")[0])
    options.add_argument("--misses", action="store_true", help="list the facts that were not recovered")
    options.add_argument("--write", action="store_true", help="raise the floors to what is measured")
    options.add_argument("--lower", action="store_true", help="with --write: let floors fall, too")
    given = options.parse_args()
    matches = match_sample()
    shares = measure(matches)
    lines = [*write_table(matches), "", *(f"{name:10} {share:.3f}" for name, share in shares.items())]
    if given.misses:
        lines += ["", *(f"{match.fact} <- {explain_miss(match)}" for match in matches if not match.figure)]
    print("\n".join(lines))
    if given.write:
        write_floors(raise_floors(load_floors(), shares, lower=given.lower))
    return 0


if __name__ == "__main__":
    sys.exit(main())
