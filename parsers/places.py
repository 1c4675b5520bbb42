"""Where the people of a figure were counted: the place, of those a report names, that governs each figure."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any

import regex

from parsers.breadths import widen
from parsers.gazetteers import Level, find_country
from parsers.grammar import LOST_THEIRS
from parsers.homonyms import contains
from parsers.mentions import TITLE, PlaceMention, find_places
from parsers.nearness import HEDGED, Map, choose_place, is_of_part, is_whole, reports
from parsers.records import Document, Evidence, Metric, Reading, Span
from parsers.scenes import Role
from parsers.tables import load_rows, load_section
from parsers.tries import compile_lists

__all__ = ["PlaceMention", "find_places", "locate"]

COMBATANTS = "combatants"
OFFICE_WITHIN, OFFICE_WORDS = 60, 4
"""Characters and words behind a country in which its office is named."""
POST_WITHIN = 25
"""Characters before a country that hold a preposition and the post there."""

ENDED = regex.compile(r"[,.;:]")

AWAY = frozenset({Metric.DISPLACED, Metric.EVACUATED})
HOSTED = frozenset({Metric.REFUGEES})
FROM = (Role.ORIGIN, Role.SCENE, Role.MENTION)
AT_HOST = (Role.DESTINATION, Role.SCENE, Role.MENTION, Role.SUBJECT, Role.ORIGIN)
LOCAL = (Role.OFFICE, Role.NEIGHBOUR)
BACK = (Role.DESTINATION, Role.SCENE, Role.MENTION)
AT = (Role.SCENE, Role.ORIGIN, Role.MENTION, Role.DESTINATION)
AT_BEFORE = (Role.SCENE, Role.ORIGIN, Role.MENTION)
"""In a sentence before, where people were taken is not where they died."""


@cache
def _words(name: str) -> frozenset[str]:
    return load_section("en", "places").words(name)


def _roles(reading: Reading, document: Document) -> tuple[Role, ...]:
    """Return the roles that make a place the figure's, best first: the origin of the displaced, else the host."""
    trigger = document.text[slice(*reading.trigger)].lower().split()
    if reading.figure.metric in HOSTED or (reading.figure.metric in AWAY and set(trigger) & _words("arrivals")):
        return AT_HOST
    if reading.figure.metric is Metric.RETURNED:
        return BACK
    return FROM if reading.figure.metric in AWAY else AT


