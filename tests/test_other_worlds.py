"""The other worlds: prose with numbers in it out of which no figure may come, one file a world."""

import tomllib
from pathlib import Path

import pytest

from parsers import extract
from reports.records import Report

WORLDS = Path(__file__).parent / "corpus" / "en" / "other-worlds"
FEWEST = 750


def passages(world: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(world.read_text(encoding="utf-8"))["passages"]
    return found


def read_world(world: Path) -> list[object]:
    """One test a passage; one with a ``known_gap`` fails until the gap is mended, and then says so."""
    return [
        pytest.param(
            passage["text"],
            id=f"{world.stem}: {passage['text']}",
            marks=[pytest.mark.xfail(reason=passage["known_gap"], strict=True)] if "known_gap" in passage else [],
        )
        for passage in passages(world)
    ]


PASSAGES = [passage for world in sorted(WORLDS.glob("*.toml")) for passage in read_world(world)]


@pytest.mark.parametrize("text", PASSAGES)
def test_extract_finds_nothing_in_another_world(text: str) -> None:
    figures = extract(Report(id="other-world", text=text))
    assert [(figure.metric.value, figure.group_text, figure.rule) for figure in figures] == []


def test_other_worlds_are_many_and_told_once() -> None:
    texts = [passage["text"] for world in WORLDS.glob("*.toml") for passage in passages(world)]
    assert len(texts) >= FEWEST
    assert len(set(texts)) == len(texts)
