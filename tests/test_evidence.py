"""The page Evidence without a browser: the queue, the figure in its report, and what reviews change."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import store
from pages.shared.corrections import follow_number
from pages.shared.excerpts import cut_text, write_text
from pages.shared.fields import say_field
from parsers import read_figures
from reports.records import Report
from service.roles import read_rules
from service.settings import Settings, SignIn
from tests.dashboards import fill, find_boards, open_page, point_at, read_html

FIELDS = ("value", "low", "high", "group", "source", "place", "status", "basis", "metric", "start")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> store.Store:
    """The store of four figures that the tests of pages use, which the pages work on."""
    address = point_at(tmp_path / "evidence.db", monkeypatch)
    fill(address)
    return store.connect(address)


def open_evidence(name: str | None = "Ana", **query: Any) -> AppTest:
    app = open_page("evidence", **query)
    return app.text_input(key="who").set_value(name).run() if name else app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def submit(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def find_place(app: AppTest) -> tuple[int, ...]:
    """Return where on the page the figure stands: the place of each block that holds it, the outermost first."""
    (place,) = [place for place, node in walk(app.main) if "who-card" in str(getattr(node.proto, "body", ""))]
    return place


def walk(block: Any, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    for at, node in block.children.items():
        yield (*path, at), node
        if hasattr(node, "children"):
            yield from walk(node, (*path, at))


def read_log(kept: store.Store) -> list[tuple[str, str, str | None, str]]:
    return [(one.who, str(one.verdict), one.field, one.why) for one in store.read_reviews(kept)]


def find(kept: store.Store, figure: str) -> dict[str, Any]:
    frame = store.read_figures(kept).set_index("id")
    return {str(name): value for name, value in frame.loc[figure].to_dict().items()}


def test_evidence_opens_the_first_of_the_queue_in_its_report(kept: store.Store) -> None:  # noqa: ARG001
    app = open_evidence(None, first="largest")
    shown = read_html(app)
    assert "<b>12</b> people killed" in shown
    assert "Claimed by <b>Observatory</b>. Printed by Herald, 9 Feb 2020" in shown
    assert 'killed <mark class="number" title="number">12</mark> people' in shown
    assert '<th scope="row">place</th><td><b>Sarmin, Idlib, Syria</b></td>' in shown
    assert app.query_params["figure"] == "f2"
    assert app.radio(key="picked").options[0].startswith("1 · **12** people killed, Sarmin")
    assert "**4 figures** in the queue, this is number 1" in [one.value for one in app.markdown]
    assert "<img" not in shown


def test_evidence_orders_its_queue(kept: store.Store) -> None:  # noqa: ARG001
    firsts = {}
    for order in ("largest", "most disputed", "newest"):
        app = open_evidence(None, first=order)
        firsts[order] = app.radio(key="picked").options[0].split("**")[1]
    assert firsts == {"largest": "12", "most disputed": "9", "newest": "12"}


def test_evidence_deep_link_opens_a_figure_whatever_the_filters(kept: store.Store) -> None:  # noqa: ARG001
    app = open_evidence(None, figure="f3", source="Observatory")
    assert "Claimed by <b>Civil Defence</b>" in read_html(app)
    assert app.query_params["figure"] == "f3"
    assert app.radio(key="picked").value is None
    app.radio(key="picked").set_value("f0").run()
    assert app.query_params["figure"] == "f0"
    assert "Claimed by <b>Observatory</b>" in read_html(app)


def test_evidence_says_that_a_figure_is_unknown(kept: store.Store) -> None:  # noqa: ARG001
    app = open_evidence(None, figure="f99")
    assert "No figure f99 counts now" in app.warning[0].value
    assert "people killed" in read_html(app)


def test_evidence_accepts_and_goes_on(kept: store.Store) -> None:
    app = press(open_evidence(first="largest"), "accept")
    assert read_log(kept) == [("Ana", "accept", None, "the words say so")]
    assert find(kept, "f2")["review"] == "accepted"
    assert app.query_params["figure"] != "f2"
    assert "**3 figures** in the queue, this is number 1" in [one.value for one in app.markdown]
    assert "Accepted" in app.success[0].value


def test_evidence_asks_who_reviews(kept: store.Store) -> None:
    app = press(open_evidence(None), "accept")
    assert "who and why" in app.error[0].value
    assert read_log(kept) == []


def test_evidence_corrects_and_the_timeline_shows_it(kept: store.Store) -> None:
    assert "<b>12</b>" in read_html(open_evidence(None, figure="f2"))
    app = press(open_evidence(figure="f2"), "correct")
    app.number_input(key="fix_value_f2").set_value(11)
    app.selectbox(key="fix_group_f2").set_value("civilians")
    app.text_input(key="why_f2").set_value("one of them lived")
    submit(app, "Save the correction")
    assert read_log(kept) == [
        ("Ana", "correct", field, "one of them lived") for field in ("value", "group", "low", "high")
    ]
    after = find(kept, "f2")
    assert [after[name] for name in ("value", "low", "high", "group", "review")] == [
        11,
        11,
        11,
        "civilians",
        "corrected",
    ]
    shown = read_html(app)
    assert "<b>11</b> people killed, civilians" in shown
    assert "corrected; read as value 12, low 12, high 12" in shown
    assert "corrected value: 12 → 11" in shown
    timeline = open_page("timeline", source="Observatory", since="2020-02-01")
    assert '<mark class="number" title="number">12</mark>' in read_html(timeline)
    chart = "".join(board["chart"] for board in find_boards(timeline))
    assert "February 2020: 11" in chart
    assert "February 2020: 12" not in chart


def test_evidence_shows_its_figure_in_one_place_with_a_form_or_without(kept: store.Store) -> None:  # noqa: ARG001
    app = open_evidence(figure="f2")
    places = [find_place(app)]
    places.append(find_place(press(app, "correct")))
    app.number_input(key="fix_value_f2").set_value(11)
    submit(app, "Save the correction")
    places.append(find_place(app))  # without a reason: the form stays, and says so above
    app.text_input(key="why_f2").set_value("one of them lived")
    submit(app, "Save the correction")
    places.append(find_place(app))
    assert "<b>11</b> people killed" in read_html(app)
    assert len(set(places)) == 1, "the browser draws the new figure below the old one until the page is at rest"


def test_evidence_refuses_a_correction_that_contradicts_itself(kept: store.Store) -> None:
    app = press(open_evidence(figure="f2"), "correct")
    app.number_input(key="fix_low_f2").set_value(40)
    app.text_input(key="why_f2").set_value("misread")
    submit(app, "Save the correction")
    assert "is above the high one" in app.error[0].value
    assert read_log(kept) == []
    assert app.number_input(key="fix_low_f2").value == 40, "what was typed stays"


def test_evidence_asks_why_and_for_a_change(kept: store.Store) -> None:
    app = press(open_evidence(figure="f2"), "correct")
    submit(app, "Save the correction")
    assert "Nothing was changed" in app.warning[0].value
    app.number_input(key="fix_value_f2").set_value(11)
    submit(app, "Save the correction")
    assert "who and why" in app.error[0].value
    submit(app, "Leave it")
    assert not app.number_input
    assert read_log(kept) == []


@pytest.mark.parametrize(
    ("place", "after"),
    [
        ("not stated", (None, None, None)),
        ("Idlib, Syria", ("Idlib", "SY-ID", "SYR")),
    ],
)
def test_evidence_corrects_a_place_with_the_region_around_it(
    kept: store.Store, place: str, after: tuple[str | None, ...]
) -> None:
    report = Report(id="r8", text="Shelling killed 3 people in Idlib province on Monday.", published=date(2020, 1, 7))
    store.add_report(kept, report, read_figures(report))
    app = press(open_evidence(figure="f2"), "correct")
    app.selectbox(key="fix_place_f2").set_value(place)
    app.text_input(key="why_f2").set_value("the map says so")
    submit(app, "Save the correction")
    assert (
        tuple(
            value if isinstance(value, str) else None
            for value in map(find(kept, "f2").get, ("place", "admin1", "country"))
        )
        == after
    )


def test_evidence_rejects_with_a_reason(kept: store.Store) -> None:
    app = press(open_evidence(figure="f2", first="largest"), "reject")
    submit(app, "Reject the figure")
    assert "who and why" in app.error[0].value
    app.selectbox(key="why_f2").set_value("counted twice in the report")
    submit(app, "Reject the figure")
    assert find(kept, "f2")["review"] == "rejected"
    timeline = open_page("timeline", source="Observatory")
    assert "not counted here: rejected in review" in read_html(timeline)


def test_evidence_undoes_the_last_reviews_one_by_one(kept: store.Store) -> None:
    app = press(press(open_evidence(first="largest"), "accept"), "accept")
    press(app, "undo")
    assert app.query_params["figure"] != "f2"
    press(app, "undo")
    assert app.query_params["figure"] == "f2"
    assert store.read_figures(kept)["review"].isna().all()
    assert [verdict for _, verdict, _, _ in read_log(kept)] == ["accept", "accept", "withdraw", "withdraw"]
    assert "There is nothing to undo" in press(app, "undo").error[0].value


def test_evidence_undoes_what_somebody_else_did_to_the_open_figure(kept: store.Store) -> None:
    store.add_review(kept, "f1", store.Verdict.REJECT, who="Ben", why="a rumour")
    press(open_evidence(figure="f1"), "undo")
    assert read_log(kept)[-1] == ("Ana", "withdraw", None, "undone on the page")


def test_evidence_does_not_undo_what_somebody_did_after(kept: store.Store) -> None:
    app = press(open_evidence(first="largest"), "accept")
    store.add_review(kept, "f2", store.Verdict.REJECT, who="Ben", why="a rumour")
    assert "take back that one first" in press(app, "undo").error[0].value
    assert find(kept, "f2")["review"] == "rejected"


def test_evidence_keeps_the_log_and_says_what_it_says_of_rules(kept: store.Store) -> None:
    store.add_review(kept, "f0", store.Verdict.ACCEPT, who="Ben", why="seen")
    changes = {"value": 11, "low": 11, "high": 11}
    store.add_review(kept, "f2", store.Verdict.CORRECT, who="Ana", why="one lived", changes=changes)
    (log,) = open_page("evidence", part_of_evidence="Log").dataframe
    assert log.value[["who", "what", "field", "old", "new"]].to_numpy().tolist()[::-1] == [
        ["Ben", "accept", "", "", ""],
        *(["Ana", "correct", field, "12", "11"] for field in changes),
    ]
    app = open_page("evidence", part_of_evidence="Rules")
    (fields,) = app.dataframe
    cells = "".join(f"<td>{cell}</td>" for cell in ("never", 4, 2, 1, 1, 0, "50% (9% to 91%)"))
    assert f'<tr><th scope="row"><code>people killed</code></th>{cells}</tr>' in read_html(app)
    assert sorted(fields.value["field"]) == sorted(changes)


def test_evidence_without_reviews_says_so(kept: store.Store) -> None:  # noqa: ARG001
    for part in ("Log", "Rules"):
        assert "Nobody has reviewed" in open_page("evidence", part_of_evidence=part).info[0].value


def test_evidence_searches_quotes_and_reports(kept: store.Store) -> None:  # noqa: ARG001
    app = open_evidence(None, q='"Civil Defence"')
    assert "**1 figure** in the queue, this is number 1" in [one.value for one in app.markdown]
    assert "1 report with these words" in [one.label for one in app.expander]
    app = open_evidence(None, q="earthquake")
    assert "No report holds all these words." in [one.value for one in app.caption]
    assert "**0 figures** in the queue" in [one.value for one in app.markdown]


def test_evidence_names_what_others_say_of_the_same(kept: store.Store) -> None:  # noqa: ARG001
    shown = read_html(open_evidence(None, figure="f3"))
    assert re.search(r'others say: <a href="evidence\?figure=f0&amp;metric=killed[^"]*">Observatory: 9</a>\.', shown)
    assert "others say" not in read_html(open_evidence(None, figure="f2"))


def test_evidence_opens_a_report_with_all_its_figures(kept: store.Store) -> None:
    store.add_review(kept, "f0", store.Verdict.ACCEPT, who="Ben", why="seen")
    app = open_evidence(None, report="r0", metric="killed", source="Civil Defence")
    assert "Printed by Daily, 5 Jan 2020" in read_html(app)
    assert "**1 figure** in the queue, this is number 1" in [one.value for one in app.markdown]
    press(app, "back")
    assert "report" not in app.query_params
    quiet = Report(id="quiet", text="Talks go on. <b>Nobody</b> was hurt.")
    store.add_report(kept, quiet, [])
    app = open_evidence(None, report="quiet")
    assert "No figure was read in this report." in read_html(app)
    assert app.text[0].value == quiet.text


def test_evidence_shows_copies_and_versions(kept: store.Store) -> None:
    text = "A blast killed 12 soldiers in Norvik on Sunday, the army said. " * 3
    first = Report("a", text, date(2021, 3, 8), "Post", url="https://example.org/blast")
    for report in (
        first,
        replace(first, id="b", publisher="Mail", url=None),
        replace(first, id="a@2", text=f"{text} It was revised.", published=date(2021, 3, 9)),
    ):
        store.add_report(kept, report, read_figures(report))
    shown = read_html(open_evidence(None, report="b"))
    assert "Papers that print this text (2)" in shown
    shown = read_html(open_evidence(None, report="a@2"))
    assert "Versions of this report, the newest counts (2)" in shown
    assert 'href="evidence?report=a&amp;metric=killed' in shown


def test_evidence_of_a_read_only_server_offers_no_review(kept: store.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHO_COUNTS_READ_ONLY", "1")
    app = open_evidence(None, figure="f2")
    assert "This server is read-only" in app.caption[0].value
    assert {button.key for button in app.button} & {"accept", "correct", "reject", "undo"} == set()
    assert "<b>12</b> people killed" in read_html(app)
    assert read_log(kept) == []


@pytest.mark.parametrize(
    "lost", [Settings(read_only=True), Settings(sign_in=SignIn({}, read_rules({"viewer": ["*"]})))]
)
@pytest.mark.parametrize("key", ["accept", "undo"])
def test_evidence_of_somebody_who_lost_their_role_meanwhile_changes_nothing(
    kept: store.Store, monkeypatch: pytest.MonkeyPatch, lost: Settings, key: str
) -> None:
    app = press(open_evidence(first="largest"), "accept")
    log = read_log(kept)
    app.button(key=key).click()
    monkeypatch.setattr("pages.shared.roles.load_settings", lambda: lost)
    app.run()
    assert read_log(kept) == log
    assert any("read-only" in one.value for one in app.error) or "accept" not in [one.key for one in app.button]


def test_evidence_words_of_a_report_cannot_act_as_html() -> None:
    text = "<script>alert(1)</script> 12 people died."
    assert "<script>" not in write_text(text, [(26, 28, "number")])


def test_evidence_long_report_is_cut_around_the_words() -> None:
    text = "word " * 2000 + "Floods killed 12 people in Aden." + " word" * 2000
    at = text.index("12")
    part, first = cut_text(text, [(at, at + 2, "number"), (40, 44, "source")])
    assert "Floods killed 12 people in Aden." in part
    assert len(part) < 2000
    assert text[first : first + len(part)] == part
    shown = write_text(text, [(at, at + 2, "number"), (40, 44, "source")])
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert '<mark class="number" title="number">12</mark>' in shown


def test_evidence_bounds_that_were_the_number_follow_it() -> None:
    assert follow_number({"value": 9}, {"value": 12.0, "low": 12.0, "high": 12.0}) == {"value": 9, "low": 9, "high": 9}
    assert follow_number({"value": 9, "low": 4}, {"value": 12.0, "low": 12.0, "high": 30.0}) == {"value": 9, "low": 4}
    assert follow_number({"group": "men"}, {"value": 12.0, "low": 12.0, "high": 12.0}) == {"group": "men"}


@pytest.mark.parametrize(
    ("group", "words", "said"),
    [
        ("children", "12 children", "children"),
        (None, "12 people", "everybody: “12 people”"),
        (None, float("nan"), "everybody"),
    ],
)
def test_say_field_names_the_group_with_its_words_where_they_are_kept(group: object, words: object, said: str) -> None:
    assert say_field("group", {"group": group, "group_text": words}) == said
