"""Outlets: newspapers, stations and sites that were told, which pass on what the teller says."""

from dataclasses import dataclass
from functools import cache

import regex

from parsers.claimants import Kind
from parsers.hearings import Hearing, Speaker
from parsers.offices import NAME, read_kinds
from parsers.organisations import load_names
from parsers.records import Span
from parsers.tables import load_section
from parsers.tries import compile_lists


@dataclass(frozen=True, slots=True)
class Outlets:
    """The nouns of outlets ("broadcaster", "News"), and the pattern of a name with what describes it."""

    nouns: frozenset[str]
    name: regex.Pattern[str]


@cache
def load_outlets(language: str) -> Outlets:
    """Load the words of a language; raises TableError."""
    section = load_section(language, "sources")
    media = {word for word, kind in read_kinds(language, "offices").items() if kind is Kind.MEDIA}
    pattern = rf"""
        \W* (?: (?P<article> the|an?|our) \s )?
        (?P<kind> (?: [\p{{Ll}}-]+ \s ){{0,3}}+ )
        (?P<name> {NAME} (?: \s (?: \L<inside> \s ){{0,2}}+ {NAME} ){{0,4}}+ (?:\s\d{{1,2}})?+ ) \W*
    """
    return Outlets(
        frozenset(media) | section.words("outlets"), compile_lists(pattern, regex.X, inside=section.words("inside"))
    )


def find_outlet(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    """Return the outlet that a stretch behind "told" names, told by its noun or, without an article, its capitals.

    None for "the Security Council", which has a noun of another sort, and for one name alone, which may be a person's.
    """
    sentence = hearing.document.sentences[index]
    language = hearing.document.report.language
    outlets = load_outlets(language)
    m = outlets.name.fullmatch(sentence.text, *span)
    if m is None:
        return None
    words = [word.lower() for word in m["name"].split()]
    is_named_so = not outlets.nouns.isdisjoint([*m["kind"].split(), *words])
    if not is_named_so and (m["article"] or m["kind"] or len(words) == 1 or _is_otherwise(hearing, m["name"])):
        return None
    start, end = sentence.start + m.start("name"), sentence.start + m.start("name") + len(m["name"].rstrip(".'-"))
    text = hearing.document.report.text[start:end]
    return Speaker(start, end, " ".join(text.split()), text, Kind.MEDIA)


def _is_otherwise(hearing: Hearing, name: str) -> bool:
    """Tell that a name is a body's or a person's who holds an office: "President Ruto", "Human Rights Council"."""
    kinds = load_names(hearing.document.report.language).kinds
    words = {word.lower() for word in name.split()}
    known = words & kinds.keys() or words & hearing.words.persons_heads or words & hearing.words.countries.keys()
    return bool(known) or hearing.words.office.search(name) is not None or bool(words & hearing.words.titles)
