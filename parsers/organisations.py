"""Organisations that the table does not list, told by the words of their names: "the Kasai Women's Network"."""

from dataclasses import dataclass
from functools import cache

import regex

from parsers.claimants import Kind
from parsers.hearings import Hearing, Speaker
from parsers.offices import BASED, NAME, read_kinds, tell_kind
from parsers.records import Span
from parsers.tables import load_section
from parsers.tries import compile_lists

FARTHEST = 4
"""So many words before an office still belong to it: "a national cattle breeders' leader"."""


@dataclass(frozen=True, slots=True)
class Names:
    """The patterns by which organisations and the beginnings of offices are told, and the kind of each noun."""

    organisation: regex.Pattern[str]
    beginning: regex.Pattern[str]
    kinds: dict[str, Kind | None]


@cache
def load_names(language: str) -> Names:
    """Load the words of a language; raises TableError."""
    section = load_section(language, "sources")
    kinds = read_kinds(language, "organisations")
    boundaries = section.words("strangers") | section.words("clauses") | section.words("apart")
    boundaries -= section.words("recent")
    return Names(
        compile_lists(
            rf"""
            (?<![\p{{L}}'-]) (?! (?i:\L<strangers>)\b )
            (?P<name> {NAME} (?: (?: \s \L<inside> ){{0,2}}+ [\s-] {NAME} ){{1,8}}+ )
            """,
            regex.X,
            strangers=section.words("strangers"),
            inside=section.words("inside"),
        ),
        compile_lists(
            rf"""
            (?: ^ | (?<![\p{{L}}'-]) (?i:\L<boundaries>) \s ) (?: (?i:\L<owners>) \s )?
            (?P<words> (?: (?! (?i:\L<boundaries>|\L<owners>) \s ) \p{{L}}[\p{{L}}\p{{M}}'-]*+ \s ){{0,{FARTHEST}}}+ ) $
            """,
            regex.X,
            boundaries=(section.words("strangers") | section.words("clauses") | section.words("apart"))
            - section.words("recent"),
            owners=section.words("owners"),
        ),
        kinds,
    )


def find_organisation(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    """Return the organisation that a stretch names in capitals by a noun of the table, or None."""
    sentence = hearing.document.sentences[index]
    names = load_names(hearing.document.report.language)
    for m in names.organisation.finditer(sentence.text, *span):
        words = [word.lower().removesuffix("'s") for word in m["name"].split()]
        noun = next((word for word in reversed(words) if word in names.kinds), None)
        if noun:
            seat = BASED.match(sentence.text, m.start(), m.end())
            start = sentence.start + (seat.end() if seat else m.start())
            end = sentence.start + m.end() - 2 * m["name"].endswith("'s")
            text = hearing.document.report.text[start:end]
            office = hearing.words.office.search(m["name"])
            kind = names.kinds[noun] or (tell_kind(hearing.words, office) if office else None)
            return Speaker(start, end, " ".join(text.split()), text, kind)
    return None


def find_beginning(hearing: Hearing, index: int, start: int, office: int) -> int:
    """Return where the words of an office begin that stands at ``office``: "student" of "a student leader"."""
    text = hearing.document.sentences[index].text[start:office]
    m = load_names(hearing.document.report.language).beginning.search(text)
    return start + m.start("words") if m else office
