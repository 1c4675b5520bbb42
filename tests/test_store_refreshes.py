"""After reviews the table of figures is brought up to date without reading all of it, and is the same as if it were."""

from dataclasses import replace
from datetime import date
from random import Random

import pandas as pd
import pytest

import store
from pages.shared.shelves import FigureShelf
from parsers import read_figures
from reports.records import Report
from series.figures import prepare_figures
from store.errors import ReviewError
from store.reviews import Verdict, find_last

TEXT = "A blast killed 12 soldiers in Norvik on Sunday, the army said. Another 30 were injured."
PLACES = ({"place": "Idlib", "admin1": "SY-ID", "country": "SYR"}, {"place": None, "admin1": None, "country": None})
CHANGES = (
    {"value": 11, "low": 11, "high": 11},
    {"value": None, "low": 5, "high": None, "qualifier": "at_least"},
    {"source": None},
    {"source": "White Helmets", "group": "civilians"},
    {"group": None, "start": date(2021, 3, 1), "end": None},
    {"metric": "missing", "basis": "cumulative", "status": "unverified"},
    *PLACES,
)


@pytest.fixture
def shelf(kept: store.Store) -> FigureShelf:
    """A shelf that has read a store of two papers with one text, and a third report."""
    first = Report("r", TEXT, date(2021, 3, 8), "Post")
    reports = (
        first,
        replace(first, id="s", publisher="Mail"),
        Report("t", "Floods displaced 300 people in Aden.", date(2021, 3, 9), "Mail"),
    )
    for report in reports:
        store.add_report(kept, report, read_figures(report))
    shelf = FigureShelf()
    shelf.load(kept)
    return shelf


def check(kept: store.Store, shelf: FigureShelf) -> None:
    pd.testing.assert_frame_equal(shelf.load(kept), prepare_figures(store.read_figures(kept)))


@pytest.mark.parametrize("seed", range(6))
def test_refreshed_figures_are_those_read_anew(kept: store.Store, shelf: FigureShelf, seed: int) -> None:
    draw = Random(seed)  # noqa: S311  # the same course each time
    ids = list(store.read_figures(kept)["id"])
    for _ in range(8):
        figure = draw.choice(ids)
        lines = find_last(store.read_reviews(kept, figure))
        verdict = draw.choice([*Verdict, Verdict.CORRECT])
        if verdict is Verdict.WITHDRAW and lines:
            store.withdraw_review(kept, lines[-1], who="Ben", why="not so")
        elif verdict is Verdict.CORRECT:
            try:
                store.add_review(kept, figure, verdict, who="Ana", why="seen", changes=draw.choice(CHANGES))
            except ReviewError:  # a correction that does not fit those before it
                continue
        elif verdict is not Verdict.WITHDRAW:
            store.add_review(kept, figure, verdict, who="Ana", why="seen")
        if draw.random() < 0.6:
            check(kept, shelf)
    check(kept, shelf)


def test_refreshed_figures_leave_those_given_out_before_as_they_were(kept: store.Store, shelf: FigureShelf) -> None:
    before = shelf.load(kept)
    number = before["value"].tolist()[0]
    changes = {"value": 1, "low": 1, "high": 1}
    store.add_review(kept, str(before.loc[0, "id"]), Verdict.CORRECT, who="Ana", why="seen", changes=changes)
    assert shelf.load(kept).loc[0, "value"] == 1
    assert before["value"].tolist()[0] == number


def test_refresh_reads_only_what_was_reviewed(
    kept: store.Store, shelf: FigureShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = str(store.read_figures(kept)["id"].iloc[0])
    store.add_review(kept, figure, Verdict.ACCEPT, who="Ana", why="seen")
    monkeypatch.setattr("store.refreshes.read_frame", lambda _: pytest.fail("all was read again"))
    assert shelf.load(kept)["review"].tolist()[0] == "accepted"


def test_refresh_reads_all_again_where_a_report_came_in(kept: store.Store, shelf: FigureShelf) -> None:
    figure = str(store.read_figures(kept)["id"].iloc[0])
    store.add_review(kept, figure, Verdict.ACCEPT, who="Ana", why="seen")
    new = Report("u", "Nine people died in Aden.", date(2021, 3, 9))
    store.add_report(kept, new, read_figures(new))
    kept_before = store.read_kept(kept)
    check(kept, shelf)
    store.add_report(kept, replace(new, id="v", text="Ten people died in Aden."), [])
    assert store.refresh_kept(kept, kept_before) is None
    check(kept, shelf)


def test_refresh_of_two_reviews_that_read_the_same_reads_all_again(kept: store.Store, shelf: FigureShelf) -> None:
    figure = str(store.read_figures(kept)["id"].iloc[0])
    before = store.read_kept(kept)
    for _ in range(2):
        store.add_review(kept, figure, Verdict.ACCEPT, who="Ana", why="seen")
    at = {one.at for one in store.read_reviews(kept)}
    assert (store.refresh_kept(kept, before) is None) is (len(at) == 1)
    check(kept, shelf)
