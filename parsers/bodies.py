"""The bodies that people serve: whose staff are aid workers, and whose members fight."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import regex

from parsers.claimants import find_namings
from parsers.inflections import plural
from parsers.records import Evidence, Reading
from parsers.tables import load_section
from parsers.tries import compile_lists


class Body(NamedTuple):
    """The body that a phrase names: the group of those who serve it, and the words of the phrase without its name."""

    group: str
    others: str


def find_body(words: str, language: str = "en") -> Body | None:
    """Return the body of a phrase that counts people who serve it, or None.

    >>> find_body("three employees of the Norwegian Refugee Council")
    Body(group='aid workers', others='three employees of the ')
    >>> find_body("two staff of a national NGO")
    Body(group='aid workers', others='two staff of a national ')
    >>> find_body("three people near a WFP office") is None
    True
    """
    if _serving(language).isdisjoint(words.lower().split()):
        return None
    groups = load_section(language, "bodies").mapping("groups")
    for naming in find_namings(words):
        kinds = {claimant.kind.value for claimant in naming.claimants}
        if len(kinds) == 1 and (group := groups.get(kinds.pop())):
            return Body(group, words[: naming.start] + words[naming.end :])
    unnamed = _unnamed(language).search(words)
    kind = next((kind for kind, phrase in unnamed.groupdict().items() if phrase), None) if unnamed else None
    return Body(groups[kind], words[: unnamed.start()] + words[unnamed.end() :]) if unnamed and kind else None


def name_staff(readings: Iterable[Reading], language: str) -> Iterator[Reading]:
    """Yield readings with the group of staff whose body was named before: "two NGO staff and two male staff"."""
    staff = load_section(language, "bodies").words("staff")
    groups = frozenset(load_section(language, "bodies").mapping("groups").values())
    named: str | None = None
    for reading in readings:
        figure = reading.figure
        if staff.isdisjoint((figure.group_text or "").lower().split()):
            yield reading
        elif figure.group is None and named:
            yield reading.with_field(Evidence("group", figure.span, f"staff, as the {named} before"), group=named)
        else:
            named = figure.group if figure.group in groups else named
            yield reading


@cache
def _unnamed(language: str) -> regex.Pattern[str]:
    """Return what finds a body without a name, "an NGO", in a group of its kind."""
    section = load_section(language, "bodies.unnamed")
    kinds = "|".join(rf"(?P<{kind}>\L<{kind}>)" for kind in section.content)
    lists = {kind: section.words(kind) for kind in section.content}
    return compile_lists(rf"(?<![\w-])(?:{kinds})(?![\w-])", regex.IGNORECASE, **lists)


@cache
def _serving(language: str) -> frozenset[str]:
    """Return the nouns for those who serve a body, in both numbers."""
    serving, plurals = load_section(language, "bodies").words("serving"), load_section(language, "people.plural")
    return serving | {plural(word, plurals.content) for word in serving}
