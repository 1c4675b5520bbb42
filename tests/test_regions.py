"""Towns of one name are told apart: on a chart, in the list of regions, and where one of them is asked for."""

import pandas as pd
import pytest

from series.filters import Filters
from series.listings import list_regions, list_towns
from series.options import By
from series.regions import find_in_region
from series.timelines import make_timeline
from tests.worlds import BLANK

ROWS = [
    {"place": "Marea", "admin1": "SY-HL", "country": "SYR", "value": 3},
    {"place": "Marea", "admin1": "SY-ID", "country": "SYR", "value": 5},
    {"place": "Marea", "country": "IRQ", "value": 7},
    {"place": "Sarmin", "admin1": "SY-ID", "country": "SYR", "value": 11},
]


@pytest.fixture
def figures() -> pd.DataFrame:
    usual = BLANK | {"metric": "killed", "unit": "person", "basis": "new", "status": "reported", "qualifier": "exact"}
    usual |= {"source": "Observatory", "publisher": "Daily", "start": "2020-01-05", "end": "2020-01-05"}
    usual |= {"published": "2020-01-06", "quote": "People were killed."}
    rows = [usual | {"id": f"f{at}", "report": f"r{at}"} | row for at, row in enumerate(ROWS)]
    return pd.DataFrame([row | {"low": row["value"], "high": row["value"]} for row in rows])


def draw_towns(figures: pd.DataFrame) -> dict[str, float]:
    timeline = make_timeline(figures, by=By.REGION)
    towns = timeline[timeline["region_level"].eq("place")]
    return dict(zip(towns["region"], towns["best"], strict=True))


def test_regions_towns_of_one_name_have_a_line_each(figures: pd.DataFrame) -> None:
    assert draw_towns(figures) == {"Marea (Aleppo)": 3, "Marea (Idlib)": 5, "Marea (Iraq)": 7, "Sarmin": 11}


def test_regions_town_that_is_alone_with_its_name_keeps_it(figures: pd.DataFrame) -> None:
    assert draw_towns(figures.iloc[1:2]) == {"Marea": 5}
    assert draw_towns(figures.iloc[[0, 0, 3]]) == {"Marea": 3, "Sarmin": 11}


def test_regions_running_totals_of_towns_of_one_name_say_where(figures: pd.DataFrame) -> None:
    totals = figures.iloc[:2].assign(basis="cumulative", source=["Observatory", "Ministry"])
    timeline = make_timeline(totals, by=By.SOURCE)
    told = timeline[timeline["basis"].eq("cumulative")]
    assert dict(zip(told["source"], told["region"], strict=True)) == {
        "Observatory": "Marea (Aleppo)",
        "Ministry": "Marea (Idlib)",
    }


def test_regions_are_listed_by_the_names_that_are_drawn(figures: pd.DataFrame) -> None:
    listed = list_regions(figures)
    towns = listed[listed["region_level"].eq("place")]
    assert sorted(towns["region"]) == sorted(list_towns(figures)) == sorted(draw_towns(figures))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Marea", [3, 5, 7]),
        ("Marea (Aleppo)", [3]),
        ("Marea (Idlib)", [5]),
        ("Marea (Iraq)", [7]),
        ("Marea (Syria)", []),
        ("Sarmin (Aleppo)", []),
        ("Idlib", [5, 11]),
    ],
)
def test_regions_name_that_says_where_finds_one_town(figures: pd.DataFrame, name: str, values: list[int]) -> None:
    assert Filters(region=(name,)).apply(figures)["value"].tolist() == values


def test_regions_place_with_brackets_of_its_own_is_found() -> None:
    rows = pd.DataFrame({"at_country": ["Ukraine"], "at_admin1": ["Kyiv (UA-30)"], "at_place": ["Marea (old)"]})
    rows = rows.assign(region="Marea (old)", country="UKR", admin1="UA-30")
    assert find_in_region(rows, "Marea (old) (Kyiv (UA-30))").tolist() == [True]
    assert find_in_region(rows, "Marea (Kyiv (UA-30))").tolist() == [False]
