"""Offices: the words by which offices, persons and countries are told in a speaker's name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from parsers.claimants import Kind
from parsers.patterns import WORD, compile_late, words_in
from parsers.tables import load_rows, load_section
from parsers.tries import compile_lists

NAME = r"\p{Lu}[\p{L}\p{M}'.-]*+"
SURNAME = rf"(?:\L<articles>-|\L<particles>\s){{0,2}}+{NAME}"
"""A name behind a first name: al-Rashidi, de la Cruz."""
BASED = regex.compile(r"\p{Lu}[\p{L}'.]*(?:\s\p{Lu}[\p{L}'.]*){0,2}-based\s")
"""Where a body has its seat, which is no part of its name: "the Nairobi-based network"."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language by which speakers are told, and the patterns made of them."""

    back: frozenset[str]
    bodies: frozenset[str]
    seats: Mapping[str, str]
    kinds: Mapping[str, Kind | None]
    heads: frozenset[str]
    last_of_heads: frozenset[str]
    voices: frozenset[str]
    persons: frozenset[str]
    many: frozenset[str]
    titles: frozenset[str]
    subnational: frozenset[str]
    others: frozenset[str]
    auxiliaries: frozenset[str]
    audience: frozenset[str]
    persons_heads: frozenset[str]
    strangers: frozenset[str]
    unspeaking: frozenset[str]
    countries: Mapping[str, str]
    long_countries: Mapping[str, frozenset[str]]
    """Those of more than one word, or of other signs than letters, with their words."""
    office: regex.Pattern[str]
    person: regex.Pattern[str]
    country_before: regex.Pattern[str]
    country_after: regex.Pattern[str]
    name_before: regex.Pattern[str]
    apart: regex.Pattern[str]
    holder: regex.Pattern[str]
    full_name: regex.Pattern[str]


@cache
def load_words(language: str) -> Words:
    """Load the words of a language; raises TableError."""
    section = load_section(language, "sources")
    offices = read_kinds(language, "offices")
    modifiers = read_kinds(language, "modifiers")
    countries = _read_countries(language)
    lists: dict[str, Any] = {
        "heads": list(offices),
        "modifiers": [*offices, *modifiers, *countries],
        "strangers": section.words("strangers"),
        "countries": list(countries),
        "people": section.words("roles") | section.words("titles"),
        "apart": section.words("apart"),
        "articles": load_section(language, "places").words("articles"),
        "particles": section.words("particles"),
    }

    def compiled(pattern: str, cues: str = "") -> regex.Pattern[str]:
        return compile_late(lambda: compile_lists(pattern, regex.X, **lists), (lambda: lists[cues]) if cues else None)

    return Words(
        section.words("back"),
        section.words("bodies"),
        dict(section.mapping("seats")),
        {**modifiers, **offices, **{word: kind for word, kind in modifiers.items() if kind}},
        frozenset(offices),
        frozenset(WORD.findall(office)[-1] for office in offices),
        section.words("voices"),
        section.words("persons"),
        section.words("many"),
        section.words("titles"),
        section.words("subnational"),
        section.words("others"),
        section.words("auxiliaries"),
        section.words("channels"),
        section.words("roles") | section.words("voices"),
        section.words("strangers"),
        section.words("figures") | section.words("unspeaking"),
        countries,
        {phrase: frozenset(WORD.findall(phrase)) for phrase in countries if not phrase.isalpha()},
        compiled(
            rf"""
            (?<![\p{{L}}'-])
            (?: (?! (?i:\L<strangers>)\b ) (?: (?i:\L<modifiers>)(?![\p{{L}}]) | {NAME} ) (?:'s?)? [\s-] ){{0,6}}
            (?P<head> (?i:\L<heads>) ) (?![\p{{L}}-]|'s\s)
            (?P<after> (?:\s{SURNAME}){{0,4}} (?: \s(?:of|in|at|for|from|with|inside|near|on|to|close\sto)\s [^\d]+ )? )
        """,
            cues="heads",
        ),
        compiled(rf"""
            (?: (?i:\L<people>)\.?\s )*+
            (?P<name>
              (?! (?i:\L<strangers>)\b ) {NAME}
              (?: [\s-] \L<particles> [\s-] | \s | - )?
              (?: {NAME} (?: \s \L<particles> (?=[\s-]) )? [\s-]? ){{0,4}}
            )
        """),
        compiled(r"(?<![\p{L}]) (?i:(?P<country>\L<countries>)) (?:'s?)? \s $"),
        compiled(r"^ \s (?:of|in) \s (?:the\s)? (?i:(?P<country>\L<countries>)) (?![\p{L}])"),
        compiled(
            rf"(?P<name> (?: (?! (?i:\L<strangers>)\b ) (?<![\p{{L}}]) {NAME} \s ){{1,4}} (?:(?i:\L<modifiers>)\s)? ) $"
        ),
        compiled(r"(?: ^|\s ) (?: (?i:\L<apart>) ) (?:\s(?:the|a|an))? \s? $"),
        compiled(r"\s (?:to|of|for) \s (?P<the>the\s) $"),
        compiled(rf"(?:\s{SURNAME})*\s(?P<last>{SURNAME})"),
    )


def read_kinds(language: str, table: str) -> dict[str, Kind | None]:
    """Return the words of a table by kind, None for those of no kind that claimants have; raises TableError."""
    section = load_section(language, f"sources.{table}")
    for key in section.content:
        if key not in {*Kind, "other"}:
            raise section.refuse(key, f"is none of {', '.join(Kind)}, other; use one of them")
    return {
        phrase: None if key == "other" else Kind(key)
        for key in section.content
        for phrase in sorted(section.words(key))
    }


def _read_countries(language: str) -> dict[str, str]:
    section = load_section(language, "sources.countries")
    countries = {phrase: code for code in section.content for phrase in section.words(code)}
    demonyms = {row["demonym"].lower(): row["country"] for row in load_rows("demonyms", ("demonym", "country"))}
    return demonyms | countries


def find_countries(words: Words, text: str) -> Iterator[str]:
    """Yield the codes of the countries that a text in lower case names or hints at, in its order; of two the longer.

    >>> list(find_countries(load_words("en"), "syrians fled to turkey"))
    ['SYR', 'TUR']
    """
    here = words_in(text)
    long = (phrase for phrase, needed in words.long_countries.items() if needed <= here)
    phrases = [*(here & words.countries.keys()), *long]
    named = sorted((start, -len(phrase), phrase) for phrase in phrases for start in _find_all(phrase, text))
    position = 0
    for start, length, phrase in named:
        if start >= position:
            position = start - length
            yield words.countries[phrase]


def _find_all(phrase: str, text: str) -> Iterator[int]:
    """Yield where a phrase starts that no letter touches."""
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha():
            yield start
        start = text.find(phrase, start + 1)


def tell_kind(words: Words, m: regex.Match[str]) -> Kind | None:
    """Return the kind of an office by the words of its name."""
    before = m.string[m.start() : m.start("head")].lower()
    after = (m["after"] or "").lower()
    telling = [*before.replace("-", " ").split(), m["head"].lower(), *after.split()]
    return next((kind for word in telling if (kind := words.kinds.get(word.removesuffix("'s")))), None)
