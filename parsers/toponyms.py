"""Toponyms: the names of places in a sentence with the words around them that say what they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from parsers.gazetteers import Level, Place, find_named
from parsers.names import POSSESSIVE, Name, find_names
from parsers.records import Sentence, Span
from parsers.tables import load_section
from parsers.unlisted import find_unlisted

REACH = 100
"""Characters before a name that may say how it is used."""
AFTER = 40
BROAD = frozenset({Level.DIVISION, Level.REGION, Level.DISTRICT})
APART = ".,;:()"


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name found in a sentence, with all the places that bear it.

    ``start`` and ``end`` are characters of the sentence and hold the name with its direction and its generic word
    ("northern Idlib province"), ``name`` is the name alone. ``places`` is empty for a name that no gazetteer has, and
    for a demonym, whose country is ``demonym``. ``before`` are the words before it in lower case, ``after`` those after
    it. ``embedded`` says that it is part of a longer name, ``person`` that it follows a title, ``capitals`` that all
    around it is in capitals.
    """

    sentence: int
    start: int
    end: int
    name: str
    places: tuple[Place, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    possessive: bool
    direction: str | None
    generic: str | None
    demonym: str | None
    embedded: bool
    person: bool
    capitals: bool

    @property
    def country(self) -> Place | None:
        """The country that bears the name."""
        for place in self.places:
            if place.level is Level.COUNTRY:
                return place
        return None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the table that this module reads; ``generics`` are all that may say the level of a name."""

    divisions: frozenset[str]
    towns: frozenset[str]
    features: frozenset[str]
    titles: frozenset[str]
    rivers: frozenset[str]
    counties: frozenset[str]
    generics: frozenset[str]
    directions: dict[str, str]


@cache
def load_words() -> Words:
    """Load the words that this module reads."""
    section = load_section("en", "places")
    divisions, towns, features, titles = (section.words(name) for name in ("divisions", "towns", "features", "titles"))
    generics = divisions | towns | features
    rivers, counties = section.words("rivers"), section.words("counties")
    directions = dict(section.mapping("directions"))
    return Words(divisions, towns, features, titles, rivers, counties, generics, directions)


def _split_words(text: str) -> tuple[str, ...]:
    text = text.lower().replace('"', " ")
    for mark in APART:
        if mark in text:
            text = text.replace(mark, f" {mark} ")
    return tuple(text.split())


def _direct(text: str, start: int, before: Sequence[str]) -> tuple[int, str | None]:
    """Return where a name with its direction starts, and the direction: ``northern and western Aleppo``."""
    directions = load_words().directions
    if not before or before[-1] not in directions:
        return start, None
    lower = text.lower()
    begin = lower.rfind(before[-1], 0, start)
    if len(before) > 2 and before[-2] == "and" and before[-3] in directions:  # noqa: PLR2004 - two directions
        begin = lower.rfind(before[-3], 0, begin)
    return begin, directions[before[-1]]


def _find_directed(written: str, direction: str, name: str) -> tuple[Place, ...]:
    """Return the places that bear a name with its direction, such as North Darfur or north-west Syria."""
    for whole in (written, f"{direction} {name}"):
        exact = whole == written and whole[0].isupper()
        if places := tuple(
            place for place in find_named(whole) if place.level in BROAD or (exact and place.level is Level.COUNTRY)
        ):
            return places
    return ()


def _find_longer(name: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places that bear a name with its generic word, where those without it are no such places."""
    longer = find_named(name)
    if not longer or (any(place.level in BROAD for place in places) and not any(place.ours for place in longer)):
        return ()
    return tuple(replace(place, main=True) for place in longer)


def _find_generic(name: str) -> str | None:
    """Return the generic word that a name ends with: Jiangsu Province."""
    first, _, last = name.lower().rpartition(" ")
    return last if first and last in load_words().divisions else None


def _needs_word(place: Place) -> bool:
    """Return whether nobody names a place without saying what it is: Hudson alone is no county of New Jersey."""
    return place.level is Level.DISTRICT and (place.country or "").lower() in load_words().counties


def _build(index: int, text: str, found: Name, *, capitals: bool) -> Toponym:
    """Return the toponym of a name, with its direction, its generic word and the words around."""
    words = load_words()
    start, end = found.span
    name, places, demonym = text[start:end], found.places, found.demonym
    before = _split_words(text[max(0, start - REACH) : start])
    begin, direction = (start, None) if demonym else _direct(text, start, before)
    if begin < start:
        if directed := _find_directed(text[begin:end], direction or "", name):
            places, name, direction = directed, text[begin:end], None
        before = _split_words(text[max(0, begin - REACH) : begin])
    rest = text[end : end + AFTER]
    owning = POSSESSIVE.match(rest)
    possessive = owning is not None
    after = _split_words(rest[owning.end() :] if owning else rest)
    generic = _find_generic(name)
    if generic:
        places = tuple(replace(place, main=True) if place.level in BROAD else place for place in places)
    elif not possessive and after and rest[:1] == " " and after[0].removesuffix("'s") in words.generics:
        generic = after[0].removesuffix("'s")
        stop = end + 1 + len(generic)
        if longer := _find_longer(text[start:stop], places):
            places, name, demonym = longer, text[start:stop], None  # the Somali region is in Ethiopia
        elif generic in words.rivers:
            places = tuple(place for place in places if place.level is Level.REGION)
        if longer or generic not in words.features:
            end, after = stop, after[1:]
            possessive = text.startswith("'s ", end)
    elif len(before) > 1 and before[-1] == "of" and before[-2] in words.divisions | words.towns:
        generic = before[-2]
    places = tuple(place for place in places if generic in words.divisions or not _needs_word(place))
    person = bool(before) and before[-1] in words.titles and demonym is None
    return Toponym(
        index, begin, end, name, places, before, after, possessive, direction, generic, demonym, found.embedded, person,
        capitals,
    )  # fmt: skip


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def find_toponyms(index: int, sentence: Sentence) -> Iterator[Toponym]:
    """Yield the names of places in one sentence, in text order, with everything that they could mean.

    >>> sentence = Sentence("Shelling of southern Idlib province killed nine.", 0, 0)
    >>> [(found.name, found.direction, found.generic) for found in find_toponyms(0, sentence)]
    [('Idlib', 'southern', 'province')]
    """
    capitals = sentence.text.isupper()
    names = find_names(sentence.text)
    unlisted = [] if capitals else list(find_unlisted(sentence.text, names))
    # A name that no gazetteer has is no other place whose name begins it.
    names = [name for name in names if not any(_overlap(name.span, other.span) for other in unlisted)]
    for name in sorted((*names, *unlisted), key=lambda name: name.span):
        toponym = _build(index, sentence.text, name, capitals=capitals)
        if toponym.places or not name.places:
            yield toponym
