"""Which of the places that share a name is meant: rules over the report's countries, parents, size and nearness."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Protocol

from parsers.gazetteers import Level, Place, find_country, fold
from parsers.tables import load_section
from parsers.toponyms import BROAD, Toponym, load_words

CITY = 100_000
"""People from which a town is known outside its country."""
SPELLED = 5_000
"""People from which another spelling of a town's name, that no other country has, is evidence behind "in"."""
WELL_KNOWN = 50_000
"""People from which a town of a country that names its towns with their states is known without one."""
PLAIN = 5
"""Letters from which a name is hardly a word of another language: Inca."""
SHORT = 6
"""Letters in a name that places all over the world may have by chance."""
LARGE = 200_000
RIVAL = 8
"""A name is unambiguous where its largest town has so many times the people of the next country's."""
STANDING = {Level.COUNTRY: 9.0, Level.REGION: 7.0, Level.DIVISION: 2.0, Level.DISTRICT: -0.5, Level.TOWN: 1.0}
HINT = 2.0
"""What it weighs that all names of the report which only one country has are of the place's country."""
ABROAD = 0.1
"""What the country of a weapon weighs: it strikes others."""
NEARBY = 1_000.0
"""Kilometres beyond which nearness says nothing."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the report says of where it is: the weight of each country, the places joined to a parent, the people."""

    countries: Mapping[str, float]
    explicit: Mapping[int, frozenset[Place]]
    people: frozenset[str]
    middle: Mapping[str, tuple[float, float]]
    total: float
    hints: Mapping[str, int]
    """The countries of the names that only one country has, however small, and how many such names there are."""
    divisions: frozenset[str | None] = frozenset()
    """The first-level divisions of the large towns that the report names."""

    def share(self, country: str | None) -> float:
        """Return the country's share of all mentions of countries, 0 to 1."""
        return self.countries.get(country or "", 0.0) / self.total if self.total else 0.0


@cache
def _words(name: str) -> frozenset[str]:
    return load_section("en", "places").words(name)


@cache
def _between() -> frozenset[str]:
    """Words that may stand between a place and its parent."""
    words = load_words()
    return _words("fillers") | words.divisions | words.towns | words.directions.keys() | {",", "(", "in", "s"}


class Region(Protocol):
    """Anything with a level and parents."""

    @property
    def level(self) -> Level:
        """How large it is."""

    @property
    def admin1(self) -> str | None:
        """The code of its first-level division."""

    @property
    def country(self) -> str | None:
        """The code of its country."""


def contains(outer: Region, inner: Region) -> bool:
    """Say whether a place lies in another.

    >>> from parsers.gazetteers import find_named
    >>> contains(find_named("Syria")[0], find_named("Saraqib")[0])
    True
    """
    if outer.country is None or outer.country != inner.country or outer.level == inner.level:
        return False
    if outer.level == Level.COUNTRY:
        return True
    if outer.level == Level.REGION:
        # Metekel, a zone of a division, holds none; Kurdistan, which has no division of its own, holds several.
        wider = {Level.COUNTRY, Level.DIVISION} if outer.admin1 else {Level.COUNTRY}
        return outer.admin1 in {None, inner.admin1} and inner.level not in wider
    within = {Level.DIVISION: {Level.REGION, Level.DISTRICT, Level.TOWN}, Level.DISTRICT: {Level.TOWN}}
    return outer.admin1 == inner.admin1 and inner.level in within.get(outer.level, set())


def _gap(one: Toponym, other: Toponym, text: str) -> list[str]:
    """Return the words and marks between two names of a sentence."""
    gap = text[one.end : other.start].replace("'s", " ").lower()
    return gap.replace(",", " , ").replace("(", " ( ").split()


def is_joined(one: Toponym, other: Toponym, text: str) -> bool:
    """Say whether two names of a sentence may stand together as place and parent: "Kibi in the east of Ghana"."""
    words = _gap(one, other, text)
    if not all(word in _between() for word in words) or ("and" in words and "," not in words):
        return False
    return not ("," in words and (other.demonym or _is_teller(other)))


def _is_teller(toponym: Toponym) -> bool:
    """Say whether a name behind a comma begins what its people say: "near Tongo Tongo, Washington officials said"."""
    following = toponym.after[:1]
    return not toponym.generic and not (_words("offices") | _words("telling")).isdisjoint(following)


