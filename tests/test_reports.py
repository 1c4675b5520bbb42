"""Reports come in: the readers, what they refuse and how, and the door ``python -m reports add``."""

import errno
import json
import os
import pickle
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

import reports.__main__ as door
import store
from parsers.records import Figure, Metric, Qualifier, Reading
from reports.errors import (
    EmptyReportError,
    EncodingError,
    FieldError,
    FrontMatterError,
    JsonLineError,
    MissingInputError,
    MissingTextError,
    NotTextError,
    ReportError,
    UnknownFormatError,
    UnreadableInputError,
    WrongDateError,
)
from reports.fields import Item, derive_id
from reports.readers import Form, count_reports, read_path, read_stream
from reports.records import Report

ARTICLE = """---
title: Shelling hits a market
publisher: The Daily Example
published: 2020-02-02
address: https://example.org/market
paraphrased: true
---
Nine people were killed on Sunday, the health office said.

Six were injured.
"""


def read_one(path: Path, form: Form = "auto") -> Item:
    (one,) = read_path(path, form=form)
    return one


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_texts_markdown_front_matter_fills_the_report(tmp_path: Path) -> None:
    report = read_one(write(tmp_path / "market.md", ARTICLE))
    assert isinstance(report, Report)
    assert report == Report(
        id=report.id,
        text="Nine people were killed on Sunday, the health office said.\n\nSix were injured.",
        published=date(2020, 2, 2),
        publisher="The Daily Example",
        title="Shelling hits a market",
        url="https://example.org/market",
        paraphrased=True,
    )


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("plain.txt", "Nine people died.\n", "Nine people died."),
        ("mark.txt", b"\xef\xbb\xbfNine people died.", "Nine people died."),
        ("windows.txt", "Nine people died.\r\nSix were hurt.", "Nine people died.\nSix were hurt."),
        ("plain.md", "Nine people died.", "Nine people died."),
        ("PLAIN.TXT", "Nine people died.", "Nine people died."),
        ("ending", "Nine people died.", "Nine people died."),
        ("dashes.txt", "---\nNine people died.", "---\nNine people died."),
        ("line.jsonl", '{"text": "Nine people died."}', "Nine people died."),
        ("line", '\n {"text": "Nine people died."}', "Nine people died."),
    ],
)
def test_readers_give_the_text(tmp_path: Path, name: str, content: str | bytes, text: str) -> None:
    report = read_one(write(tmp_path / name, content))
    assert isinstance(report, Report)
    assert report.text == text


def test_readers_text_form_makes_each_file_one_report(tmp_path: Path) -> None:
    report = read_one(write(tmp_path / "market.md", ARTICLE), form="text")
    assert isinstance(report, Report)
    assert report.text.startswith("---\ntitle")
    assert report.publisher is None


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"id": 7, "text": "Nine died."}, Report(id="7", text="Nine died.")),
        (
            {"id": "a", "text": "Nine died.", "published": "2020-02-02T23:30:00Z", "url": None, "language": "EN"},
            Report(id="a", text="Nine died.", published=date(2020, 2, 2)),
        ),
        (
            {"id": "a", "text": "Nine died.", "publisher": "AFP", "title": " Toll ", "more": [1]},
            Report(id="a", text="Nine died.", publisher="AFP", title="Toll"),
        ),
    ],
)
def test_lines_record_becomes_a_report(record: dict[str, object], expected: Report) -> None:
    assert list(read_stream(BytesIO(json.dumps(record).encode()))) == [expected]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b'{"text": "Nine \xff died."}', EncodingError),
        (b'{"text": "Nine died."', JsonLineError),
        (b'["Nine died."]', JsonLineError),
        (b"[" * 100_000, JsonLineError),
        (b'{"text": "Nine died.", "id": ' + b"9" * 5000 + b"}", JsonLineError),
        (b'{"id": "a"}', MissingTextError),
        (b'{"id": "a", "text": null}', MissingTextError),
        (b'{"id": "a", "text": 9}', FieldError),
        (b'{"id": true, "text": "Nine died."}', FieldError),
        (b'{"id": "a", "text": " \\n "}', EmptyReportError),
        (b'{"text": "Nine \\u0000 died."}', NotTextError),
        (b'{"text": "Nine died.", "title": "\\ud800"}', NotTextError),
        (b'{"text": "Nine died.", "published": "2020-02-30"}', WrongDateError),
        (b'{"text": "Nine died.", "published": 2020}', WrongDateError),
        (b'{"text": "Nine died.", "paraphrased": "yes"}', FieldError),
    ],
)
def test_lines_bad_line_is_named_and_the_rest_is_read(line: bytes, kind: type[ReportError]) -> None:
    good = b'{"text": "Six were hurt."}\n'
    first, error, last = read_stream(BytesIO(good + b"\n" + line + b"\n" + good), "notes", "jsonl")
    assert isinstance(first, Report)
    assert first == last
    assert type(error) is kind
    assert error.line == 3
    assert str(error).startswith("notes: line 3: ")


