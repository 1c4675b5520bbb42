"""The door of the parsers: what goes in, what is printed, what is named on standard error, and how it ends."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace

import pytest

from parsers.__main__ import main
from parsers.records import Figure

ROOT = Path(__file__).parent.parent
RECORD = '{"id": "a", "text": "Nine people were killed.", "published": "2020-02-02"}'
RECORD_FIELDS = [
    "id", "report", "metric", "value", "low", "high", "qualifier", "unit", "group", "group_text", "source",
    "source_text", "via", "publisher", "status", "basis", "place", "place_text", "admin1", "country", "latitude",
    "longitude", "start", "end", "precision", "published", "part_of", "share", "quote", "span", "rule", "confidence",
]  # fmt: skip
STREAMED = 20_000
WARM = 2_000
FLAT = 8_000  # kilobytes: less than the reports, figures and words of those records would take if they were kept

Run = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command; returns its status and the lines of standard output and standard error."""

    def extract(*arguments: object, given: str | bytes = "") -> tuple[int, list[str], list[str]]:
        stream = io.BytesIO(given.encode() if isinstance(given, str) else given)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
        status = main(["extract", *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out.splitlines(), err.splitlines()

    return extract


def read_figures(lines: Sequence[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines]


# ---- what goes in


@pytest.mark.parametrize("arguments", [[], ["-"], ["--input", "text"], ["--input", "auto", "-"]])
def test_extract_reads_a_text_from_standard_input(run: Run, arguments: list[str]) -> None:
    status, out, err = run(*arguments, "--format", "jsonl", given="Nine people were killed.\n\nTwelve were hurt.")
    assert (status, err) == (0, [])
    assert [(figure["metric"], figure["value"]) for figure in read_figures(out)] == [("killed", 9), ("injured", 12)]


@pytest.mark.parametrize("arguments", [[], ["--input", "jsonl"]])
def test_extract_reads_jsonl_from_standard_input(run: Run, arguments: list[str]) -> None:
    given = f'{RECORD}\n\n{{"id": "b", "text": "Quiet."}}\n{{"id": "c", "text": "Two soldiers died."}}\n'
    status, out, err = run(*arguments, "--format", "jsonl", given=given)
    assert (status, err) == (0, [])
    assert [(figure["report"], figure["value"]) for figure in read_figures(out)] == [("a", 9), ("c", 2)]


def test_extract_reads_files_and_folders_in_order(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Nine people were killed.", encoding="utf-8")
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "b.jsonl").write_text(RECORD.replace("Nine", "Seven"), encoding="utf-8")
    (folder / "a.md").write_text("---\npublisher: Daily Example\n---\nSix people were killed.", encoding="utf-8")
    status, out, err = run(tmp_path / "one.txt", folder, "--format", "jsonl")
    assert (status, err) == (0, [])
    assert [figure["value"] for figure in read_figures(out)] == [9, 6, 7]


def test_extract_takes_a_text_that_looks_like_json_for_text_when_told(run: Run) -> None:
    status, out, _ = run("--input", "text", "--format", "jsonl", given=RECORD)
    assert status == 0
    assert [figure["value"] for figure in read_figures(out)] == [9]
    assert all(figure["report"] != "a" for figure in read_figures(out))


# ---- what is known from outside


def test_extract_publisher_and_published_hold_for_reports_that_do_not_say(run: Run) -> None:
    given = (
        '{"text": "Nine died on Friday."}\n{"text": "Six died.", "publisher": "Own Wire", "published": "2021-03-04"}'
    )
    _, out, _ = run("--published", "2020-02-02", "--publisher", "Daily Example", "--format", "jsonl", given=given)
    said = [(figure["publisher"], figure["published"], figure["start"]) for figure in read_figures(out)]
    assert said == [("Daily Example", "2020-02-02", "2020-01-31"), ("Own Wire", "2021-03-04", None)]


def test_extract_nothing_said_is_empty(run: Run) -> None:
    _, out, _ = run("--format", "jsonl", given="Nine people were killed.")
    (figure,) = read_figures(out)
    assert [figure[name] for name in ("publisher", "published", "start", "end", "place", "source")] == [None] * 6


# ---- what is printed


def test_extract_jsonl_is_the_figure_record(run: Run) -> None:
    _, out, _ = run("--format", "jsonl", given=RECORD)
    (figure,) = read_figures(out)
    assert list(figure) == RECORD_FIELDS == [field.name for field in fields(Figure)]
    assert figure["quote"] == "Nine people were killed."
    assert figure["span"] == [0, 4]


def test_extract_csv_is_one_figure_a_line_under_a_header(run: Run) -> None:
    given = '{"id": "a", "text": "\\"About 9 aid workers, mostly local, were killed\\"; 40 to 50 people were hurt."}'
    _, out, _ = run("--format", "csv", given=given)
    rows = list(csv.DictReader(out, strict=True))
    assert list(rows[0]) == [*[name for name in RECORD_FIELDS if name != "span"], "span_start", "span_end"]
    assert [(row["metric"], row["value"], row["low"], row["high"]) for row in rows] == [
        ("killed", "9", "", ""),
        ("injured", "", "40", "50"),
    ]
    assert rows[0]["quote"].startswith('"About 9 aid workers, mostly')


def test_extract_csv_of_nothing_is_its_header(run: Run) -> None:
    status, out, err = run("--format", "csv", given="Quiet reigned.")
    assert (status, len(out), err) == (0, 1, [])


def test_extract_table_is_the_default(run: Run) -> None:
    _, out, _ = run(given="At least 9 soldiers were killed.")
    assert out[0].split() == ["metric", "value", "low", "high", "group", "source", "place", "period", "basis"]
    assert out[1].split() == ["killed", "9", "9", "military", "new"]
    assert len(out) == 2


def test_extract_explain_gives_rule_words_and_derivation(run: Run) -> None:
    _, out, _ = run(
        "--explain",
        given="At least 9 soldiers were killed in Idlib.",
    )
    text = "\n".join(out)
    assert "killed" in out[0]
    assert "At least 9 soldiers were killed in Idlib." in text
    assert "'9' read by the rule <hedge> <number>" in text
    assert "'killed' by the rule <victims> were <killed>" in text


EXPLAINED = ("value", "metric", "group", "unit", "status", "source", "place", "basis", "end")


@pytest.mark.parametrize(
    "given",
    [
        "At least 9 soldiers were killed in Idlib on Friday, the Observatory said.",
        "Nine died.",
        "As many as 40,000 people could be displaced.",
        "The army denied that its troops had killed 30 civilians in Merawi.",
        "Hundreds of homes were destroyed in Mozambique, Zimbabwe and Malawi, unconfirmed reports say.",
        "BNPB said 1,200 villagers were evacuated.",
        "Some 12,000 refugees live there.",
    ],
)
def test_extract_explain_gives_a_reason_for_each_field(run: Run, given: str) -> None:
    _, out, _ = run("--explain", "--published", "2024-03-01", given=given)
    reasons = [line.split(":", 1) for line in out if line.startswith("    ") and ", because " in line]
    said = {field.strip() for field, _ in reasons}
    assert said >= set(EXPLAINED)
    assert all(reason.rpartition(", because ")[2].strip() for _, reason in reasons)


def test_extract_explain_says_how_a_share_was_worked_out(run: Run) -> None:
    given = "The region is home to around three million people, half of whom have been evacuated."
    _, out, _ = run("--explain", given=given)
    assert "0.5 of the population figure of 3000000" in "\n".join(out)


def test_extract_prints_letters_as_they_are(run: Run) -> None:
    _, out, _ = run("--format", "jsonl", given="“Nine people were killed in Kraków,” the mayor’s office said.")
    assert "Kraków" in out[0]


# ---- what is wrong, named with its line; the rest is done


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"text": "Nine died."', "not JSON"),
        (b"Nine died.", "not JSON"),
        (b'["Nine died."]', "not a JSON object"),
        (b'{"text": ""}', "the report is empty"),
        (b'{"text": "  \\n "}', "the report is empty"),
        (b'{"id": "x"}', 'no "text"'),
        (b'{"text": 9}', '"text" is not words'),
        (b'{"text": "Nine died.", "published": "2020-02-30"}', "'2020-02-30' is not a date"),
        (b'{"text": "Nine died.", "published": "last week"}', "'last week' is not a date"),
        (b'{"text": "Nine died in K\xf3w."}', "not UTF-8"),
        (b'{"text": "Nine\\u0000died."}', "NUL"),
        (b'{"text": "Nine \\ud800 died."}', "half of a character"),
    ],
)
def test_extract_names_a_bad_line_and_does_the_rest(run: Run, line: bytes, problem: str) -> None:
    given = RECORD.encode() + b"\n" + line + b"\n" + RECORD.replace('"a"', '"b"').encode() + b"\n"
    status, out, err = run("--input", "jsonl", "--format", "jsonl", given=given)
    assert status == 1
    assert [figure["report"] for figure in read_figures(out)] == ["a", "b"]
    (message,) = err
    assert message.startswith("standard input: line 2:")
    assert problem in message
    assert "; " in message, "a remedy stands behind the problem"


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", "empty"), (b" \n\t\n", "empty"), (b"Nine died.\nTwo \xff.", "not UTF-8"), (b"Nine\x00died.", "NUL")],
)
def test_extract_names_a_bad_text_and_does_the_rest(run: Run, tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    (tmp_path / "b.txt").write_text("Nine people were killed.", encoding="utf-8")
    status, out, err = run(tmp_path, "--format", "jsonl")
    assert status == 1
    assert [figure["value"] for figure in read_figures(out)] == [9]
    assert len(err) == 1
    assert err[0].startswith(str(tmp_path / "a.txt"))
    assert problem in err[0]


def test_extract_names_the_line_that_is_not_utf8(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Nine died.\n\nTwo \xff.")
    _, _, err = run(tmp_path / "a.txt")
    assert " line 3:" in err[0]


def test_extract_names_a_language_without_words_and_does_the_rest(run: Run) -> None:
    foreign = '{"id": "b", "text": "Zwölf Menschen sind gestorben.", "language": "de"}'
    status, out, err = run("--format", "jsonl", given=f"{foreign}\n{RECORD}\n")
    assert (status, [figure["report"] for figure in read_figures(out)]) == (1, ["a"])
    assert err == ["b: no words for the language 'de'; add parsers/lexicon/de.toml, or correct the report's language"]


def test_extract_names_a_path_that_is_not_there(run: Run, tmp_path: Path) -> None:
    status, out, err = run(tmp_path / "none.txt", "--format", "jsonl")
    assert (status, out) == (1, [])
    assert err == [f"{tmp_path / 'none.txt'}: no such file or folder; check the path"]


def test_extract_names_a_kind_of_file_that_it_cannot_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("Nine people were killed.", encoding="utf-8")
    status, _, err = run(tmp_path / "a.xyz", "--format", "jsonl")
    assert status == 1
    assert "no reader for .xyz" in err[0]


def test_extract_empty_standard_input_is_an_empty_report(run: Run) -> None:
    status, out, err = run("--format", "jsonl", given="")
    assert (status, out) == (1, [])
    assert "the report is empty" in err[0]


def test_extract_counts_every_bad_line(run: Run) -> None:
    given = f'{RECORD}\n{{\n{RECORD}\n{{}}\n\n{{"text": 1}}'
    status, out, err = run("--input", "jsonl", "--format", "jsonl", given=given)
    assert (status, len(out)) == (1, 2)
    assert [message.split(":")[1] for message in err] == [" line 2", " line 4", " line 6"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["extrakt"],
        ["extract", "--format", "xml"],
        ["extract", "--input", "pdf"],
        ["extract", "--published", "2020-02-30"],
        ["extract", "--published", "yesterday"],
        ["extract", "--publisher"],
        ["extract", "--colour"],
    ],
)
def test_wrong_use_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "usage: python -m parsers" in err


def test_wrong_date_says_how_to_write_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["extract", "--published", "2 Feb 2020"])
    assert "write it as 2020-02-02" in capsys.readouterr().err


