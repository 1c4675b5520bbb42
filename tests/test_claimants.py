"""The table of claimants holds what it says: known countries, names that name one body, and no common words."""

import csv
from collections.abc import Callable, Iterable, Mapping
from io import StringIO

import pytest

from parsers.claimants import COLUMNS, Kind, find_claimant, find_namings, load_claimants
from parsers.gazetteers import find_country, load_demonyms
from parsers.tables import DATA, load_section

Row = Mapping[str, str]
STATE = frozenset({Kind.GOVERNMENT, Kind.HEALTH, Kind.MILITARY, Kind.CIVIL_DEFENCE})
ABROAD = frozenset({"rus-reconciliation"})
"""Offices of a state that count in another."""
LONGEST_DEMONYM = 3
SHORTEST = 2


def read_rows(text: str) -> list[Row]:
    return list(csv.DictReader(StringIO(text), fieldnames=COLUMNS))


ROWS = read_rows((DATA / "sources.csv").read_text(encoding="utf-8"))[1:]


def find_unknown_countries(rows: Iterable[Row]) -> list[str]:
    """Codes of three capitals that no country has."""
    return [row["code"] for row in rows if row["country"] and find_country(row["country"]) is None]


def find_foreign_names(rows: Iterable[Row]) -> list[str]:
    """Offices of a state whose name begins with the people of another than the row's country: Peruvian, of Chile."""
    return [
        row["code"]
        for row in rows
        if row["kind"] in STATE and row["code"] not in ABROAD
        if (country := _read_demonym(row["name"])) and country != row["country"]
    ]


def _read_demonym(name: str) -> str | None:
    words = name.lower().split()
    begun = (" ".join(words[:length]) for length in range(LONGEST_DEMONYM, 0, -1))
    return next((load_demonyms()[words] for words in begun if words in load_demonyms()), None)


def find_needless_aliases(rows: Iterable[Row]) -> list[str]:
    """Aliases that stand twice in their row, be it under the name, or as a short one that is a full one, too."""
    found = []
    for row in rows:
        full = [row["name"], *filter(None, row["aliases"].split("|"))]
        short = list(filter(None, row["short_aliases"].split("|")))
        if len({*full, *short}) < len([*full, *short]):
            found.append(row["code"])
    return found


def find_untidy_cells(rows: Iterable[Row]) -> list[str]:
    """Cells with space around a name, an empty alias, or a name too short to tell anything."""
    return [
        row["code"]
        for row in rows
        for cell in (row["name"], row["aliases"], row["short_aliases"])
        for name in (cell.split("|") if cell else [])
        if name != name.strip() or len(name) < SHORTEST
    ]


CHECKS: dict[Callable[[Iterable[Row]], list[str]], str] = {
    find_unknown_countries: "wrong,Wrongland Police,government,XQZ,,",
    find_foreign_names: "wrong,Peruvian Coast Guard,military,CHL,,",
    find_needless_aliases: "wrong,Beira Relief,ngo,MOZ,Beira Relief,",
    find_untidy_cells: "wrong,Beira Relief,ngo,MOZ,Relief of Beira| ,",
}
"""Each check of the table, and a row that it must find."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_claimants_table_holds(check: Callable[[Iterable[Row]], list[str]]) -> None:
    assert check(ROWS) == []


@pytest.mark.parametrize(("check", "row"), CHECKS.items(), ids=lambda one: getattr(one, "__name__", "row"))
def test_claimants_checks_find_a_wrong_row(check: Callable[[Iterable[Row]], list[str]], row: str) -> None:
    assert set(check(read_rows(row))) == {"wrong"}


def test_claimants_of_one_word_are_not_named_by_the_word_written_small() -> None:
    single = [word for word, node in load_claimants().begun.items() if node.alias and not node.alias.is_short]
    assert single
    assert [word for word in single if find_namings(f"they {word} it")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Who is to care for them, and is it an emergency",
        "The map shows how far the river will reach",
        "They acted as one to mend the fences",
        "It let them go; eta of the bus was noon",
        "The farc of the cup final ended 3r to 1",
        "A front of cold air and a brigade of volunteers",
        "He said that us as aid had come to pax",
    ],
)
def test_claimants_are_not_named_by_common_words(text: str) -> None:
    assert [naming for naming in find_namings(text) if not naming.is_short] == []


@pytest.mark.parametrize("name", sorted(load_section("en", "sources").words("worldwide")))
def test_claimants_has_the_media_that_report_from_everywhere(name: str) -> None:
    claimant = find_claimant(name)
    assert claimant
    assert claimant.kind is Kind.MEDIA


@pytest.mark.parametrize("name", sorted(load_section("en", "sources").words("roving")))
def test_claimants_has_the_armed_groups_of_several_countries(name: str) -> None:
    claimant = find_claimant(name)
    assert claimant
    assert claimant.name.lower() == name
