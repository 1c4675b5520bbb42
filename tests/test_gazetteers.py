"""The gazetteer opens late and fast, knows places by all their spellings, and its tables refuse mistakes."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers import gazetteers, tables
from parsers.gazetteers import GAZETTEER, Level, find_country, find_named, fold, load_capitals, load_demonyms
from parsers.tables import TableError

MEGABYTE = 1_000_000
LARGEST_FILE = 25 * MEGABYTE
OPENING = """
import resource, sys, time
from parsers.gazetteers import find_named, _connection
assert not _connection.cache_info().currsize, "opened at import"
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
find_named("Idlib")
print(time.perf_counter() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Idleb", "SYR", "SY-ID"),
        ("Maaret al-Numan", "SYR", "SY-ID"),
        ("Ma‘arrat an-Nu‘mān", "SYR", "SY-ID"),
        ("Khan Sheikhoun", "SYR", "SY-ID"),
        ("Kafr Nabl", "SYR", "SY-ID"),
        ("Jisr al-Shughour", "SYR", "SY-ID"),
        ("Darat Izza", "SYR", "SY-HL"),
        ("Tartous", "SYR", "SY-TA"),
        ("Al-Fashir", "SDN", "SD-DN"),
        ("El Fasher", "SDN", "SD-DN"),
        ("Omdurman", "SDN", "SD-KH"),
        ("Wad Madani", "SDN", "SD-GZ"),
        ("El Geneina", "SDN", "SD-DW"),
        ("Khan Yunis", "PSE", "PS.GZ"),
        ("Khan Younis", "PSE", "PS.GZ"),
        ("Gaza", "PSE", "PS.GZ"),
        ("Rafah", "PSE", "PS.GZ"),
        ("Nablus", "PSE", "PS.WE"),
        ("Kiev", "UKR", "UA-30"),
        ("Kharkov", "UKR", "UA-63"),
        ("Kryvyi Rih", "UKR", "UA-12"),
        ("Sanliurfa", "TUR", "TR-63"),
        ("Diyarbakir", "TUR", "TR-21"),
        ("Sana'a", "YEM", "YE-SA"),
        ("North Kivu", "COD", "CD-NK"),
        ("Palu", "IDN", "ID-ST"),
    ],
)
def test_gazetteers_knows_a_place_by_its_spellings(name: str, country: str, admin1: str) -> None:
    assert (country, admin1) in {(place.country, place.admin1) for place in find_named(name)}


@pytest.mark.parametrize(
    ("name", "country", "canonical"),
    [
        ("Turkey", "TUR", "Türkiye"),
        ("Burma", "MMR", "Myanmar"),
        ("DRC", "COD", "DR Congo"),
        ("Ivory Coast", "CIV", "Côte d'Ivoire"),
        ("South Sudan", "SSD", "South Sudan"),
        ("UAE", "ARE", "United Arab Emirates"),
        ("Kosovo", "XKX", "Kosovo"),
        ("North Korea", "PRK", "North Korea"),
        ("Palestine", "PSE", "Palestine"),
    ],
)
def test_gazetteers_knows_a_country_by_its_names(name: str, country: str, canonical: str) -> None:
    place = find_named(name)[0]
    assert (place.level, place.country, place.name) == (Level.COUNTRY, country, canonical)


@pytest.mark.parametrize("name", ["the Sahel", "Kivu", "Darfur", "Donbas", "Kashmir", "north-west Syria"])
def test_gazetteers_knows_a_region_that_is_no_division(name: str) -> None:
    assert find_named(name)[0].level is Level.REGION


@pytest.mark.parametrize(
    ("one", "other"),
    [("Al-Hasakah", "Al Ḩasakah"), ("Saint-Louis", "St. Louis"), ("Şanlıurfa", "Sanliurfa"), ("CÔTE D'OR", "Cote dOr")],
)
def test_gazetteers_fold_gives_spellings_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_gazetteers_unknown_name_is_no_place() -> None:
    assert find_named("Nowhereville-on-Sea") == ()


def test_gazetteers_demonyms_name_known_countries() -> None:
    assert {find_country(code) is not None for code in load_demonyms().values()} == {True}


def test_gazetteers_capitals_are_places_of_their_countries() -> None:
    unknown = [
        (capital, country)
        for capital, country in load_capitals()
        if country not in {place.country for place in find_named(capital) if place.name == capital}
    ]
    assert unknown == []


def test_gazetteers_file_is_small() -> None:
    assert GAZETTEER.stat().st_size <= LARGEST_FILE


def test_gazetteers_opens_late_and_fast() -> None:
    root = Path(__file__).parent.parent
    run = subprocess.run([sys.executable, "-c", OPENING], cwd=root, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, run.stdout.split())
    assert seconds < 0.3
    assert megabytes < 150


@pytest.fixture
def broken_aliases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Our tables, with a row of the aliases that names a place nobody knows."""
    for table in tables.DATA.glob("*.csv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    with (tmp_path / "place_aliases.csv").open("a", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerow(["Erewhon", "Nowhereville", "town", "SY-ID", "SYR"])
    monkeypatch.setattr(tables, "DATA", tmp_path)
    gazetteers._load_own.cache_clear()
    yield tmp_path
    gazetteers._load_own.cache_clear()


@pytest.mark.usefixtures("broken_aliases")
def test_gazetteers_alias_of_no_place_is_refused_with_the_remedy() -> None:
    with pytest.raises(TableError, match=r"Erewhon: no place 'Nowhereville' in SY-ID; .*places\.csv"):
        gazetteers._load_own()
