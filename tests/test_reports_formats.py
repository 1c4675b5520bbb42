"""Each format has a real file in ``tests/files``; what comes out of it is what a reader of the file would say."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parsers import extract
from parsers.counts import read_counts
from reports.columns import guess_columns
from reports.errors import EmptyReportError, MissingTextError, ReportError, UnknownFormatError, WrongDateError
from reports.fields import Item
from reports.formats import FORMATS, find_format, guess_format
from reports.messages import pack_item, unpack_item
from reports.readers import Known, read_path
from reports.records import CountedReport, Notice, Report
from reports.workers import Worker

FILES = Path(__file__).parent / "files"
SITREP = (
    "At least 31 people, nine of them children, were killed on Tuesday when flood water swept through two districts of "
    "Orvela, the relief committee said on Thursday. Another 46 were injured, and three people are still missing in the "
    "hills above the town."
)
BROKEN = "representatives of neighbouring municipalities acknowledged responsibilities and established accommodation"
TABLE = (
    "District: Selba | Killed: 12 | Injured: 30 | Homes destroyed: 310\n"
    "District: Orvela | Killed: 19 | Injured: 16 | Homes destroyed: 85"
)


WORKER = Worker()
"""One for all tests of this module: to start one takes longer than to read a file."""


@pytest.fixture(scope="module", autouse=True)
def _end_worker() -> Iterator[None]:
    yield
    WORKER.close()


def read(name: str, **known: Any) -> list[Item]:
    return list(read_path(FILES / name, known=Known(identifies=True, **known), worker=WORKER))


def reports_of(items: list[Item]) -> list[Report]:
    return [item for item in items if isinstance(item, Report)]


def errors_of(items: list[Item]) -> list[ReportError]:
    return [item for item in items if isinstance(item, ReportError)]


@pytest.mark.parametrize(
    ("name", "publisher", "url"),
    [
        ("sitrep.html", "Orvela Relief Committee", "https://relief.example.org/orvela/4"),
        ("sitrep.pdf", None, None),
        ("sitrep.docx", None, None),
        ("crawl.warc", "Orvela Relief Committee", "https://relief.example.org/orvela/4"),
    ],
)
def test_formats_documents_keep_paragraphs_and_tables_in_order(name: str, publisher: str, url: str) -> None:
    (report,) = reports_of(read(name))
    assert (report.title, report.published) == ("Orvela floods: situation report 4", date(2024, 3, 14))
    assert (report.publisher, report.url, report.language) == (publisher, url, "en")
    paragraphs = report.text.split("\n\n")
    assert SITREP in paragraphs
    assert TABLE in paragraphs
    assert BROKEN in report.text
    assert paragraphs.index(SITREP) < paragraphs.index("Key figures") < paragraphs.index(TABLE)
    assert "14 people were evacuated from the hospital of Selba by boat on Wednesday." in report.text
    assert "99" not in report.text
    assert "77" not in report.text
    assert "Page" not in report.text


@pytest.mark.parametrize("name", ["sitrep.html", "sitrep.pdf", "sitrep.docx"])
def test_formats_documents_give_the_figures_of_their_tables(name: str) -> None:
    (report,) = reports_of(read(name))
    found = {(figure.metric.value, figure.value) for figure in extract(report)}
    assert {("killed", 12), ("injured", 30), ("killed", 19), ("homes_destroyed", 310), ("displaced", 1200)} <= found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("note.txt", [("Nine miners", None, None, None)]),
        ("utf16.txt", [("Nine miners", None, None, None)]),
        ("lines.jsonl", [("Nine miners", None, "Selba Gazette", date(2024, 4, 1))]),
        ("lines.jsonl.gz", [("Nine miners", None, "Selba Gazette", date(2024, 4, 1))]),
        (
            "notes.xlsx",
            [
                ("Five farmers", "Landslide", "Selba Gazette", date(2024, 4, 10)),
                ("Fourteen people", "Rescue", "Orvela Post", date(2024, 4, 11)),
            ],
        ),
        (
            "notes.parquet",
            [
                ("A storm", "Storm", "Orvela Post", date(2024, 4, 12)),
                ("The storm's dead", "Storm, second day", None, date(2024, 4, 13)),
            ],
        ),
        (
            "notes.csv",
            [
                ("Four passengers", "Bus leaves the road", "Selba Gazette", date(2024, 3, 25)),
                ("Two workers", "Fire in a mill", "Orvela Post", date(2024, 4, 3)),
            ],
        ),
        ("html.eml", [("Three people were killed at Selba on Friday.", "Only HTML", "desk@relief.example.org", date(2024, 3, 15))]),  # noqa: E501
        (
            "mail.eml",
            [
                ("Dear all,\n\nthe committee said", "Situation report 4: Orvela – évacuations", "Orvela Relief Committee", date(2024, 3, 14)),  # noqa: E501
                ("Orvela floods", "Orvela floods: situation report 4", "Orvela Relief Committee", date(2024, 3, 14)),
            ],
        ),
        (
            "feed.rss",
            [
                ("Seven people drowned", "Ferry sinks off Orvela", "Selba Gazette", date(2024, 4, 6)),
                ("Two walkers were injured", "Two hurt in a fall of rocks", "Selba Gazette", date(2024, 4, 7)),
            ],
        ),
        ("feed.atom", [("Some 640 people", "Shelters", "Orvela Relief Committee", date(2024, 4, 8))]),
        ("reliefweb.json", [("The floods in Orvela", "Orvela: Floods - Flash Update 2", "Orvela Relief Committee", date(2024, 3, 15))]),  # noqa: E501
    ],
)  # fmt: skip
def test_formats_fields_come_out(name: str, expected: list[tuple[str, str | None, str | None, date | None]]) -> None:
    reports = reports_of(read(name))
    assert [(one.title, one.publisher, one.published) for one in reports] == [one[1:] for one in expected]
    assert all(one.text.startswith(start) for one, (start, *_) in zip(reports, expected, strict=True))
    assert not any("alert" in one.text or "99 killed" in one.text for one in reports)


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("notes.csv", WrongDateError, "line 4: '31/04/2024' is not one certain day; write it as 2020-02-02"),
        ("feed.rss", EmptyReportError, "entry 3 holds no words; leave it out"),
        (
            "reliefweb.json",
            MissingTextError,
            "line 2: report 9000002 has no words; ask for it with fields[include][]=body",
        ),
        ("folder.zip", UnknownFormatError, "no reader for .jpg; save it as one of"),
    ],
)
def test_formats_what_is_no_report_is_named_with_its_place(name: str, kind: type[ReportError], said: str) -> None:
    error = errors_of(read(name))[-1]
    assert type(error) is kind
    assert str(error).startswith(str(FILES / name))
    assert said in str(error)


def test_formats_archives_name_each_file_in_them() -> None:
    items = read("folder.zip")
    assert [item.title for item in reports_of(items)] == [
        None,
        "Orvela floods: situation report 4",
        "Ferry sinks off Orvela",
        "Two hurt in a fall of rocks",
    ]
    assert [error.name for error in errors_of(items)] == [
        f"{FILES}/folder.zip!2024/feed.rss",
        f"{FILES}/folder.zip!2024/photo.jpg",
    ]
    assert len(reports_of(read("folder.tar.gz"))) == 2


def test_formats_web_archive_reads_pages_and_documents_and_counts_the_rest() -> None:
    items = read("crawl.warc.gz")
    assert [item.url for item in reports_of(items)] == [
        "https://relief.example.org/orvela/4",
        "https://relief.example.org/4.pdf",
    ]
    assert [item.words for item in items if isinstance(item, Notice)] == [
        "2 of 4 records are no documents (pictures, scripts, errors)"
    ]


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("windows1252.txt", ["fr"]),
        ("windows1252.csv", ["fr", "fr"]),
        ("gdelt.json", ["en", "fr"]),
        ("note.txt", ["en"]),
    ],
)
def test_formats_language_and_encoding_are_told(name: str, languages: list[str]) -> None:
    reports = reports_of(read(name))
    assert [one.language for one in reports] == languages
    assert not any("ŕ" in one.text or "\ufffd" in one.text for one in reports)
    if name.startswith("windows"):
        assert "s’est" in reports[0].text or "s’est écroulé" in reports[0].text


def test_formats_sample_is_english_whether_told_or_not() -> None:
    sample = FILES.parent.parent / "data" / "reports"
    items = list(read_path(sample, known=Known(identifies=True)))
    assert [item for item in items if not isinstance(item, Report) or item.language != "en"] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ucdp_ged.csv", [("killed", 5, 4, 9, None, "SYR", "2031-01-05", "2031-01-06"), ("killed", 4, 4, 4, "civilians", "SYR", "2031-01-05", "2031-01-06")]),  # noqa: E501
        ("acled.csv", [("killed", 12, 12, 12, None, "SDN", "2031-01-07", "2031-01-07")]),
        ("idmc_idu.json", [("displaced", 1400, 1400, None, None, "MOZ", "2031-03-01", "2031-03-02")]),
        ("hapi_idps.csv", [("displaced", 2500, 2500, 2500, None, "SDN", "2031-04-01", "2031-04-30")]),
        ("hapi_conflict.json", [("killed", 9, 9, 9, None, "SDN", "2031-05-01", "2031-05-31")]),
        (
            "techforpalestine.json",
            [
                ("killed", 103, 103, 103, None, "PSE", "2023-10-07", "2031-06-01"),
                ("killed", 40, 40, 40, "children", "PSE", "2023-10-07", "2031-06-01"),
                ("killed", 20, 20, 20, "women", "PSE", "2023-10-07", "2031-06-01"),
                ("injured", 407, 407, 407, None, "PSE", "2023-10-07", "2031-06-01"),
                ("killed", 105, 105, 105, None, "PSE", "2023-10-07", "2031-06-02"),
                ("injured", 410, 410, 410, None, "PSE", "2023-10-07", "2031-06-02"),
            ],
        ),
    ],
)  # fmt: skip
def test_datasets_rows_become_figures_of_their_own(name: str, expected: list[tuple[object, ...]]) -> None:
    items = read(f"datasets/{name}")
    rows = [item for item in items if isinstance(item, CountedReport)]
    assert rows == items
    figures = [reading.figure for row in rows for reading in read_counts(row)]
    assert [
        (one.metric.value, one.value, one.low, one.high, one.group, one.country, str(one.start), str(one.end))
        for one in figures
    ] == expected
    for one in figures:
        assert int(one.quote[slice(*one.span)]) == one.value
        assert one.source
        assert one.rule == f"dataset: {one.publisher}"
    assert len({one.id for one in figures}) == len(figures)


def test_columns_mapping_is_shown_and_can_be_corrected(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("who,notes,what happened\nAFP,n/a,Nine people were killed in a fire\n")
    (notice, report) = read_path(path)
    assert isinstance(notice, Notice)
    assert "text from notes" in notice.words
    assert isinstance(report, Report)
    (notice, report) = read_path(path, known=Known(columns=(("text", "what happened"), ("publisher", "who"))))
    assert isinstance(report, Report)
    assert (report.text, report.publisher) == ("Nine people were killed in a fire", "AFP")
    (notice, error) = read_path(path, known=Known(columns=(("text", "words"),)))
    assert isinstance(notice, Notice)
    assert (notice.words, notice.header) == ("", ("who", "notes", "what happened"))
    assert str(error) == f"{path}: no column 'words' among who, notes, what happened; correct --columns"


@pytest.mark.parametrize(
    ("header", "rows", "expected"),
    [
        (["Date", "Body"], [], {"text": "Body", "published": "Date"}),
        (["A", "B"], [["1", "Nine people were killed in a fire"]], {"text": "B"}),
        (["A", "B"], [["1", "2"]], {}),
    ],
)
def test_columns_are_guessed(header: list[str], rows: list[list[str]], expected: dict[str, str]) -> None:
    assert guess_columns(header, rows) == expected


def test_formats_every_one_has_a_file() -> None:
    names = {find_format(path.name).name for path in FILES.rglob("*") if path.suffix and find_format(path.name)}  # type: ignore[union-attr]
    assert names == {one.name for one in FORMATS}


SHOWN = {".pdf", ".html", ".docx", ".xlsx", ".zip", ".parquet", ".rss", ".warc"}


@pytest.mark.parametrize(
    "path", [path for path in sorted(FILES.glob("*")) if path.suffix in SHOWN], ids=lambda p: p.name
)
def test_formats_are_known_by_their_first_bytes(path: Path) -> None:
    assert guess_format(path.read_bytes()[:4096]) == find_format(path.name)


@pytest.mark.parametrize("name", ["note.txt", "datasets/ucdp_ged.csv", "feed.rss", "notes.csv"])
def test_messages_bring_every_item_back(name: str) -> None:
    for item in read(name):
        again = unpack_item(json.loads(pack_item(item)))
        assert str(again) == str(item)
        assert type(again) is type(item)