@pytest.mark.parametrize(
    ("name", "content", "kind", "line"),
    [
        ("a.txt", b"Nine\npeople \xff died", EncodingError, 2),
        ("a.txt", b" \n", EmptyReportError, None),
        ("a.txt", b"Nine\x00died", NotTextError, None),
        ("a.md", b"", EmptyReportError, None),
        ("a.md", b"---\ntitle: x\n---\n", EmptyReportError, None),
        ("a.md", b"---\ntitle: x\nNine people died.", FrontMatterError, 1),
        ("a.md", b"---\npublisher: x\ntitle: a: b\n---\nNine died.", FrontMatterError, 3),
        ("a.md", b"---\nonly words\n---\nNine died.", FrontMatterError, 2),
        ("a.md", b"---\npublished: 2020-02-30\n---\nNine died.", WrongDateError, None),
        ("a.md", b"---\npublished: soon\n---\nNine died.", WrongDateError, None),
        ("a.md", b"---\ntitle: [a, b]\n---\nNine died.", FieldError, None),
        ("a.rtf", b"{}", UnknownFormatError, None),
    ],
)
def test_texts_bad_file_is_named(
    tmp_path: Path, name: str, content: bytes, kind: type[ReportError], line: int | None
) -> None:
    error = read_one(write(tmp_path / name, content))
    assert isinstance(error, ReportError)
    assert type(error) is kind
    assert error.line == line
    assert str(tmp_path / name) in str(error)
    assert "\n" not in str(error)


def test_readers_missing_path_is_named(tmp_path: Path) -> None:
    assert type(read_one(tmp_path / "none.txt")) is MissingInputError


@pytest.mark.parametrize(
    ("code", "remedy"), [(errno.EACCES, "check the path and its permissions"), (errno.ENOSPC, "make space")]
)
def test_readers_unreadable_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, remedy: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    path = write(tmp_path / "a.txt", "Nine died.")
    monkeypatch.setattr(Path, "open", refuse)
    error = read_one(path)
    assert type(error) is UnreadableInputError
    assert remedy in str(error)


def test_readers_folder_is_read_in_order_without_its_companions(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "c.jsonl", "README.md", "b/facts.csv", ".hidden/x.txt", "b/.x.txt"):
        write(tmp_path / name, json.dumps({"text": name}) if name.endswith("jsonl") else name)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    texts = [report.text for report in read_path(tmp_path) if isinstance(report, Report)]
    assert texts == ["a.txt", "b/1.md", "b/2.txt", "c.jsonl"]


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["a.txt", "b/c.md", "README.md"], 2),
        (["a.txt", "b.pdf"], 2),
        ([], 0),
        (["a.txt", "b.jsonl"], 2),
        (["a.txt", "b.csv"], None),
        (["a"], None),
    ],
)
def test_readers_count_is_known_before_reading(tmp_path: Path, names: list[str], count: int | None) -> None:
    for name in names:
        write(tmp_path / name, "Nine died.")
    assert count_reports(tmp_path) == count


@pytest.mark.parametrize(
    ("lines", "count"), [("", 0), ("{}", 1), ("{}\n", 1), ("{}\n{}\n{}", 3), ("{}\n" * 400_000, 400_000)]
)
def test_readers_lines_are_counted_before_reading(tmp_path: Path, lines: str, count: int) -> None:
    write(tmp_path / "a.txt", "Nine died.")
    assert count_reports(write(tmp_path / "many.jsonl", lines)) == count
    assert count_reports(tmp_path) == count + 1


@pytest.mark.parametrize("form", ["auto", "jsonl"])
def test_readers_stream_lines_as_they_arrive(form: Form) -> None:
    taken = 0

    class Endless(BytesIO):
        def readline(self, _: int | None = -1, /) -> bytes:
            nonlocal taken
            taken += 1
            return b'{"text": "Nine died."}\n'

        def peek(self, _: int) -> bytes:
            return b'{"text": "Nine died."}\n'

    reports = read_stream(Endless(), form=form)
    assert [isinstance(next(reports), Report) for _ in range(3)] == [True] * 3
    assert taken <= 4


