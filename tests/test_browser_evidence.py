"""Evidence and Sources in a real browser: keys, a correction and its chart, undo, links, telephone, both themes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import store
from tests.browsers import PATIENCE, correct, pick_first_row, press_at_rest, rest, sign_as

expect.set_options(timeout=PATIENCE)
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def open_first(page: Page, server: str) -> None:
    """Open the queue with the largest figure first, and say who reviews."""
    page.goto(f"{server}/evidence?first=largest")
    expect(page.locator(".who-card h2")).to_have_text("12 people killed")
    sign_as(page, "Ana")


def test_browser_a_correction_changes_the_chart_and_undo_brings_it_back(
    server: str, page: Page, tmp_path: Path
) -> None:
    open_first(page, server)
    correct(page, "11", "one of them lived")
    expect(page.locator(".who-note li").first).to_contain_text("Ana corrected")
    second = page.context.new_page()
    second.goto(f"{server}/timeline?source=Observatory&since=2020-02-01")
    points = "() => document.querySelector('.st-key-chart_sources .js-plotly-plot')?._fullData?.[0]?.y"
    second.wait_for_function(f"() => JSON.stringify(({points})()) === '[11]'")
    rest(page)
    page.locator(".who-card h2").click()
    press_at_rest(page, "u")
    expect(page.locator(".who-card h2")).to_have_text("12 people killed")
    second.reload()
    second.wait_for_function(f"() => JSON.stringify(({points})()) === '[12]'")
    log = store.read_reviews(store.connect(f"sqlite:///{tmp_path / 'browser.db'}"))
    assert {str(one.verdict) for one in log} == {"correct", "withdraw"}


def test_browser_keys_accept_reject_and_walk(server: str, page: Page, tmp_path: Path) -> None:
    open_first(page, server)
    press_at_rest(page, "j")
    expect(page.get_by_text("this is number 2")).to_be_visible()
    press_at_rest(page, "k")
    expect(page.get_by_text("this is number 1")).to_be_visible()
    press_at_rest(page, "a")
    expect(page.get_by_text("Accepted.")).to_be_visible()
    expect(page.locator(".who-card h2")).to_have_text("9 people killed")
    press_at_rest(page, "x")
    why = page.get_by_role("combobox", name="Why")
    expect(why).to_be_visible()
    rest(page)
    why.click()
    page.keyboard.type("axe in the text, not a count")  # letters that are keys elsewhere are only letters here
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Reject the figure").click()
    expect(page.get_by_text("Rejected.")).to_be_visible()
    log = store.read_reviews(store.connect(f"sqlite:///{tmp_path / 'browser.db'}"))
    assert [(str(one.verdict), one.why) for one in log] == [
        ("accept", "the words say so"),
        ("reject", "axe in the text, not a count"),
    ]


@pytest.mark.parametrize("leave", ["tab", "click", "wheel"])
def test_browser_a_name_that_is_typed_is_kept_without_enter(
    server: str, page: Page, tmp_path: Path, leave: str
) -> None:
    open_first(page, server)
    press_at_rest(page, "e")
    why = page.get_by_label("Why")
    expect(why).to_be_visible()
    rest(page)
    why.fill("the report names it")
    box = page.locator("[class*=st-key-fix_source] input")
    box.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Zeta Watch")
    if leave == "tab":
        page.keyboard.press("Tab")
    elif leave == "wheel":
        page.mouse.wheel(0, 40)
    else:
        at = box.bounding_box()
        assert at is not None
        page.mouse.click(at["x"] - 20, at["y"])
    expect(box).to_have_value("Zeta Watch")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("Corrected. The charts show it")).to_be_visible()
    log = store.read_reviews(store.connect(f"sqlite:///{tmp_path / 'browser.db'}"))
    assert [(one.field, one.new) for one in log] == [("source", "Zeta Watch")]


def test_browser_link_to_a_figure_opens_it_on_a_fresh_server(server: str, page: Page) -> None:
    page.goto(f"{server}/evidence?figure=f3")
    expect(page.get_by_text("Claimed by Civil Defence")).to_be_visible()
    expect(page).to_have_url(re.compile("figure=f3"))
    rest(page)
    page.get_by_role("link", name="Observatory: 9").click()
    expect(page.get_by_text("Claimed by Observatory")).to_be_visible()
    expect(page).to_have_url(re.compile("figure=f0"))


def test_browser_events_lead_to_their_words(server: str, page: Page) -> None:
    page.goto(f"{server}/sources")
    expect(page.locator(".st-key-chart_events .annotation-text").first).to_have_text("Sarmin")
    rest(page)
    page.get_by_role("link", name="read its words").first.click()
    expect(page.locator(".who-text mark.number")).to_have_text("9")
    page.goto(f"{server}/sources?part=Who+cites+whom")
    expect(page.get_by_text("Who claims it")).to_be_visible()
    rest(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the chart as SVG").click()
    picture = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "who cites whom" in picture
    assert "Cite as" in picture


@pytest.mark.parametrize(
    ("part", "chart", "mark", "told"),
    [
        ("Where they differ", "events", ".scatterlayer .point", "killed 9 people"),
        ("What each counts", "months", ".scatterlayer .point", "Shelling in Sarmin"),
        ("Who cites whom", "citations", ".scatterlayer .point", "Shelling in Sarmin"),
    ],
)
def test_browser_marks_on_sources_show_their_claims(
    server: str, page: Page, part: str, chart: str, mark: str, told: str
) -> None:
    page.goto(f"{server}/sources?part={part.replace(' ', '+')}")
    marks = page.locator(f".st-key-chart_{chart} {mark}")
    expect(marks.first).to_be_visible()
    rest(page)
    marks.first.click(force=True)
    picked = page.locator(".st-key-picked")
    expect(picked).to_contain_text(told)
    expect(picked.get_by_role("link", name="Check it").first).to_be_visible()
    rest(page)
    page.get_by_role("application").focus()
    page.keyboard.press("Escape")
    expect(picked).to_have_count(0)
    rest(page)
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(picked).to_contain_text("Shelling in Sarmin")


@pytest.mark.parametrize(
    ("address", "row"),
    [
        ("sources?part=What+each+counts", "source"),
        ("sources?part=Who+cites+whom", "chain"),
        ("timeline", "rows_of_chart"),
        ("map", "rows_of_map"),
    ],
)
def test_browser_rows_of_a_table_show_their_claims(server: str, page: Page, address: str, row: str) -> None:
    page.goto(f"{server}/{address}")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    rest(page)
    if row.startswith("rows_of_"):
        page.get_by_text(f"The rows of this {row.removeprefix('rows_of_')}").click()
    table = page.locator(f"[class*=st-key-pick_{row}]")
    expect(table.locator("canvas").first).to_be_visible()
    table.scroll_into_view_if_needed()
    rest(page)
    picked = page.locator(".st-key-picked_row")
    pick_first_row(page, table, picked)
    expect(picked).to_contain_text("Shelling in Sarmin killed")
    expect(picked.get_by_role("link", name="Check it").first).to_be_visible()


READY = {
    "evidence": ".who-card h2",
    "sources": ".js-plotly-plot .annotation-text",
    "sources?part=What+each+counts": ".js-plotly-plot .annotation-text",
    "method": "table",
}
TOO_WIDE = """main => [main, ...main.querySelectorAll('.stHtml, .js-plotly-plot')]
    .filter(one => one.getBoundingClientRect().right > 391 || one.scrollWidth > 391).length"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_pages_fit_a_telephone_and_say_nothing_to_the_console(server: str, page: Page, scheme: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.location["url"]) if message.type == "error" else None)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 844})
    for address, shown in READY.items():
        page.goto(f"{server}/{address}")
        expect(page.locator(shown).first).to_be_visible()
        rest(page)
        assert page.locator("[data-testid=stMain]").evaluate(TOO_WIDE) == 0, address
    assert [url for url in said if not url.endswith(("/_stcore/health", "/_stcore/host-config"))] == []
