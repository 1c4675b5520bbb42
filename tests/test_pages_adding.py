"""The page Add reports, run by Streamlit without a browser: what came in is shown before it is saved."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import store
from pages.shared import intakes, savings
from pages.shared.previews import UNDATED
from parsers import read_figures
from reports import subscriptions
from reports.addresses import PUBLIC, Caps, Fetcher
from reports.guards import Guard
from reports.records import Report
from service.settings import READ_ONLY
from store.errors import FullError
from store.imports import Outcome, keep_reading
from tests.dashboards import open_page, point_at, read_html
from tests.server.misbehaving import serve

FILES = Path(__file__).parent / "files"
BUS = "Seven passengers were killed when a bus left the road near Orvela on Monday, the fire brigade said."


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return point_at(tmp_path / "pages.db", monkeypatch)


def press(app: AppTest, label: str) -> AppTest:
    # The first report that is read has all tables of words loaded.
    next(button for button in app.button if button.label.startswith(label)).click().run(timeout=120)
    assert not app.exception
    return app


def go(way: str) -> AppTest:
    app = open_page("add_reports")
    app.button_group(key="way").set_value(way).run()
    assert not app.exception
    return app


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader(key="uploads").set_value([(name, content, "") for name, content in files])
    return press(app, "Read the files")


def read_rows(app: AppTest) -> list[dict[Any, Any]]:
    return app.dataframe[0].value.to_dict("records")


def read_texts(address: str) -> list[str]:
    kept = store.connect(address)
    texts = [hit.excerpt for hit in store.search_reports(kept, "killed")]
    kept.close()
    return texts


def test_add_reports_marks_a_pasted_text_and_saves_it_once(address: str) -> None:
    for said in ("Saved: 1 report added, 0 already there, 5 figures.", "Saved: 0 reports added, 1 already there"):
        app = press(open_page("add_reports"), "Fill in an example")
        shown = read_html(app)
        assert '<mark class="number" title="number">' in shown
        assert '<td data-of="metric">killed</td><td data-of="count">at least 17</td>' in shown
        assert "None" not in shown
        for field in ("admin1", "latitude", "longitude", "place_text", "precision"):
            assert f"<li>{field}" not in shown
        assert shown.count("<li>place: <b>Idlib") == shown.count('<td data-of="place">Idlib')
        assert said.startswith("Saved: 1") or "already in the store" in shown
        before = store.revision(store.connect(address))
        assert press(app, "Save 1 report").success[0].value.startswith(said)
        assert before <= 1
    assert store.revision(store.connect(address)) == 1


@pytest.mark.parametrize("day", [None, date(2024, 3, 26)])
def test_add_reports_says_where_a_day_of_publication_is_missing(address: str, day: date | None) -> None:  # noqa: ARG001
    app = open_page("add_reports")
    app.text_area(key="text").set_value("Nine people were killed in Beira on Tuesday, the Harbour Watch said.")
    app.date_input(key="published").set_value(day)
    press(app, "Read the figures")
    assert [warning.value for warning in app.warning] == ([] if day else [UNDATED])


def test_add_reports_asks_for_a_text(address: str) -> None:  # noqa: ARG001
    app = press(open_page("add_reports"), "Read the figures")
    assert "Paste the text" in app.info[0].value


def test_add_reports_old_address_leads_here(address: str) -> None:  # noqa: ARG001
    assert open_page("read_a_text").title[0].value == "Add reports"


def test_add_reports_lists_what_becomes_of_each_file(address: str) -> None:
    press(press(open_page("add_reports"), "Fill in"), "Save 1")
    text = f"{BUS} " * 6
    app = upload(
        go("Files"),
        ("a.txt", text.encode()),
        ("b.txt", text.encode()),
        ("note.txt", b"Bei einem Unfall in einem Bergwerk sind am Montag neun Menschen ums Leben gekommen."),
        ("sitrep.pdf", (FILES / "sitrep.pdf").read_bytes()),
        ("broken.pdf", b"%PDF-1.7 and nothing more"),
        ("picture.png", b"\x89PNG"),
    )
    assert [row["what becomes of it"] for row in read_rows(app)] == [
        "new", "came twice", "new; no words for the language “de”", "new",
    ]  # fmt: skip
    assert "2 things could not be read:" in app.error[0].value
    assert "broken.pdf: damaged, or no PDF" in read_html(app)
    assert "picture.png: no reader for .png" in read_html(app)
    assert "1 report in the language “de”" in app.info[0].value
    assert len(read_texts(address)) == 1
    app = press(app, "Save 4 reports")
    assert "Saved: 3 reports added, 1 already there" in app.success[0].value
    assert "1 kept without figures, for lack of words (de 1)" in app.success[0].value
    assert not app.dataframe


def test_add_reports_tells_copies_before_and_after(address: str) -> None:  # noqa: ARG001
    text = (f"{BUS} " * 6).encode()
    for publisher, expected in (("Gazette", "new"), ("Herald", "a copy of what Gazette printed")):
        app = go("Files")
        app.text_input(key="publisher").set_value(publisher)
        app.date_input(key="published").set_value(date(2024, 3, 26))
        app = upload(app, ("a.txt", text), ("b.txt", b"Two miners were injured at Selba."))
        assert read_rows(app)[0]["what becomes of it"] == expected
        app = press(app, "Save 2 reports")
    assert "of one text, counted once" in read_html(app)
    assert "printed by Gazette too" in read_html(app)


def test_add_reports_leaves_out_what_is_not_wanted(address: str) -> None:
    app = upload(go("Files"), ("a.txt", BUS.encode()), ("b.txt", b"Nine miners were killed at Selba."))
    app.checkbox[-1].uncheck().run()
    app = press(app, "Save 1 report")
    assert "Saved: 1 report added" in app.success[0].value
    assert [text[:4] for text in read_texts(address)] == ["Nine"]


def test_add_reports_columns_are_shown_and_corrected(address: str) -> None:
    table = f"notes,what happened,day\nsent by the desk on Monday evening,{BUS},2024-03-26\n"
    app = upload(go("Files"), ("notes.csv", table.replace(", the", " the").encode()))
    assert app.selectbox(key="column 0 text").value == "notes"
    assert "sent by the desk" in read_html(app)
    app.selectbox(key="column 0 text").set_value("what happened")
    app.selectbox(key="column 0 published").set_value("day")
    app = press(app, "Read the table again")
    assert app.selectbox(key="column 0 text").value == "what happened"
    assert "26 March 2024" in read_html(app)
    press(app, "Save 1 report")
    assert read_texts(address)[0].startswith("Seven passengers")


def test_add_reports_table_without_words_can_be_mended(address: str) -> None:  # noqa: ARG001
    app = upload(go("Files"), ("notes.csv", b"a,b\n9 died,1\n"))
    assert "no column of words among a, b" in app.error[0].value
    app.selectbox(key="column 0 text").set_value("a")
    app = press(app, "Read the table again")
    assert not app.error
    assert [button.label for button in app.button if button.label.startswith("Save")] == ["Save 1 report"]


def test_add_reports_store_error_is_one_line_and_saving_goes_on_there(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def fail_second(database: store.Store, *given: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            error = FullError(f"{database.address}: the database has no room left; make space on the disk")
            return Outcome(None, error=error)
        return keep_reading(database, *given, **more)

    monkeypatch.setattr(savings, "keep_reading", fail_second)
    files = [(f"{n}.txt", BUS.replace("Seven", word).encode()) for n, word in enumerate(("Two", "Three", "Four"))]
    app = press(upload(go("Files"), *files), "Save 3 reports")
    assert [error.value for error in app.error] == [f"{address}: the database has no room left; make space on the disk"]
    assert store.revision(store.connect(address)) == 1
    app = press(app, "Save 3 reports")
    assert "Saved: 2 reports added, 1 already there" in app.success[0].value
    assert len(read_texts(address)) == 3


def test_add_reports_database_out_of_reach_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("WHO_COUNTS_DATABASE", f"sqlite:///{tmp_path}/file/a.db")
    st.cache_resource.clear()
    app = press(press(open_page("add_reports"), "Fill in"), "Read the figures")
    assert len(app.error) == 1
    assert "the folder cannot be made" in app.error[0].value


def test_add_reports_ends_a_preview_that_is_too_long(address: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(intakes, "MOST", 2)
    files = [(f"{n}.txt", BUS.replace("Seven", f"{n + 3}").encode()) for n in range(4)]
    app = upload(go("Files"), *files)
    assert len(read_rows(app)) == 2
    assert "Not read to the end: 1.txt, 2.txt, 3.txt" in app.warning[0].value


@pytest.mark.parametrize(
    ("variable", "expected"), [(None, 4), (PUBLIC, 2), (READ_ONLY, 1)], ids=["open", "public", "read-only"]
)
def test_add_reports_offers_what_may_be_done(
    address: str, monkeypatch: pytest.MonkeyPatch, variable: str | None, expected: int
) -> None:
    store.connect(address).close()
    if variable:
        monkeypatch.setenv(variable, "1")
    app = open_page("add_reports")
    assert app.button_group(key="way").options == ["Paste", "Files", "Addresses", "Feeds"][:expected]
    app = press(press(app, "Fill in"), "Read the figures")
    assert "at least 17" in read_html(app)
    offered = any(button.label.startswith("Save") for button in app.button)
    assert offered is (variable != READ_ONLY)
    assert [one.label for one in app.checkbox] == ["Save this report"] * offered
    assert store.revision(store.connect(address)) == 0


def test_add_reports_fetches_addresses_and_feeds(address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    server: Any
    with serve() as server:
        site = f"http://127.0.0.1:{server.server_port}"
        guard = Guard(frozenset({("127.0.0.1", server.server_port)}))
        monkeypatch.setattr(intakes, "Fetcher", lambda: Fetcher(guard, Caps(wait=1.0)))
        app = go("Addresses")
        app.text_area(key="addresses").set_value("no address at all")
        app = press(app, "Fetch and read")
        assert app.error[0].value.startswith("no address at all: no web address")
        app.button_group(key="way").set_value("Feeds").run()
        assert not app.error  # one way's failures are not another's
        app.button_group(key="way").set_value("Addresses").run()
        app.text_area(key="addresses").set_value(f" {site}/page \n\n{site}/missing\nhttp://127.0.0.1:1/")
        app = press(app, "Fetch and read")
        assert "Four passengers" in read_html(app)
        assert "the server answered 404" in read_html(app)
        assert "no public address" in read_html(app) or "port 1" in read_html(app)
        press(app, "Save 1 report")
        table = tmp_path / "feeds.toml"
        table.write_text(f'[[feeds]]\nname = "Gazette"\naddress = "{site}/feed"\n')
        monkeypatch.setattr(subscriptions, "TABLE", table)
        monkeypatch.setattr(subscriptions, "STATE", tmp_path / "feeds.json")
        monkeypatch.setattr(savings, "STATE", tmp_path / "feeds.json")
        server.entries = [(f"{site}/a", "Two workers were killed in a fire at Orvela on Monday.")]
        app = press(go("Feeds"), "Look for new")
        assert not (tmp_path / "feeds.json").exists()
        press(app, "Save 1 report")
        app = press(go("Feeds"), "Look for new")
        assert "Nothing new" in app.info[0].value
    assert len(read_texts(address)) == 2


def test_add_reports_without_feeds_says_where_they_are_listed(address: str) -> None:  # noqa: ARG001
    assert "Write them into feeds.toml" in go("Feeds").info[0].value


def look_up(app: AppTest, words: str) -> AppTest:
    app.text_input(key="removal").set_value(words).run()
    assert not app.exception
    return app


def test_add_reports_stewards_take_a_report_out(address: str) -> None:
    kept = store.connect(address)
    first, second = (
        Report("a", f"{BUS} " * 6, date(2024, 3, 26), "Gazette"),
        Report("b", f"{BUS} " * 6, date(2024, 3, 26), "Herald"),
    )
    for report in (first, second):
        keep_reading(kept, report, read_figures(report))
    app = look_up(open_page("add_reports"), "orvela passengers")
    assert app.selectbox(key="removal_of").options[0].startswith("Seven passengers")
    app.selectbox(key="removal_of").set_value("a").run()
    assert "What goes: 1 report, 1 figure, 0 reviews." in read_html(app)
    assert "copies of its text that stay: 1" in read_html(app)
    assert app.button(key="removal_now").disabled
    app.text_input(key="removal_by").set_value("Ana").run()
    app.text_input(key="removal_why").set_value("names a victim").run()
    app = press(app, "Delete 1 report for good")
    assert app.success[0].value.startswith("Deleted: 1 report, 1 figure, 0 reviews.")
    assert "by Ana (names a victim)" in read_html(app)
    assert not store.has_report(kept, "a")
    assert store.read_copies(kept, "b") == [second]
    assert "No report has this id" in look_up(app, "nowhere").info[-1].value
    kept.close()


def test_add_reports_tells_of_a_report_that_was_deleted_before(address: str) -> None:
    press(upload(go("Files"), ("a.txt", BUS.encode())), "Save 1 report")
    kept = store.connect(address)
    (hit,) = store.search_reports(kept, "passengers")
    store.delete_reports(kept, [hit.report], who="Ana", why="names a victim")
    kept.close()
    app = upload(go("Files"), ("a.txt", BUS.encode()))
    assert "new; deleted on " in read_html(app)
    app = press(app, "Save 1 report")
    assert app.warning[0].value.endswith("by Ana (names a victim), and kept again now")


def test_add_reports_only_stewards_take_reports_out(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store.connect(address).close()
    monkeypatch.setenv(READ_ONLY, "1")
    assert not [box for box in open_page("add_reports").text_input if box.key == "removal"]
