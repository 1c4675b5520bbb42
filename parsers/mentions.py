"""The places that a report names: which place each name means, what it is in its sentence, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import regex

from parsers.gazetteers import Level, Place, find_country
from parsers.homonyms import choose, is_accepted, is_ordinary, is_unmistakable, read_context
from parsers.parents import Names, find_elsewhere, find_unlisted_place, may_be_meant
from parsers.patterns import compile_late
from parsers.records import Document, Sentence, Span
from parsers.scenes import Role, is_led, is_state, read_role
from parsers.tables import load_section
from parsers.toponyms import Toponym, find_toponyms
from parsers.tries import compile_lists

TITLE = -1
"""The sentence index of a place that only the report's title names; its span counts characters of the title."""
WORLD = "World"
"""The place of what was counted in all countries."""
COUNTRY = "country"
ROLES_BACKWARD = (
    frozenset({Role.SCENE, Role.ORIGIN, Role.DESTINATION, Role.MENTION, Role.DATELINE}),
    frozenset({Role.SUBJECT, Role.OFFICE, Role.PEOPLE}),
)
ADVERBS = frozenset({"there", "here"})
LONE = frozenset({Role.MENTION, Role.OFFICE, Role.SUBJECT})
LED = frozenset({Role.SCENE, Role.ORIGIN, Role.DESTINATION})
BACKWARD = r"""
    (?<!\p{L}|parts\ of\ |rest\ of\ |elsewhere\ in\ )
    (?: (?i:the|that|this|these)\ (?:\p{Ll}+-held\ |besieged\ |same\ |entire\ |whole\ )?
        (?<noun>\L<nouns>)(?!\ of\b|'s|\ [\p{Lu}\d])
      | (?<adverb>(?i:there|here))
        (?!\ (?:is|are|was|were|has|have|had|been|be|will|could|may|might|would|should|can|remain|remains)\b)
      | (?<everywhere>(?i:\L<everywhere>))
      | (?<worldwide>(?i:\L<worldwide>))
      | (?<=\ \L<over>\ ) (?<several>(?:\d++|\L<numbers>|\L<several>)\ (?:\p{L}++\ )??\L<countries>)
    )
    (?!\p{L})
"""
"""Words that stand for a place named before; "there are" does not."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place as a report names it: where, which place, what it is in its sentence, and the rule that says so."""

    sentence: int
    span: Span
    name: str
    admin1: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    level: Level
    role: Role
    rule: str
    population: int = 0


@cache
def _backward() -> tuple[regex.Pattern[str], dict[str, list[str]]]:
    section = load_section("en", "places")
    levels = dict(section.mapping("backward"))
    nouns = [word for word in levels if word not in ADVERBS]
    cued = {name: section.words(name) for name in ("everywhere", "worldwide", "countries")}
    cues = frozenset(nouns).union(ADVERBS, *cued.values())
    lists: dict[str, Any] = cued | {name: section.words(name) for name in ("over", "several")}
    lists["numbers"] = load_section("en", "sources").words("numbers")
    pattern = compile_late(lambda: compile_lists(BACKWARD, regex.X, nouns=nouns, **lists), lambda: cues)
    return pattern, levels


def _mention(toponym: Toponym, place: Place, role: Role, offset: int) -> PlaceMention:
    span = (toponym.start + offset, toponym.end + offset)
    name, level, rule = place.name, place.level, f"{role.value}: {toponym.name} as {place.level.value}"
    admin1, latitude, longitude = place.admin1, place.latitude, place.longitude
    if toponym.direction and level is Level.COUNTRY:
        name, level, rule = f"{toponym.direction} {name}", Level.REGION, f"{role.value}: part of a country"
    fields = (span, name, admin1, place.country, latitude, longitude, level, role, rule, place.population)
    return PlaceMention(toponym.sentence, *fields)


def _find_texts(document: Document) -> Iterator[tuple[int, Sentence]]:
    title = document.report.title
    if title and title not in document.text:
        yield TITLE, Sentence(title, 0, TITLE, headline=True)
    yield from enumerate(document.sentences)


def _last(before: Sequence[PlaceMention], levels: Sequence[str]) -> PlaceMention | None:
    """Return the last place of a level, where things happened rather than whose; of one sentence the finest."""
    for roles in ROLES_BACKWARD:
        named = [mention for mention in before if mention.level in levels and mention.role in roles]
        if named:
            latest = [mention for mention in named if mention.sentence == named[-1].sentence]
            return min(reversed(latest), key=lambda mention: levels.index(mention.level))
    return None