def _joined(one: Toponym, other: Toponym, text: str) -> Iterator[tuple[Place, Place]]:
    """Yield the pairs of places, finer first, of two names that stand together as place and parent."""
    if one.sentence != other.sentence or not is_joined(one, other, text):
        return
    words = _gap(one, other, text)
    for first in one.places:
        for second in other.places:
            if contains(second, first) and words:
                yield first, second
            elif contains(first, second) and (one.possessive or not words):
                yield second, first


def _find_explicit(toponyms: Sequence[Toponym], texts: Mapping[int, str]) -> dict[int, frozenset[Place]]:
    explicit: dict[int, set[Place]] = {}
    for number, (one, other) in enumerate(pairwise(toponyms)):
        text = texts[one.sentence]
        for inner, outer in _joined(one, other, text):
            for index, toponym in ((number, one), (number + 1, other)):
                explicit.setdefault(index, set()).update({inner, outer} & set(toponym.places))
        if one.demonym and one.sentence == other.sentence:
            gap = text[one.end : other.start].lower().split()
            if all(word in _between() for word in gap) and "and" not in gap:
                explicit.setdefault(number + 1, set()).update(p for p in other.places if p.country == one.demonym)
    return {index: frozenset(places) for index, places in explicit.items() if places}


def _plain_country(toponym: Toponym) -> str | None:
    """Return the country of a large place whose name no other country's place rivals."""
    if all(place.population < LARGE and place.level is not Level.REGION for place in toponym.places):
        return None
    largest: Counter[str] = Counter()
    for place in toponym.places:
        if place.main and place.level is not Level.COUNTRY and place.country:
            people = LARGE * RIVAL if place.level is Level.REGION else place.population
            largest[place.country] = max(largest[place.country], people)
    ranked = largest.most_common(2)
    if not ranked or ranked[0][1] < LARGE or (len(ranked) > 1 and ranked[1][1] * RIVAL > ranked[0][1]):
        return None
    return ranked[0][0]


def read_context(
    toponyms: Sequence[Toponym],
    texts: Mapping[int, str],
    homes: Mapping[str, float],
    speakers: frozenset[str] = frozenset(),
) -> Context:
    """Weigh the countries that the report names, by name, by demonym, by a large town, beside its claimants' homes."""
    countries: dict[str, float] = dict(homes)
    explicit = _find_explicit(toponyms, texts)
    sums: dict[str, list[tuple[float, float]]] = {}
    for number, toponym in enumerate(toponyms):
        weight = 0.5 if toponym.embedded or toponym.person else 1.0
        if toponym.name.lower() in _words("seats") or toponym.generic in _words("ways"):
            continue  # "prosecutors in The Hague", "on the Salah al-Din road"
        if toponym.demonym:
            country: str | None = toponym.demonym
            weight *= ABROAD if _strikes(toponym) else 1.0
        elif toponym.country and toponym.country.country:
            country, weight = toponym.country.country, 2 * weight
        elif toponym.embedded or toponym.person or toponym.name.lower() in _words("ordinary"):
            continue
        elif number in explicit:
            country = next(iter(explicit[number])).country
        else:
            country = _plain_country(toponym)
        if country:
            countries[country] = countries.get(country, 0.0) + weight
            sums.setdefault(country, []).extend(_find_points(toponym, country))
    middle = {
        country: (sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points))
        for country, points in sums.items()
        if points
    }
    people = frozenset(t.name.lower() for t in toponyms if _is_persons(t, speakers))
    named = (toponym for toponym in toponyms if toponym.name.lower() not in _words("seats"))
    alone = {toponym.name: country for toponym in named if (country := _only_country(toponym))}
    hints = Counter(alone.values())
    divisions = frozenset(_largest_town(toponym) for toponym in toponyms if not toponym.country)
    return Context(countries, explicit, people, middle, sum(countries.values()), hints, divisions)


def _find_points(toponym: Toponym, country: str) -> Iterator[tuple[float, float]]:
    """Yield where the places of a country that bear a name are, or the middle of the country that a demonym is of."""
    home = find_country(country) if toponym.demonym else None
    for place in (home,) if home else toponym.places:
        known = place.country == country and place.main
        if known and place.latitude is not None and place.longitude is not None:
            yield place.latitude, place.longitude


def _is_persons(toponym: Toponym, speakers: frozenset[str]) -> bool:
    """Say whether a name is a person's or part of one, or that of one who speaks and is no large town."""
    if toponym.demonym or toponym.country:
        return False
    speaks = toponym.name.lower() in speakers and all(place.population < CITY for place in toponym.places)
    return toponym.person or toponym.embedded or speaks


