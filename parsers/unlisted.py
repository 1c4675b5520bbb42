"""Names of places that no gazetteer has: villages and camps, told by the words that lead to them and follow them."""

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from parsers.names import Name, find_organisations
from parsers.tables import load_section

UNLISTED = r"""
    (?<!\w)(?i:\L<leads>)\ (?P<name>\p{Lu}[\p{Ll}'-]++(?:\ \p{Lu}[\p{Ll}'-]++){0,2}+)
    (?= [,.;:)"]?+\s*+\Z | [,.;)]\s | \ \L<follows>(?!\w) )
"""


@cache
def _pattern() -> tuple[regex.Pattern[str], frozenset[str]]:
    section = load_section("en", "places")
    leads, follows = section.words("unlisted_leads"), section.words("unlisted_follows")
    return regex.compile(UNLISTED, regex.X, leads=leads, follows=follows), section.words("never_unlisted")


def find_unlisted(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the names in a sentence that only its words show to be places, beside those that the gazetteer knows.

    >>> text = "Gunmen killed nine farmers at Dirri Kwatalo on Monday."
    >>> [text[slice(*name.span)] for name in find_unlisted(text, [])]
    ['Dirri Kwatalo']
    """
    pattern, _ = _pattern()
    taken = [*(name.span for name in names), *find_organisations(text)]
    for m in pattern.finditer(text):
        start, end = m.span("name")
        known = any(first < end and start < last for first, last in taken)
        if not known and may_be_place(m["name"]):
            yield Name((start, end), (), None, embedded=False)


def may_be_place(name: str) -> bool:
    """Say whether none of a name's words is a day's, a feast's or an office's.

    >>> may_be_place("Dirri Kwatalo"), may_be_place("Ramadan")
    (True, False)
    """
    _, never = _pattern()
    return never.isdisjoint(name.lower().split())
