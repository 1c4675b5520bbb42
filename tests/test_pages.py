"""The pages, run by Streamlit without a browser, on a small store of their own."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import store
from pages.shared.asked import NAMES, complete
from pages.shared.doors import load_figures
from pages.shared.facets import make_facets
from pages.shared.keys import name_range
from pages.shared.marks import link, mark_spans
from parsers.records import Basis, Figure, Metric, Qualifier, Reading
from reports.records import Report
from series.bins import Bin
from series.filters import Filters
from series.flags import FLAGS
from series.options import USUAL
from series.stories import load_stories
from tests.dashboards import Row, fill, find_boards, open_page, point_at, read_html
from tests.floors import load_floors


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return point_at(tmp_path / "pages.db", monkeypatch)


@pytest.fixture
def filled(address: str) -> str:
    fill(address)
    return address


@pytest.fixture
def two_metrics(filled: str) -> str:
    """The store with refugees in another country beside it."""
    quote = "Poland hosts 900 refugees."
    figure = Figure(
        id="f9", report="r9", metric=Metric.REFUGEES, qualifier=Qualifier.EXACT, basis=Basis.STOCK, value=900, low=900,
        high=900, source="UNHCR", publisher="Daily", country="POL", end=date(2022, 5, 1), published=date(2022, 5, 1),
        quote=quote, span=(13, 16), rule="hosts",
    )  # fmt: skip
    database = store.connect(filled)
    store.add_report(database, Report(id="r9", text=quote), [Reading(figure, 0, (0, 5), (0, 5), ())])
    database.close()
    return filled


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({}, "<b>12</b><span>people killed in February 2020, the highest month, by Observatory</span>"),
        (
            {"until": "2020-01-31", "bin": "week"},
            "people killed in the week of 30 December 2019, the highest week, from Civil Defence to Observatory",
        ),
        (
            {"metric": "refugees", "basis": "stock", "region": "Poland"},
            "<b>900</b><span>refugees as of July 2022, the last month, by UNHCR</span>",
        ),
    ],
)
def test_timeline_key_number_says_what_when_and_who(two_metrics: str, choices: dict[str, str], said: str) -> None:  # noqa: ARG001
    assert said in read_html(open_page(**choices))


def test_timeline_key_number_of_totals_is_of_one_place_group_and_start() -> None:
    total = {"metric": "displaced", "unit": "person", "basis": "cumulative", "group": "all", "source": "OCHA"}
    whole = total | {"region": "Sudan", "begun": pd.Timestamp("2023-04-15")}
    rows = [
        whole | {"start": pd.Timestamp("2023-06-01"), "best": 2_500_000},
        whole | {"start": pd.Timestamp("2025-06-01"), "best": 4_000_000, "source": "UNHCR"},
        total | {"region": "Kutum", "begun": pd.NaT, "start": pd.Timestamp("2025-11-01"), "best": 642},
    ]
    said = "people displaced in Sudan since 15 Apr 2023 as of June 2025, the last month, by UNHCR"
    assert name_range(pd.DataFrame(rows), Bin.MONTH) == {said: "4,000,000"}


def test_timeline_draws_the_source_of_its_first_key_number(address: str) -> None:
    days = [date(2020, month, 9) for month in range(1, 10)]
    often: list[Row] = [(f"Source {at}", f"Paper {at}", 9 + at, day, False) for at in range(8) for day in days[at:]]
    fill(address, [*often, ("Ministry", "Herald", 90, days[2], False)])
    app = open_page()
    assert "<b>9 – 90</b><span>people killed in March 2020, the highest month, from Source 0 to Ministry</span>" in (
        read_html(app)
    )
    assert "Ministry" in [trace.get("name") for trace in json.loads(find_boards(app)[0]["chart"])["data"]]
    words = (
        "The 6 with most claims are drawn, and Ministry, which the first number above names; 2 more are in the table."
    )
    assert words in read_html(app)


def test_timeline_shows_numbers_charts_and_sentences(filled: str) -> None:  # noqa: ARG001
    app = open_page()
    shown = read_html(app)
    assert "<b>4</b><span>figures</span>" in shown
    assert "<b>3</b><span>claims counted</span>" in shown
    assert 'killed <mark class="number" title="number">12</mark> people' in shown
    assert "paraphrases" in shown
    assert "<img" not in shown
    assert len(find_boards(app)) == 2  # the chart and the brush
    assert {button.proto.label for button in app.get("download_button")} >= {"Download 4 figures (CSV)"}


def test_timeline_filters_by_source_and_comes_back(filled: str) -> None:  # noqa: ARG001
    app = open_page()
    app.multiselect(key="source").set_value(["Civil Defence"]).run().run()
    assert "<b>1</b><span>figure</span>" in read_html(app)
    assert "<b>1</b><span>claim counted</span>" in read_html(app)
    assert [button.proto.label for button in app.get("download_button")][-1] == "Download 1 figure (CSV)"
    app.multiselect(key="group").set_value(["all people"]).run().run()
    app.text_input(key="since").set_value("2021-01-01").run().run()
    assert "Nothing in the store matches" in app.info[0].value
    assert any("without the other filters, the store has 4 figures as new" in one.value for one in app.caption)
    app.button(key="way_back").click().run()
    assert not app.exception
    assert "<b>4</b><span>figures</span>" in read_html(app)


def test_timeline_reads_its_filters_from_the_address(filled: str) -> None:  # noqa: ARG001
    app = open_page(source="Observatory", until="2020-01-31", bin="week")
    assert app.multiselect(key="source").value == ["Observatory"]
    assert "<b>2</b><span>figures</span>" in read_html(app)


FIRST = {
    "metric": "killed", "basis": "new", "unit": "person", "region": ["Syria"], "bin": "month", "best": "median",
}  # fmt: skip


def read_choices(app: AppTest) -> dict[str, Any]:
    return {name: app.session_state[name] for name in FIRST}


def test_timeline_without_filters_shows_the_first_view_and_says_all_of_it_in_the_address(filled: str) -> None:  # noqa: ARG001
    app = open_page()
    assert read_choices(app) == FIRST
    assert {name: app.query_params[name] for name in FIRST} == FIRST | {"region": "Syria"}
    assert app.text_input(key="since").value == "2020-01-01"


def test_timeline_link_with_some_filters_gets_no_region_and_no_dates(filled: str) -> None:  # noqa: ARG001
    app = open_page(source="Observatory")
    assert read_choices(app) == FIRST | {"region": []}
    assert app.text_input(key="since").value is None


def test_timeline_another_metric_frees_the_region_of_the_first_view(two_metrics: str) -> None:  # noqa: ARG001
    app = open_page(metric="refugees", basis="stock")
    assert "Nothing in the store" not in "".join(info.value for info in app.info)
    app = open_page()
    assert read_choices(app) == FIRST
    app.selectbox(key="metric").set_value("refugees").run()
    assert not app.exception
    assert read_choices(app) == FIRST | {"metric": "refugees", "basis": "stock", "region": []}
    assert "<b>1</b><span>figure</span>" in read_html(app)


def test_timeline_names_what_the_address_asks_in_vain(filled: str) -> None:  # noqa: ARG001
    app = open_page(metric="nonsense", source=["Observatory", "Nobody"], since="soon")
    assert [warning.value for warning in app.warning] == [
        "The address asks for metric “nonsense”, source “Nobody” and since “soon”; not known; shown without them."
    ]
    assert app.multiselect(key="source").value == ["Observatory"]
    assert app.session_state.metric == "killed"
    app.multiselect(key="source").set_value([]).run().run()
    assert not app.warning


@pytest.mark.parametrize(("asked", "named"), [("SYR", "Syria"), ("SY-ID", "Idlib"), ("Sarmin", "Sarmin")])
def test_timeline_knows_a_region_by_its_code_too(filled: str, asked: str, named: str) -> None:  # noqa: ARG001
    app = open_page(region=asked, vague="acled")
    assert not app.warning
    assert app.multiselect(key="region").value == [named]
    assert app.selectbox(key="vague").value == "acled"


def test_address_with_a_name_of_several_divisions_shows_all_that_there_are(two_metrics: str) -> None:  # noqa: ARG001
    known = make_facets(load_figures())
    paths = {"Ukraine": (), "Kyiv (UA-30)": ("Ukraine",), "Kyiv (UA-32)": ("Ukraine",)}
    shown, unknown = complete({"region": ["Kyiv", "Idlib", "Nowhere"]}, load_figures(), replace(known, paths=paths))
    assert shown["region"] == ["Kyiv (UA-30)", "Kyiv (UA-32)"]
    assert unknown == {"region": ["Idlib", "Nowhere"]}, "which this tree does not have"


def test_timeline_spans_the_days_that_are_drawn(filled: str) -> None:  # noqa: ARG001
    assert "<b>1 Jan 2020 – 9 Feb 2020</b><span>drawn</span>" in read_html(open_page())
    app = open_page(since="2020-01-03", until="2020-01-31")
    assert "<b>3 Jan 2020 – 31 Jan 2020</b><span>drawn</span>" in read_html(app)


def test_filters_chips_show_what_is_on_and_take_it_away(filled: str) -> None:  # noqa: ARG001
    app = open_page(source=["Observatory", "Civil Defence"], since="2020-01-01", vague="acled")
    chips = app.button_group(key="chips")
    assert chips.value == [
        ("source", "Observatory"), ("source", "Civil Defence"), ("since", "2020-01-01"), ("vague", "acled"),
    ]  # fmt: skip
    chips.set_value([chip for chip in chips.value if chip not in {("source", "Civil Defence"), ("vague", "acled")}])
    app.run()
    assert not app.exception
    assert app.session_state.source == ["Observatory"]
    assert app.session_state.vague == "low"
    assert app.button_group(key="chips").value == [("source", "Observatory"), ("since", "2020-01-01")]


def test_filters_one_click_shows_a_single_source_and_back(filled: str) -> None:  # noqa: ARG001
    app = open_page(source=["Observatory", "Civil Defence"])
    app.button_group(key="only").set_value("Civil Defence").run().run()
    assert app.session_state.source == ["Civil Defence"]
    assert "<b>1</b><span>figure</span>" in read_html(app)
    app.button_group(key="only").set_value(None).run().run()
    assert app.session_state.source == ["Observatory", "Civil Defence"]


def test_filters_presets_count_back_from_the_last_day_there_is(filled: str) -> None:  # noqa: ARG001
    app = open_page(source="Observatory")
    assert app.button_group(key="preset").value == "all"
    app.button_group(key="preset").set_value("1 month").run().run()
    assert (app.session_state.since, app.session_state.until) == ("2020-01-10", "2020-02-09")
    app.text_input(key="since").set_value("2020-01-11").run().run()
    assert app.button_group(key="preset").value is None


def test_filters_conventions_come_from_the_address_and_have_chips(filled: str) -> None:  # noqa: ARG001
    app = open_page(metric="killed", households="people", as_known="2020-01-31", best="Observatory")
    assert app.session_state.best == "Observatory"
    assert "<b>3</b><span>figures</span>" in read_html(app)
    app.selectbox(key="vague").set_value("middle").run().run()
    assert {name: app.session_state[name] for name in ("vague", "spread", "households", "as_known")} == {
        "vague": "middle", "spread": "even", "households": "people", "as_known": "2020-01-31",
    }  # fmt: skip
    assert ("vague", "middle") in list(app.button_group(key="chips").value or [])


def test_facets_order_regions_as_a_tree(two_metrics: str) -> None:  # noqa: ARG001
    facets = make_facets(load_figures())
    assert list(facets.paths.items()) == [
        ("Syria", ()), ("Idlib", ("Syria",)), ("Sarmin", ("Syria", "Idlib")), ("Poland", ()),
    ]  # fmt: skip
    assert facets.list_children(None) == ["Syria", "Poland"]
    assert facets.list_children("Idlib") == ["Sarmin"]
    assert facets.list_units("refugees") == ["person"]


def test_timeline_of_an_empty_store_says_so(address: str) -> None:  # noqa: ARG001
    app = open_page()
    assert "The store is empty" in app.info[0].value


def test_sources_sets_them_side_by_side(filled: str) -> None:  # noqa: ARG001
    app = open_page("sources")
    shown = read_html(app)
    assert "<b>2</b><span>sources</span>" in shown
    assert "<b>1</b><span>event counted by several</span>" in shown
    assert app.markdown[0].value == "**1 event** that several sources count; in 0 their words agree."
    assert '<th scope="rowgroup" rowspan="2">Sarmin, 5 Jan 2020, all people</th>' in shown
    assert (
        '<td data-of="count">9</td><td data-of="period">5 Jan 2020</td><td data-of="ratio">1.12 times, higher' in shown
    )
    assert 'href="evidence?figure=f0&amp;metric=killed' in shown
    assert len(find_boards(app)) == 1


def test_sources_compares_a_chosen_source_with_all_others(filled: str) -> None:  # noqa: ARG001
    app = open_page("sources", source="Civil Defence")
    assert "0.89 times, lower" in read_html(app)
    app = open_page("sources", source="Civil Defence", part="What each counts")
    (table,) = app.dataframe
    assert table.value["source"].tolist() == ["Civil Defence"]
    assert table.value["shared"].tolist() == [1]


def test_sources_says_who_cites_whom(filled: str) -> None:  # noqa: ARG001
    app = open_page("sources", part="Who cites whom")
    (table,) = app.dataframe
    assert table.value[["source", "publisher", "figures"]].to_numpy().tolist() == [
        ["Observatory", "Herald", 2], ["Civil Defence", "Daily", 1], ["Observatory", "Daily", 1],
    ]  # fmt: skip
    assert "Download 3 chains (CSV)" in {button.proto.label for button in app.get("download_button")}


def test_sources_of_one_metric_that_one_counts_says_so(two_metrics: str) -> None:  # noqa: ARG001
    app = open_page("sources", metric="refugees", basis="stock")
    assert "No two sources here count the same people" in app.info[0].value


def test_method_is_plain(address: str) -> None:  # noqa: ARG001
    app = open_page("method")
    said = app.markdown[0].value
    assert "never added up" in said
    assert "| dozens | 24 to 99 | 24 | 12 | 24 | 61 |" in said
    assert f"forward for {USUAL.carry} days, flagged *carried*" in said
    assert all(f"| {name} | {words} |" in said for name, words in FLAGS.items())
    floors = load_floors()
    assert f"| source | {floors['sample']['source']:.0%} |  | {floors['gold']['source']:.0%} |  |" in said
    assert "{" not in said + app.markdown[-1].value
    assert "How to cite" in app.markdown[-1].value


def test_method_leads_to_its_own_headings(address: str) -> None:  # noqa: ARG001
    said = "\n".join(one.value for one in open_page("method").markdown)
    headings = {line[3:].lower().replace(" ", "-") for line in said.splitlines() if line.startswith("## ")}
    assert set(re.findall(r"\]\(#([a-z-]+)\)", said)) == headings


def test_marks_cannot_act_as_html() -> None:
    marked = mark_spans("<b>9</b> & more", [(3, 4, "number"), (0, 8, "group")])
    assert "<b>" not in marked
    assert marked.count("<mark") == 3
    assert link("javascript:alert(1)", "here") == "here"
    assert link('https://example.org/"x', "<here>").startswith('<a href="https://example.org/&quot;x"')


def test_map_draws_the_divisions_and_says_what_has_no_place(filled: str) -> None:  # noqa: ARG001
    app = open_page("map", region="Syria", at="2020-01-01")
    assert len(find_boards(app)) == 1
    shown = read_html(app)
    assert "First-level divisions, and towns as circles. Syria." in shown
    assert "without a shape or a place on this map: Sarmin." in shown
    assert "do not imply any opinion on the legal status" in shown
    app.toggle(key="added").set_value(True).run().run()
    assert not app.exception
    assert "People killed, added up since January 2020" in read_html(app)


def test_map_without_places_says_so(two_metrics: str) -> None:  # noqa: ARG001
    app = open_page("map", metric="refugees", basis="stock")
    assert "Countries. All regions." in read_html(app) or "First-level" in read_html(app)
    assert not app.exception


def test_download_offers_every_table_with_its_rows(filled: str) -> None:  # noqa: ARG001
    app = open_page("download", source="Observatory", vague="acled")
    labels = {}
    for table in ("figures", "claims", "estimates", "timeline"):
        app.button_group(key="table").set_value(table).run().run()
        assert not app.exception
        labels[table] = app.get("download_button")[0].proto.label
    assert labels == {
        "figures": "Download 3 figures (CSV)",
        "claims": "Download 2 claims (CSV)",
        "estimates": "Download 2 estimates (CSV)",
        "timeline": "Download 2 rows (CSV)",
    }
    app.button_group(key="table").set_value("estimates").run().run()
    app.button_group(key="by").set_value("region").run().run()
    data, view = (code.value for code in app.code)
    assert data.partition("?")[0].endswith("/api/estimates")
    assert "source=Observatory&bin=month&vague=acled&by=region" in data
    assert view.partition("?")[0].endswith("/timeline")


def test_download_says_where_no_picture_can_be_drawn(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr("series.pictures.shutil.which", lambda _name: None)
    app = open_page("download")
    assert app.get("download_button")[1].proto.label == "Chart bundle without pictures (ZIP)"
    assert "This server has no Chromium" in read_html(app)


def test_story_is_told_where_the_store_holds_it_and_goes_at_a_click(
    filled: str,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (story,) = load_stories()
    assert read_choices(open_page()) == FIRST  # four figures do not tell it
    short = replace(story, least=2, view={**story.view, "since": ["2020-01-01"]})
    monkeypatch.setattr("series.stories.load_stories", lambda: (short,))
    st.cache_resource.clear()
    app = open_page()
    assert app.text_input(key="until").value == "2020-03-31"
    assert story.title in read_html(app)
    assert "Ask one source" in read_html(app)
    app.button(key="close_tour").click().run().run()
    assert not app.exception
    assert story.title not in read_html(app)


def test_story_of_the_sample_stands_on_its_figures() -> None:
    (story,) = load_stories()
    assert set(story.view) <= set(NAMES)
    assert Filters.from_query(story.view).since == date(2019, 12, 1)


@pytest.mark.parametrize("name", ["timeline", "evidence", "download"])
def test_page_of_a_store_that_cannot_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    point_at(tmp_path / "broken.db", monkeypatch)
    (tmp_path / "broken.db").write_bytes(b"this is no database" * 400)
    app = open_page(name)
    assert [one.value for one in app.error] == [
        "The store cannot be read now, so nothing is shown. No figure is lost by looking here."
    ]
    assert "restore it from a backup" in app.caption[0].value
    assert app.button(key="try_again").label == "Try again"
    monkeypatch.setenv("WHO_COUNTS_READ_ONLY", "1")
    st.cache_resource.clear()
    assert "broken.db" not in "".join(one.value for one in open_page(name).caption)


def test_sources_list_first_what_two_of_the_chosen_count(address: str) -> None:
    day, next_day = date(2020, 1, 5), date(2020, 1, 6)
    apart = [("Observatory", "Daily", 9, day, False), ("Ministry", "Daily", 900, day, False)]
    both = [("Observatory", "Daily", 4, next_day, False), ("Civil Defence", "Daily", 5, next_day, False)]
    fill(address, [*apart, *both])
    app = open_page("sources", source=["Observatory", "Civil Defence"])
    said = " ".join(words.value for words in app.markdown)
    assert "**2 events** that several sources count; in 0 their words agree. 1 is counted by two" in said
    shown = read_html(app)
    assert shown.index("6 Jan 2020") < shown.index("900"), "though the other event lies wider apart"
