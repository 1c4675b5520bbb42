"""The charts: what is drawn of a timeline, and that it is never told by colour alone."""

from typing import Any

import pandas as pd
import pytest

from series.bins import Bin
from series.charts import chart_by_region, chart_by_source, choose_lines, describe_chart
from series.looks import DARK, LIGHT, MOST_LINES
from series.timelines import COLUMNS
from series.wording import caption_counting, say_bounds

OPEN = float("nan")


def make_timeline(*rows: tuple[str, str, float, float, float], basis: str = "new") -> pd.DataFrame:
    """A timeline of lines (name, start, low, best, high)."""
    frame = pd.DataFrame(
        [
            {"source": name, "region": name, "start": pd.Timestamp(start), "low": low, "best": best, "high": high}
            for name, start, low, best, high in rows
        ]
    )
    known = {"metric": "killed", "unit": "person", "basis": basis, "flags": "undated"}
    counts = dict.fromkeys(("figures", "claims", "sources", "publishers"), 1)
    return frame.assign(**known, **counts).reindex(columns=COLUMNS)


def draw(timeline: pd.DataFrame, **options: Any) -> list[dict[str, Any]]:
    chart = chart_by_source(timeline, title="Killed", subtitle="Region: Idlib.", width=Bin.MONTH, **options)
    return [trace.to_plotly_json() for trace in chart.data]


def test_charts_draw_each_source_with_its_own_dash_and_marker() -> None:
    timeline = make_timeline(*[(f"s{index}", "2020-01-01", 9, 9, 9) for index in range(MOST_LINES + 3)])
    lines = [trace for trace in draw(timeline) if trace.get("name")]
    assert len(lines) == MOST_LINES
    for look in (LIGHT, DARK):
        assert len(set(look.lines)) == MOST_LINES
    assert len({trace["line"]["dash"] for trace in lines}) == MOST_LINES
    assert len({trace["marker"]["symbol"][0] for trace in lines}) == MOST_LINES


def test_charts_break_a_line_where_nobody_counted() -> None:
    timeline = make_timeline(("a", "2020-01-01", 9, 9, 9), ("a", "2020-04-01", 5, 5, 5))
    (line,) = draw(timeline)
    assert [pd.isna(best) for best in line["y"]] == [False, True, False]
    (running,) = draw(make_timeline(("a", "2020-01-01", 9, 9, 9), ("a", "2020-04-01", 15, 15, 15), basis="cumulative"))
    assert list(running["y"]) == [9, 15]


def test_charts_shade_from_low_to_high() -> None:
    timeline = make_timeline(("a", "2020-01-01", 9, 10, 20), ("a", "2020-02-01", 5, 6, OPEN))
    band = next(trace for trace in draw(timeline) if trace.get("fill"))
    assert list(band["y"]) == [20, 6, 5, 9]


@pytest.mark.parametrize(
    ("low", "high", "symbol"), [(9, OPEN, "triangle-up-open"), (OPEN, 9, "triangle-down-open"), (OPEN, OPEN, None)]
)
def test_charts_draw_open_bounds_open(low: float, high: float, symbol: str | None) -> None:
    traces = draw(make_timeline(("a", "2020-01-01", low, 9, high)))
    arrows = [trace["marker"]["symbol"] for trace in traces if not trace.get("name")]
    assert arrows == ([symbol] if symbol else [])
    line = next(trace for trace in traces if trace.get("name"))
    assert line["marker"]["symbol"] == ["circle" if symbol else "circle-open"]


def test_charts_say_what_a_point_is() -> None:
    line = draw(make_timeline(("OCHA", "2020-01-01", 17, 17, OPEN)))[0]
    assert line["hovertext"][0] == (
        "<b>OCHA</b><br>January 2020: at least 17<br>1 claims, 1 figures, 1 sources<br>undated"
    )


def test_charts_by_region_draw_regions() -> None:
    chart = chart_by_region(
        make_timeline(("Idlib", "2020-01-01", 9, 9, 9)), title="Killed", subtitle="", width=Bin.YEAR, look=DARK
    )
    assert [trace.name for trace in chart.data] == ["Idlib"]
    assert chart.layout.template.layout.paper_bgcolor == DARK.paper


def test_charts_have_words_for_those_who_cannot_see_them() -> None:
    timeline = make_timeline(("a", "2020-01-01", 9, 9, 9), ("b", "2020-02-01", 40, 40, 50))
    assert describe_chart(timeline, "source", Bin.MONTH) == (
        "Line chart of killed by source and month, 2 lines. The highest point is b, 40 (40 to 50) in February 2020. "
        "The rows are in the table below the chart."
    )
    assert describe_chart(timeline[:0], "source", Bin.MONTH) == "An empty chart."


def test_charts_choose_the_lines_with_most_claims() -> None:
    timeline = make_timeline(
        ("a", "2020-01-01", 90, 90, 90), ("b", "2020-01-01", 9, 9, 9), ("b", "2020-02-01", 9, 9, 9)
    )
    assert choose_lines(timeline, "source") == ["b", "a"]


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((9, 9, 9), "9"),
        ((17, 17, OPEN), "at least 17"),
        ((OPEN, 800_000, 800_000), "at most 800,000"),
        ((OPEN, 1_500_000, OPEN), "about 1,500,000"),
        ((20, 22, OPEN), "22 (at least 20)"),
    ],
)
def test_wording_of_bounds(bounds: tuple[float, float, float], words: str) -> None:
    assert say_bounds(*bounds) == words


def test_wording_names_the_convention_of_each_basis() -> None:
    assert "never added up" in caption_counting("stock", "in_need", Bin.MONTH)
    assert "spread evenly" in caption_counting("new", "killed", Bin.MONTH)
