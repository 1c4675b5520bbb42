"""Offices: the words by which offices, persons and countries are told in a speaker's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from parsers.claimants import Kind
from parsers.patterns import compile_late
from parsers.tables import load_rows, load_section

NAME = r"\p{Lu}[\p{L}\p{M}'.-]*+"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language by which speakers are told, and the patterns made of them."""

    back: frozenset[str]
    bodies: frozenset[str]
    seats: Mapping[str, str]
    kinds: Mapping[str, Kind | None]
    heads: frozenset[str]
    voices: frozenset[str]
    persons: frozenset[str]
    many: frozenset[str]
    others: frozenset[str]
    auxiliaries: frozenset[str]
    audience: frozenset[str]
    persons_heads: frozenset[str]
    strangers: frozenset[str]
    unspeaking: frozenset[str]
    countries: Mapping[str, str]
    office: regex.Pattern[str]
    person: regex.Pattern[str]
    country: regex.Pattern[str]
    country_before: regex.Pattern[str]
    country_after: regex.Pattern[str]
    name_before: regex.Pattern[str]
    apart: regex.Pattern[str]
    holder: regex.Pattern[str]


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
    }

    def compiled(pattern: str) -> regex.Pattern[str]:
        used = {name: words for name, words in lists.items() if rf"\L<{name}>" in pattern}
        return compile_late(lambda: regex.compile(pattern, regex.X, **used))

    return Words(
        section.words("back"),
        section.words("bodies"),
        dict(section.mapping("seats")),
        {**modifiers, **offices, **{word: kind for word, kind in modifiers.items() if kind}},
        frozenset(offices),
        section.words("voices"),
        section.words("persons"),
        section.words("many"),
        section.words("others"),
        section.words("auxiliaries"),
        section.words("channels"),
        section.words("roles") | section.words("voices"),
        section.words("strangers"),
        section.words("figures") | section.words("unspeaking"),
        countries,
        compiled(rf"""
            (?<![\p{{L}}'-])
            (?: (?! (?i:\L<strangers>)\b ) (?: (?i:\L<modifiers>)(?![\p{{L}}]) | {NAME} ) (?:'s?)? [\s-] ){{0,6}}
            (?P<head> (?i:\L<heads>) ) (?![\p{{L}}-]|'s\s)
            (?P<after> (?:\s{NAME}){{0,4}} (?: \s(?:of|in|at|for|from|with|inside|near|on|to|close\sto)\s [^\d]+ )? )
        """),
        compiled(rf"""
            (?: (?i:\L<people>)\.?\s )*+
            (?P<name>
              (?! (?i:\L<strangers>)\b ) {NAME}
              (?: [\s-] (?:al|el|bin|ibn|de|da|del|van|von|der|la) [\s-] | \s | - )?
              (?: {NAME} (?: \s (?:al|el|bin|ibn|de|da|van) (?=[\s-]) )? [\s-]? ){{0,4}}
            )
        """),
        compiled(r"(?<![\p{L}]) (?P<country>\L<countries>) (?![\p{L}])"),
        compiled(r"(?<![\p{L}]) (?i:(?P<country>\L<countries>)) (?:'s?)? \s $"),
        compiled(r"^ \s (?:of|in) \s (?:the\s)? (?i:(?P<country>\L<countries>)) (?![\p{L}])"),
        compiled(
            rf"(?P<name> (?: (?! (?i:\L<strangers>)\b ) (?<![\p{{L}}]) {NAME} \s ){{1,4}} (?:(?i:\L<modifiers>)\s)? ) $"
        ),
        compiled(r"(?: ^|\s ) (?: (?i:\L<apart>) ) (?:\s(?:the|a|an))? \s? $"),
        compiled(r"\s (?:to|of|for) \s (?P<the>the\s) $"),
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


def tell_kind(words: Words, m: regex.Match[str]) -> Kind | None:
    """Return the kind of an office by the words of its name."""
    before = m.string[m.start() : m.start("head")].lower()
    after = (m["after"] or "").lower()
    telling = [*before.replace("-", " ").split(), m["head"].lower(), *after.split()]
    return next((kind for word in telling if (kind := words.kinds.get(word.removesuffix("'s")))), None)
