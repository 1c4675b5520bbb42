"""The corpus of sentences, and what holds for any text: spans, lengths and time."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers.sentences import LONGEST, read_document
from reports.records import Report

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "en" / "sentences.toml").read_text(encoding="utf-8"))
GARBAGE = {
    "numbers": "1 1 1 1 ",
    "brackets": "([{",
    "closing brackets": ")",
    "full stops": ".",
    "spaced full stops": ". ",
    "quotes": '."',
    "initials": "A. ",
    "one endless word": "a",
    "one endless sentence": "word ",
    "lines": "a\n",
    "blank lines": "\n \n",
    "broken words": "ab-\nab",
    "bullets": "• ",
    "wide spaces": "." + " " * 200,
}


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["name"]) for entry in CORPUS["texts"]])
def test_read_document_cuts_sentences(entry: dict[str, Any]) -> None:
    document = read_document(Report(id="corpus", text=entry["text"]))
    assert [sentence.text for sentence in document.sentences] == entry["sentences"]
    assert [sentence.text for sentence in document.sentences if sentence.headline] == entry.get("headlines", [])


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["name"]) for entry in CORPUS["texts"]])
def test_read_document_keeps_places(entry: dict[str, Any]) -> None:
    document = read_document(Report(id="corpus", text=entry["text"]))
    assert len(document.text) == len(entry["text"])
    for sentence in document.sentences:
        assert document.text[sentence.start : sentence.end] == sentence.text


def test_read_document_counts_paragraphs() -> None:
    document = read_document(Report(id="corpus", text="One died.\n\nTwo fled. Three stayed.\n\nFour left."))
    assert [sentence.paragraph for sentence in document.sentences] == [0, 1, 1, 2]


@pytest.mark.parametrize("unit", [pytest.param(unit, id=name) for name, unit in GARBAGE.items()])
def test_read_document_is_quick_with_garbage(unit: str) -> None:
    text = (unit * (200_000 // len(unit) + 1))[:200_000]
    start = time.perf_counter()
    document = read_document(Report(id="garbage", text=text))
    # A fifth of a megabyte: a pattern that runs away takes minutes, a shared machine a moment.
    assert time.perf_counter() - start < 2
    assert all(len(sentence.text) <= LONGEST for sentence in document.sentences)
