"""Places that no gazetteer has: their words are kept, and what lies beside them says in which country they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from parsers.gazetteers import Level, Place, find_country
from parsers.homonyms import ABROAD, CITY, Context, choose, is_joined, is_ordinary
from parsers.tables import load_section
from parsers.toponyms import BROAD, Toponym, load_words
from parsers.unlisted import may_be_place


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a report in text order, the texts of their sentences, and what the report says of where it is."""

    toponyms: Sequence[Toponym]
    texts: Mapping[int, str]
    context: Context


def may_be_meant(toponym: Toponym, context: Context) -> bool:
    """Whether a name may be that of a place that no gazetteer has, being nobody's and no feast's."""
    return toponym.name.lower() not in context.people and not toponym.person and may_be_place(toponym.name)


def find_unlisted_place(number: int, names: Names) -> Place | None:
    """Return a name as a place that no gazetteer has, in the parent beside it, else the country most spoken of.

    None for a quarter of a city, which is the place instead, and for a river, which is in no one place.
    """
    if _is_quarter(number, names) or names.toponyms[number].generic in load_words().rivers:
        return None
    name, context = names.toponyms[number].name, names.context
    for at in (number + 1, number - 1):
        if 0 <= at < len(names.toponyms) and (parent := _find_parent(at, number, names)):
            return Place(name, Level.TOWN, parent.admin1, parent.country, None, None)
    if country := _find_beside(number, names):
        return Place(name, Level.TOWN, None, country, None, None)
    hint = next(iter(context.hints)) if len(context.hints) == 1 else None
    spoken_of = [code for code, weight in context.countries.items() if weight > ABROAD]
    country = max(spoken_of, key=lambda code: context.countries[code], default=hint)
    return Place(name, Level.TOWN, None, country, None, None)


def _find_beside(number: int, names: Names) -> str | None:
    """Return the country of the town before a name in its sentence: "three in Yambio and four in Gbondo"."""
    toponyms = names.toponyms
    for at in range(number - 1, -1, -1):
        if toponyms[at].sentence != toponyms[number].sentence:
            break
        place = None if is_ordinary(toponyms[at]) else choose(at, toponyms[at], names.context)
        if place and place.level is Level.TOWN and place.main and place.country in names.context.hints:
            return place.country
    return None


def find_elsewhere(place: Place, number: int, names: Names) -> Place | None:
    """Return a name that only places of other countries bear as a place in the parent that stands behind it.

    "Kalinko in North Kivu" is not the village of Guinea, nor are the Southern Highlands of New South Wales those of
    Papua New Guinea. None where the place may be meant: a city by its name alone, a division but before "of" or "in".
    """
    toponym = names.toponyms[number]
    is_small = place.level is Level.TOWN and place.population < CITY
    if number + 1 == len(names.toponyms) or not (is_small or (place.level in BROAD and _is_tied(number, names))):
        return None
    if not may_be_meant(toponym, names.context) or _is_quarter(number, names):
        return None
    parent = _find_parent(number + 1, number, names)
    if parent is None or parent.country in {None, place.country}:
        return None
    return Place(toponym.name, place.level, parent.admin1, parent.country, None, None)


def _is_tied(number: int, names: Names) -> bool:
    """Whether nothing but "of" or "in" stands between a name and the one behind it."""
    one, other = names.toponyms[number : number + 2]
    gap = names.texts[one.sentence][one.end : other.start].lower().split() if one.sentence == other.sentence else []
    return gap[:1] in (["of"], ["in"]) and gap[1:] in ([], ["the"])


def _is_quarter(number: int, names: Names) -> bool:
    """Whether a name is that of a part of the city behind it: "the Hamidiya district of Aleppo"."""
    if number + 1 == len(names.toponyms) or names.toponyms[number].generic not in _quarters():
        return False
    one, other = names.toponyms[number], names.toponyms[number + 1]
    in_city = any(place.level is Level.TOWN and place.main and place.population >= CITY for place in other.places)
    return in_city and one.sentence == other.sentence and is_joined(one, other, names.texts[one.sentence])


@cache
def _quarters() -> frozenset[str]:
    return load_section("en", "places").words("quarters")


def _find_parent(at: int, number: int, names: Names) -> Place | None:
    """Return the place of a neighbouring name that the text joins with a name as what holds it."""
    first, second = names.toponyms[min(at, number)], names.toponyms[max(at, number)]
    if first.sentence != second.sentence or not is_joined(first, second, names.texts[first.sentence]):
        return None
    if at > number and second.start - first.end <= 1:
        return None  # "Rao Trang" is one name
    holder = names.toponyms[at]
    if at < number and not (first.possessive or first.demonym):
        return None
    parent = find_country(holder.demonym) if holder.demonym else choose(at, holder, names.context)
    return parent if parent and parent.level is not Level.TOWN else None
