"""The charts: what is drawn of a timeline, and that it is never told by colour alone."""

from typing import Any

import pandas as pd
import pytest

from parsers.records import Basis, Metric, Unit
from series.bins import Bin
from series.charts import chart_by_region, chart_by_source
from series.images import Words
from series.lines import SPREAD, choose_lines, describe_chart, name_lines, say_lines, say_usual
from series.looks import DARK, LIGHT, MOST_LINES
from series.panels import chart_panels
from series.phrases import pluralize, say_left_out, title_view
from series.ranges import list_ends
from series.timelines import DRAWN
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
    known = {"metric": "killed", "unit": "person", "basis": basis, "flags": "undated", "group": "all"}
    counts = dict.fromkeys(("figures", "claims", "sources", "publishers"), 1)
    return frame.assign(**known, **counts).reindex(columns=DRAWN)


def draw(timeline: pd.DataFrame, **options: Any) -> list[dict[str, Any]]:
    chart = chart_by_source(timeline, words=Words("Killed", "Region: Idlib."), width=Bin.MONTH, **options)
    return list(chart["data"])


def test_charts_draw_each_source_with_its_own_marker() -> None:
    timeline = make_timeline(*[(f"s{index}", "2020-01-01", 9, 9, 9) for index in range(MOST_LINES + 3)])
    lines = [trace for trace in draw(timeline) if trace.get("name")]
    assert len(lines) == MOST_LINES
    for look in (LIGHT, DARK):
        assert len(set(look.lines)) == MOST_LINES
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
        "<b>OCHA</b><br>January 2020: at least 17<br>1 claim, 1 figure, 1 source<br>"
        "period not stated, placed on the day of publication"
    )


def test_charts_by_region_draw_regions() -> None:
    chart = chart_by_region(
        make_timeline(("Idlib", "2020-01-01", 9, 9, 9)), words=Words("Killed"), width=Bin.YEAR, look=DARK
    )
    assert [trace["name"] for trace in chart["data"]] == ["Idlib"]
    assert chart["layout"]["template"]["layout"]["paper_bgcolor"] == DARK.paper


def test_charts_have_words_for_those_who_cannot_see_them() -> None:
    timeline = make_timeline(("a", "2020-01-01", 9, 9, 9), ("b", "2020-02-01", 40, 40, 50))
    assert describe_chart(timeline, "source", Bin.MONTH, "People killed") == (
        "Line chart: People killed, 2 lines. The highest point is b, 40 (40 to 50) in February 2020. "
        "The rows are in the table below the chart."
    )
    assert describe_chart(timeline[:0], "source", Bin.MONTH, "") == "An empty chart."


def test_charts_choose_the_lines_with_most_claims() -> None:
    timeline = make_timeline(
        ("a", "2020-01-01", 90, 90, 90), ("b", "2020-01-01", 9, 9, 9), ("b", "2020-02-01", 9, 9, 9)
    )
    assert choose_lines(timeline, "source") == ["b", "a"]


def make_many() -> pd.DataFrame:
    """A timeline of nine sources: the last ones have fewest claims, the very last the highest number."""
    days = [f"2020-{month:02}-01" for month in range(1, 10)]
    rows = [(f"s{at}", day, 9.0, 9.0, 9.0) for at in range(8) for day in days[at:]]
    return make_timeline(*rows, ("most", "2020-03-01", 90, 90, 90))


def test_charts_have_room_for_the_lines_that_words_beside_them_name() -> None:
    timeline = make_many()
    assert list_ends(timeline, "source") == ["most", "s0"]
    assert "most" not in choose_lines(timeline, "source")
    kept = choose_lines(timeline, "source", named=list_ends(timeline, "source"))
    assert kept == ["s0", "s1", "s2", "s3", "s4", "s5", "most"]
    told = [trace["customdata"][0][0] for trace in draw(timeline, named=["most"]) if trace.get("name")]
    assert told == kept


def test_charts_say_how_their_lines_were_chosen() -> None:
    timeline = make_many()
    assert say_lines(timeline, "source", 7, ["most", "s0"]) == (
        "The 6 with most claims are drawn, and most, which the first number above names; 2 more are in the table."
    )
    assert say_lines(timeline, "region", 7, ["most"]) == (
        "The 6 with most claims are drawn, and most, which has the highest number; 2 more are in the table."
    )
    assert say_lines(timeline, "source", 7, ["s1"]) == "The 7 with most claims are drawn; 2 more are in the table."
    assert say_lines(timeline, "source", 9, ["most"]) == ""


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
    assert "never added up" in caption_counting("stock", Bin.MONTH).lower()
    assert "spread evenly" in caption_counting("new", Bin.MONTH)


