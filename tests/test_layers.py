"""The arrows of the house, read from the imports: reports -> parsers -> store -> series -> service -> pages.

A room imports from the left; inside ``parsers`` no stage knows another. Only doors wire rooms together.
"""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("reports", "parsers", "store", "series", "service", "pages")
DOORS = frozenset({"__main__.py", "app.py", "server.py"})
STAGES = frozenset({"sentences", "quantities", "groups", "figures", "sources", "places", "periods", "parts"})
FOR_ALL_STAGES = frozenset({"records", "tables", "grammar", "inflections", "patterns", "portions", "tries", "engines"})
"""What every stage may use: records, tables, the notations of rules and lists, spelling, late patterns, portions."""
NETWORK = frozenset({"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib3"})
FORBIDDEN = {
    "reports": frozenset({"streamlit", "pandas", "plotly", "sqlalchemy", "alembic"}),
    "parsers": frozenset({"streamlit", "pandas", "plotly", "sqlalchemy", "alembic"}) | NETWORK,
    "store": frozenset({"streamlit", "plotly"}),
    "series": frozenset({"streamlit", "sqlalchemy", "alembic"}) | NETWORK,
    "service": frozenset({"streamlit", "sqlalchemy", "alembic"}) | NETWORK - {"http", "urllib"},
    "pages": frozenset({"sqlalchemy", "alembic"}) | NETWORK,
}
ADDRESSES = "urllib.parse"
"""Takes addresses apart and puts them together; it asks nobody."""
READING = frozenset(
    {"trafilatura", "htmldate", "lxml", "pypdfium2", "pdfplumber", "docx", "openpyxl", "pyarrow", "feedparser"}
    | {"fastwarc", "charset_normalizer", "py3langid", "babel", "httpx"}
)
"""The libraries behind the readers: each is loaded when the first file that needs it comes."""
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc"})


@dataclass(frozen=True, slots=True)
class Import:
    """One import: the file that has it, and the full name of the module that it asks for."""

    path: Path
    target: str

    @property
    def room(self) -> str:
        return self.path.parts[0]

    @property
    def package(self) -> str:
        return self.target.split(".")[0]

    def __str__(self) -> str:
        return f"{self.path} imports {self.target}"


def list_modules(root: Path) -> list[Path]:
    return sorted(path.relative_to(root) for room in ROOMS for path in (root / room).rglob("*.py"))


