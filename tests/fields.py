"""The gold of tests/gold, passages with the fields of each figure on which careful readers agree, and its measure.

The form is that of the passages of the corpus. In a table, ``?`` is a cell that is not judged, `` / `` parts answers
that are both right, and what goes without saying (a person, reported, part of nothing) needs no column. The first
half was written before the rules for sources, places and periods, the second after; only the first is to be mended by.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

from parsers import extract
from parsers.claimants import find_claimant
from parsers.gazetteers import fold
from tests.corpora import Outcome, Stated, pair, read_number, read_stated
from tests.passage_writer import WHERE_SAID
from tests.tallies import TABLES, Tally, share, tally
from tests.test_passages import FIELDS, Passage, read_passages, write_row

GOLD = "gold"
FOLDER = Path(__file__).parent / GOLD
FIRST, SECOND = HALVES = ("first", "second")
OPEN, OR = "?", " / "
ARTICLE = regex.compile(r"^(?:the|an?)\ ", regex.I | regex.X)
JUDGED: Mapping[str, tuple[str, ...]] = {
    "source": ("source",),
    "country": ("country",),
    "place": ("place",),
    "period": ("start", "end"),
    "basis": ("basis",),
    "group": ("group",),
    "unit": ("unit",),
    "status": ("status",),
    "bound": ("number",),
    "part_of": ("part of",),
    "via": ("via",),
}
"""What is measured, and the columns that must all be right for it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one thing that is measured of a figure was read as the gold has it."""

    name: str
    wanted: str
    read: str
    right: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One gold passage: what became of its figures, and the verdicts on those that were found."""

    half: str
    passage: Passage
    outcomes: tuple[Outcome, ...]
    verdicts: tuple[tuple[Outcome, Verdict], ...]

    @property
    def file(self) -> str:
        """The half and the file that hold the passage."""
        return f"{self.half}/{self.passage.chapter}"


def _name_source(name: str) -> str:
    claimant = find_claimant(name)
    return claimant.name if claimant else ARTICLE.sub("", name).casefold()


LIKE: Mapping[str, Callable[[str], str]] = {"source": _name_source, "via": _name_source, "place": fold}
"""Columns in which other spellings of a name are the same answer."""


def is_right(column: str, wanted: str, read: str) -> bool:
    """Tell whether a cell was read right.

    >>> is_right("source", "mayor of Beira / mayor", "Mayor of Beira"), is_right("country", "MOZ / ", "ZMB")
    (True, False)
    """
    like = LIKE.get(column, str)
    return wanted == OPEN or like(read) in {like(answer.strip()) for answer in wanted.split(OR)}


def judge(wanted: Mapping[str, str], read: Mapping[str, str]) -> Iterator[Verdict]:
    """Yield the verdicts on one figure, none on what its row leaves open or has no column for."""
    for name, columns in JUDGED.items():
        said = [column for column in columns if wanted.get(column, OPEN) != OPEN]
        if said:
            right = all(is_right(column, wanted[column], read[column]) for column in said)
            yield Verdict(name, _write_cells(wanted, said), _write_cells(read, said), right)


def _write_cells(row: Mapping[str, str], columns: Sequence[str]) -> str:
    return "..".join(row[column] or "nothing" for column in columns)


def judge_passage(passage: Passage, half: str = FIRST) -> Judged:
    """Parse a passage and judge what was read; of figures with one number the likest is taken."""
    figures = extract(passage.report)
    by_id = {figure.id: figure for figure in figures}
    rows: list[dict[str, str]] = [WHERE_SAID | dict(row) for row in passage.figures]
    stated = [Stated(row["metric"], read_number(row["number"].split(OR)[0])) for row in rows]
    verdicts = {
        (at, other): list(judge(rows[at], dict(write_row(figure, tuple(FIELDS), by_id))))
        for at in range(len(rows))
        for other, figure in enumerate(figures)
        if stated[at].agrees(read_stated(figure))
    }
    taken = _take_likest(verdicts)
    where = f"{half}/{passage.chapter}/{passage.heading}"
    found = {at: Outcome(GOLD, where, stated[at], figures[other]) for at, other in taken.items()}
    rest = pair(
        [one for at, one in enumerate(stated) if at not in taken],
        [figure for other, figure in enumerate(figures) if other not in taken.values()],
    )
    outcomes = (*found.values(), *(Outcome(GOLD, where, *both) for both in rest))
    return Judged(
        half,
        passage,
        outcomes,
        tuple((found[at], verdict) for at, other in taken.items() for verdict in verdicts[at, other]),
    )


def _take_likest(verdicts: Mapping[tuple[int, int], Sequence[Verdict]]) -> dict[int, int]:
    taken: dict[int, int] = {}
    for at, other in sorted(verdicts, key=lambda both: (-sum(one.right for one in verdicts[both]), *both)):
        if at not in taken and other not in taken.values():
            taken[at] = other
    return dict(sorted(taken.items()))


@cache
def judge_gold(gold: Path = FOLDER) -> tuple[Judged, ...]:
    """Parse and judge every passage of the gold, once."""
    files = [(half, path) for half in HALVES for path in sorted((gold / half).glob("*.md"))]
    return tuple(judge_passage(passage, half) for half, path in files for passage in read_passages(path))


def measure_fields(judged: Iterable[Judged]) -> dict[str, float]:
    """Return recall and precision of the figures, and of those found the share that is right of each thing judged.

    What no row states has no share.
    """
    passages = list(judged)
    counts = tally((outcome for one in passages for outcome in one.outcomes), TABLES["corpus"]).get(GOLD, Tally())
    shares = {"recall": counts.recall, "precision": counts.precision}
    for name in JUDGED:
        answers = [verdict.right for one in passages for _, verdict in one.verdicts if verdict.name == name]
        if answers:
            shares[name] = share(sum(answers), len(answers))
    return shares


def write_fields(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield the lines of a table of the shares, by file, by half and in all."""
    columns = ("recall", "precision", *JUDGED)
    yield f"{GOLD:20} {'passages':>8} {'figures':>7} " + " ".join(f"{name:>{len(name) + 1}}" for name in columns)
    names = [*dict.fromkeys(one.file for one in judged), *HALVES, "all"]
    for name in names:
        some = [one for one in judged if name in {one.file, one.half, "all"}]
        if some:
            yield _write_line(name, some, columns)


def _write_line(name: str, judged: Sequence[Judged], columns: Iterable[str]) -> str:
    shares = measure_fields(judged)
    figures = sum(outcome.stated is not None for one in judged for outcome in one.outcomes)
    cells = (f"{shares[one]:{len(one) + 1}.2f}" if one in shares else f"{'-':>{len(one) + 1}}" for one in columns)
    return f"{name:20} {len(judged):8} {figures:7} {' '.join(cells)}"


def list_wrong_fields(judged: Iterable[Judged]) -> Iterator[str]:
    """Yield a line for each figure of the gold that was not read, or not stated, and for each wrong field."""
    for one in judged:
        yield from (str(outcome) for outcome in one.outcomes if not outcome.right)
        for outcome, verdict in one.verdicts:
            if not verdict.right:
                wrong = f"{verdict.name} is {verdict.wanted}, read as {verdict.read}"
                yield f"{outcome.corpus}/{outcome.where}: {outcome.stated}: {wrong}"
