"""What travels to a browser stays small: no trace of more than 2,000 points, no chart of more than 2 MB."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest

from benchmarks.series import make_figures
from pages.shared.boards import make_sheet
from pages.shared.grounds import set_scene
from series.bins import Bin
from series.breakdowns import choose_breakdown
from series.charts import Chart, chart_by_region, chart_by_source
from series.drawings import draw_view
from series.figures import prepare_figures
from series.filters import Filters
from series.images import Words
from series.ledgers import Ledger, make_ledger
from series.looks import LIGHT
from series.maps import chart_map
from series.options import By, Options
from series.overviews import chart_overview
from series.panels import chart_panels, chart_stack
from series.steps import make_steps
from series.timelines import choose_level
from series.traces import MOST_POINTS
from series.widths import PANEL, WHOLE, fit_width

MOST_BYTES = 2_000_000
WORDS = Words("People killed", "", ())
KILLED = Filters(metric=("killed",), basis=("new",), unit=("person",))


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return prepare_figures(make_figures(30_000))


@pytest.fixture(scope="module")
def ledger(figures: pd.DataFrame) -> Ledger:
    return make_ledger(figures)


def list_charts(figures: pd.DataFrame, ledger: Ledger, asked: Bin) -> Iterator[tuple[str, Chart]]:
    """Every chart of points of a view of all days, in points of the width asked for, or as wide as they must be."""
    span = figures["from"].min(), figures["till"].max()
    options = Options(width=fit_width(asked, *span))
    for name, by, most, draw in (
        ("sources", By.SOURCE, WHOLE, chart_by_source),
        ("regions", By.REGION, WHOLE, chart_by_region),
        ("panels", By.REGION, PANEL, chart_panels),
    ):
        width = fit_width(asked, *span, most)
        rows = draw_view(ledger, KILLED, replace(options, by=by, width=width))
        rows = rows[rows["region_level"].eq(choose_level(rows))] if by is By.REGION else rows
        yield name, draw(rows, words=WORDS, width=width)
    width = options.width
    rows = draw_view(ledger, KILLED, replace(options, by=By.GROUP))
    if breakdown := choose_breakdown(rows):
        yield "stack", chart_stack(rows, words=WORDS, width=width, breakdown=breakdown)
    regions = draw_view(ledger, KILLED, replace(options, by=By.REGION))
    steps = make_steps(regions, width, running=False)
    scene = set_scene(regions, figures, None)
    yield "map", chart_map(steps, scene.ground, words=WORDS, width=width, at=0)
    starts = pd.date_range(figures["till"].min(), figures["till"].max())
    counts = pd.DataFrame({"start": starts, "end": starts, "figures": 1})
    yield "brush", chart_overview(counts, None, None, LIGHT)


@pytest.mark.parametrize("asked", list(Bin), ids=str)
def test_sizes_of_every_chart_of_a_large_store(figures: pd.DataFrame, ledger: Ledger, asked: Bin) -> None:
    drawn = dict(list_charts(figures, ledger, asked))
    assert {"sources", "regions", "panels", "map", "brush"} <= set(drawn)
    for name, chart in drawn.items():
        longest = max(len(trace.get(axis) or ()) for trace in chart["data"] for axis in ("x", "lon", "locations"))
        assert 0 < longest <= MOST_POINTS, name
        assert len(make_sheet(chart).text) <= MOST_BYTES, name


def test_sizes_days_of_many_years_are_drawn_wider(figures: pd.DataFrame) -> None:
    first, last = figures["from"].min(), figures["till"].max()
    assert (last - first).days > MOST_POINTS // 2, "else nothing is tried here"
    assert fit_width(Bin.DAY, first, last) is Bin.WEEK
    assert fit_width(Bin.MONTH, first, last) is Bin.MONTH