def read_imports(root: Path, path: Path) -> Iterator[Import]:
    tree = ast.parse((root / path).read_text(encoding="utf-8"), filename=str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(path, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = path.parts[: len(path.parts) - node.level] if node.level else ()
            source = ".".join([*above, *(node.module or "").split(".")]).strip(".")
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield Import(path, inner if _is_module(root, inner) else source)


def _is_module(root: Path, name: str) -> bool:
    place = root.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def read_all_imports(root: Path) -> list[Import]:
    return [one for path in list_modules(root) for one in read_imports(root, path)]


def find_backward_imports(root: Path) -> list[str]:
    """Imports of a room to the right of one's own, anywhere but in a door."""
    return [
        str(one)
        for one in read_all_imports(root)
        if one.path.name not in DOORS and one.package in ROOMS and ROOMS.index(one.package) > ROOMS.index(one.room)
    ]


def find_forbidden_imports(root: Path) -> list[str]:
    """Libraries that a room does without, in its doors too."""
    asked = [one for one in read_all_imports(root) if one.target != ADDRESSES]
    return [str(one) for one in asked if one.package in FORBIDDEN[one.room]]


def find_door_imports(root: Path) -> list[str]:
    """Imports of a door: a door is run, never imported."""
    doors = {door.removesuffix(".py") for door in DOORS}
    ours = {*ROOMS, *doors}
    return [str(one) for one in read_all_imports(root) if one.package in ours and doors & set(one.target.split("."))]


def find_vague_names(root: Path) -> list[str]:
    """Modules and folders whose name says nothing."""
    return [str(path) for path in list_modules(root) if VAGUE_NAMES & {part.removesuffix(".py") for part in path.parts}]


def find_parser_imports_of_readers(root: Path) -> list[str]:
    """What the parsers take from ``reports`` besides its record: they are pure, the readers are not."""
    return [
        str(one)
        for one in read_all_imports(root)
        if one.room == "parsers" and one.path.name not in DOORS and one.package == "reports"
        if one.target != "reports.records"
    ]


def find_stages_that_meet(root: Path) -> list[str]:
    """Stages joined by imports, their own or those of the modules that they split off.

    A module that two stages use joins them: it belongs to one of them, or is declared to be for all.
    """
    links = list(_link_stages(root))
    found = []
    for stage in sorted(STAGES):
        others = sorted((_reach(stage, links) & STAGES) - {stage})
        if others:
            found.append(f"parsers/{stage}.py is joined to {', '.join(others)}")
    return found


def _link_stages(root: Path) -> Iterator[frozenset[str]]:
    aside = FOR_ALL_STAGES | {"pipeline", "__main__", "__init__"}
    for one in read_all_imports(root):
        name = one.path.with_suffix("").parts[1] if len(one.path.parts) > 1 else ""
        if one.room == one.package == "parsers" and name not in aside:
            # "parsers" alone is the front of the room, which is the pipeline.
            target = one.target.split(".")[1] if "." in one.target else "pipeline"
            if target not in FOR_ALL_STAGES | {name}:
                yield frozenset({name, target})


def _reach(stage: str, links: list[frozenset[str]]) -> set[str]:
    reached = {stage}
    while more := {name for link in links if link & reached for name in link} - reached:
        reached |= more
    return reached


def find_shared_modules_that_know_a_stage(root: Path) -> list[str]:
    """What is for all stages rests on nothing but itself."""
    return [
        str(one)
        for one in read_all_imports(root)
        if one.room == one.package == "parsers" and one.path.stem in FOR_ALL_STAGES
        if one.target.split(".")[-1] not in FOR_ALL_STAGES
    ]


def find_stages_that_know_the_pipeline(root: Path) -> list[str]:
    """Imports of the pipeline by what it runs: only the front of the room and its door know it."""
    return [
        str(one)
        for one in read_all_imports(root)
        if one.room == "parsers" and one.path.name not in {"__main__.py", "__init__.py", "pipeline.py"}
        if one.target in {"parsers", "parsers.pipeline"}
    ]


RULES: list[Callable[[Path], list[str]]] = [
    find_backward_imports,
    find_forbidden_imports,
    find_door_imports,
    find_vague_names,
    find_parser_imports_of_readers,
    find_stages_that_meet,
    find_shared_modules_that_know_a_stage,
    find_stages_that_know_the_pipeline,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_layers_hold(rule: Callable[[Path], list[str]]) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(
    ("path", "source", "broken"),
    [
        ("reports/readers.py", "import parsers.records", {"find_backward_imports"}),
        ("store/entries.py", "def f():\n    from series import bins", {"find_backward_imports"}),
        ("reports/__main__.py", "from store import connect", set()),
        ("parsers/periods.py", "import pandas as pd", {"find_forbidden_imports"}),
        ("parsers/__main__.py", "from urllib.request import urlopen", {"find_forbidden_imports"}),
        ("series/charts.py", "from streamlit import cache_data", {"find_forbidden_imports"}),
        ("series/charts.py", "from store import read_figures", set()),
        ("pages/sources.py", "from urllib.parse import quote", set()),
        ("pages/sources.py", "from urllib import request", {"find_forbidden_imports"}),
        ("store/entries.py", "from reports.__main__ import main", {"find_door_imports"}),
        ("pages/map.py", "from server import app", {"find_door_imports"}),
        ("service/routes.py", "from pages.shared.doors import open_store", {"find_backward_imports"}),
        ("service/routes.py", "import streamlit as st", {"find_forbidden_imports"}),
        ("pages/map.py", "from service.roles import Role", set()),
        ("series/utils.py", "", {"find_vague_names"}),
        ("store/common/rows.py", "", {"find_vague_names"}),
        ("parsers/places.py", "from reports.readers import read_path", {"find_parser_imports_of_readers"}),
        ("parsers/places.py", "from reports.records import Report", set()),
        ("parsers/places.py", "from parsers import sources", {"find_stages_that_meet"}),
        ("parsers/places.py", "from .sources import find_sources", {"find_stages_that_meet"}),
        ("parsers/places.py", "from parsers.names import find_names", {"find_stages_that_meet"}),
        ("parsers/places.py", "from parsers.gazetteers import load_places", set()),
        ("parsers/places.py", "from parsers.records import Figure\nfrom parsers.tables import load_rows", set()),
        ("parsers/tables.py", "from parsers.names import find_names", {"find_shared_modules_that_know_a_stage"}),
        ("parsers/tables.py", "from parsers.records import Span", set()),
        ("parsers/places.py", "from parsers.pipeline import extract", {"find_stages_that_know_the_pipeline"}),
        ("parsers/places.py", "from parsers import extract", {"find_stages_that_know_the_pipeline"}),
        ("parsers/pipeline.py", "from parsers import places, sources", set()),
    ],
)
def test_layers_rules_see_what_breaks_them(tmp_path: Path, path: str, source: str, broken: set[str]) -> None:
    house = {"parsers/sources.py": "from parsers.names import find_names", "parsers/names.py": "", path: source}
    for name, content in house.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    assert {rule.__name__ for rule in RULES if rule(tmp_path)} == broken


@pytest.mark.parametrize(
    ("room", "without"),
    [
        ("parsers", {"pandas", "streamlit", "sqlalchemy", "frontmatter", "httpx", "urllib.request"}),
        ("parsers.__main__", {"pandas", "streamlit", "sqlalchemy", "numpy", "urllib.request", *READING}),
        ("reports.readers", {"pandas", "streamlit", "sqlalchemy", *READING}),
        ("reports.__main__", {"pandas", "numpy", "streamlit", "pyarrow", "alembic"}),
        ("store.workers", {"pandas", "numpy", "streamlit", "alembic"}),
        ("store", {"streamlit", "plotly", "alembic"}),
        ("series", {"streamlit"}),
        ("service.routes", {"streamlit", "plotly", "alembic", "httpx", "urllib.request"}),
    ],
)
def test_layers_room_loads_without(room: str, without: set[str]) -> None:
    code = f"import sys, {room}; print(*sorted({without!r} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
