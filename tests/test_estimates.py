"""The rules from claims to estimates: the worlds of ``tests/corpus/series``, which are their specification."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from series import households
from series.estimates import list_left_out, make_estimates
from series.filters import Filters
from series.reviews import apply_reviews
from series.sums import SumError, sum_lines, sum_over_time
from tests.worlds import Row, World, build_figures, build_reviews, read_choices, read_worlds

WORLDS = list(read_worlds())
SIZES = pd.DataFrame({"country": ["SYR"], "year": [2009], "size": [5.5], "source": ["this world"]})


def test_estimates_have_a_world_for_each_rule_and_each_crossing() -> None:
    assert len(WORLDS) >= 100
    assert len({world.name for world in WORLDS}) == len(WORLDS)


@pytest.fixture
def _sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(households, "load_sizes", lambda: SIZES)


@pytest.mark.usefixtures("_sizes")
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_estimates_of_a_world(world: World) -> None:
    options, more = read_choices(world.choices)
    figures = apply_reviews(build_figures(world.figures), build_reviews(world.figures))
    filters = read_filters(more)
    rows = filters.clip(make_estimates(figures, options))
    if "level" in more:
        rows = rows[rows["region_level"].eq(more["level"])]
    if world.refused:
        with pytest.raises(SumError) as refusal:
            (sum_over_time if "sum" in more else sum_lines)(rows)
        assert str(refusal.value).startswith(world.refused)
        return
    assert [show(row, expected) for row, expected in zip(rows.to_dict("records"), world.points, strict=False)] == [
        dict(expected) for expected in world.points
    ]
    assert len(rows) == len(world.points)
    if world.left:
        left = list_left_out(figures, options, filters.basis)
        assert dict(zip(left["id"], left["reason"], strict=True)) == {
            row["left out"]: row["reason"] for row in world.left
        }


def test_estimates_name_figures_whose_ids_are_numbers() -> None:
    figures = build_figures([{"figure": "1", "number": "9"}, {"figure": "2", "number": "8", "printed": "2020-01-05"}])
    rows = make_estimates(figures.assign(id=[1, 2]))
    assert rows[["used", "left_out"]].values.tolist() == [["1", "2: superseded by a later count of the same source"]]


def read_filters(more: dict[str, str]) -> Filters:
    days = {name: date.fromisoformat(more[name]) for name in ("since", "until") if name in more}
    return Filters(basis=(more["basis"],) if "basis" in more else (), **days)  # type: ignore[arg-type]


def show(row: dict[Any, Any], expected: Row) -> dict[str, str]:
    return {name: show_cell(name, row[name], cell) for name, cell in expected.items()}


def show_cell(name: str, value: Any, expected: str) -> str:
    if name == "start":
        return str(value.date())
    if name in {"low", "best", "high"}:
        return "open" if pd.isna(value) else f"{value:.0f}"
    if isinstance(value, float):
        return str(round(value, len(expected.partition(".")[2])))
    return str(value)
