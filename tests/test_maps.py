"""The map: shapes that are wound and joined right, values at a date that are never sums, and what is drawn of them."""

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.build_shapes import choose_code, encode, find_inside, simplify, wind
from pages.shared.mapped import find_last, find_time
from series.bins import Bin
from series.images import Words, put_on
from series.labels import DESK
from series.layers import Ground, Layers
from series.looks import DARK, LIGHT, Look
from series.maps import chart_map
from series.outlines import list_around, merge, outline
from series.shadings import list_breaks, list_classes, list_shades
from series.shapes import find_bounds, find_middle, list_countries, list_divisions, load_shapes
from series.steps import make_steps
from series.timelines import DRAWN
from series.towns import name_towns

SQUARE = [(0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0), (0.0, 0.0)]


def make_points(*rows: tuple[str, str, str, float], basis: str = "new", status: str = "reported") -> pd.DataFrame:
    """Points by region: name, level, first day of the month, number."""
    columns = ["region", "region_level", "start", "best"]
    frame = pd.DataFrame(rows, columns=columns).assign(basis=basis, status=status, claims=1, region_code="")
    frame["start"] = pd.to_datetime(frame["start"])
    return frame.assign(low=frame["best"], high=frame["best"]).reindex(columns=DRAWN)


def read_steps(points: pd.DataFrame, **options: Any) -> list[list[float | None]]:
    steps = make_steps(points, Bin.MONTH, **options)
    return [[None if np.isnan(number) else number for number in row] for row in steps.best]


def test_shapes_belong_to_the_divisions_of_the_gazetteer() -> None:
    syria = list_divisions("SYR")
    assert set(syria) - {""} == {
        "SY-DI", "SY-DR", "SY-DY", "SY-HA", "SY-HI", "SY-HL", "SY-HM", "SY-ID", "SY-LA", "SY-QU", "SY-RA", "SY-RD",
        "SY-SU", "SY-TA",
    }  # fmt: skip
    east, north = find_middle(syria["SY-ID"])
    assert 36.2 < east < 37.2
    assert 35.4 < north < 36.4
    assert "KE-01" not in list_divisions("KEN")


@pytest.mark.parametrize("features", [list_countries(), *map(list_divisions, load_shapes()["divisions"])])
def test_shapes_are_wound_clockwise(features: dict[str, Any]) -> None:
    for feature in features.values():
        for polygon in feature["geometry"]["coordinates"]:
            xs, ys = (np.array(axis) for axis in zip(*polygon[0], strict=True))
            assert np.sum(xs[:-1] * ys[1:] - xs[1:] * ys[:-1]) < 0


def test_shapes_are_built_from_lines_and_towns() -> None:
    assert simplify([(0, 0), (1, 0.01), (2, 0), (2, 2)], 0.1) == [(0, 0), (2, 0), (2, 2)]
    assert wind(SQUARE[::-1], hole=False) == SQUARE
    assert wind(SQUARE, hole=True) == SQUARE[::-1]
    assert encode([[SQUARE]]) == [[[0, 0, 0, 2000, 2000, 0, 0, -2000, -2000, 0]]]
    towns = {(1, 1): [(1.5, 1.5, "SYR", "SY-ID")], (2, 1): [(2.5, 1.5, "SYR", "SY-HL")]}
    assert find_inside([[SQUARE]], towns) == [("SYR", "SY-ID")]


@pytest.mark.parametrize(("codes", "code"), [(["a"] * 7 + ["b"] * 3, "a"), (["a", "b"], None), ([], None)])
def test_shapes_of_several_divisions_belong_to_none(codes: list[str], code: str | None) -> None:
    assert choose_code(codes) == code


def test_map_shows_new_counts_in_their_own_month_only() -> None:
    points = make_points(("Idlib", "admin1", "2020-01-01", 9), ("Idlib", "admin1", "2020-03-01", 4))
    assert read_steps(points) == [[9, None, 4]]


def test_map_shows_running_totals_at_the_date_and_never_adds_them() -> None:
    points = make_points(
        ("Idlib", "admin1", "2020-01-01", 90), ("Idlib", "admin1", "2020-03-01", 95),
        ("Hama", "admin1", "2020-02-01", 10), basis="cumulative",
    )  # fmt: skip
    assert read_steps(points) == [[90, 90, 95], [None, 10, 10]]


