"""The corpus of groups: the words of a report, and the code of ``data/groups.csv`` that they mean."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from parsers.classes import classify_group
from parsers.tables import load_rows

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "en" / "groups.toml").read_text(encoding="utf-8"))
GROUPS = {row["code"]: row["parent"] for row in load_rows("groups", ("code", "parent", "words"))}


def phrases() -> Iterator[Any]:
    for meaning in CORPUS["means"]:
        missed = frozenset(meaning.get("missed", ()))
        assert missed <= set(meaning["text"]), f"{sorted(missed)} must stand in text too"
        for text in meaning["text"]:
            marks = [pytest.mark.xfail(strict=True, reason=meaning["gap"])] if text in missed else []
            yield pytest.param(text, meaning.get("group"), id=text or "empty", marks=marks)


@pytest.mark.parametrize(("text", "group"), list(phrases()))
def test_classify_group_reads_words(text: str, group: str | None) -> None:
    assert classify_group(text) == group


def test_corpus_names_every_group_and_no_other() -> None:
    named = {meaning["group"] for meaning in CORPUS["means"] if "group" in meaning}
    assert named - set(GROUPS) == set()
    assert set(GROUPS) - named == set()


@pytest.mark.parametrize("code", sorted(GROUPS))
def test_groups_have_parents_that_end(code: str) -> None:
    line = [code]
    while parent := GROUPS[line[-1]]:
        assert parent in GROUPS, f"data/groups.csv: {line[-1]} has the parent {parent}, which is no group"
        assert parent not in line, f"data/groups.csv: {code} is among its own parents"
        line.append(parent)


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_classify_group_knows_a_group_by_its_first_word(group: str) -> None:
    words = next(row["words"] for row in load_rows("groups", ("code", "parent", "words")) if row["code"] == group)
    assert classify_group(words.split("|")[0]) is not None
