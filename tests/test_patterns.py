"""Late patterns: compiled once, when they are first used."""

import regex

from parsers.patterns import compile_late


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
