"""The gazetteer: which places bear a name, looked up in one compact file and in the tables of our own.

``data/gazetteer.sqlite`` is built by ``python -m data.build_gazetteer`` from GeoNames. It is opened at the first
look-up, never at import. The tables beside it (places, aliases, regions, demonyms) are read as they are, so a row added
there counts at once.
"""

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

import regex

from parsers.tables import DATA, TableError, load_rows

GAZETTEER = DATA / "gazetteer.sqlite"
REBUILD = "build it with: python -m data.build_gazetteer"

NAMED = """
    select p.name, level, a.code, c.code, latitude, longitude, population, main
    from name n join place p on p.id = n.place
    left join code a on a.id = p.admin1 left join code c on c.id = p.country
    where key = ?
"""
LENGTHS = "select max(length(key) - length(replace(key, ' ', ''))) + 1 from name where key >= ? and key < ?"
LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "-": " "}
    | dict.fromkeys("'’‘ʼʻʿʾ`´ʹ.,")
)
ARTICLES = regex.compile(r"\b(?:el|an|ar|as|ash|at|az|ad|adh)(?=\ \w)", regex.X)
SAINTS = regex.compile(r"\b(?:saint|sainte|ste)(?=\ \w)", regex.X)


class Level(StrEnum):
    """How large a place is: a country, a region that is no division, a first- or second-level division, a town."""

    COUNTRY = "country"
    REGION = "region"
    DIVISION = "division"
    DISTRICT = "district"
    TOWN = "town"


LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its parents.

    ``admin1`` is the ISO 3166-2 code of the first-level division, or GeoNames' code (``PS.GZ``) where ISO has none;
    ``country`` is ISO 3166 alpha-3, None for a region of several countries. ``main`` says that the name looked up is
    the place's own, not another spelling, ``ours`` that a table of our own names it; ``latitude`` and ``longitude`` are
    degrees, for a division or a country those of the middle of its people.
    """

    name: str
    level: Level
    admin1: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    population: int = 0
    main: bool = True
    ours: bool = False


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Return the key of a name: no case, no accents, no apostrophes, one form for the Arabic article and for Saint.

    >>> fold("Ma‘arrat an-Nu‘mān") == fold("Maarrat al-Numan")
    True
    """
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name)
    key = "".join(letter for letter in plain.casefold().translate(LETTERS) if not unicodedata.combining(letter))
    key = ARTICLES.sub("al", " ".join(key.split()))
    return SAINTS.sub("st", key)


