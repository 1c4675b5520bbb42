"""The places that a report names: which place each name means, what it is in its sentence, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from parsers.gazetteers import Level, Place, find_country
from parsers.homonyms import Context, choose, is_accepted, is_foreign, read_context
from parsers.records import Document, Sentence, Span
from parsers.scenes import Role, is_led, read_role
from parsers.tables import load_section
from parsers.toponyms import Toponym, find_toponyms
from parsers.unlisted import may_be_place

TITLE = -1
"""The sentence index of a place that only the report's title names; its span counts characters of the title."""
ROLES_BACKWARD = (
    frozenset({Role.SCENE, Role.ORIGIN, Role.DESTINATION, Role.MENTION, Role.DATELINE}),
    frozenset({Role.SUBJECT, Role.OFFICE, Role.PEOPLE}),
)
LED = frozenset({Role.SCENE, Role.ORIGIN, Role.DESTINATION})
BACKWARD = r"""
    (?<!\p{L}|parts\ of\ |rest\ of\ |elsewhere\ in\ )
    (?: (?i:the|that|this|these)\ (?:\p{Ll}+-held\ |besieged\ |same\ |entire\ |whole\ )?
        (?<noun>\L<nouns>)(?!\ of\b|'s|\ [\p{Lu}\d])
      | (?<adverb>(?i:there|here))
        (?!\ (?:is|are|was|were|has|have|had|been|be|will|could|may|might|would|should|can|remain|remains)\b)
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


@cache
def _backward() -> tuple[regex.Pattern[str], dict[str, list[str]]]:
    levels = dict(load_section("en", "places").mapping("backward"))
    nouns = [word for word in levels if word not in {"there", "here"}]
    pattern = regex.compile(BACKWARD, regex.X, nouns=nouns)
    return pattern, levels


def _mention(toponym: Toponym, place: Place, role: Role, offset: int) -> PlaceMention:
    span = (toponym.start + offset, toponym.end + offset)
    name, level, rule = place.name, place.level, f"{role.value}: {toponym.name} as {place.level.value}"
    admin1, latitude, longitude = place.admin1, place.latitude, place.longitude
    if toponym.direction and level is Level.COUNTRY:
        name, level, rule = f"{toponym.direction} {name}", Level.REGION, f"{role.value}: part of a country"
    return PlaceMention(toponym.sentence, span, name, admin1, place.country, latitude, longitude, level, role, rule)


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
        word = (m["noun"] or m["adverb"]).lower()
        before = [mention for mention in named if mention.sentence >= 0 and mention.span[1] <= start]
        if last := _last(before, levels[word]):
            rule = f"'{m[0]}' goes back to {last.name}"
            yield replace(last, sentence=index, span=(start, end), role=Role.SCENE, rule=rule)


def _resolve(
    toponyms: Sequence[Toponym], sentences: dict[int, Sentence], homes: Mapping[str, float]
) -> Iterator[PlaceMention]:
    texts = {index: sentence.text for index, sentence in sentences.items()}
    context = read_context(toponyms, texts, homes)
    previous: tuple[Toponym, Role] | None = None
    for number, toponym in enumerate(toponyms):
        role = read_role(toponym, previous, texts[toponym.sentence])
        place = choose(number, toponym, context)
        if toponym.demonym:
            place = find_country(toponym.demonym)
        if place is None and not toponym.places and (role in LED or toponym.generic):
            yield _mention(toponym, _unlisted(toponym, context), role, sentences[toponym.sentence].start)
            previous = (toponym, role)
        if place is None:
            continue
        explicit = number in context.explicit
        if toponym.demonym or is_accepted(toponym, place, context, led=is_led(toponym, role), explicit=explicit):
            if toponym.embedded and place.level is Level.COUNTRY:
                role = Role.OFFICE
            yield _mention(toponym, place, role, sentences[toponym.sentence].start)
            previous = (toponym, role)
        elif role in LED and is_foreign(place, context) and _may_be_meant(toponym, context):
            yield _mention(toponym, _unlisted(toponym, context), role, sentences[toponym.sentence].start)
            previous = (toponym, role)


def _may_be_meant(toponym: Toponym, context: Context) -> bool:
    """Whether a name may be that of a place that no gazetteer has, being nobody's and no feast's."""
    return toponym.name.lower() not in context.people and not toponym.person and may_be_place(toponym.name)


def _unlisted(toponym: Toponym, context: Context) -> Place:
    """Return a place that no gazetteer has: its words, in the country that the report speaks of most."""
    hint = next(iter(context.hints)) if len(context.hints) == 1 else None
    country = max(context.countries, key=lambda code: context.countries[code], default=hint)
    return Place(toponym.name, Level.TOWN, None, country, None, None)


def find_places(document: Document, homes: Mapping[str, float] | None = None) -> list[PlaceMention]:
    """Find the places that a document names, in text order, those of its title first.

    ``homes`` weighs the countries of the report's claimants, as evidence of which places are meant.

    >>> from parsers.sentences import read_document
    >>> from reports.records import Report
    >>> text = "Speaking in Geneva, he said that 26 people had been killed in Taiz."
    >>> [(mention.name, mention.role.value) for mention in find_places(read_document(Report(id="r", text=text)))]
    [('Geneva', 'speaker'), ('Taiz', 'scene')]
    """
    sentences = dict(_find_texts(document))
    toponyms = [toponym for index, sentence in sentences.items() for toponym in find_toponyms(index, sentence)]
    named = list(_resolve(toponyms, sentences, homes or {}))
    found = list(named)
    for index, sentence in sentences.items():
        if index >= 0:
            found.extend(_find_backward(sentence, index, named))
    return sorted(found, key=lambda mention: (mention.sentence, mention.span))