@pytest.mark.parametrize("form", ["auto", "text", "jsonl"])
def test_readers_defaults_fill_only_what_is_missing(tmp_path: Path, form: Form) -> None:
    content = '{"text": "Nine died.", "publisher": "AFP"}'
    (report,) = read_path(write(tmp_path / "a.jsonl", content), form=form, published=date(2020, 1, 1), publisher="Me")
    assert isinstance(report, Report)
    assert report.published == date(2020, 1, 1)
    assert report.publisher == ("Me" if form == "text" else "AFP")


@pytest.mark.parametrize(
    ("text", "publisher", "published", "same"),
    [
        ("Nine  people died.\n", "AFP", date(2020, 1, 1), True),
        ("Caf\u00e9", "AFP", date(2020, 1, 1), False),
        ("nine people died.", "AFP", date(2020, 1, 1), False),
        ("Nine people died.", "Reuters", date(2020, 1, 1), False),
        ("Nine people died.", "AFP", date(2020, 1, 2), False),
        ("Nine people died.", "AFP", None, False),
    ],
)
def test_fields_derived_id_follows_the_content(
    text: str, publisher: str, published: date | None, *, same: bool
) -> None:
    first = derive_id("Nine people died.", "AFP", date(2020, 1, 1))
    assert (derive_id(text, publisher, published) == first) is same


def test_fields_derived_id_ignores_how_accents_are_composed() -> None:
    assert derive_id("Caf\u00e9", None, None) == derive_id("Cafe\u0301", None, None)


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(EncodingError("a.txt", "not UTF-8", "save it", 3)))  # noqa: S301
    assert (type(error), str(error)) == (EncodingError, "a.txt: line 3: not UTF-8; save it")


def read_fives(report: Report) -> list[Reading]:
    """A parser for these tests: each "five" in the text is five people killed."""
    starts = [start for start in range(len(report.text)) if report.text.startswith("five", start)]
    return [
        Reading(
            Figure(
                id=f"{report.id}-{start}",
                report=report.id,
                metric=Metric.KILLED,
                value=5,
                low=5,
                high=5,
                qualifier=Qualifier.EXACT,
                quote=report.text,
                span=(start, start + 4),
                rule="five",
            ),
            sentence=0,
            clause=(start, start + 4),
            trigger=(start, start + 4),
        )
        for start in starts
    ]


Add = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Add:
    monkeypatch.setattr("store.workers.read_figures", read_fives)

    def run(*arguments: object) -> tuple[int, list[str]]:
        status = door.main(["add", "--database", f"sqlite:///{tmp_path}/kept.db", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert out == ""
        return status, err.splitlines()

    return run


def test_door_adds_and_counts(tmp_path: Path, add: Add) -> None:
    folder = write(tmp_path / "in" / "a.txt", "five and five died").parent
    write(folder / "b.txt", "nobody died")
    assert add(folder) == (0, ["2 reports added, 0 already there, 2 figures"])
    write(folder / "c.txt", "five more")
    assert add(folder) == (0, ["1 report added, 2 already there, 1 figure"])


def test_door_names_what_it_could_not_read_and_goes_on(tmp_path: Path, add: Add) -> None:
    folder = write(tmp_path / "in" / "a.txt", b"\xff").parent
    write(folder / "b.jsonl", '{"id": "b", "text": "five"}\n{"id": "b", "text": "six"}\n{"id": "c", "text": "or five"}')
    status, lines = add(folder, folder / "none")
    assert status == 1
    assert lines[-1] == "2 reports added, 0 already there, 2 figures; 3 could not be read"
    assert [line.split(":")[0] for line in lines[:-1]] == [str(folder / "a.txt"), "report b", str(folder / "none")]


@pytest.mark.parametrize("content", ["five died", '{"text": "five died"}'])
def test_door_reads_standard_input(tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    with write(tmp_path / "in", content).open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert add("-", "--published", "2020-02-02", "--publisher", "AFP")[0] == 0
    kept = store.connect(f"sqlite:///{tmp_path}/kept.db", create=False)
    report = store.read_report(kept, derive_id("five died", "AFP", date(2020, 2, 2)))
    kept.close()
    assert report is not None
    assert report.publisher == "AFP"


@pytest.mark.parametrize(
    "arguments", [[], ["add"], ["add", "a.txt", "--published", "tomorrow"], ["remove", "a.txt"], ["add", "--form", "x"]]
)
def test_door_wrong_use_is_status_2(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        door.main(arguments)
    assert stop.value.code == 2
    assert "usage: python -m reports" in capsys.readouterr().err


def test_door_stops_with_one_line_when_the_store_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "a.txt", "five")
    monkeypatch.setenv("WHO_COUNTS_DATABASE", f"sqlite:///{path}")
    assert door.main(["add", str(path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert (
        lines[0]
        == f"stopped: sqlite:///{path}: the database is no database; check the address, or restore it from a backup"
    )
    assert len(lines) == 2