def test_map_shows_a_stock_only_where_it_stands() -> None:
    points = make_points(("Idlib", "admin1", "2020-01-01", 90), ("Idlib", "admin1", "2020-03-01", 95), basis="stock")
    assert read_steps(points) == [[90, None, 95]]


def test_map_leaves_unverified_claims_out() -> None:
    assert read_steps(make_points(("Idlib", "admin1", "2020-01-01", 9), status="unverified")) == []


@pytest.mark.parametrize(("most", "breaks"), [(0, [1]), (9, [1, 3]), (620, [1, 10, 30, 100, 300])])
def test_map_classes_reach_the_highest_number(most: float, breaks: list[float]) -> None:
    assert list_breaks(most) == breaks


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_map_numbers_stand_out_from_their_shade_and_beside_circles(look: Look) -> None:
    points = make_points(("Idlib", "admin1", "2020-01-01", 900), ("Binnish", "place", "2020-01-01", 40))
    steps = make_steps(points, Bin.MONTH)
    square = {"type": "Feature", "geometry": {"coordinates": [[[[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]]]}}
    ground = Ground({"Idlib": square}, [], {"Binnish": (4.5, 4.5)}, (0.0, 0.0, 9.0, 9.0))
    drawn = Layers(steps, ground, [0], [1], Bin.MONTH, look)
    shades, circles, numbers, _ = drawn.draw(0)
    assert (circles["lon"], circles["lat"]) == ([4.5], [4.5])
    assert (numbers["lon"], numbers["lat"]) != ([4.5], [4.5])
    shade = list_shades(look, len(drawn.breaks))[int(shades["z"][0])]
    assert numbers["textfont"]["color"] == [(LIGHT if look is DARK else DARK).text]
    assert shade in numbers["textfont"]["shadow"][0]


def draw(at: int = 0) -> dict[str, Any]:
    points = make_points(
        ("Idlib", "admin1", "2020-01-01", 40), ("Hama", "admin1", "2020-02-01", 400),
        ("Sarmin", "place", "2020-01-01", 4), ("Taftanaz", "place", "2020-01-01", 16),
    )  # fmt: skip
    divisions = list_divisions("SYR")
    shapes = {"Idlib": divisions["SY-ID"], "Hama": divisions["SY-HM"]}
    ground = Ground(shapes, list(list_countries().values()), {"Sarmin": (36.7, 35.9), "Taftanaz": (36.8, 36.0)})
    words = Words("Killed", "Syria.", ("Sources: a.",))
    steps = make_steps(points, Bin.MONTH)
    return chart_map(steps, ground, words=words, width=Bin.MONTH, at=at, look=DARK if at else LIGHT)


def test_map_shades_and_writes_the_numbers() -> None:
    around, shades, towns, numbers, date = draw()["data"]
    assert shades["locations"] == ["Idlib", "Hama"]
    assert shades["z"] == [2.0, -1.0]
    assert shades["coloraxis"] == "coloraxis"
    assert list_classes(draw(), LIGHT)[0][1] == "no claim"
    assert numbers["text"] == ["<b>Idlib</b><br>40"]
    assert date["text"] == ["<b>January 2020</b>"]
    small, large = towns["marker"]["size"]
    assert large == pytest.approx(2 * small)
    assert towns["text"] == ["Sarmin", "Taftanaz"]
    assert towns["textposition"] == ["middle left", "middle right"]
    assert towns["meta"]["narrow"]["text"] == ["", "Taftanaz"]  # where the ground is small, the larger one has the room
    assert shades["customdata"][0][:2] == ["Idlib", "admin1"]
    assert 1 < len(around["locations"]) < 40


def test_map_names_towns_where_they_lie_on_nothing_else() -> None:
    bounds = (0.0, 0.0, 9.0, 9.0)
    words = {"lon": [4.5], "lat": [1.0], "text": ["<b>Idlib</b><br>522"], "textfont": {"size": 11}}
    beside = [("Binnish", (4.2, 1.0, 9.0)), ("Harem", (8.95, 5.0, 9.0)), ("Maaret", (1.0, 8.0, 20.0))]
    names, circles = zip(*beside, strict=True)
    said = name_towns(names, circles, [words], bounds, DESK)
    assert said == {"text": list(names), "textposition": ["middle left", "middle left", "middle right"]}
    crowd = [(1.0 + 0.02 * at, 1.0, 9.0) for at in range(5)]
    assert sum(bool(name) for name in name_towns(["Binnish"] * 5, crowd, [], bounds, DESK)["text"]) < 3


def test_map_plays_over_its_dates_and_asks_nobody_for_shapes() -> None:
    chart = draw(at=1)
    assert [frame["name"] for frame in chart["frames"]] == ["2020-01-01", "2020-02-01"]
    assert chart["frames"][0]["data"][1]["text"] == ["Sarmin", "Taftanaz"]
    assert all("geojson" not in trace for frame in chart["frames"] for trace in frame["data"])
    assert [button["label"] for button in chart["layout"]["updatemenus"][0]["buttons"]] == ["Play", "Stop"]
    assert chart["layout"]["sliders"][0]["active"] == 1
    shown = [chart["layout"]["geo"][layer] for layer in ("showland", "showcountries", "showcoastlines", "showocean")]
    assert shown == [False] * 4
    image = put_on(chart)["layout"]
    assert image["sliders"] == []
    assert (image["coloraxis"]["showscale"], chart["layout"]["coloraxis"]["showscale"]) == (True, False)
    assert "Sources: a." in image["annotations"][-1]["text"]


def test_map_of_no_shape_has_no_bounds() -> None:
    assert find_bounds([]) is None


def measure(features: Iterable[dict[str, Any]]) -> float:
    """The area of features in square degrees."""
    rings = [ring for feature in features for polygon in feature["geometry"]["coordinates"] for ring in polygon]
    pairs = [pair for ring in rings for pair in itertools.pairwise(ring)]
    return -sum(float(x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / 2


@pytest.mark.parametrize("country", load_shapes()["countries"])
def test_outline_of_a_country_is_as_large_as_its_divisions(country: str) -> None:
    assert measure(outline(country)) == pytest.approx(measure(list_divisions(country).values()))


def test_map_of_a_country_has_neighbours_as_fine_as_itself() -> None:
    pieces = list_around("SYR", (35.7, 34.8, 37.3, 36.6))
    assert {str(piece["id"])[:3] for piece in pieces} == {"TUR"}
    yayladagi = {(36, 35): [(36.06, 35.9, "TUR", "")]}
    assert find_inside([polygon for piece in pieces for polygon in piece["geometry"]["coordinates"]], yayladagi)
    assert not find_inside(list_countries()["TUR"]["geometry"]["coordinates"], yayladagi)


def test_merged_land_has_its_lakes_and_nothing_that_would_fill_the_world() -> None:
    lake = [(x / 4 + 0.5, y / 4 + 0.5) for x, y in SQUARE[::-1]]
    assert merge([[SQUARE, lake]]) == [[SQUARE, lake]]
    assert merge([[lake]]) == []


def test_map_tells_the_whole_country_and_opens_at_the_last_date_that_has_something_on_it() -> None:
    points = make_points(
        ("Syria", "country", "2020-01-01", 50), ("Syria", "country", "2020-02-01", 70),
        ("Syria", "country", "2019-12-01", 30), ("Idlib", "admin1", "2019-12-01", 40),
        ("Idlib", "admin1", "2020-01-01", 40),
    )  # fmt: skip
    ground = Ground({"Idlib": list_divisions("SYR")["SY-ID"]}, [], {})
    steps = make_steps(points, Bin.MONTH)
    at = find_last(steps, ground)
    assert at == 1, "February has no claim for a part of Syria"
    assert [find_time(steps.starts, day, at) for day in ("", "2020-02-01", "2019-05-01")] == [1, 2, 1]
    chart = chart_map(steps, ground, words=Words("Killed"), width=Bin.MONTH, at=at)
    dates = [frame["data"][-1]["text"][0] for frame in chart["frames"]]
    assert "all of" not in dates[0], "the middle of fewer sources may be higher"
    assert "all of Syria: 50<" in dates[1]
    assert "all of Syria: 70; no claim for a part of it" in dates[2]
