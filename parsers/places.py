"""Where the people of a figure were counted: the place, of those a report names, that governs each figure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice, takewhile
from typing import Any

from parsers.gazetteers import Level
from parsers.homonyms import contains
from parsers.mentions import TITLE, PlaceMention, find_places
from parsers.records import Document, Evidence, Metric, Reading, Span
from parsers.scenes import Role
from parsers.tables import load_section

__all__ = ["PlaceMention", "find_places", "locate"]

SEPARATED = 400
OTHER_SIDE = 60
"""What it costs, in characters, that another number stands between, or that the place stands on the wrong side."""

AWAY = frozenset({Metric.DISPLACED, Metric.EVACUATED})
HOSTED = frozenset({Metric.REFUGEES})
FROM = (Role.ORIGIN, Role.SCENE, Role.MENTION)
AT_HOST = (Role.DESTINATION, Role.SCENE, Role.MENTION, Role.ORIGIN)
LOCAL = (Role.OFFICE, Role.NEIGHBOUR)
BACK = (Role.DESTINATION, Role.SCENE, Role.MENTION)
AT = (Role.SCENE, Role.ORIGIN, Role.MENTION, Role.DESTINATION)


@dataclass(frozen=True, slots=True)
class Map:
    """The places of a document and the numbers of its figures, as a figure's place is looked for."""

    document: Document
    mentions: Sequence[PlaceMention]
    numbers: Sequence[Span]
    """In text order, as the mentions are."""

    def within(self, span: Span) -> list[PlaceMention]:
        """Return the mentions of the text between two characters."""
        first = bisect_left(self.mentions, (0, span[0]), key=lambda m: (min(m.sentence, 0), m.span[0]))
        named = takewhile(lambda m: m.span[0] <= span[1], islice(self.mentions, first, None))
        return [m for m in named if m.span[1] <= span[1]]

    def counted(self, span: Span) -> Iterator[Span]:
        """Yield the figures' numbers that start between two characters."""
        first = bisect_left(self.numbers, span[0], key=lambda number: number[0])
        return takewhile(lambda number: number[0] < span[1], islice(self.numbers, first, None))

    def between(self, one: Span, other: Span) -> int:
        """Return how many other figures' numbers stand between two spans."""
        start, end = min(one[1], other[1]), max(one[0], other[0])
        return sum(number[1] <= end for number in self.counted((start, end)))


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


def _is_led(number: Span, sentence: int, scope: Sequence[PlaceMention], map_: Map) -> bool:
    """Tell whether a sentence names its places before its numbers, or behind them."""
    here = map_.document.sentences[sentence]
    first = next(map_.counted((here.start, here.end)), number)[0]
    # A place within another says little of the order: the first that lies in none of the others counts.
    named = sorted(scope, key=lambda mention: mention.span[0])
    fine = next(m for m in named if not any(contains(m, other) for other in scope))
    return fine.span[0] < first


def _cost(mention: PlaceMention, *, number: Span, places_first: bool, map_: Map) -> int:
    """Return how far a place is from a number: characters, other numbers between, the side that the sentence uses."""
    gap = max(mention.span[0] - number[1], number[0] - mention.span[1], 0)
    wrong_side = places_first != (mention.span[0] < number[0])
    return gap + SEPARATED * map_.between(mention.span, number) + OTHER_SIDE * wrong_side


def _choose(reading: Reading, scope: Sequence[PlaceMention], roles: Sequence[Role], map_: Map) -> PlaceMention | None:
    """Return the place of a clause or sentence that is the figure's: by role, then by nearness, then the finer one."""
    for role in roles:
        options = [mention for mention in scope if mention.role is role]
        if not options:
            continue
        number = reading.figure.span
        places_first = _is_led(number, options[0].sentence, options, map_)
        cost = partial(_cost, number=number, places_first=places_first, map_=map_)
        best = min(options, key=cost)
        finer = [
            mention
            for mention in options
            if contains(best, mention)
            and (mention.span < number) is (best.span < number)
            and map_.between(mention.span, number) <= map_.between(best.span, number)
        ]
        return min(finer, key=cost) if finer else best
    return None


