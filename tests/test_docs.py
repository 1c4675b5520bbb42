"""What the documentation says is so: commands print what it shows, and paths, targets, modules and options exist."""

import csv
import subprocess
import sys
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import regex

from parsers.records import Basis, Unit
from parsers.tables import LEXICON, load_table
from tests import test_passages
from tests.floors import load_floors
from tests.sample import read_sample
from tests.transcripts import README, ROOT, Step, read_floors, run_again

PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md", "parsers/lexicon/README.md")
LINK = regex.compile(r"\]\((?!https?:)(?P<path>[^)#]+)")
CODE = regex.compile(r"`(?P<code>[^`\n]+)`")
PATH = regex.compile(r"[\w.-]+(?:/[\w.-]+)+/?|[\w-]+/|[\w-]+\.(?:md|toml|csv|txt|lock|py|sqlite)")
FENCE = regex.compile(r"^```(?P<language>\w*)\n(?P<content>.*?)^```$", regex.M | regex.S)
TARGET = regex.compile(r"(?:(?<=`)|^)make\ (?P<target>[a-z-]+)", regex.M | regex.X)
MODULE = regex.compile(r"python\ -m\ (?P<command>[\w.]+(?:\ (?:extract|add|export)\b)?)", regex.X)
USAGE = regex.compile(r"(?P<command>python -m [\w.]+ \w+).*\n(?P<options>(?:    .*\n)+)")
OPTION = regex.compile(r"(?<![\w-])--[a-z][a-z-]+")
MADE = ("var/", ".venv")
HOLES = ("parsers/lexicon/quarantined.toml",)
"""What the guide would have its reader make."""
REASON = regex.compile(r"\s(?:because|, rule)\s.*", regex.X)


@cache
def read_page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def list_paths(name: str) -> list[str]:
    """The paths that a page names in links and between backticks, as seen from the page or from the root."""
    page = read_page(name)
    prose = FENCE.sub("", page)
    spoken = [m["code"] for m in CODE.finditer(prose) if PATH.fullmatch(m["code"])]
    return [m["path"] for m in LINK.finditer(prose)] + [path for path in spoken if not path.startswith(MADE)]


@pytest.mark.parametrize("name", PAGES)
def test_docs_paths_exist(name: str) -> None:
    folders = (ROOT, (ROOT / name).parent)
    missing = [path for path in list_paths(name) if not any((folder / path).exists() for folder in folders)]
    assert [path for path in missing if path not in HOLES and not _stands_in_a_room(path)] == []


def _stands_in_a_room(path: str) -> bool:
    """Whether a bare file name is one that several folders have, such as facts.csv."""
    return "/" not in path and any(any((ROOT / room).rglob(path)) for room in ("data", "parsers", "reports"))


@pytest.mark.parametrize("name", PAGES)
def test_docs_make_targets_exist(name: str) -> None:
    rules = set(regex.findall(r"^([a-z-]+):", read_page("Makefile"), flags=regex.M))
    assert {m["target"] for m in TARGET.finditer(read_page(name))} - rules == set()


@pytest.mark.parametrize(
    "image", ["docs/timeline.png", "docs/add-reports.png", "docs/evidence.png", "docs/sources.png"]
)
def test_docs_show_the_pictures(image: str) -> None:
    assert image in list_paths("README.md")
    content = (ROOT / image).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 1280


@cache
def ask_help(command: str) -> str:
    module, *words = command.split()
    run = subprocess.run(
        [sys.executable, "-m", module, *words, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return run.stdout


COMMANDS = sorted({m["command"] for name in PAGES for m in MODULE.finditer(read_page(name))})


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "data.build_gazetteer"])
def test_docs_commands_exist(command: str) -> None:
    if command.startswith("pytest"):
        return
    options = {
        option
        for name in PAGES
        for line in read_page(name).splitlines()
        if (m := MODULE.search(line)) and m["command"] == command
        for option in OPTION.findall(line[m.end() :].split("`")[0])
    }
    assert options - set(OPTION.findall(ask_help(command))) == set()


@pytest.mark.parametrize("usage", list(USAGE.finditer(read_page("README.md"))), ids=lambda usage: usage["command"])
def test_docs_list_every_option(usage: "regex.Match[str]") -> None:
    options = set(OPTION.findall(ask_help(usage["command"].removeprefix("python -m ")))) - {"--help"}
    assert set(OPTION.findall(usage["options"])) == options


def strip_reasons(step: Step) -> list[str]:
    """The lines of a step without their spacing and, of the figures explained, without the words of the reasons."""
    return [" ".join(REASON.sub("", line).split()) for line in step.lines]


@pytest.fixture(scope="module")
def steps() -> list[tuple[Step, Step]]:
    return list(run_again(read_page("README.md")))


def test_docs_transcripts_print_what_they_show(steps: list[tuple[Step, Step]]) -> None:
    assert len(steps) >= 5
    for shown, printed in steps:
        assert strip_reasons(shown) == strip_reasons(printed), (
            f"{shown.command}: run python -m tests.transcripts --write"
        )


def test_docs_accuracy_repeats_the_floors() -> None:
    floors = {
        (corpus, name): round(100 * floor)
        for corpus, measures in load_floors().items()
        for name, floor in measures.items()
    }
    assert read_floors(README.read_text(encoding="utf-8")) == floors, "run python -m tests.transcripts --write"


def test_docs_count_the_sample() -> None:
    stories = Counter(story for story, _ in read_sample())
    for name in ("README.md", "CHANGELOG.md", "data/README.md"):
        assert f"{stories.total()} " in read_page(name), f"{name}: the sample has {stories.total()} reports"
    for story, count in stories.items():
        assert f"| `{story}` | {count} |" in read_page("data/README.md")


def test_docs_explain_every_package_once() -> None:
    page = read_page("README.md")
    packages = regex.findall(r"^[a-zA-Z0-9-]+", read_page("requirements.txt"), flags=regex.M)
    assert [package for package in packages if f"| {package} |" not in page] == []
    tools = regex.findall(r"^(?!-r)[a-zA-Z-]+", read_page("requirements-dev.txt"), flags=regex.M)
    assert [tool for tool in tools if tool not in page] == []


def read_fences(language: str) -> list[str]:
    found = [m["content"] for m in FENCE.finditer(read_page("CONTRIBUTING.md")) if m["language"] == language]
    assert found
    return found


def test_docs_passage_of_the_guide_holds(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("\n" + "\n".join(read_fences("markdown")), encoding="utf-8")
    for passage in test_passages.read_passages(tmp_path / "guide.md"):
        test_passages.test_extract_passage(passage)


def test_docs_metric_of_the_guide_is_a_table() -> None:
    (table,) = map(tomllib.loads, read_fences("toml"))
    assert set(map(Unit, table["units"]))
    assert Basis(table["basis"])
    assert set(table["en"]) <= set(load_table(LEXICON / "killed.toml")["en"])


@pytest.mark.parametrize(("table", "row"), [("sources", 0), ("groups", 1)])
def test_docs_rows_of_the_guide_fit_their_tables(table: str, row: int) -> None:
    rows = [content.strip() for content in read_fences("") if "," in content and "make" not in content]
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        known = list(csv.DictReader(lines))
    cells = next(csv.reader([rows[row]]))
    assert len(cells) == len(known[0])
    for column, cell in zip(known[0], cells, strict=True):
        if column in {"kind", "parent"}:
            assert cell in {one[column] for one in known}
