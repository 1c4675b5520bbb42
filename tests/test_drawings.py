"""What is drawn of a ledger is what is drawn of the figures that the filters let through."""

from datetime import date

import pandas as pd
import pytest

from benchmarks.series import make_figures, make_fresh
from series import drawings
from series.bins import Bin
from series.drawings import draw_view, estimate_view
from series.estimates import make_estimates
from series.filters import Filters
from series.ledgers import Ledger, make_ledger
from series.options import By, Options, Vague
from series.tables import make_table
from series.timelines import draw_points
from tests.worlds import build_figures

FILTERS = [
    Filters(),
    Filters(metric=("killed",), source=("Source 1", "Source 3")),
    Filters(group=("children",), until=date(2021, 1, 1)),
    Filters(basis=("cumulative",), status=("reported",)),
    Filters(unit=("person",), since=date(2020, 5, 1), until=date(2020, 9, 1)),
]
OPTIONS = [
    Options(),
    Options(by=By.REGION, best="lowest", vague=Vague.ACLED),
    Options(by=By.GROUP, width=Bin.YEAR, statuses=("unverified",)),
]


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    rows = make_figures(700)
    name = "f" + rows["id"].astype(str)
    return rows.assign(id=name, part_of=name.shift().where(rows["id"] % 5 == 0))


@pytest.fixture(scope="module")
def ledger(figures: pd.DataFrame) -> Ledger:
    return make_ledger(figures)


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: str(options.by))
@pytest.mark.parametrize("filters", FILTERS, ids=lambda filters: filters.name_file("view", "csv"))
def test_drawings_of_a_ledger_are_those_of_its_figures(
    figures: pd.DataFrame, ledger: Ledger, filters: Filters, options: Options
) -> None:
    own = filters.widen().apply(figures)
    drawn = draw_view(ledger, filters, options).reset_index(drop=True)
    pd.testing.assert_frame_equal(drawn, filters.clip(draw_points(own, options)).reset_index(drop=True))
    record = estimate_view(ledger, filters, options).reset_index(drop=True)
    pd.testing.assert_frame_equal(record, filters.clip(make_estimates(own, options)).reset_index(drop=True))


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: str(options.by))
def test_drawings_of_many_claims_are_parted_by_metric_and_remembered(
    ledger: Ledger, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = draw_view(make_fresh(ledger), Filters(), options)
    monkeypatch.setattr(drawings, "_MANY", 1)
    fresh = make_fresh(ledger)
    pd.testing.assert_frame_equal(draw_view(fresh, Filters(), options), whole)
    monkeypatch.setattr(drawings, "count_claims", None)
    one = draw_view(fresh, Filters(metric=("killed",)), options)
    pd.testing.assert_frame_equal(one, whole[whole["metric"].eq("killed")].reset_index(drop=True))


def test_drawings_of_one_region_by_name_and_by_code(figures: pd.DataFrame, ledger: Ledger) -> None:
    code = str(figures["admin1"].dropna().iloc[0])
    name = ledger.figures.loc[ledger.figures["admin1"].eq(code), "at_admin1"].iloc[0]
    drawn = [draw_view(ledger, Filters(region=(one,)), Options(by=By.REGION)) for one in (code, name)]
    assert len(drawn[0])
    pd.testing.assert_frame_equal(drawn[0], drawn[1])


TOLL = [
    {"figure": "a", "number": "100", "basis": "cumulative", "from": "2020-01-01", "to": "2020-01-31"},
    {"figure": "b", "number": "130", "basis": "cumulative", "from": "2020-01-01", "to": "2020-02-29"},
    {"figure": "c", "number": "9", "basis": "new", "from": "2020-02-10", "to": "2020-02-10"},
]


def test_drawings_of_new_counts_rest_on_running_totals_too() -> None:
    figures = build_figures(TOLL)
    filters = Filters(basis=("new",), since=date(2020, 2, 1))
    rows = make_table(figures, "timeline", filters, Options())
    assert rows[["basis", "best", "flags"]].to_numpy().tolist() == [["new", 30, "derived"]]
    rows = make_table(figures, "claims", filters, Options())
    assert rows[["value", "reason"]].to_numpy().tolist() == [[9, "within a wider count"]]


def test_drawings_without_differences_leave_running_totals_alone() -> None:
    rows = make_table(build_figures(TOLL), "timeline", Filters(basis=("new",)), Options(totals=False))
    assert rows[["basis", "best"]].to_numpy().tolist() == [["new", 9]]