def _find_backward(sentence: Sentence, index: int, named: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """Yield what "the region", "the city" and "there" mean: the last place of that level named before."""
    pattern, levels = _backward()
    for m in pattern.finditer(sentence.text):
        start, end = sentence.start + m.start(), sentence.start + m.end()
        if m["worldwide"] or m["several"]:
            rule = f"'{m[0]}' is in no one country"
            name = m["several"] or WORLD
            yield PlaceMention(index, (start, end), name, None, None, None, None, Level.REGION, Role.SCENE, rule)
            continue
        word = (m["noun"] or m["adverb"] or COUNTRY).lower()
        before = [mention for mention in named if mention.sentence >= 0 and mention.span[1] <= start]
        last = _last(before, levels[word])
        rule = f"'{m[0]}' goes back to {last.name}" if last else ""
        if last is None and word == COUNTRY and (last := _find_country_around(named)):
            rule = f"'{m[0]}' is {last.name}, which the report names most"
        if last:
            yield replace(last, sentence=index, span=(start, end), role=Role.SCENE, rule=rule)


def _find_country_around(named: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the country that most places of a report lie in, as a place of its own."""
    counts = Counter(m.country for m in named if m.country and m.role not in {Role.SPEAKER, Role.NEIGHBOUR})
    code = next((code for code, _ in counts.most_common(1)), None)
    country = find_country(code) if code else None
    if country is None:
        return None
    fields = (country.name, None, country.country, country.latitude, country.longitude, country.level)
    return PlaceMention(0, (0, 0), *fields, Role.SCENE, "the report's country")


def _resolve(names: Names, sentences: dict[int, Sentence]) -> Iterator[PlaceMention]:
    previous: tuple[Toponym, Role] | None = None
    for number, toponym in enumerate(names.toponyms):
        role = read_role(toponym, previous, names.texts[toponym.sentence])
        if place := _find_meant(number, role, names):
            if toponym.embedded and place.level is Level.COUNTRY:
                role = Role.OFFICE
            if role is Role.OFFICE and is_state(toponym, place):
                place = find_country(place.country or "") or place
            yield _mention(toponym, place, role, sentences[toponym.sentence].start)
            previous = (toponym, role)


def _find_lone(names: Names, sentences: dict[int, Sentence], speakers: frozenset[str]) -> Iterator[PlaceMention]:
    """Yield the places of a report that names none with certainty: what only one country has, and nobody's name."""
    for number, toponym in enumerate(names.toponyms):
        role = read_role(toponym, None, names.texts[toponym.sentence])
        place = (
            choose(number, toponym, names.context) if role in LONE and toponym.name.lower() not in speakers else None
        )
        if place and is_unmistakable(toponym, place, names.context):
            yield _mention(toponym, place, role, sentences[toponym.sentence].start)


def _find_meant(number: int, role: Role, names: Names) -> Place | None:
    """Return the place that a name means, one that no gazetteer has among them; None where it is no place."""
    toponym, context = names.toponyms[number], names.context
    if toponym.demonym:
        return find_country(toponym.demonym)
    place = choose(number, toponym, context)
    if place is None:
        return find_unlisted_place(number, names)
    explicit = number in context.explicit
    if not explicit and role in LED and (other := find_elsewhere(place, number, names)):
        return other
    if is_accepted(toponym, place, context, led=is_led(toponym, role), explicit=explicit):
        return place
    may_be = role in LED and not is_ordinary(toponym) and may_be_meant(toponym, context)
    return find_unlisted_place(number, names) if may_be else None


def find_places(
    document: Document, homes: Mapping[str, float] | None = None, speakers: frozenset[str] = frozenset()
) -> list[PlaceMention]:
    """Find the places that a document names, in text order, those of its title first.

    ``homes`` weighs the countries of the report's claimants, as evidence of which places are meant; ``speakers`` are
    the names, in lower case, of those who are claimants by their name alone, and rather people than small towns.

    >>> from parsers.sentences import read_document
    >>> from reports.records import Report
    >>> text = "Speaking in Geneva, he said that 26 people had been killed in Taiz."
    >>> [(mention.name, mention.role.value) for mention in find_places(read_document(Report(id="r", text=text)))]
    [('Geneva', 'speaker'), ('Taiz', 'scene')]
    """
    sentences = dict(_find_texts(document))
    toponyms = [toponym for index, sentence in sentences.items() for toponym in find_toponyms(index, sentence)]
    texts = {index: sentence.text for index, sentence in sentences.items()}
    names = Names(toponyms, texts, read_context(toponyms, texts, homes or {}, speakers))
    named = list(_resolve(names, sentences))
    if not any(mention.country and mention.role is not Role.PEOPLE for mention in named):
        named = sorted([*named, *_find_lone(names, sentences, speakers)], key=lambda m: (m.sentence, m.span))
    found = list(named)
    for index, sentence in sentences.items():
        if index >= 0:
            found.extend(_find_backward(sentence, index, named))
    return sorted(found, key=lambda mention: (mention.sentence, mention.span))
