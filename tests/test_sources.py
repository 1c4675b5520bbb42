"""Who says so: the passages of the corpus, and the table of claimants."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import regex

from parsers.claimants import COLUMNS, Kind, find_claimant, find_namings, load_claimants
from parsers.hearings import find_publisher
from parsers.records import Document, Figure, Metric, Qualifier, Reading
from parsers.sentences import read_document
from parsers.sources import attribute, find_sources
from parsers.tables import load_rows
from reports.records import Report

CORPUS = Path(__file__).parent / "corpus" / "en" / "sources.md"
MARKED = regex.compile(r"\*\*(?P<number>[^*]+)\*\*")
EXPECTED = regex.compile(
    r"- (?P<number>[\d,]+): (?P<source>[^(\n]+?)(?: \((?P<text>.+?)\))?"
    r"(?:, via (?P<via>.+))?(?P<own>, in its own report)?$"
)
OF_THE_FACTS = [
    "ACLED", "AFAD", "AFP", "Airwars", "Anadolu Agency", "CCCM Cluster", "Gaza Civil Defence",
    "Gaza Ministry of Health", "HRMMU", "IOM DTM", "Israel Defense Forces", "MSF", "OCHA", "OHCHR",
    "Russian Reconciliation Centre", "SANA", "Sudan Doctors Network", "Sudan Doctors Union",
    "Syrian Network for Human Rights", "Syrian Observatory for Human Rights", "Turkish Defence Ministry", "UNHCR",
    "UNICEF", "UNRWA", "WHO", "White Helmets",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    number: str
    source: str | None
    text: str | None
    via: str | None
    own: bool


@dataclass(frozen=True, slots=True)
class Passage:
    heading: str
    publisher: str | None
    text: str
    expected: tuple[Expected, ...]


def read_passages() -> Iterator[Passage]:
    for section in CORPUS.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, *lines = section.split("\n")
        quoted = "\n".join(line[1:].removeprefix(" ") for line in lines if line.startswith(">"))
        publisher = next(
            (line.removeprefix("Published by ") for line in lines if line.startswith("Published by ")), None
        )
        yield Passage(heading, publisher, quoted, tuple(read_expected(line) for line in lines if line.startswith("- ")))


def read_expected(line: str) -> Expected:
    m = EXPECTED.fullmatch(line)
    assert m, f"{CORPUS}: {line!r} is not '- number: source (words), via outlet'"
    source = None if m["source"] == "nobody" else m["source"]
    return Expected(m["number"], source, m["text"], m["via"], bool(m["own"]))


def read_marked(passage: Passage) -> tuple[Document, list[Reading]]:
    """The document without its marks, and a reading for each number that was marked."""
    text, spans, position = "", [], 0
    for m in MARKED.finditer(passage.text):
        text += passage.text[position : m.start()]
        spans.append((len(text), len(text) + len(m["number"])))
        text += m["number"]
        position = m.end()
    text += passage.text[position:]
    document = read_document(Report(id="passage", text=text, publisher=passage.publisher))
    return document, [read_number(document, span) for span in spans]


def read_number(document: Document, span: tuple[int, int]) -> Reading:
    index = next(index for index, sentence in enumerate(document.sentences) if span[0] < sentence.end)
    sentence = document.sentences[index]
    figure = Figure(
        id=f"passage:{span[0]}",
        report="passage",
        metric=Metric.KILLED,
        value=1,
        low=1,
        high=1,
        qualifier=Qualifier.EXACT,
        publisher=document.report.publisher,
        quote=sentence.text,
        span=span,
        rule="a number in bold",
    )
    return Reading(figure, index, (sentence.start, sentence.end), span)


PASSAGES = list(read_passages())


def test_corpus_is_wide() -> None:
    assert len(PASSAGES) >= 80
    assert len({passage.heading for passage in PASSAGES}) == len(PASSAGES)


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.heading)
def test_attribute_passage(passage: Passage) -> None:
    document, readings = read_marked(passage)
    attributed = attribute(readings, document)
    by_number = {document.text[slice(*reading.figure.span)]: reading for reading in attributed}
    for expected in passage.expected:
        reading = by_number[expected.number]
        figure = reading.figure
        assert (figure.source, figure.via) == (expected.source, expected.via), reading.evidence
        if expected.text:
            assert figure.source_text == expected.text
        if expected.own or expected.source is None:
            assert figure.source_text is None
        else:
            assert figure.source_text
        assert [evidence.field for evidence in reading.evidence] == ["source"]


def test_attribute_keeps_order_and_length() -> None:
    document, readings = read_marked(Passage("", None, "Police said **3** people died and **4** were hurt.", ()))
    attributed = attribute(readings, document)
    assert [reading.figure.span for reading in attributed] == [reading.figure.span for reading in readings]
    assert attribute([], document) == []


def test_evidence_holds_the_words_in_the_report() -> None:
    text = "“We lost **3** men,” said the Syrian Observatory for Human Rights."
    document, readings = read_marked(Passage("", None, text, ()))
    evidence = attribute(readings, document)[0].evidence[0]
    assert evidence.span
    assert document.report.text[slice(*evidence.span)] == "Syrian Observatory for Human Rights"


@pytest.mark.parametrize("text", ["", "Nine people died.", "Reports. Said. According to", '"', "said said said, said"])
def test_find_sources_nobody(text: str) -> None:
    assert find_sources(read_document(Report(id="r", text=text))) == []


def test_find_sources_example() -> None:
    text = (
        "The fighting over the past week has killed 205 people, the Syrian Observatory for Human Rights said.\n\n"
        "The region is home to around three million people.\n\nOn Friday, the Kremlin said Russia was compliant."
    )
    document = read_document(Report(id="r", text=text))
    found = [(one.name, one.text, one.kind) for one in find_sources(document)]
    name = "Syrian Observatory for Human Rights"
    assert found == [(name, name, Kind.MONITOR), ("Kremlin", "Kremlin", Kind.GOVERNMENT)]


def test_claimants_are_many_and_of_every_kind() -> None:
    rows = list(load_rows("sources", COLUMNS))
    assert len(rows) >= 300
    assert {row["kind"] for row in rows} == set(Kind)
    assert len({row["country"] for row in rows}) > 60
    assert load_claimants().by_name


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Ecuador's defence ministry", "ECU"),
        ("Zambian police", "ZMB"),
        ("Uganda Red Cross", "UGA"),
        ("Italy's civil protection", "ITA"),
        ("the health ministry of Peru", "PER"),
        ("Royal Solomon Islands Police Force", "SLB"),
    ],
)
def test_find_claimant_of_a_country(name: str, country: str) -> None:
    claimant = find_claimant(name)
    assert claimant
    assert claimant.country == country


def test_full_names_are_no_words_of_many_bodies() -> None:
    """An alias such as "health directorate" would take every directorate for one; it belongs to the short ones."""
    generic = {row["code"]: alias for row in load_rows("sources", COLUMNS) for alias in row["aliases"].split("|")
               if alias and alias.islower() and len(alias.split()) == 2}  # fmt: skip
    assert generic == {}


@pytest.mark.parametrize(
    ("publisher", "name"),
    [("MSF France", "MSF"), ("UNICEF Mali", "UNICEF"), ("Nation Kenya", None), ("BBC News", "BBC")],
)
def test_find_publisher(publisher: str, name: str | None) -> None:
    claimant = find_publisher(publisher)
    assert (claimant.name if claimant else None) == name


@pytest.mark.parametrize("name", OF_THE_FACTS)
def test_find_claimant_canonical(name: str) -> None:
    claimant = find_claimant(name)
    assert claimant
    assert claimant.name == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the UN refugee agency", ["UNHCR"]),
        ("the U.N. refugee agency", ["UNHCR"]),
        ("DOCTORS WITHOUT BORDERS", ["MSF"]),
        ("SOHR", ["Syrian Observatory for Human Rights"]),
        ("Medecins Sans Frontieres", ["MSF"]),
        ("Turkey's Defense Ministry", ["Turkish Defence Ministry"]),
        ("a man who did not care", []),
        ("PEOPLE WHO CARE", []),
        ("they acted at dawn", []),
    ],
)
def test_find_namings(text: str, names: list[str]) -> None:
    assert [naming.claimants[0].name for naming in find_namings(text) if not naming.is_short] == names
