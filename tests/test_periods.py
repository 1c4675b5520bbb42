"""The corpus of periods: every phrase gives its days, whole, and every passage dates its figures as written there."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parsers.periods import Period, date_figures, find_periods
from parsers.phrases import RULES, find_times
from parsers.records import Basis, Document, Figure, Metric, Qualifier, Reading, Sentence, Span, Status
from parsers.sentences import read_document
from reports.records import Report

CORPUS = Path(__file__).parent / "corpus" / "en"
PHRASES = tomllib.loads((CORPUS / "periods.toml").read_text(encoding="utf-8"))
PUBLISHED: date = PHRASES["published"]


def phrases(*, meaning: bool) -> list[tuple[str, dict[str, Any]]]:
    rows = [row for row in PHRASES["means"] if ("end" in row) is meaning]
    return [(text, row) for row in rows for text in row["text"]]


@pytest.mark.parametrize(("text", "meaning"), phrases(meaning=True))
def test_find_periods_reads_the_whole_phrase(text: str, meaning: dict[str, Any]) -> None:
    periods = find_periods(Sentence(text, 100, 0), PUBLISHED)
    assert [(text[p.span[0] - 100 : p.span[1] - 100], p.start, p.end, p.precision.value) for p in periods] == [
        (text, meaning.get("start"), meaning["end"], meaning["precision"])
    ]
    assert (periods[0].since, periods[0].as_of) == (meaning.get("since", False), meaning.get("as_of", False))
    assert periods[0].rule


@pytest.mark.parametrize(("text", "meaning"), phrases(meaning=False))
def test_find_periods_leaves_other_words_alone(text: str, meaning: dict[str, Any]) -> None:
    assert set(meaning) == {"text"}
    assert find_periods(Sentence(text, 0, 0), PUBLISHED) == []


def reading_of(row: dict[str, Any], document: Document) -> Reading:
    text = document.text
    start = text.index(row["number"])
    index = next(i for i, sentence in enumerate(document.sentences) if sentence.start <= start < sentence.end)
    sentence = document.sentences[index]
    clause = span_of(text, row["clause"], sentence.start) if "clause" in row else (sentence.start, sentence.end)
    figure = Figure(
        id=row["number"],
        report=document.report.id,
        metric=Metric(row.get("metric", "killed")),
        value=1,
        low=1,
        high=1,
        qualifier=Qualifier.EXACT,
        group=row.get("group"),
        group_text=row.get("noun"),
        basis=Basis(row.get("guess", "new")),
        status=Status(row.get("status", "reported")),
        quote=sentence.text,
        span=(start, start + len(row["number"])),
        rule="by hand",
    )
    return Reading(figure, index, clause, span_of(text, row["trigger"], sentence.start))


def span_of(text: str, words: str, start: int) -> Span:
    at = text.index(words, start)
    return at, at + len(words)


@pytest.mark.parametrize("passage", PHRASES["passages"], ids=lambda passage: passage["point"])
def test_date_figures_gives_each_figure_its_period_and_basis(passage: dict[str, Any]) -> None:
    published = PUBLISHED if passage.get("published", True) else None
    document = read_document(Report(id="r", text=passage["text"], published=published))
    readings = [reading_of(row, document) for row in passage["figures"]]
    dated = date_figures(readings, document)
    assert [reading.figure.span for reading in dated] == [reading.figure.span for reading in readings]
    got = [(r.figure.id, r.figure.start, r.figure.end, r.figure.precision, r.figure.basis) for r in dated]
    assert got == [
        (row["number"], row.get("start"), row.get("end"), row.get("precision"), row["basis"])
        for row in passage["figures"]
    ]
    for reading in dated:
        fields = {evidence.field for evidence in reading.evidence if evidence.why}
        assert fields >= {"basis", "end"}, reading.evidence


def test_date_figures_of_nothing_is_nothing() -> None:
    assert date_figures([], read_document(Report(id="r", text="Nothing happened on Friday."))) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on Friday", []),
        ("over the past week", []),
        ("between 5 and 9 May 2019", [(date(2019, 5, 5), date(2019, 5, 9))]),
        ("from 28 April to 9 May 2019", [(date(2019, 4, 28), date(2019, 5, 9))]),
        ("since 1 December 2019", [(date(2019, 12, 1), None)]),
    ],
)
def test_find_periods_without_a_publication_date(text: str, days: list[tuple[date | None, date | None]]) -> None:
    found: list[Period] = find_periods(Sentence(text, 0, 0), None)
    assert [(period.start, period.end) for period in found] == days


def test_find_periods_stays_fast_on_hostile_text() -> None:
    text = "since the " * 400 + "1 and 2 and 3 and 4 to " * 200 + "the last the past a few " * 200
    assert find_periods(Sentence(text, 0, 0), PUBLISHED) == []


@pytest.mark.parametrize(("text", "_"), [*phrases(meaning=True), *phrases(meaning=False)])
def test_find_times_tries_every_rule_that_fits(text: str, _: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    found = find_times(text, date(2020, 2, 2))
    monkeypatch.setattr(
        "parsers.phrases._find_keys", lambda _: {name for rule in RULES for key in rule.keys for name in key}
    )
    assert [(t.start, t.end, t.rule, t.when) for t in find_times(text, date(2020, 2, 2))] == [
        (t.start, t.end, t.rule, t.when) for t in found
    ]
