"""What the guide promises: a source, a place, a spelling and a group are one row each, and nothing is built again."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
ROWS = {
    "sources.csv": "beira-relief,Beira Relief Committee,ngo,MOZ,Comité de Socorro da Beira,the committee",
    "places.csv": "Marromba Velha,MZ-S,MOZ,-19.5,34.7",
    "place_aliases.csv": "Beirat Novo,Beira,town,MZ-S,MOZ",
    "groups.csv": "beekeepers,civilians,beekeeper|apiarist",
}
TEXT = "Nine apiarists died in Marromba Velha, the Comité de Socorro da Beira said. Two women died in Beirat Novo."


def extract(tree: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "parsers", "extract", "--input", "text", "--format", "jsonl", "-"],
        cwd=tree, input=TEXT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the parsers with their tables; the gazetteer is the one that was built."""
    tree = tmp_path_factory.mktemp("tree")
    for room in ("parsers", "reports"):
        shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", tree / "data", ignore=shutil.ignore_patterns("gazetteer.sqlite", "reports"))
    (tree / "data/gazetteer.sqlite").symlink_to(ROOT / "data/gazetteer.sqlite")
    return tree


def test_one_row_adds_a_source_a_place_a_spelling_and_a_group(tree: Path) -> None:
    before = extract(tree)
    assert [figure["group"] for figure in before] == [None, "women"]
    assert "Beira Relief Committee" not in [figure["source"] for figure in before]
    assert [figure["latitude"] for figure in before] == [None, None]
    for name, row in ROWS.items():
        with (tree / "data" / name).open("a", encoding="utf-8") as table:
            table.write(row + "\n")
    first, second = extract(tree)
    assert (first["group"], first["source"]) == ("beekeepers", "Beira Relief Committee")
    assert (first["place"], first["admin1"], first["country"]) == ("Marromba Velha", "MZ-S", "MOZ")
    assert (first["latitude"], first["longitude"]) == (-19.5, 34.7)
    assert (second["place"], second["country"]) == ("Beira", "MOZ")
