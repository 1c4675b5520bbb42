"""Where the people of a figure were counted: the places a report names, and the one that governs each figure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from parsers.gazetteers import Level, Place, find_country
from parsers.homonyms import choose, contains, is_accepted, read_context
from parsers.records import Document, Evidence, Metric, Reading, Sentence, Span
from parsers.scenes import Role, is_led, read_role
from parsers.tables import load_section
from parsers.toponyms import Toponym, find_toponyms

TITLE = -1
"""The sentence index of a place that only the report's title names; its span counts characters of the title."""
SEPARATED = 400
OTHER_SIDE = 60
"""What it costs, in characters, that another number stands between, or that the place stands on the wrong side."""

AWAY = frozenset({Metric.DISPLACED, Metric.EVACUATED})
HOSTED = frozenset({Metric.REFUGEES})
FROM = (Role.ORIGIN, Role.SCENE, Role.MENTION)
AT_HOST = (Role.SCENE, Role.DESTINATION, Role.MENTION, Role.ORIGIN)
LOCAL = (Role.OFFICE, Role.NEIGHBOUR)
BACK = (Role.SCENE, Role.DESTINATION, Role.MENTION)
AT = (Role.SCENE, Role.ORIGIN, Role.MENTION, Role.DESTINATION)

BACKWARD = r"""
    (?<!\p{L})
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


def _find_backward(sentence: Sentence, index: int, named: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """Yield what "the region", "the city" and "there" mean: the last place of that level named before."""
    pattern, levels = _backward()
    for m in pattern.finditer(sentence.text):
        start = sentence.start + m.start()
        if sentence.text[: m.start()].lower().endswith(("parts of ", "elsewhere in ", "rest of ")):
            continue
        word = (m["noun"] or m["adverb"]).lower()
        before = [mention for mention in named if mention.sentence >= 0 and mention.span[1] <= start]
        for roles in (
            {Role.SCENE, Role.ORIGIN, Role.DESTINATION, Role.MENTION, Role.DATELINE},
            {Role.SUBJECT, Role.OFFICE, Role.PEOPLE},
        ):
            last = next(
                (mention for mention in reversed(before) if mention.level in levels[word] and mention.role in roles),
                None,
            )
            if last:
                rule = f"'{m[0]}' goes back to {last.name}"
                span = (start, sentence.start + m.end())
                yield PlaceMention(
                    index,
                    span,
                    last.name,
                    last.admin1,
                    last.country,
                    last.latitude,
                    last.longitude,
                    last.level,
                    Role.SCENE,
                    rule,
                )
                break


def _resolve(toponyms: Sequence[Toponym], sentences: dict[int, Sentence]) -> Iterator[PlaceMention]:
    texts = {index: sentence.text for index, sentence in sentences.items()}
    context = read_context(toponyms, texts)
    previous: tuple[Toponym, Role] | None = None
    for number, toponym in enumerate(toponyms):
        role = read_role(toponym, previous, texts[toponym.sentence])
        place = choose(number, toponym, context)
        if toponym.demonym:
            place = find_country(toponym.demonym)
        if place is None:
            continue
        explicit = number in context.explicit
        if toponym.demonym or is_accepted(toponym, place, context, led=is_led(toponym, role), explicit=explicit):
            if toponym.embedded and place.level is Level.COUNTRY:
                role = Role.OFFICE
            yield _mention(toponym, place, role, sentences[toponym.sentence].start)
            previous = (toponym, role)


def find_places(document: Document) -> list[PlaceMention]:
    """Find the places that a document names, in text order, those of its title first."""
    sentences = dict(_find_texts(document))
    toponyms = [toponym for index, sentence in sentences.items() for toponym in find_toponyms(index, sentence)]
    named = list(_resolve(toponyms, sentences))
    found = list(named)
    for index, sentence in sentences.items():
        if index >= 0:
            found.extend(_find_backward(sentence, index, named))
    return sorted(found, key=lambda mention: (mention.sentence, mention.span))


@dataclass(frozen=True, slots=True)
class Map:
    """The places of a document and the numbers of its figures, as a figure's place is looked for."""

    document: Document
    mentions: Sequence[PlaceMention]
    numbers: Sequence[Span]

    def within(self, span: Span) -> list[PlaceMention]:
        """Return the mentions of the text between two characters."""
        return [m for m in self.mentions if m.sentence >= 0 and span[0] <= m.span[0] and m.span[1] <= span[1]]

    def between(self, one: Span, other: Span) -> int:
        """Return how many other figures' numbers stand between two spans."""
        start, end = min(one[1], other[1]), max(one[0], other[0])
        return sum(start <= number[0] and number[1] <= end for number in self.numbers)


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


