"""The example of the design, told afresh: five figures, each field as it must be, and nothing from the rest."""

import csv
from datetime import date
from pathlib import Path

import pytest

from parsers.pipeline import extract
from parsers.records import Figure
from reports.records import Report

CORPUS = Path(__file__).parent / "corpus" / "en"
REPORT = Report(
    id="example",
    text=(CORPUS / "example.txt").read_text(encoding="utf-8"),
    publisher="Daily Example",
    published=date(2020, 2, 2),
)
with (CORPUS / "example.csv").open(encoding="utf-8", newline="") as lines:
    EXPECTED = list(csv.DictReader(lines, strict=True))


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return extract(REPORT)


def write_field(figure: Figure, field: str, figures: list[Figure]) -> str:
    """Return a field as the table writes it: ``part_of`` as the metric of the whole, ``words`` those of the span."""
    if field == "part_of":
        return next((str(whole.metric) for whole in figures if whole.id == figure.part_of), "")
    if field == "words":
        return REPORT.text[slice(*figure.span)]
    value = getattr(figure, field)
    return "" if value is None else str(value)


def test_extract_finds_the_five_figures_and_nothing_else(figures: list[Figure]) -> None:
    found = [(figure.metric, figure.value, figure.low, figure.high) for figure in figures]
    assert [tuple("" if cell is None else str(cell) for cell in row) for row in found] == [
        (row["metric"], row["value"], row["low"], row["high"]) for row in EXPECTED
    ]


@pytest.mark.parametrize("row", range(len(EXPECTED)), ids=[f"{row['metric']} {row['words']}" for row in EXPECTED])
@pytest.mark.parametrize("field", list(EXPECTED[0]))
def test_extract_gives_every_field(figures: list[Figure], row: int, field: str) -> None:
    assert write_field(figures[row], field, figures) == EXPECTED[row][field]


@pytest.mark.parametrize("noise", ["Forty tanks", "12 observation posts", "2017", "nine years", "Two weeks", "Several"])
def test_extract_leaves_the_noise(figures: list[Figure], noise: str) -> None:
    start = REPORT.text.index(noise)
    assert not [figure for figure in figures if start <= figure.span[0] < start + len(noise)]


def test_extract_quotes_the_sentence_of_each_figure(figures: list[Figure]) -> None:
    for figure in figures:
        assert figure.quote in REPORT.text
        assert REPORT.text[slice(*figure.span)] in figure.quote
        assert figure.rule


def test_extract_is_the_same_each_time(figures: list[Figure]) -> None:
    assert extract(REPORT) == figures
