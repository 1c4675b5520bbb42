"""The corpus of numbers: each phrase means what stands above it, and in each sentence the numbers are found."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import regex

from benchmarks.texts import read_reports
from parsers import amounts
from parsers.amounts import find_amounts, load_grammar
from parsers.quantities import find_quantities
from parsers.records import Qualifier, Quantity, Sentence
from parsers.sentences import read_document
from reports.records import Report

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "en" / "quantities.toml").read_text(encoding="utf-8"))
PLAIN = {None: Qualifier.EXACT, "high": Qualifier.AT_LEAST, "low": Qualifier.AT_MOST, "both": Qualifier.ABOUT}


def read(text: str) -> list[Quantity]:
    document = read_document(Report(id="corpus", text=text))
    return [quantity for sentence in document.sentences for quantity in find_quantities(sentence)]


PHRASES = [pytest.param(text, meaning, id=text) for meaning in CORPUS["means"] for text in meaning["text"]]


def bounds(meaning: dict[str, Any]) -> tuple[int | None, int | None, int | None, Qualifier]:
    """Value, low, high and qualifier of a corpus entry."""
    value, side = meaning.get("value"), meaning.get("open")
    low = meaning.get("low", None if side in {"low", "both"} else value)
    high = meaning.get("high", None if side in {"high", "both"} else value)
    plain = PLAIN[side] if value is not None or side else Qualifier.RANGE
    return value, low, high, Qualifier.VAGUE if meaning.get("vague") else Qualifier(meaning.get("qualifier", plain))


@pytest.mark.parametrize(("text", "meaning"), PHRASES)
def test_find_quantities_reads_a_phrase(text: str, meaning: dict[str, Any]) -> None:
    found = read(text)
    if not meaning.keys() & {"value", "low", "high"}:
        assert found == []
        return
    assert [(q.phrase_start, q.phrase_end) for q in found] == [(0, len(text))]
    assert (found[0].value, found[0].low, found[0].high, found[0].qualifier) == bounds(meaning)


@pytest.mark.parametrize(
    ("text", "finds"), [pytest.param(entry["text"], entry["finds"], id=entry["text"]) for entry in CORPUS["sentences"]]
)
def test_find_quantities_in_a_sentence(text: str, finds: list[str]) -> None:
    assert [text[q.phrase_start : q.phrase_end] for q in read(text)] == finds


def test_corpus_is_large_enough() -> None:
    assert sum(len(meaning["text"]) for meaning in CORPUS["means"]) >= 500


def test_find_quantities_spans_the_bare_number() -> None:
    sentence = Sentence("Police found at least 17 bodies.", start=100, paragraph=0)
    (quantity,) = find_quantities(sentence)
    assert (quantity.start, quantity.end, quantity.phrase_start, quantity.phrase_end) == (122, 124, 113, 124)
    assert quantity.rule == "<hedge> <number>"


@pytest.mark.parametrize(
    "unit", ["1 ", "1, ", "one ", "(1) ", "1-2 ", "$", "a few ", "between 1 and ", "1,000", "about "]
)
def test_find_quantities_is_quick_with_garbage(unit: str) -> None:
    text = unit * (2_000 // len(unit))
    assert len(find_quantities(Sentence(text, start=0, paragraph=0))) < 200


def test_numbers_before_a_plain_word_are_what_all_rules_make_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [sentence.text for report in read_reports() for sentence in read_document(report).sentences]
    texts += [text for meaning in CORPUS["means"] for text in meaning["text"]]
    shortly = [list(find_amounts(f"{text} people", "en")) for text in texts]
    never = replace(load_grammar("en"), plain=regex.compile("(?!)"))
    monkeypatch.setattr(amounts, "load_grammar", lambda _: never)
    assert [list(find_amounts(f"{text} people", "en")) for text in texts] == shortly
