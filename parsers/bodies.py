"""The bodies that people serve: whose staff are aid workers, and whose members fight."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import regex

from parsers.claimants import find_namings
from parsers.inflections import plural
from parsers.records import Evidence, Reading
from parsers.tables import load_section
from parsers.tries import compile_lists

NAMED_WITHIN = 80
"""Characters behind "employed by" that hold the name of a body."""
ARTICLE = len("the ")


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
    groups = _groups(language)
    for naming in find_namings(words):
        kinds = {claimant.kind.value for claimant in naming.claimants}
        if len(kinds) == 1 and (group := groups.get(kinds.pop())):
            return Body(group, words[: naming.start] + words[naming.end :])
    unnamed = _unnamed(language).search(words)
    kind = next((kind for kind, phrase in unnamed.groupdict().items() if phrase), None) if unnamed else None
    return Body(groups[kind], words[: unnamed.start()] + words[unnamed.end() :]) if unnamed and kind else None


def name_staff(readings: Iterable[Reading], language: str, text: str = "") -> Iterator[Reading]:
    """Yield readings with the group of staff whose body was named before: "two NGO staff and two male staff".

    In the ``text`` of the report the body may also stand behind its staff: "a driver employed by the WFP".
    """
    staff, groups = _staff(language), frozenset(_groups(language).values())
    named: str | None = None
    for reading in readings:
        figure = reading.figure
        if staff.isdisjoint((figure.group_text or "").lower().split()):
            group = None if figure.group else _find_employer(reading, language, text)
            yield (
                reading.with_field(Evidence("group", reading.trigger, "whom they work for"), group=group)
                if group
                else reading
            )
        elif figure.group is None and named:
            yield reading.with_field(Evidence("group", figure.span, f"staff, as the {named} before"), group=named)
        else:
            named = figure.group if figure.group in groups else named
            yield reading


def _find_employer(reading: Reading, language: str, text: str) -> str | None:
    """Return the group of those who serve the body named right behind them: "a driver employed by the WFP"."""
    if _serving(language).isdisjoint((reading.figure.group_text or "").lower().split()):
        return None
    start = next((one.span[1] for one in reading.evidence if one.field == "group" and one.span), 0)
    m = _employed(language).match(text, start)
    rest = text[m.end() : m.end() + NAMED_WITHIN] if m else ""
    groups = _groups(language)
    named = (naming for naming in find_namings(rest) if naming.start <= ARTICLE)
    kinds = {claimant.kind.value for naming in named for claimant in naming.claimants}
    return groups.get(kinds.pop()) if len(kinds) == 1 else None


@cache
def _employed(language: str) -> regex.Pattern[str]:
    """Return what stands between staff and their body: "a driver employed by the WFP"."""
    employed = load_section(language, "bodies").words("employed")
    return compile_lists(r",?+\ (?:\p{L}++\ )?\L<employed>\ ", regex.IGNORECASE, employed=employed)


@cache
def _groups(language: str) -> Mapping[str, str]:
    """Return the group of those who serve a body of a kind."""
    return dict(load_section(language, "bodies").mapping("groups"))


@cache
def _staff(language: str) -> frozenset[str]:
    return load_section(language, "bodies").words("staff")


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