def _find_here(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the place that the figure's clause names, else its sentence."""
    sentence = map_.document.sentences[reading.sentence]
    roles = _roles(reading, map_.document)
    for last in ((), (Role.SUBJECT,)):
        for span in (reading.clause, (sentence.start, sentence.end)):
            if found := _choose(reading, map_.within(span), last or roles, map_):
                home = _find_home(reading, found, map_) if roles is AT_HOST else None
                return home or found
    return None


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
    for sentence in reversed(sentences[max(reading.sentence - FAR_BACK, 0) : reading.sentence]):
        if (sentence.paragraph == paragraph) is not same_paragraph:
            continue
        scope = map_.within((sentence.start, sentence.end))
        for role in roles:
            if options := [m for m in scope if m.role is role]:
                finer = [m for m in options if contains(options[0], m)]
                return next(iter(finer), options[0])
    return None


def _find_local(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the place of the office that speaks, the mayor of a town, or where the people went."""
    sentence = map_.document.sentences[reading.sentence]
    own = map_.within((sentence.start, sentence.end))
    return next(
        (m for m in own if m.role is Role.DESTINATION or (m.role in LOCAL and m.level is not Level.COUNTRY)), None
    )


def _find_around(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the place of the title, else of the dateline, else of the sentences that follow."""
    title = [m for m in map_.mentions if m.sentence == TITLE and m.role in {*AT, Role.SUBJECT}]
    datelines = [m for m in map_.mentions if m.role is Role.DATELINE]
    after = [m for m in map_.mentions if m.sentence > reading.sentence and m.role in {Role.SCENE, Role.ORIGIN}]
    return next(iter([*title, *datelines, *after]), None)


def _join(mention: PlaceMention, map_: Map) -> tuple[PlaceMention, Span]:
    """Return the first place of those that a sentence joins with this one, and the words of them all."""
    same = [m for m in map_.mentions if m.sentence == mention.sentence and m.role is mention.role]
    first = last = same.index(mention)
    while first and _is_list(same[first - 1], same[first], map_):
        first -= 1
    while last + 1 < len(same) and _is_list(same[last], same[last + 1], map_):
        last += 1
    return same[first], (same[first].span[0], same[last].span[1])


def _is_list(one: PlaceMention, other: PlaceMention, map_: Map) -> bool:
    gap = map_.document.text[one.span[1] : other.span[0]].lower().replace(",", " , ").split()
    joins = {"and", ",", "or"}
    if (
        one.sentence < 0
        or not joins & set(gap)
        or map_.between(one.span, other.span)
        or contains(one, other)
        or contains(other, one)
    ):
        return False
    return all(word in joins or word in _words("fillers") or word in _words("locatives") for word in gap)


def _country(map_: Map) -> tuple[str, int] | None:
    """Return the country that the report names most, with how often."""
    counts = Counter(m.country for m in map_.mentions if m.country and m.role not in {Role.SPEAKER, Role.NEIGHBOUR})
    for country, count in counts.most_common(1):
        return country, count
    return None


def _set(reading: Reading, mention: PlaceMention, why: str, map_: Map) -> Reading:
    """Return the reading with its place set from a mention, and the evidence of each field."""
    first, span = _join(mention, map_)
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
    return replace(reading, figure=replace(reading.figure, **known), evidence=(*reading.evidence, *evidence))


RULES: tuple[tuple[Callable[[Reading, Map], PlaceMention | None], str], ...] = (
    (_find_here, "named with the figure"),
    (partial(_find_before, same_paragraph=True), "the nearest place before it in the paragraph"),
    (_find_local, "whose office says so, or where they went"),
    (partial(_find_before, same_paragraph=False), "the nearest place in the paragraphs before it"),
    (_find_around, "from the title, the dateline or the sentences that follow"),
)
"""The ways to find a figure's place, the surest first, each with its reason in plain English."""


def _locate(reading: Reading, map_: Map) -> Reading:
    for find, why in RULES:
        if mention := find(reading, map_):
            located = _set(reading, mention, why, map_)
            break
    else:
        located = reading
    if located.figure.country is None and (majority := _country(map_)):
        country, count = majority
        why = f"the country that the report names most ({count} times)"
        located = located.with_field(Evidence("country", None, why), country=country)
    return located


def locate(readings: Sequence[Reading], document: Document) -> list[Reading]:
    """Set the place of every reading: where its people were counted, with the words and the reason.

    The place is that of the figure's clause, else of its sentence, else the nearest before it, else that of the title
    or the dateline; for people who fled it is where they fled from, for refugees and arrivals where they are. A report
    without figures opens no gazetteer.
    """
    if not readings:
        return []
    map_ = Map(document, find_places(document), sorted(reading.figure.span for reading in readings))
    return [_locate(reading, map_) for reading in readings]
