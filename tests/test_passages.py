"""The passages of the corpus: each is read, and must give the figures of its table and nothing else.

A passage is a heading that names the point, a dateline that fixes publisher and date, quotations, and a table of the
figures, or "Nothing.". Quotations apart (a line that is not quoted stands between them) are wordings of the same, and
each must give the whole table. The table's header names the fields that are checked; ``number`` stands for value, low
and high at once: ``12``, ``≥ 17``, ``≤ 30``, ``~ 200``, ``40–50``. ``Known gap:`` under a quotation says why it
fails, and must go when it no longer does.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import regex

from parsers.pipeline import extract
from parsers.records import Figure
from reports.records import Report

CORPORA = Path(__file__).parent / "corpus"
CORPUS = CORPORA / "en" / "passages"
DATELINE = regex.compile(r"^\*(?P<publisher>[^*]+), (?P<published>\d{4}-\d{2}-\d{2})\*$", regex.M)
WORDING = regex.compile(r"(?P<quotation>(?:^>.*+\n?+)++)(?:\nKnown\ gap:\ (?P<gap>.++))?+", regex.M | regex.X)
RULE = regex.compile(r"\|[-:| ]+\|")

Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One wording of a passage, with the figures that it states."""

    chapter: str
    heading: str
    report: Report
    fields: tuple[str, ...]
    figures: tuple[Row, ...]
    gap: str | None

    def __str__(self) -> str:
        return f"{self.chapter}: {self.heading} [{self.report.id}]"


def read_passages(path: Path) -> Iterator[Passage]:
    for section in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        where = f"{path.name}: {heading}"
        dateline = DATELINE.search(body)
        assert dateline, f"{where}: no dateline; write *Daily Example, 2020-02-02* under the heading"
        fields, figures = read_table(body, where)
        published = date.fromisoformat(dateline["published"])
        language = path.relative_to(CORPORA).parts[0] if path.is_relative_to(CORPORA) else "en"
        wordings = list(WORDING.finditer(body))
        assert wordings, f"{where}: no quotation; start its lines with >"
        assert body.count("\nKnown gap:") == sum(m["gap"] is not None for m in wordings), (
            f"{where}: a known gap stands under no quotation; move it there"
        )
        for number, m in enumerate(wordings, start=1):
            text = "\n".join(line.removeprefix(">").removeprefix(" ") for line in m["quotation"].splitlines())
            report = Report(str(number), text, published, dateline["publisher"], language=language)
            yield Passage(path.stem, heading, report, fields, figures, m["gap"])


def read_table(body: str, where: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return the fields that a table's header names, and its rows; none for "Nothing."."""
    lines = [line for line in body.splitlines() if line.startswith("|") and not RULE.fullmatch(line)]
    assert bool(lines) != ("\nNothing.\n" in body + "\n"), f"{where}: needs a table, or the line Nothing."
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    header = tuple(cells[0]) if cells else ("metric",)
    for row in cells:
        assert len(row) == len(header), f"{where}: {row} has not the cells of {header}"
    unknown = set(header) - set(FIELDS)
    assert not unknown, f"{where}: no field {unknown}; there are {', '.join(FIELDS)}"
    return header, tuple(tuple(zip(header, row, strict=True)) for row in cells[1:])


def write_number(figure: Figure) -> str:
    """Return value, low and high as a passage writes them."""
    value, low, high = figure.value, figure.low, figure.high
    if value is None:
        return f"{'…' if low is None else format(low, ',')}–{'…' if high is None else format(high, ',')}"
    sign = {(True, True): "", (True, False): "≥ ", (False, True): "≤ ", (False, False): "~ "}[
        low == value, high == value
    ]
    return f"{sign}{value:,}"


def write_plain(name: str) -> Callable[[Figure, Mapping[str, Figure]], str]:
    def write(figure: Figure, _: Mapping[str, Figure]) -> str:
        value = getattr(figure, name)
        return "" if value is None else str(value)

    return write


def write_whole(figure: Figure, by_id: Mapping[str, Figure]) -> str:
    """Return the number of the whole that a figure is a part of, with its metric where that is another."""
    if figure.part_of is None:
        return ""
    whole = by_id[figure.part_of]
    return write_number(whole) if whole.metric is figure.metric else f"{write_number(whole)} {whole.metric}"


PLAIN = (
    "metric", "group", "unit", "status", "basis", "source", "via", "place", "country", "start", "end", "qualifier",
)  # fmt: skip
FIELDS: Mapping[str, Callable[[Figure, Mapping[str, Figure]], str]] = {
    **{name: write_plain(name) for name in PLAIN},
    "words": write_plain("group_text"),
    "number": lambda figure, _: write_number(figure),
    "share": lambda figure, _: "" if figure.share is None else f"{figure.share:.3g}",
    "part of": write_whole,
}


def write_row(figure: Figure, fields: tuple[str, ...], by_id: Mapping[str, Figure]) -> Row:
    return tuple((field, FIELDS[field](figure, by_id)) for field in fields)


PASSAGES = [passage for path in sorted(CORPORA.glob("*/passages/*.md")) for passage in read_passages(path)]


def mark(passage: Passage) -> "pytest.ParameterSet":
    gap = [pytest.mark.xfail(strict=True, reason=passage.gap)] if passage.gap else []
    return pytest.param(passage, id=str(passage), marks=gap)


@pytest.mark.parametrize("passage", [mark(passage) for passage in PASSAGES])
def test_extract_passage(passage: Passage) -> None:
    found = extract(passage.report)
    by_id = {figure.id: figure for figure in found}
    rows = [write_row(figure, passage.fields, by_id) for figure in found]
    assert Counter(rows) == Counter(passage.figures), f"{passage.report.text}\n{rows}"


def test_passages_are_many_and_say_their_point_once() -> None:
    points = Counter((passage.chapter, passage.heading) for passage in PASSAGES if passage.report.id == "1")
    assert len(points) >= 160
    assert max(points.values()) == 1
    assert {chapter for chapter, _ in points} == {
        "counterparts", "displacement", "form", "groups", "metrics", "newswire", "not-people", "parts-and-sums",
        "quantities-in-context", "reference-and-ellipsis", "rival-counts", "status", "bulletins", "statements",
        "where", "who", "relief", "incidents", "sweeps", "tellings", "notes", "spanish", "french",
        "portuguese",
    }  # fmt: skip
