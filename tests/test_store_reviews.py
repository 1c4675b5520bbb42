"""What people say of figures is kept for ever, laid over them, and stays when better rules read the report again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

import store
from parsers import read_figures
from parsers.records import Metric, Reading
from reports.records import Report
from store import rereads
from store.__main__ import main
from store.connections import writing
from store.errors import RefusedError, ReviewError
from store.reviews import Verdict, add_review, read_reviews, withdraw_review

REPORT = Report(
    "r",
    "A blast killed 12 soldiers in Norvik on Sunday, the army said. Another 30 were injured.",
    date(2021, 3, 8),
    "Post",
)


@pytest.fixture
def filled(kept: store.Store) -> store.Store:
    store.add_report(kept, REPORT, read_figures(REPORT))
    return kept


def find(kept: store.Store, metric: str) -> str:
    frame = store.read_figures(kept)
    return str(frame.loc[frame["metric"].eq(metric), "id"].item())


def show(kept: store.Store, *columns: str) -> list[list[object]]:
    frame = store.read_figures(kept)[list(columns)]
    return frame.astype(object).where(frame.notna(), None).to_numpy().tolist()


def test_reviews_are_laid_over_the_figures(filled: store.Store) -> None:
    killed, injured = find(filled, "killed"), find(filled, "injured")
    before = store.revision(filled)
    add_review(filled, killed, Verdict.ACCEPT, who="Ana", why="seen in the statement")
    assert show(filled, "value", "review") == [[12, "accepted"], [30, None]]
    changes = {"value": 11, "low": 11, "high": 11, "end": "2021-03-06", "start": date(2021, 3, 6), "country": "NOR"}
    add_review(filled, killed, Verdict.CORRECT, who="Ben", why="one survived", changes=changes)
    add_review(filled, injured, Verdict.REJECT, who="Ben", why="counted twice")
    assert show(filled, "value", "low", "country", "review")[0] == [11, 11, "NOR", "corrected"]
    assert show(filled, "review")[1] == ["rejected"]
    frame = store.read_figures(filled)
    assert next(iter(frame["end"].dt.date)) == date(2021, 3, 6)
    assert frame.dtypes.equals(store.read_figures(filled).dtypes)
    assert store.revision(filled) == before + 3


def test_reviews_log_says_who_when_why_and_the_old_value(filled: store.Store) -> None:
    killed = find(filled, "killed")
    for number in (11, 10):
        changes = {"value": number, "low": number, "high": number}
        add_review(filled, killed, Verdict.CORRECT, who="Ben", why="named", changes=changes)
    log = read_reviews(filled, killed)
    assert [(one.field, one.old, one.new) for one in log if one.field == "value"] == [
        ("value", 12, 11),
        ("value", 11, 10),
    ]
    assert {(one.who, one.why, one.report, one.reading["value"]) for one in log} == {("Ben", "named", "r", 12)}
    assert REPORT.text[slice(*log[0].span)] == "12"
    assert log[0].at.utcoffset() is not None


def test_reviews_last_verdict_counts(filled: store.Store) -> None:
    killed = find(filled, "killed")
    add_review(filled, killed, Verdict.REJECT, who="Ana", why="a rumour")
    add_review(filled, killed, Verdict.ACCEPT, who="Ben", why="confirmed")
    assert show(filled, "review")[0] == ["accepted"]


@pytest.mark.parametrize(
    ("verdict", "changes", "who", "message"),
    [
        (Verdict.ACCEPT, None, " ", "who and why"),
        (Verdict.ACCEPT, {"value": 3}, "Ana", "names what changes"),
        (Verdict.CORRECT, None, "Ana", "names what changes"),
        (Verdict.CORRECT, {"quote": "x"}, "Ana", "cannot be corrected"),
        (Verdict.CORRECT, {"metric": "slain"}, "Ana", "write one of killed"),
        (Verdict.CORRECT, {"value": "many"}, "Ana", "write a number"),
        (Verdict.CORRECT, {"value": -1}, "Ana", "write a number"),
        (Verdict.CORRECT, {"value": 15}, "Ana", "between its bounds"),
        (Verdict.CORRECT, {"low": 20, "value": None}, "Ana", "above the high one"),
        (Verdict.CORRECT, {"start": "8 March"}, "Ana", "2020-02-02"),
        (Verdict.CORRECT, {"start": "2022-01-01", "end": "2021-01-01"}, "Ana", "after its end"),
    ],
)
def test_reviews_that_do_not_fit_are_refused(
    filled: store.Store, verdict: Verdict, changes: dict[str, object] | None, who: str, message: str
) -> None:
    with pytest.raises(ReviewError, match=message):
        add_review(filled, find(filled, "killed"), verdict, who=who, why="because", changes=changes)
    assert read_reviews(filled) == []


def test_reviews_of_no_figure_are_refused(filled: store.Store) -> None:
    with pytest.raises(ReviewError, match="not in the store"):
        add_review(filled, "none", Verdict.ACCEPT, who="Ana", why="seen")


@pytest.mark.parametrize("statement", ["UPDATE reviews SET who = 'Eve'", "DELETE FROM reviews"])
def test_reviews_can_not_be_changed(filled: store.Store, statement: str) -> None:
    add_review(filled, find(filled, "killed"), Verdict.ACCEPT, who="Ana", why="seen")
    with pytest.raises(RefusedError, match="only grows"), writing(filled) as connection:
        connection.execute(text(statement))
    assert [one.who for one in read_reviews(filled)] == ["Ana"]


def test_reviews_taken_back_leave_the_figure_as_it_was_and_the_log_longer(filled: store.Store) -> None:
    killed = find(filled, "killed")
    add_review(filled, killed, Verdict.ACCEPT, who="Ana", why="seen")
    changes = {"value": 11, "low": 11, "high": 11}
    add_review(filled, killed, Verdict.CORRECT, who="Ben", why="one survived", changes=changes)
    before = store.revision(filled)
    withdraw_review(filled, read_reviews(filled)[2].number, who="Ana", why="the survivor is another one")
    assert show(filled, "value", "low", "high", "review")[0] == [12, 12, 12, "accepted"]
    assert store.revision(filled) == before + 1
    log = read_reviews(filled)
    assert [(one.who, str(one.verdict), one.field) for one in log] == [
        ("Ana", "accept", None),
        *(("Ben", "correct", field) for field in changes),
        ("Ana", "withdraw", None),
    ]
    assert log[-1].old == [one.number for one in log[1:4]]
    withdraw_review(filled, log[0].number, who="Ana", why="not sure")
    assert show(filled, "value", "review")[0] == [12, None]
    assert store.read_fallen(filled) == []


def test_reviews_after_one_was_taken_back_have_the_old_value_of_the_reading(filled: store.Store) -> None:
    killed = find(filled, "killed")
    for number in (11, 10):
        changes = {"value": number, "low": number, "high": number}
        last = add_review(filled, killed, Verdict.CORRECT, who="Ben", why="named", changes=changes)
    withdraw_review(filled, last, who="Ben", why="misread")
    assert show(filled, "value")[0] == [11]
    withdraw_review(filled, read_reviews(filled)[0].number, who="Ben", why="misread")
    add_review(filled, killed, Verdict.CORRECT, who="Ana", why="named", changes={"value": 9, "low": 9, "high": 9})
    assert (read_reviews(filled)[-1].old, read_reviews(filled)[-1].new) == (12, 9)


@pytest.mark.parametrize(
    ("line", "who", "message"),
    [(99, "Ana", "not in the log"), (1, "Ana", "not of the last review"), (2, " ", "who and why")],
)
def test_reviews_that_can_not_be_taken_back(filled: store.Store, line: int, who: str, message: str) -> None:
    killed = find(filled, "killed")
    add_review(filled, killed, Verdict.ACCEPT, who="Ana", why="seen")
    add_review(filled, killed, Verdict.REJECT, who="Ben", why="a rumour")
    with pytest.raises(ReviewError, match=message):
        withdraw_review(filled, line, who=who, why="because")
    withdraw_review(filled, 2, who="Ben", why="it was none")
    with pytest.raises(ReviewError, match="not of the last review"):
        withdraw_review(filled, 2, who="Ben", why="again")
    with pytest.raises(ReviewError, match="withdraw_review"):
        add_review(filled, killed, Verdict.WITHDRAW, who="Ben", why="it was none")
    assert show(filled, "review")[0] == ["accepted"]


def test_rereads_list_no_review_that_was_taken_back(filled: store.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    killed, _ = read_figures(REPORT)
    add_review(filled, killed.figure.id, Verdict.REJECT, who="Ana", why="a rumour")
    withdraw_review(filled, 1, who="Ana", why="confirmed")
    read_anew(monkeypatch)
    (outcome,) = rereads.reread_reports(filled)
    assert outcome.moved == ()
    assert store.read_fallen(filled) == []


def read_anew(monkeypatch: pytest.MonkeyPatch, *readings: Reading) -> None:
    """Let the rules of these tests read REPORT."""
    monkeypatch.setattr("store.workers.read_figures", lambda report: list(readings) if report.id == "r" else [])


def test_rereads_with_the_same_rules_change_nothing(filled: store.Store) -> None:
    add_review(filled, find(filled, "killed"), Verdict.ACCEPT, who="Ana", why="seen")
    before, number = store.read_figures(filled), store.revision(filled)
    assert [(one.changed, one.moved) for one in rereads.reread_reports(filled)] == [(False, ())]
    assert store.read_figures(filled).equals(before)
    assert store.revision(filled) == number


def test_rereads_keep_reviews_and_list_those_that_moved(filled: store.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    killed, injured = read_figures(REPORT)
    add_review(filled, killed.figure.id, Verdict.ACCEPT, who="Ana", why="seen")
    add_review(filled, injured.figure.id, Verdict.REJECT, who="Ben", why="counted twice")
    elsewhere = replace(injured, figure=replace(injured.figure, id="r:75:missing", metric=Metric.MISSING))
    placed = replace(killed, figure=replace(killed.figure, country="NOR"))
    read_anew(monkeypatch, placed, elsewhere)
    (outcome,) = rereads.reread_reports(filled)
    assert [(one.review.who, one.figure) for one in outcome.moved] == [("Ana", {"country": "NOR"}), ("Ben", None)]
    assert show(filled, "metric", "review") == [["killed", "accepted"], ["missing", None]]
    assert [one.who for one in store.read_fallen(filled)] == ["Ben"]
    read_anew(monkeypatch, killed, injured)
    list(rereads.reread_reports(filled))
    assert show(filled, "review") == [["accepted"], ["rejected"]]
    assert store.read_fallen(filled) == []


def test_rereads_leave_alone_what_came_with_its_figures(kept: store.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add_report(kept, REPORT, read_figures(REPORT), given=True)
    read_anew(monkeypatch)
    assert list(rereads.reread_reports(kept)) == []
    assert len(store.read_figures(kept)) == 2


def test_rereads_link_copies_anew(filled: store.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = replace(REPORT, id="s", publisher="Mail")
    store.add_report(filled, copy, read_figures(copy))
    assert store.read_figures(filled)["copy_of"].notna().sum() == 2
    monkeypatch.setattr("store.workers.read_figures", lambda report: read_figures(report)[:1])
    assert all(one.changed for one in rereads.reread_reports(filled))
    frame = store.read_figures(filled)
    assert list(frame["copy_of"].dropna()) == list(frame.loc[frame["report"].eq("r"), "id"])


def test_rereads_in_other_processes_read_the_same(tmp_path: Path) -> None:
    kept = store.connect(f"sqlite:///{tmp_path}/kept.db")
    for number in range(40):
        report = replace(REPORT, id=f"r{number}", text=f"Report {number}. {REPORT.text}")
        store.add_report(kept, report, read_figures(report)[:1])
    outcomes = list(rereads.reread_reports(kept, processes=2))
    assert [one.report for one in outcomes if one.changed] == [f"r{number}" for number in range(40)]
    assert len(store.read_figures(kept)) == 80
    kept.close()


def test_door_rereads_and_lists(
    filled: store.Store, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add_review(filled, find(filled, "killed"), Verdict.REJECT, who="Ana", why="a rumour")
    monkeypatch.setattr("store.__main__.count_cores", lambda: 1)
    read_anew(monkeypatch)
    assert main(["reread", "--database", address]) == 0
    moved, summary = capsys.readouterr().err.splitlines()
    assert moved.startswith("r:15:killed: reject by Ana (a rumour): no such figure is read any more")
    assert summary == "1 reports read differently, 1 reviews moved"