def _find_here(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the place that the figure's clause names, else its sentence."""
    roles = _roles(reading, map_.document)
    for span, asked in _list_scopes(reading, roles, map_):
        scope = map_.within(span)
        if roles is AT:
            scope = [mention for mention in scope if not _is_ahead(mention, reading, map_)]
        if found := choose_place(reading, scope, asked, map_):
            home = _find_home(reading, found, map_) if roles is AT_HOST else None
            return home or found
    return _find_own(reading, map_) if roles is BACK else None


def _list_scopes(reading: Reading, roles: tuple[Role, ...], map_: Map) -> Iterator[tuple[Span, tuple[Role, ...]]]:
    """Yield where in its sentence to look for a figure's place, and for places of which roles."""
    sentence, subject = map_.document.sentences[reading.sentence], (Role.SUBJECT,)
    whole = sentence.start, sentence.end
    yield reading.clause, roles
    named = (mention for mention in map_.within(reading.clause) if mention.role in subject)
    if not any(reports(mention, reading.figure.span, map_) for mention in named):
        yield whole, roles
    if reading.figure.rule == LOST_THEIRS and reading.figure.group in _fighters():
        return  # "Russia lost 1,210 troops", wherever it was
    yield reading.clause, subject
    yield whole, subject


@cache
def _fighters() -> frozenset[str | None]:
    """Return the codes of the groups that fight."""
    rows = load_rows("groups", ("code", "parent", "words"))
    return frozenset(row["code"] for row in rows if COMBATANTS in (row["code"], row["parent"]))


@cache
def _ahead() -> regex.Pattern[str]:
    return compile_lists(r"(?<!\w)\L<ahead>(?!\w)", ahead=_words("ahead"))


def _is_ahead(mention: PlaceMention, reading: Reading, map_: Map) -> bool:
    """Say whether people were only on their way to a place: "died as they fled towards Gisenyi"."""
    return mention.role is Role.DESTINATION and map_.has_between(_ahead(), reading.figure.span, mention.span)


def _find_own(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the country of the people who come home, where no other place says where to: Afghan returnees."""
    return next((m for m in map_.within(reading.clause) if m.role is Role.PEOPLE), None)


LED_BY = len(("in", "the"))
"""Words before a place to which a sentence turns."""
FAR_BACK = 200
"""How many sentences back a place governs."""


def _find_home(reading: Reading, left: PlaceMention, map_: Map) -> PlaceMention | None:
    """Return the country of the people counted, who come home out of another: Afghans who crossed from Pakistan."""
    named = map_.within((reading.figure.span[1], max(reading.figure.span[1], reading.trigger[0])))
    people = (m for m in named if m.role is Role.PEOPLE and m.country != left.country)
    return next(people, None) if left.role is Role.ORIGIN else None


def _find_before(reading: Reading, map_: Map, *, same_paragraph: bool) -> PlaceMention | None:
    """Return the place that governs the nearest sentence before the figure that has one."""
    sentences = map_.document.sentences
    paragraph = sentences[reading.sentence].paragraph
    roles = (*_roles(reading, map_.document), Role.SUBJECT)
    if roles[: len(AT)] == AT:
        roles = (*AT_BEFORE, Role.SUBJECT)
    for sentence in reversed(sentences[max(reading.sentence - FAR_BACK, 0) : reading.sentence]):
        if (sentence.paragraph == paragraph) is not same_paragraph:
            continue
        scope = map_.within((sentence.start, sentence.end))
        if reading.figure.span not in map_.parts:
            scope = [mention for mention in scope if not is_of_part(mention, map_)]
        for role in roles:
            if options := [m for m in scope if m.role is role]:
                finer = [m for m in options if contains(options[0], m)]
                return _widened(next(iter(finer), options[0]), reading, map_)
    return None


def _widened(mention: PlaceMention, reading: Reading, map_: Map) -> PlaceMention:
    """Return a place of a sentence before, or its country, where another counts more than that place can hold."""
    sentence = map_.document.sentences[mention.sentence]
    there = {
        number[0]: map_.figures[number[0]]
        for number in map_.counted((sentence.start, sentence.end))
        if number[0] in map_.figures
    }
    own = map_.document.sentences[reading.sentence]
    return widen(mention, reading, there, find_country, since=_since().search(own.text) is not None)


@cache
def _since() -> regex.Pattern[str]:
    """Return "since 2015": a start that is years away, not that of the event just told."""
    since = load_section("en", "periods").words("since")
    return compile_lists(r"(?<!\w)\L<since>\ (?:\p{L}++\ ){0,2}?(?:19|20)\d\d(?!\w)", regex.X | regex.I, since=since)


def _find_local(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the place of the office that speaks, the mayor of a town, or where the people went."""
    sentence = map_.document.sentences[reading.sentence]
    own = map_.within((sentence.start, sentence.end))
    own = [m for m in own if m.role is not Role.DESTINATION or is_whole(m, reading, map_)]
    found = (m for m in own if m.role is Role.DESTINATION or (m.role in LOCAL and m.level is not Level.COUNTRY))
    return next(found, None) or next((m for m in own if m.role is Role.OFFICE and _is_inside(m, map_)), None)


def _find_office_before(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the town of the office that spoke last in the paragraph: "The mayor of Jérémie ... She adds"."""
    sentences = map_.document.sentences
    here = sentences[reading.sentence]
    first = next(at for at in range(reading.sentence, -1, -1) if not at or sentences[at - 1].paragraph < here.paragraph)
    offices = (
        m
        for m in reversed(map_.within((sentences[first].start, here.start)))
        if m.role is Role.OFFICE and m.level is not Level.COUNTRY
    )
    return next(offices, None)


def _is_inside(mention: PlaceMention, map_: Map) -> bool:
    """Say whether an office is said to be in a country: "security forces in Bangladesh"."""
    return mention.level is Level.COUNTRY and _words_before(mention, map_)[-1:] == ["in"]


def _words_before(mention: PlaceMention, map_: Map) -> list[str]:
    return map_.document.text[max(0, mention.span[0] - POST_WITHIN) : mention.span[0]].lower().split()


def _find_post(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the country or division that whoever speaks is posted to: "UNICEF's representative in Sudan"."""
    sentence = map_.document.sentences[reading.sentence]
    for mention in map_.within((sentence.start, sentence.end)):
        before = _words_before(mention, map_)
        is_post = not _words("posts").isdisjoint(before[-1:]) and not _words("posted").isdisjoint(before[-2:-1])
        if is_post and mention.role in {Role.SPEAKER, Role.OFFICE} and mention.level is not Level.TOWN:
            return mention
    return None


def _find_home_office(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the country whose office for its own people speaks: Peru's ombudsman, the Thai health ministry."""
    sentence = map_.document.sentences[reading.sentence]
    for mention in map_.within((sentence.start, sentence.end)):
        behind = map_.document.text[mention.span[1] : mention.span[1] + OFFICE_WITHIN].lower()
        after = ENDED.split(behind, maxsplit=1)[0].split()  # "26 Palestinians died, the hospital said" has two clauses
        is_office = not _words("home_offices").isdisjoint(after[:OFFICE_WORDS])
        if is_office and mention.level is Level.COUNTRY and mention.role in {Role.OFFICE, Role.PEOPLE}:
            return mention
    return None


def _find_around(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the place of the title, else of the dateline, else of the sentences that follow."""
    first = bisect_right(map_.mentions, reading.sentence, key=lambda m: m.sentence)
    behind = (map_.mentions[at] for at in range(first, len(map_.mentions)))
    scenes = (m for m in behind if m.role in {Role.SCENE, Role.ORIGIN} and not _turns_to(m, map_))
    return _find_heading(map_) or next(scenes, None)


def _turns_to(mention: PlaceMention, map_: Map) -> bool:
    """Say whether a sentence turns to a place with counts of its own: "413 died in March. In Daraa, 44 were killed"."""
    sentence = map_.document.sentences[mention.sentence]
    leads = len(map_.document.text[sentence.start : mention.span[0]].split()) <= LED_BY
    return leads and any(True for _ in map_.counted((sentence.start, sentence.end)))


@lru_cache(maxsize=1)
def _find_heading(map_: Map) -> PlaceMention | None:
    """Return the place of the title, else of the dateline."""
    title = [m for m in map_.mentions if m.sentence == TITLE and m.role in {*AT, Role.SUBJECT}]
    return next(iter([*title, *(m for m in map_.mentions if m.role is Role.DATELINE)]), None)


def _join(mention: PlaceMention, map_: Map) -> list[PlaceMention]:
    """Return the places that a sentence joins with this one, itself among them, in text order."""
    same = map_.beside(mention)
    if mention not in same:
        return [mention]  # the country of a place that was named
    first = last = same.index(mention)
    while first and _is_list(same[first - 1], same[first], map_):
        first -= 1
    while last + 1 < len(same) and _is_list(same[last], same[last + 1], map_):
        last += 1
    return same[first : last + 1]


def _over_borders(joined: Sequence[PlaceMention], span: Span, map_: Map) -> PlaceMention:
    """Return the place of a list: its first, or where it goes over borders its words, which lie in no one country."""
    first, words = joined[0], map_.document.report.text[slice(*span)]
    countries = {one.country for one in joined if one.level is Level.COUNTRY}
    if len(countries) <= 1 or _words("joints").isdisjoint(words.lower().split()):
        return first
    rule = f"{first.role.value}: several countries"
    return PlaceMention(first.sentence, span, words, None, None, None, None, Level.REGION, first.role, rule)


def _is_list(one: PlaceMention, other: PlaceMention, map_: Map) -> bool:
    gap = map_.document.text[one.span[1] : other.span[0]].lower().replace(",", " , ").split()
    joins = {",", *_words("joints")}
    if (
        one.sentence < 0
        or not joins & set(gap)
        or map_.between(one.span, other.span)
        or any(map_.is_led(number, other.span) for number in map_.counted((other.span[1], other.span[1] + HEDGED)))
        or contains(one, other)
        or contains(other, one)
    ):
        return False
    return all(word in joins or word in _words("fillers") or word in _words("locatives") for word in gap)


@lru_cache(maxsize=1)
def _country(map_: Map) -> tuple[str, int] | None:
    """Return the country of most of the places that the report names, with how often."""
    aside = {Role.SPEAKER, Role.NEIGHBOUR}
    named = [m for m in map_.mentions if m.country and m.role not in aside and m.name.lower() not in _words("seats")]
    # "Three Indians were among the dead, New Delhi said" speaks of another country, where anything else names one.
    home = [m for m in named if m.role is not Role.ACTOR and not map_.is_counted(m)]
    counts = Counter(m.country for m in home or [m for m in named if not _is_abroad(m, map_)])
    for country, count in counts.most_common(1):
        return (country or "", count) if 2 * count > counts.total() else None
    return None


def _is_abroad(mention: PlaceMention, map_: Map) -> bool:
    """Say whether a nationality is of people who are mostly elsewhere: "two Spanish tourists were killed"."""
    text = map_.document.text
    around = (text[slice(*span)] for span in map_.groups if span[0] <= mention.span[0] and mention.span[1] <= span[1])
    return any(not _words("abroad").isdisjoint(words.lower().split()) for words in around)


def _set(reading: Reading, mention: PlaceMention, why: str, map_: Map) -> Reading:
    """Return the reading with its place set from a mention, and the evidence of each field."""
    joined = _join(mention, map_)
    span = (joined[0].span[0], joined[-1].span[1])
    first = _over_borders(joined, span, map_) if mention.sentence >= 0 else joined[0]
    words = span if first.sentence >= 0 else None
    text = map_.document.report.text[slice(*span)] if words else (map_.document.report.title or "")[slice(*span)]
    fields: dict[str, Any] = {
        "place": first.name,
        "place_text": text,
        "admin1": first.admin1,
        "country": first.country,
        "latitude": first.latitude,
        "longitude": first.longitude,
    }
    reasons = {
        "place": f"{why} ({first.rule})",
        "place_text": "the words as written",
        "admin1": f"the first-level division of {first.name}",
        "country": f"the country of {first.name}",
        "latitude": f"{first.name} in the gazetteer",
        "longitude": f"{first.name} in the gazetteer",
    }
    known = {field: value for field, value in fields.items() if value is not None}
    evidence = tuple(Evidence(field, words, reasons[field]) for field in known)
    # All at once: a reading is copied for each change.
    return reading.with_field(*evidence, **known)


RULES: tuple[tuple[Callable[[Reading, Map], PlaceMention | None], str], ...] = (
    (_find_here, "named with the figure"),
    (partial(_find_before, same_paragraph=True), "the nearest place before it in the paragraph"),
    (_find_local, "whose office says so, or where they went"),
    (_find_home_office, "the country whose office says so"),
    (partial(_find_before, same_paragraph=False), "the nearest place in the paragraphs before it"),
    (_find_office_before, "whose office spoke before it"),
    (_find_post, "where the speaker is posted"),
    (_find_around, "from the title, the dateline or the sentences that follow"),
)
"""The ways to find a figure's place, the surest first, each with its reason in plain English."""


def _is_water(mention: PlaceMention) -> bool:
    """Say whether a region is a lake, whose shores lie in the countries that the report names."""
    return not _words("waters").isdisjoint(mention.name.lower().split())


def _locate(reading: Reading, map_: Map) -> Reading:
    for find, why in RULES:
        if mention := find(reading, map_):
            located = _set(reading, mention, why, map_)
            break
    else:
        mention, located = None, reading
    if mention and ((mention.level is Level.REGION and not _is_water(mention)) or located.figure.place != mention.name):
        return located  # the Sahel, or two countries: in no one country
    if located.figure.country is None and (majority := _country(map_)):
        country, count = majority
        why = f"the country that the report names most ({count} times)"
        located = located.with_field(Evidence("country", None, why), country=country)
    return located


def locate(
    readings: Sequence[Reading],
    document: Document,
    homes: Mapping[str, float] | None = None,
    parts: frozenset[Span] = frozenset(),
) -> list[Reading]:
    """Set the place of every reading: where its people were counted, with the words and the reason.

    The place is that of the figure's clause, else of its sentence, else the nearest before it, else that of the title
    or the dateline; for people who fled it is where they fled from, for refugees and arrivals where they are. ``homes``
    weighs the countries of the report's claimants, as evidence of which places are meant; ``parts`` are the numbers
    that are parts of others. A report without figures opens no gazetteer.
    """
    if not readings:
        return []
    named = [text.lower() for reading in readings if (text := reading.figure.source_text)]
    speakers = frozenset(name for name in named if name.isalpha())
    mentions = find_places(document, homes, speakers)
    groups = [span for reading in readings for one in reading.evidence if one.field == "group" and (span := one.span)]
    counts = {reading.figure.span[0]: reading.figure for reading in readings}
    map_ = Map(document, mentions, sorted(reading.figure.span for reading in readings), groups, parts, counts)
    return [_locate(reading, map_) for reading in readings]