@cache
def _connection() -> sqlite3.Connection:
    if not GAZETTEER.exists():
        raise TableError(f"{GAZETTEER}: no such file; {REBUILD}")
    return sqlite3.connect(f"file:{GAZETTEER}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _degrees(stored: int | None) -> float | None:
    return None if stored is None else stored / 100_000


def _find_stored(key: str) -> Iterator[Place]:
    for name, level, admin1, country, latitude, longitude, population, main in _connection().execute(NAMED, (key,)):
        yield Place(
            name, LEVELS[level], admin1, country, _degrees(latitude), _degrees(longitude), population, main=bool(main)
        )


def _number(text: str, name: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        raise TableError(f"{name}: {text!r} is not a number; write degrees such as 35.93") from None


def _own_places() -> Iterator[tuple[str, Place]]:
    for row in load_rows("regions", ("name", "aliases", "admin1", "country", "latitude", "longitude")):
        place = Place(
            row["name"],
            Level.REGION,
            row["admin1"] or None,
            row["country"] or None,
            _number(row["latitude"], row["name"]),
            _number(row["longitude"], row["name"]),
            ours=True,
        )
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            yield fold(name), place
    for row in load_rows("places", ("name", "admin1", "country", "latitude", "longitude")):
        place = Place(
            row["name"],
            Level.TOWN,
            row["admin1"] or None,
            row["country"],
            _number(row["latitude"], row["name"]),
            _number(row["longitude"], row["name"]),
            ours=True,
        )
        yield fold(row["name"]), place


def _named(rows: Sequence[dict[str, str]], own: dict[str, list[Place]]) -> list[Place]:
    """Return the places that aliases of one name mean: those that bear the name or an alias, in its country."""
    admin1, country = rows[0]["admin1"], rows[0]["country"]
    keys = dict.fromkeys(fold(name) for row in rows for name in (row["name"], row["alias"]))
    matches = [
        place
        for key in keys
        for place in (*own.get(key, ()), *_find_stored(key))
        if place.country == country and admin1 in {"", place.admin1} and rows[0]["level"] in {"", place.level}
    ]
    if matches:
        return list(largest(matches))
    raise TableError(
        f"{DATA / 'place_aliases.csv'}: {rows[0]['alias']}: no place {rows[0]['name']!r} in {admin1 or country}; "
        "mend the name, or add the place to places.csv"
    )


def largest(places: Iterable[Place]) -> Iterator[Place]:
    """Yield of each level the place with the most people."""
    best: dict[Level, Place] = {}
    for place in places:
        if place.level not in best or (place.main, place.population) > (
            best[place.level].main,
            best[place.level].population,
        ):
            best[place.level] = place
    return iter(best.values())


def _read_aliases() -> Iterator[dict[str, str]]:
    return load_rows("place_aliases", ("alias", "name", "level", "admin1", "country"))


@cache
def _load_own() -> dict[str, tuple[Place, ...]]:
    """Load the tables of our own: key to places; an alias also gives its places their usual English name."""
    own: dict[str, list[Place]] = {}
    for key, place in _own_places():
        own.setdefault(key, []).append(place)
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in _read_aliases():
        groups.setdefault((row["name"], row["level"], row["admin1"], row["country"]), []).append(row)
    aliased: dict[str, list[Place]] = {}
    for rows in groups.values():
        places = [replace(place, name=rows[0]["name"], main=True, ours=True) for place in _named(rows, own)]
        for key in {fold(name) for row in rows for name in (row["name"], row["alias"])}:
            known = aliased.setdefault(key, [])
            known.extend(place for place in places if place not in known)
    for key, places in aliased.items():
        own[key] = [*places, *own.get(key, ())]
    return {key: tuple(places) for key, places in own.items()}


@cache
def load_acronyms() -> frozenset[str]:
    """Return the aliases that are written in capitals only, in lower case: "CAR" is a country, "Car" is none."""
    return frozenset(row["alias"].lower() for row in _read_aliases() if row["alias"].isupper())


@cache
def load_demonyms() -> dict[str, str]:
    """Load the words for the people of a country: ``Syrian`` to ``SYR``, in lower case."""
    return {row["demonym"].lower(): row["country"] for row in load_rows("demonyms", ("demonym", "country"))}


@cache
def load_capitals() -> frozenset[tuple[str, str]]:
    """Load the capitals: name and country, such as ``("Kabul", "AFG")``; a country may have two."""
    return frozenset((row["capital"], row["country"]) for row in load_rows("capitals", ("capital", "country")))


@cache
def find_country(code: str) -> Place | None:
    """Return a country by its ISO 3166 alpha-3 code.

    >>> find_country("TUR").name
    'Türkiye'
    """
    for places in _load_own().values():
        for place in places:
            if place.level is Level.COUNTRY and place.country == code:
                return place
    name = _country_names().get(code)
    return next((place for place in _find_stored(fold(name)) if place.country == code), None) if name else None


def name_country(code: str) -> str | None:
    """Return the usual English name of a country by its ISO 3166 alpha-3 code.

    >>> name_country("PER")
    'Peru'
    """
    country = find_country(code)
    return country.name if country else None


@cache
def _country_names() -> dict[str, str]:
    # One pass over the places for all countries: each by itself would take as long.
    rows = _connection().execute("select code, name from place p join code c on c.id = p.country where level = 0")
    return dict(reversed(rows.fetchall()))


@cache
def find_division_name(code: str) -> str | None:
    """Return the name of a first-level division by its code.

    >>> find_division_name("SY-ID")
    'Idlib'
    """
    return _division_names().get(code)


@cache
def _division_names() -> dict[str, str]:
    level = LEVELS.index(Level.DIVISION)
    query = f"select code, name from place p join code a on a.id = p.admin1 where level = {level}"  # noqa: S608 - ours
    return dict(_connection().execute(query).fetchall())


@cache
def _own_lengths() -> dict[str, int]:
    """Return how many words the longest of our own names and demonyms have that begin with a word."""
    lengths: dict[str, int] = {}
    for key in (*_load_own(), *map(fold, load_demonyms())):
        words = key.split()
        lengths[words[0]] = max(lengths.get(words[0], 0), len(words))
    return lengths


@lru_cache(maxsize=1 << 16)
def count_words(first: str) -> int:
    """Return how many words the longest name has that goes on from a word; most words begin none, and give 0.

    >>> count_words("Phnom"), count_words("Yesterday")
    (3, 0)
    """
    # Folded as one of several words: "el" is an article only where a name follows.
    key = fold(f"{first} x").split()[0]
    # What begins with a word and a space sorts before the word with "!", the sign behind the space.
    stored = _connection().execute(LENGTHS, (key, f"{key}!")).fetchone()[0]
    return max(_own_lengths().get(key, 0), stored or 0)


def _same(one: Place, other: Place) -> bool:
    return (one.level, one.admin1, one.country, one.latitude) == (
        other.level,
        other.admin1,
        other.country,
        other.latitude,
    )


@lru_cache(maxsize=1 << 16)
def find_named(name: str) -> tuple[Place, ...]:
    """Find the places that bear a name, ours first; none is an empty tuple.

    >>> sorted((place.level.value, place.admin1) for place in find_named("Idlib"))
    [('district', 'SY-ID'), ('division', 'SY-ID'), ('town', 'SY-ID')]
    >>> find_named("Kiev")[0].name
    'Kyiv'
    """
    key = fold(name)
    own = _load_own().get(key, ())
    stored = [place for place in _find_stored(key) if not any(_same(place, known) for known in own)]
    return (*own, *stored)
