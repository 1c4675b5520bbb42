"""Late patterns: compiled once, when they are first used."""

import pytest
import regex

from parsers.patterns import WORD, compile_late, split_words


def test_compile_late_compiles_once_and_not_before_its_first_use() -> None:
    made: list[str] = []

    def make() -> "regex.Pattern[str]":
        made.append("digits")
        return regex.compile(r"[0-9]+")

    pattern = compile_late(make)
    assert made == []
    assert pattern.search("12 dead")
    assert pattern.match("30 hurt")
    assert not pattern.fullmatch("nobody")
    assert [m.group() for m in pattern.finditer("12 dead, 30 hurt")] == ["12", "30"]
    assert made == ["digits"]


@pytest.mark.parametrize(
    ("text", "bounds", "found"),
    [
        ("So far 12 have died.", (0, None), ["So far"]),
        ("Twelve have died, far too many, so they say.", (0, None), []),
        ("So far 12 have died.", (0, 2), []),
        ("Few died so far.", (4, 15), ["so far"]),
    ],
)
def test_compile_late_tries_a_pattern_only_where_all_words_of_a_cue_stand(
    text: str, bounds: tuple[int, int | None], found: list[str]
) -> None:
    pattern = compile_late(lambda: regex.compile(r"(?i:\bso far\b)"), lambda: ["so far", "to date"])
    start, end = bounds
    assert [m.group() for m in pattern.finditer(text, start, end)] == found
    assert bool(pattern.search(text, start, end)) is bool(found)


def test_compile_late_spares_a_pattern_without_its_cue() -> None:
    pattern = compile_late(lambda: regex.compile(r"[0-9]+"), lambda: ["so far"])
    assert pattern.search("12 dead") is None
    assert pattern.search("12 dead so far")


@pytest.mark.parametrize(
    "text",
    [
        "Cox's Bazar: 12,400 homes_lost (80 %), 5th week-end.",
        "Çok sayıda 12² ölü",
        "",
        "tab\tline\x1fend\x00nought",
    ],
)
def test_split_words_finds_what_the_pattern_finds(text: str) -> None:
    assert split_words(text) == WORD.findall(text)