# ---- the command as a process


def run_process(script: list[str], records: Iterator[str] | None = None) -> tuple[int, str, str]:
    with subprocess.Popen(
        [sys.executable, *script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        given = "".join(f"{record}\n" for record in records or ())
        out, err = process.communicate(given, timeout=300)
        return process.returncode, out, err


def test_module_runs_as_a_command() -> None:
    status, out, err = run_process(["-m", "parsers", "extract", "--format", "jsonl", "-"], iter([RECORD, "{"]))
    assert status == 1
    assert [json.loads(line)["value"] for line in out.splitlines()] == [9]
    assert err.startswith("standard input: line 2: not JSON")


def test_module_ends_quietly_when_its_reader_leaves() -> None:
    command = [sys.executable, "-m", "parsers", "extract", "--format", "jsonl", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        for _ in range(200):
            try:
                process.stdin.write(f"{RECORD}\n".encode())
            except BrokenPipeError:
                break
        with suppress(BrokenPipeError):
            process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


WATCHED = f"""
import io, resource, sys
from types import SimpleNamespace
from parsers.__main__ import main

class Watched(io.BufferedReader):
    number = 0

    def readline(self, size=-1):
        line = super().readline(size)
        self.number += bool(line)
        if line and self.number in ({WARM}, {STREAMED}):
            print(self.number, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
        return line

    def __next__(self):
        if line := self.readline():
            return line
        raise StopIteration

sys.stdin = SimpleNamespace(buffer=Watched(sys.stdin.buffer.raw))
sys.exit(main(["extract", "--input", "jsonl", "--format", "jsonl", "-"]))
"""


def stream_records() -> Iterator[str]:
    """Records that all differ; one in 25 counts people, at places and on days of its own."""
    for number in range(STREAMED):
        text = f"The council of Vale{number} met on the {number % 28 + 1}th to speak of roads, schools and its budget."
        if number % 25 == 0:
            text += f" At least {number + 2} people were killed in Vale{number}, the mayor Ona Tel{number} said."
        yield json.dumps({"id": str(number), "text": text, "published": "2020-02-02"})


def test_module_streams_in_flat_memory() -> None:
    status, out, err = run_process(["-c", WATCHED], stream_records())
    assert status == 0, err
    assert out.count("\n") == STREAMED // 25
    (_, warm), (_, end) = (map(int, line.split()) for line in err.splitlines())
    assert end - warm < FLAT, f"{warm} kB after {WARM} records, {end} kB after {STREAMED}"
