"""Numerals: whole numbers as they are written, in digits, in words or in both."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import regex

from parsers.patterns import compile_late
from parsers.tables import Section, load_section
from parsers.tries import compile_lists

DIGITS = r"""
(?:
    \d{1,3}(?:,\d{3})++ (?:\.\d{1,2}(?!\d))?+ (?![\d]|,\d)      # 1,204,000
  | \d{1,2}(?:,\d{2})++,\d{3} (?![\d]|,\d)                      # 12,04,000, as in India
  | \d{1,3},\ 000 (?![\d]|,\d)                                 # 61, 000, as torn files have it
  | \d{1,3}(?:\ \d{3})++ (?!\d|[ ,.'/:-]\d)                     # 1 204 000
  | \d{1,3}(?:'\d{3})++ (?!\d|'\d)                              # 1'204'000
  | \d{1,3}(?:\.\d{3}){2,}+ (?!\d|\.\d)                         # 1.204.000
  | \d++(?:[.,]\d++)*+                                          # 1204, 1.5, 1,5
)
"""
TEN = 10
SMALL = r"(?:\L<tens>(?:[\s-]++\L<ones>)?+\b|\L<ones>\b)"
HUNDREDS = rf"(?:(?:{SMALL}|\L<articles>)(?:[\s-]++\L<hundred>\b(?:(?:\s++\L<and>)?+[\s-]++{SMALL})?+)|{SMALL})"
AND_A_HALF = r"\s\L<and>\s\L<articles>\s\L<half>\b"


def _scale(name: str) -> str:
    """Return a scale with what may go on behind it, where no scale stands twice: "two million 300 thousand"."""
    return rf"""
    (?<{name}>\L<scales>)\b
    (?: \s++ (?:\L<and>\s++)?+ (?:{DIGITS}[\s-]?+|{HUNDREDS}[\s-]++) (?!(?P={name})\b) \L<scales>\b )*+
    (?: \s++ (?:\L<and>\s++)?+ {HUNDREDS} | {AND_A_HALF} )?+
    """


NUMBER = rf"""
(?>
    {DIGITS} (?: \L<suffixes>\b | [\s-]?+{_scale("of_digits")} | {AND_A_HALF}\s\L<scales>\b )?+
  | {HUNDREDS} (?: [\s-]{_scale("of_words")} | {AND_A_HALF}\s\L<scales>\b
                 | [\s-]\L<quarters>\s\L<of>\s\L<articles>\s\L<scales>\b )?+
  | (?:\L<articles>\s)?+ (?: \L<half>[\s-](?:\L<articles>[\s-])?+ | \L<quarters>\s\L<of>\s\L<articles>\s )
    \L<scales>\b
  | \L<articles>\s++{_scale("of_article")}
)
"""
"""A number as a fragment of a verbose pattern, to be compiled with the lists of ``Numerals.lists``."""

TOKEN = regex.compile(r"\d(?:[\d,.']|\ (?=\d))*+|\p{L}++")
PLAIN = regex.compile(r"\d++|\d{1,3}(?:,\d{3})++")
POINTED_GROUPS = regex.compile(r"\d{1,3}(?:\.\d{3}){2,}")
COMMA_GROUPS = regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}")


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of one language, each with its value."""

    ones: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    lists: Mapping[str, frozenset[str]]

    @property
    def multipliers(self) -> dict[str, int]:
        """All words that multiply what stands before them."""
        return {**self.scales, **self.suffixes}


def compile_pattern(pattern: str, lists: Mapping[str, frozenset[str]]) -> regex.Pattern[str]:
    """Compile a verbose pattern that ignores case, with the word lists that it names."""
    flags = regex.X | regex.I
    return compile_late(lambda: compile_lists(pattern, flags, **lists))


def _values(section: Section, key: str) -> Mapping[str, int]:
    values = section.mapping(key)
    for word, value in values.items():
        if not isinstance(value, int):
            raise section.refuse(f"{key}.{word}", "must be a whole number")
    return values


@cache
def load_numerals(language: str) -> Numerals:
    """Load the number words of a language; raises TableError."""
    section = load_section(language, "quantities")
    ones, tens, scales, suffixes = (_values(section, key) for key in ("ones", "tens", "scales", "suffixes"))
    words = {key: section.words(key) for key in ("articles", "and", "of", "half", "quarters")}
    # Old wire copy writes "thirtythree" as one word.
    glued = {f"{ten}{one}": tens[ten] + ones[one] for ten in tens for one in ones if 0 < ones[one] < TEN}
    ones = {**ones, **glued}
    numbers = {"ones": ones, "tens": tens, "scales": scales, "suffixes": suffixes}
    hundred = frozenset(word for word, value in scales.items() if value == 100)  # noqa: PLR2004 (one hundred)
    lists = {**words, **{key: frozenset(values) for key, values in numbers.items()}, "hundred": hundred}
    return Numerals(ones, tens, scales, suffixes, lists)


def _read_digits(written: str) -> Fraction:
    if written.isdecimal():
        return Fraction(int(written))
    written = written.replace(", 000", ",000")
    if COMMA_GROUPS.fullmatch(written):
        return Fraction(written.replace(",", ""))
    if POINTED_GROUPS.fullmatch(written):
        return Fraction(written.replace(".", ""))
    return Fraction(written.replace(" ", "").replace("'", "").replace(",", "."))


def read_number(written: str, numerals: Numerals) -> int | None:
    """Return the whole number that the words and digits mean, None where they mean a part of one or none.

    >>> numerals = load_numerals("en")
    >>> [read_number(words, numerals) for words in ("two hundred and five", "1.5 lakh", "half a million", "7.62")]
    [205, 150000, 500000, None]
    """
    written = written.strip(" .,'")
    if (plain := PLAIN.fullmatch(written)) is not None:
        return int(plain.group().replace(",", ""))
    try:
        value = _add_up(written.lower(), numerals)
    except ValueError:
        return None
    return int(value) if value.denominator == 1 else None


def _add_up(written: str, numerals: Numerals) -> Fraction:
    """Add up the words from left to right: a scale multiplies what has gathered since the last one."""
    tokens = TOKEN.findall(written)
    total, gathered, scale = Fraction(0), Fraction(0), 0
    lists, multipliers = numerals.lists, numerals.multipliers
    for token in tokens:
        if token[0].isdecimal():
            gathered += _read_digits(token.rstrip(".,' "))
        elif token in lists["hundred"]:
            gathered = (gathered or Fraction(1)) * multipliers[token]
        elif token in multipliers:
            scale = multipliers[token]
            total, gathered = total + (gathered or Fraction(1)) * scale, Fraction(0)
        elif token in lists["half"]:
            # "a million and a half": half of what was named last.
            gathered += Fraction(scale or 1, 2)
        elif token in lists["quarters"]:
            gathered = (gathered or Fraction(1)) / 4
        else:
            gathered += numerals.ones.get(token, 0) or numerals.tens.get(token, 0)
    return total + gathered