def _cost(mention: PlaceMention, number: Span, scope: Sequence[PlaceMention], map_: Map) -> float:
    """Return how far a place is from a number: characters, other numbers between, the side that the sentence uses."""
    gap = max(mention.span[0] - number[1], number[0] - mention.span[1], 0)
    sentence = map_.document.sentences[mention.sentence]
    first = min((n[0] for n in map_.numbers if sentence.start <= n[0] < sentence.end), default=number[0])
    places_first = min(m.span[0] for m in scope) < first
    wrong_side = places_first != (mention.span[0] < number[0])
    return gap + SEPARATED * map_.between(mention.span, number) + OTHER_SIDE * wrong_side


def _choose(reading: Reading, scope: Sequence[PlaceMention], roles: Sequence[Role], map_: Map) -> PlaceMention | None:
    """Return the place of a clause or sentence that is the figure's: by role, then by nearness, then the finer one."""
    for role in roles:
        options = [mention for mention in scope if mention.role is role]
        if not options:
            continue
        number = reading.figure.span
        best = min(options, key=lambda mention: _cost(mention, number, options, map_))
        finer = [
            mention
            for mention in options
            if contains(best, mention) and map_.between(mention.span, number) <= map_.between(best.span, number)
        ]
        return min(finer, key=lambda mention: _cost(mention, number, options, map_)) if finer else best
    return None


def _find_here(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the place that the figure's clause names, else its sentence."""
    sentence = map_.document.sentences[reading.sentence]
    roles = _roles(reading, map_.document)
    for last in ((), (Role.SUBJECT,)):
        for span in (reading.clause, (sentence.start, sentence.end)):
            if found := _choose(reading, map_.within(span), last or roles, map_):
                return found
    return None


def _find_before(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the nearest place before the figure that governs it: its paragraph's, then the earlier paragraphs'."""
    sentences = map_.document.sentences
    roles = (*_roles(reading, map_.document), Role.SUBJECT)
    for index in range(reading.sentence - 1, -1, -1):
        sentence = sentences[index]
        scope = [m for m in map_.within((sentence.start, sentence.end)) if m.role in roles]
        for role in roles:
            if options := [m for m in scope if m.role is role]:
                first = options[0]
                finer = [m for m in options if contains(first, m)]
                return finer[0] if finer else first
    return None


def _find_elsewhere(reading: Reading, map_: Map) -> PlaceMention | None:
    """Return the place of the title, of the dateline, of the sentences that follow, or where its own sentence leads."""
    sentence = map_.document.sentences[reading.sentence]
    own = map_.within((sentence.start, sentence.end))
    weak = {Role.DESTINATION}
    local = [m for m in own if m.role in weak or (m.role in LOCAL and m.level is not Level.COUNTRY)]
    title = [m for m in map_.mentions if m.sentence == TITLE and m.role in {*AT, Role.SUBJECT}]
    datelines = [m for m in map_.mentions if m.role is Role.DATELINE]
    after = [m for m in map_.mentions if m.sentence > reading.sentence and m.role in {Role.SCENE, Role.ORIGIN}]
    return next(iter([*local, *title, *datelines, *after]), None)


def _join(mention: PlaceMention, map_: Map) -> tuple[PlaceMention, Span]:
    """Return the first place of those that a sentence joins with this one, and the words of them all."""
    same = [m for m in map_.mentions if m.sentence == mention.sentence and m.role is mention.role]
    first = last = same.index(mention)
    while first and _is_list(same[first - 1], same[first], map_.document.text):
        first -= 1
    while last + 1 < len(same) and _is_list(same[last], same[last + 1], map_.document.text):
        last += 1
    return same[first], (same[first].span[0], same[last].span[1])


def _is_list(one: PlaceMention, other: PlaceMention, text: str) -> bool:
    gap = text[one.span[1] : other.span[0]].lower().replace(",", " , ").split()
    joins = {"and", ",", "or"}
    if one.sentence < 0 or not joins & set(gap) or contains(one, other) or contains(other, one):
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
    fields = {
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
    for field, value in fields.items():
        if value is not None:
            reading = reading.with_field(Evidence(field, words, reasons[field]), **{field: value})
    return reading


def _locate(reading: Reading, map_: Map) -> Reading:
    for find, why in (
        (_find_here, "named with the figure"),
        (_find_before, "the nearest place before that governs it"),
        (_find_elsewhere, "from the title, the dateline or the sentences around"),
    ):
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
    map_ = Map(document, find_places(document), [reading.figure.span for reading in readings])
    return [_locate(reading, map_) for reading in readings]