def spread(timeline: pd.DataFrame, *shares: float) -> pd.DataFrame:
    return timeline.assign(spread_share=shares)


def test_charts_mark_what_was_spread() -> None:
    months = [("a", f"2020-0{month}-01", 90, 90, 90) for month in range(1, 5)]
    dotted, line, legend = draw(spread(make_timeline(*months), 1.0, 0.6, 0.2, 0.0))
    assert dotted["line"]["dash"] == "dot"
    assert [pd.isna(best) for best in dotted["y"]] == [False, False, True, True]
    assert [(size, pd.isna(best)) for size, best in zip(line["marker"]["size"], line["y"], strict=True)] == [
        (5, False),
        (5, True),
        (5, False),
        (8, False),
        (8, False),
    ]
    assert legend["name"] == SPREAD
    hover = [words for words in line["hovertext"] if words]
    assert "all spread from counts of longer periods" in hover[0]
    assert "54 of 90 spread from counts of longer periods" in hover[1]
    assert "spread" not in hover[3]


def test_charts_without_spread_counts_do_not_explain_them() -> None:
    assert SPREAD not in [trace.get("name") for trace in draw(make_timeline(("a", "2020-01-01", 9, 9, 9)))]


def test_charts_do_not_cut_markers_at_the_axis() -> None:
    for trace in draw(make_timeline(("a", "2020-01-01", 0, 0, OPEN))):
        assert trace["cliponaxis"] is False


def test_charts_name_the_group_the_place_and_the_start_that_are_not_usual() -> None:
    timeline = make_timeline(*[(name, "2020-01-01", 9, 9, 9) for name in "abcd"], basis="cumulative").assign(
        group=["all", "all", "children", "all"],
        region=["Idlib", "Idlib", "Idlib", "Hama"],
        begun=pd.to_datetime(["2019-12-01", "2019-12-01", "2019-12-01", "2019-04-01"]),
    )
    assert list(name_lines(timeline, "source").values()) == ["a", "b", "c (children)", "d (Hama, since 1 Apr 2019)"]
    assert say_usual(timeline, "source") == "Counted in Idlib since 1 Dec 2019, where the legend names no other."


def test_charts_draw_whiskers_only_where_there_is_something_between() -> None:
    (line,) = draw(make_timeline(("a", "2020-01-01", 9, 9, 20), ("a", "2020-06-01", 5, 5, 5)))
    assert [None if pd.isna(up) else up for up in line["error_y"]["array"]] == [11, None, None]


@pytest.mark.parametrize(
    ("view", "title"),
    [
        (("killed", "new", "person", "month"), "People killed, new in each month"),
        (("killed", "new", "person", "week"), "People killed, new in each week"),
        (("displaced", "cumulative", "household", "month"), "Households displaced, running total"),
        (("refugees", "stock", "person", "month"), "Refugees, number at each date"),
        (("in_need", "stock", "person", "month"), "People in need, number at each date"),
        (("population", "stock", "person", "month"), "Population, number at each date"),
        (("homes_destroyed", "cumulative", "dwelling", "month"), "Homes destroyed, running total"),
        (("homes_damaged", "new", "dwelling", "day"), "Homes damaged, new in each day"),
        (
            ("casualties", "new", "person", "year"),
            "People killed or injured (one number for both), new in each year",
        ),
    ],
)
def test_wording_of_titles(view: tuple[str, str, str, str], title: str) -> None:
    assert title_view(*view) == title


@pytest.mark.parametrize("metric", Metric)
@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("unit", Unit)
def test_wording_has_a_title_for_everything(metric: str, basis: str, unit: str) -> None:
    title = title_view(metric, basis, unit, "month")
    assert "_" not in title
    assert title[0].isupper()


def test_wording_of_one_and_of_many() -> None:
    assert [say_left_out(number) for number in (0, 1, 2)] == [
        "",
        "1 more is in the table.",
        "2 more are in the table.",
    ]
    assert [pluralize("claim counted", number) for number in (0, 1, 2)] == [
        "claims counted",
        "claim counted",
        "claims counted",
    ]


def test_charts_fit_all_small_multiples_to_the_highest_of_them() -> None:
    timeline = make_timeline(("Idlib", "2020-01-01", 90, 90, 90), ("Hama", "2020-02-01", 1, 2, 2))
    layout = chart_panels(timeline, words=Words("Killed"), width=Bin.MONTH)["layout"]
    assert [layout[f"yaxis{at}"].get("matches") for at in (1, 2)] == [None, "y"]
    assert layout["yaxis1"]["range"][1] > 90
    first, last = layout["xaxis1"]["range"]
    assert first < "2020-01-01"
    assert last > "2020-02-01"
