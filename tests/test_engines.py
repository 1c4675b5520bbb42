"""Engines: both find the same in plain texts, and what the library's cannot read is read by the other."""

import re

import pytest
import regex

from parsers.engines import compile_either

TEXT = "Nine miners died in Sidi Bou; U.N. said [9] were hurt, 12 'missing'"


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b\p{Lu}[\p{L}\p{M}'.-]*+",
        r"(?<number>\d++)\s(?<!\w)?",
        r"[^\p{Lu}\s]++",
        r"[][]\d",
        r"(?-i:\p{Lu})\p{Ll}+",
        r"\\?\p{L}++(?=\W)",
        r"(?<=(?:in|said)\s)\S+",
        r"(?r)\w+\s",
        r"(?:(?<one>Nine)|(?<one>12))",
    ],
)
@pytest.mark.parametrize("flags", [regex.X, regex.X | regex.I])
def test_compile_either_finds_what_regex_finds(pattern: str, flags: int) -> None:
    either, full = compile_either(pattern, flags), regex.compile(pattern, flags)
    for text in (TEXT, TEXT.replace("Sidi", "Šidi")):
        expected = [m.span() for m in full.finditer(text)]
        assert [m.span() for m in either.finditer(text)] == expected
        assert [m.span() for m in either.finditer(text, 5, 40)] == [m.span() for m in full.finditer(text, 5, 40)]
        assert expected


def test_compile_either_asks_the_library_for_plain_texts_only() -> None:
    pattern = compile_either(r"\p{Lu}\w+")
    assert isinstance(pattern.search("Nine died"), re.Match)
    assert not isinstance(pattern.search("Été: Nine died"), re.Match)
    assert pattern.sub("-", "Nine died") == "- died"