def _largest_town(toponym: Toponym) -> str | None:
    """Return the first-level division of the largest town that bears a name, where it is a large one."""
    towns = (place for place in toponym.places if place.level is Level.TOWN and place.population >= LARGE)
    largest = max(towns, key=lambda place: place.population, default=None)
    return largest.admin1 if largest and not toponym.embedded else None


def _strikes(toponym: Toponym) -> bool:
    """Say whether a demonym only says whose weapons struck: "a Turkish drone"."""
    return bool(toponym.after) and toponym.after[0] in _words("attacks")


def _only_country(toponym: Toponym) -> str | None:
    """Return the one country that has places of a name, written so."""
    if is_ordinary(toponym) and not toponym.capitals:
        return None
    countries = {place.country for place in toponym.places}
    plain = any(place.main for place in toponym.places)
    return countries.pop() if plain and len(countries) == 1 else None


def is_foreign(place: Place, context: Context) -> bool:
    """Say whether only another spelling of a name would put it in a country that no other name of the report bears."""
    named = context.hints.keys() | context.countries.keys()
    return not place.main and bool(named) and place.country not in named


def _distance(place: Place, point: tuple[float, float]) -> float:
    """Return kilometres, on a flat map."""
    if place.latitude is None or place.longitude is None:
        return NEARBY
    narrow = math.cos(math.radians(point[0]))
    return 111.0 * math.hypot(place.latitude - point[0], (place.longitude - point[1]) * narrow)


@lru_cache(maxsize=1 << 14)
def _standing(level: Level, population: int) -> float:
    return STANDING[level] + math.log10(population + 10)


def score(place: Place, toponym: Toponym, context: Context, explicit: frozenset[Place]) -> float:
    """Return how well a place fits: its standing, its people, the report's countries, a parent named, nearness."""
    words = load_words()
    total = _standing(place.level, place.population)
    total += 8.0 * context.share(place.country)
    total += 8.0 if explicit and place in explicit else 0.0
    total += 1.0 if place.main else -1.0
    total += 2.0 if place.ours else 0.0
    total += HINT if place.level is Level.TOWN and place.main and context.hints.keys() == {place.country} else 0.0
    if place.level is Level.DIVISION and toponym.country and place.admin1 in context.divisions:
        total += 15.0  # Georgia, where Atlanta is
    total += 2.0 if not toponym.name.isascii() and place.name == toponym.name else 0.0
    if toponym.generic is None and place.ours and place.level is Level.REGION and toponym.before[-1:] == ("the",):
        total += 8.0  # "the Sahel" is more than the Sahel region of Burkina Faso
    if toponym.generic in words.divisions:
        # "Niger state" is no country.
        total += {Level.DIVISION: 4.0, Level.DISTRICT: 4.0, Level.REGION: 4.0, Level.COUNTRY: -12.0}.get(
            place.level, 0.0
        )
    elif toponym.generic in words.towns:
        total += 6.0 if place.level is Level.TOWN else 0.0
    if middle := context.middle.get(place.country or ""):
        total += max(0.0, 1.0 - _distance(place, middle) / NEARBY)
    return total


def _says_level(toponym: Toponym, place: Place) -> bool:
    """Say whether a generic word, "province" or "town", stands with the name and fits the place."""
    words = load_words()
    if toponym.generic in words.divisions:
        return place.level in BROAD and (place.main or place.population >= LARGE)
    return toponym.generic in words.towns and place.level is Level.TOWN and place.main


def is_accepted(toponym: Toponym, place: Place, context: Context, *, led: bool, explicit: bool) -> bool:
    """Say whether there is evidence enough that the words are a place at all.

    ``led`` says that a preposition or verb of place leads to the name, ``explicit`` that its parent stands with it.
    """
    agrees = context.countries.get(place.country or "", 0.0) > 0
    generic = _says_level(toponym, place)
    name = toponym.name.lower()
    if toponym.person or (name in context.people and not (led and agrees)):
        return False
    if name in _words("ordinary") and not explicit:
        plain = name in _words("written_small") and not toponym.capitals and place.population >= SPELLED
        return led and (agrees or generic or plain)
    if _is_of_a_thing(toponym, place) and not (agrees or explicit):
        return False
    if toponym.embedded:
        return led and (agrees or explicit) and place.main and place.level is not Level.COUNTRY
    if toponym.capitals:
        return led or place.level is Level.COUNTRY
    broad = place.level in {Level.COUNTRY, Level.REGION}
    return explicit or generic or broad or _is_known(toponym, place, context, led=led, agrees=agrees)


