"""The project's own corpora, read once: each figure that they state beside the figure that the parsers read.

Three corpora: the sample's facts, the passages, and the other worlds, where no figure may come.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import regex

from parsers import extract
from parsers.records import Figure
from reports.records import Report
from tests.sample import Match, Number, match_sample, number_of
from tests.test_other_worlds import WORLDS, passages
from tests.test_passages import PASSAGES, Passage, Row, write_row

SAMPLE, PASSAGE, WORLD = "sample", "passages", "other_worlds"
NUMBER = regex.compile(r"(?:[≥≤~]\ )?+(?P<low>[\d,]++|…)(?:–(?P<high>[\d,]++|…))?+", regex.X)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a corpus states: its metric, and the number as printed or its bounds, () for any number."""

    metric: str
    number: Number

    def agrees(self, other: "Stated") -> bool:
        """Whether the other has this metric and this number."""
        return self.metric == other.metric and self.number in {other.number, ()}

    def __str__(self) -> str:
        return f"{self.metric} {write_number(self.number)}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one stated figure, of one that was read, or of the two together."""

    corpus: str
    where: str
    stated: Stated | None
    figure: Figure | None

    @property
    def right(self) -> bool:
        """Whether the figure that is stated was read, with its metric and number."""
        return self.stated is not None and self.read is not None and self.stated.agrees(self.read)

    @property
    def read(self) -> Stated | None:
        """What was read, in the terms of what is stated."""
        return read_stated(self.figure) if self.figure else None

    def __str__(self) -> str:
        read = f"{self.read} by {self.figure.rule}" if self.figure else "nothing"
        return f"{self.corpus}/{self.where}: {self.stated or 'nothing'} read as {read}"


@dataclass(frozen=True, slots=True)
class Trial:
    """One text of a corpus with all its outcomes; ``exact`` where each field that its table names is right."""

    corpus: str
    where: str
    outcomes: tuple[Outcome, ...]
    exact: bool


def read_stated(figure: Figure) -> Stated:
    """Return the metric and the number of a figure."""
    return Stated(figure.metric.value, number_of(figure.value, figure.low, figure.high))


def write_number(number: Number) -> str:
    """Write a number, or its bounds, for the eye.

    >>> write_number((1200,)), write_number((40, None))
    ('1,200', '40–…')
    """
    return "–".join("…" if bound is None else f"{bound:,}" for bound in number) or "of any number"


def read_number(words: str) -> Number:
    """Read the number of a passage's table.

    >>> read_number("≥ 1,700"), read_number("40–50"), read_number("…–30")
    ((1700,), (40, 50), (None, 30))
    """
    m = NUMBER.fullmatch(words)
    if m is None:
        raise ValueError(f"{words!r} is not a number; write 12, ≥ 17, ≤ 30, ~ 200 or 40–50")
    bounds = [m["low"]] if m["high"] is None else [m["low"], m["high"]]
    return tuple(None if bound == "…" else int(bound.replace(",", "")) for bound in bounds)


def pair(stated: Sequence[Stated], figures: Sequence[Figure]) -> list[tuple[Stated | None, Figure | None]]:
    """Pair what is stated with what was read: the same, then the same number, then the same metric, then alone."""
    left, free = list(stated), list(figures)
    pairs: list[tuple[Stated | None, Figure | None]] = []
    for agree in (Stated.agrees, _has_number, _has_metric):
        for one in list(left):
            figure = next((figure for figure in free if agree(one, read_stated(figure))), None)
            if figure:
                left.remove(one)
                free.remove(figure)
                pairs.append((one, figure))
    return [*pairs, *((one, None) for one in left), *((None, figure) for figure in free)]


def _has_number(one: Stated, other: Stated) -> bool:
    return one.number == other.number


def _has_metric(one: Stated, other: Stated) -> bool:
    return one.metric == other.metric


def _try(corpus: str, where: str, stated: Sequence[Stated], figures: Sequence[Figure], *, exact: bool = True) -> Trial:
    outcomes = tuple(Outcome(corpus, where, *both) for both in pair(stated, figures))
    return Trial(corpus, where, outcomes, exact and all(outcome.right for outcome in outcomes))


def _try_sample() -> Iterator[Trial]:
    def name(match: Match) -> str:
        return f"{match.fact.story}/{match.fact.report}"

    for where, group in groupby(match_sample(), name):
        matches = list(group)
        yield _try(SAMPLE, where, [Stated(m.fact.metric, m.fact.number) for m in matches], matches[0].figures)


def _try_passages() -> Iterator[Trial]:
    for passage in PASSAGES:
        figures = extract(passage.report)
        where = f"{passage.chapter}/{passage.heading} [{passage.report.id}]"
        yield _try(PASSAGE, where, _read_table(passage), figures, exact=_has_table(passage, figures))


def _read_table(passage: Passage) -> list[Stated]:
    rows: list[dict[str, str]] = [dict(row) for row in passage.figures]
    return [Stated(row["metric"], read_number(row["number"]) if "number" in row else ()) for row in rows]


def _has_table(passage: Passage, figures: Sequence[Figure]) -> bool:
    by_id = {figure.id: figure for figure in figures}
    rows: list[Row] = [write_row(figure, passage.fields, by_id) for figure in figures]
    return Counter(rows) == Counter(passage.figures)


def read_worlds() -> Iterator[tuple[str, str]]:
    """Yield the passages of the other worlds, each with the name of its world and its place there."""
    for world in sorted(WORLDS.glob("*.toml")):
        for number, passage in enumerate(passages(world), start=1):
            yield f"{world.stem}/{number}", passage["text"]


def _try_worlds() -> Iterator[Trial]:
    for where, text in read_worlds():
        yield _try(WORLD, where, [], extract(Report(id=where, text=text)))


CORPORA: dict[str, Callable[[], Iterator[Trial]]] = {SAMPLE: _try_sample, PASSAGE: _try_passages, WORLD: _try_worlds}


@cache
def try_corpora() -> tuple[Trial, ...]:
    """Parse every text of every corpus, once."""
    return tuple(trial for corpus in CORPORA.values() for trial in corpus())
