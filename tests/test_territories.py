"""The tables of informal regions and of households: every row names what the gazetteer knows."""

import csv
from pathlib import Path

import pytest

from parsers import tables
from parsers.tables import DATA, TableError, load_rows
from series.households import load_sizes
from series.regions import load_names
from series.territories import load_members

HEAD = "region,member,extent\n"


@pytest.fixture
def _own_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    (tmp_path / "region_members.csv").write_text(HEAD + request.param)
    (tmp_path / "regions.csv").write_text((DATA / "regions.csv").read_text())
    monkeypatch.setattr(tables, "DATA", tmp_path)


def test_territories_are_regions_of_the_gazetteer() -> None:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as lines:
        regions = {row["name"] for row in csv.DictReader(lines)}
    assert set(load_members()) <= regions
    assert len(load_members()) >= 40


def test_territories_hold_no_country_or_division_in_two_ways() -> None:
    assert not {name for name, own in load_members().items() if own.whole & own.part}
    rows = [(row["region"], row["member"]) for row in load_rows("region_members", ("region", "member", "extent"))]
    assert len(rows) == len(set(rows))


def test_territories_hold_what_their_regions_hold() -> None:
    assert ("Indonesia", "Kalimantan Barat", None) in load_members()["Borneo"].whole


@pytest.mark.usefixtures("_own_table")
@pytest.mark.parametrize(
    ("_own_table", "said"),
    [("Darfur,SD-XX,whole\n", "'SD-XX' is no code"), ("Darfur,SD-DN,mostly\n", "'mostly' is no extent")],
    indirect=["_own_table"],
)
def test_territories_refuse_mistakes(said: str) -> None:
    with pytest.raises(TableError, match=said):
        load_members.__wrapped__()


def test_household_sizes_stand_once_for_a_country_and_year() -> None:
    sizes = load_sizes()
    assert set(sizes["country"]) <= set(load_names())
    assert not sizes.duplicated(["country", "year"]).any()
    assert sizes["size"].between(1.5, 10).all()
    assert len(sizes) > 120