def is_unmistakable(toponym: Toponym, place: Place, context: Context) -> bool:
    """Say whether a name is a known place's of one country, and no word's or person's: Kaga-Bandoro, but not Inca."""
    if is_ordinary(toponym) or toponym.demonym or toponym.name.lower() in context.people:
        return False
    stated = (place.country or "").lower() in _words("with_state")
    known = place.level is not Level.TOWN or place.population >= SPELLED
    return place.main and known and not stated and len(toponym.name) >= PLAIN and _is_unrivalled(place, toponym)


def _is_of_a_thing(toponym: Toponym, place: Place) -> bool:
    """Say whether the name is rather a founder's or an island's than a town's: the Carrick home, Delft Island."""
    if toponym.generic in _words("institutions"):
        return place.population < CITY
    if place.level is Level.DIVISION and toponym.generic in _words("ways"):
        return True
    return toponym.generic in load_words().features and place.level is Level.TOWN


def is_ordinary(toponym: Toponym) -> bool:
    """Say whether a name is a word, a person's or a school's name as well, or part of a longer name."""
    name, generic = toponym.name.lower(), toponym.generic
    is_word = name in _words("ordinary") or generic in _words("institutions")
    return is_word or toponym.embedded or toponym.person or toponym.capitals


def _is_known(toponym: Toponym, place: Place, context: Context, *, led: bool, agrees: bool) -> bool:
    """Say whether a name alone is evidence: the larger the place, the less it takes."""
    large = place.population >= CITY or place.ours
    if agrees:
        return led or (place.main and (toponym.start > 0 or large))
    stated = (place.country or "").lower() in _words("with_state")
    if not place.main:
        rivals = (other.population for other in toponym.places if other.country != place.country)
        alone = RIVAL * max(rivals, default=0) <= place.population
        if alone and place.population >= LARGE and len(toponym.name) > SHORT:
            return True  # North Rhine-Westphalia
        return led and alone and not stated and place.population >= SPELLED and not is_foreign(place, context)
    leads = {*toponym.before[-1:], " ".join(toponym.before[-2:])}
    plain = not toponym.possessive and not _words("town_leads").isdisjoint(leads)
    if stated and place.population < WELL_KNOWN and not plain:
        return False
    # Small towns far apart may share a short name by chance, hardly a long one.
    if len(toponym.name) <= SHORT and place.population < SPELLED and _is_elsewhere(place, toponym, context):
        return False
    alone = _is_unrivalled(place, toponym)
    return (led and (alone or large)) if context.countries else (led or large)


def _is_elsewhere(place: Place, toponym: Toponym, context: Context) -> bool:
    """Say whether a place lies far from all that the report names, in a country that nothing else speaks for."""
    if context.hints.get(place.country or "", 0) > (_only_country(toponym) is not None):
        return False
    if not context.countries:
        return bool(context.hints.keys() - {place.country})
    return all(_distance(place, middle) >= NEARBY for middle in context.middle.values()) and bool(context.middle)


def _is_unrivalled(place: Place, toponym: Toponym) -> bool:
    """Say whether no other country has a place of that name, or only ones that are far smaller: Goma."""
    others = [other.population for other in toponym.places if other.main and other.country != place.country]
    return not others or 0 < RIVAL * max(others) <= place.population


def choose(number: int, toponym: Toponym, context: Context) -> Place | None:
    """Return the place of several that fits best; a town and its division of one name give the division."""
    if len(toponym.places) <= 1:
        return next(iter(toponym.places), None)
    explicit = context.explicit.get(number, frozenset())
    ranked = sorted(toponym.places, key=lambda place: -score(place, toponym, context, explicit))
    best = ranked[0]
    if best.level is Level.DISTRICT and toponym.generic not in load_words().divisions:
        beside = (place for place in ranked if place.level is Level.TOWN and place.admin1 == best.admin1)
        towns = (place for place in beside if fold(toponym.name) in fold(place.name))  # Basilan is not Isabela City
        town = next(towns, best)
        return replace(town, main=town.main or best.main)  # Juárez, the district of Ciudad Juárez
    return best
