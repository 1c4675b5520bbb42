"""Places are found where the corpus says, never where somebody only speaks; each figure says why."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import regex

from parsers import places
from parsers.places import find_places, locate
from parsers.records import Document, Figure, Metric, Qualifier, Reading
from parsers.scenes import Role
from parsers.sentences import read_document
from reports.records import Report

CORPUS = Path(__file__).parent / "corpus/en/places.md"
MARKED = regex.compile(r"\*\*(?<number>.+?)\*\*|\*(?<trigger>.+?)\*")


@dataclass(frozen=True, slots=True)
class Passage:
    heading: str
    title: str | None
    text: str
    rows: tuple[dict[str, str], ...]


def load_passages() -> list[Passage]:
    passages = []
    for section in CORPUS.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, *lines = section.splitlines()
        title = next((line.removeprefix("Title: ") for line in lines if line.startswith("Title: ")), None)
        text = "\n".join(line[1:].strip() for line in lines if line.startswith(">"))
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
        rows = tuple(dict(zip(cells[0], row, strict=True)) for row in cells[2:])
        passages.append(Passage(heading, title, text, rows))
    return passages


def read_marks(marked: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the text without its marks, and the spans of numbers and of triggers."""
    numbers: list[tuple[int, int]] = []
    triggers: list[tuple[int, int]] = []
    text, at = "", 0
    for m in MARKED.finditer(marked):
        text += marked[at : m.start()]
        words = m["number"] or m["trigger"]
        (numbers if m["number"] else triggers).append((len(text), len(text) + len(words)))
        text, at = text + words, m.end()
    return text + marked[at:], numbers, triggers


def make_reading(document: Document, span: tuple[int, int], trigger: tuple[int, int], metric: str) -> Reading:
    index = next(i for i, sentence in enumerate(document.sentences) if sentence.start <= span[0] < sentence.end)
    sentence = document.sentences[index]
    figure = Figure(
        id=f"f{span[0]}", report="r", metric=Metric(metric), value=1, low=1, high=1, qualifier=Qualifier.EXACT,
        quote=sentence.text, span=span, rule="test",
    )  # fmt: skip
    return Reading(figure, index, (sentence.start, sentence.end), trigger)


def read_passage(passage: Passage) -> list[Reading]:
    text, numbers, triggers = read_marks(passage.text)
    document = read_document(Report(id="r", text=text, title=passage.title))
    trigger = triggers[0] if triggers else None
    readings = [
        make_reading(document, span, trigger or span, row["metric"])
        for span, row in zip(numbers, passage.rows, strict=True)
    ]
    return locate(readings, document)


@pytest.mark.parametrize("passage", load_passages(), ids=lambda passage: passage.heading)
def test_places_passage_gives_each_figure_its_place(passage: Passage) -> None:
    for row, reading in zip(passage.rows, read_passage(passage), strict=True):
        figure = reading.figure
        found = {"place": figure.place, "admin1": figure.admin1, "country": figure.country}
        assert found == {name: None if row[name] == "-" else row[name] for name in found}
        if "place_text" in row:
            assert figure.place_text == row["place_text"]


def test_places_corpus_covers_the_world() -> None:
    passages = load_passages()
    countries = {row["country"] for passage in passages for row in passage.rows} - {"-"}
    assert len(passages) >= 80
    assert len(countries) >= 40


def test_places_report_without_figures_opens_no_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "find_places", pytest.fail)
    assert locate([], read_document(Report(id="r", text="Shells fell on Saraqib."))) == []


def test_places_locate_keeps_order_and_gives_evidence_for_each_field() -> None:
    passage = next(passage for passage in load_passages() if passage.heading == "Numbers before their places")
    readings = read_passage(passage)
    assert [reading.figure.span[0] for reading in readings] == sorted(reading.figure.span[0] for reading in readings)
    fields = {"place", "place_text", "admin1", "country", "latitude", "longitude"}
    for reading in readings:
        assert {evidence.field for evidence in reading.evidence} == fields
        assert all(evidence.why for evidence in reading.evidence)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("The envoy told reporters in Geneva that nobody had died.", "Geneva", Role.SPEAKER),
        ("They fled Hodeidah for Aden.", "Hodeidah", Role.ORIGIN),
        ("They fled Hodeidah for Aden.", "Aden", Role.DESTINATION),
        ("Turkey's foreign ministry denied it.", "Turkey", Role.OFFICE),
        ("It is a risk for bordering Turkey.", "Turkey", Role.NEIGHBOUR),
        ("Rebels backed by Rwanda took the town of Goma.", "Rwanda", Role.ACTOR),
        ("Shells fell on Saraqib.", "Saraqib", Role.SCENE),
        ("KABUL (Wire) - A bomb went off.", "KABUL", Role.DATELINE),
        ("Turkish troops left.", "Turkish", Role.PEOPLE),
    ],
)
def test_places_mention_has_its_role(text: str, name: str, role: Role) -> None:
    roles = {
        text[slice(*mention.span)]: mention.role for mention in find_places(read_document(Report(id="r", text=text)))
    }
    assert roles[name] is role


@pytest.mark.parametrize(
    "text",
    [
        "Most people left, Hope said.",
        "Police and the Central Bank said nothing.",
        "March was cold. May will be warmer.",
        "Mr Jackson and Dr Lincoln spoke of their work.",
        "Of the houses, none stood. Reading on, he wept.",
    ],
)
def test_places_words_that_are_towns_are_no_places(text: str) -> None:
    assert find_places(read_document(Report(id="r", text=text))) == []
