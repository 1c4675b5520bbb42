"""The dashboard in a real browser, on a fresh server and a store of its own."""

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Download, Page, expect
from pypdfium2 import PdfDocument

import store
from tests.browsers import PATIENCE, ROOT, choose, go_back_to, mark_step, rest, run_dashboard, sign_as, walk, watch
from tests.dashboards import fill

expect.set_options(timeout=PATIENCE)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def read_csv(download: Download) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(download.path()).read_text(encoding="utf-8"))))


def test_browser_filters_draws_and_downloads(server: str, page: Page, tmp_path: Path) -> None:
    page.goto(server)
    legend = page.locator(".st-key-chart_sources .legendtext")
    expect(legend).to_have_text(["Observatory", "Civil Defence"])
    choose(page, "source", "Observatory")
    expect(legend).to_have_text(["Observatory"])
    expect(page).to_have_url(re.compile(r"/timeline\?.*source=Observatory"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download 3 figures (CSV)").click()
    assert "source-observatory" in waiting.value.suggested_filename
    rows = read_csv(waiting.value)
    kept = store.read_figures(store.connect(f"sqlite:///{tmp_path / 'browser.db'}"))
    kept = kept[kept["source"] == "Observatory"]
    for column in ("id", "source", "publisher", "quote", "url"):
        assert [row[column] for row in rows] == kept[column].tolist()
    assert [int(row["value"]) for row in rows] == kept["value"].tolist()
    assert [row["end"] for row in rows] == kept["end"].dt.strftime("%Y-%m-%d").tolist()
    second = page.context.new_page()
    second.goto(page.url)
    expect(second.locator(".st-key-chart_sources .legendtext")).to_have_text(["Observatory"], timeout=PATIENCE)


def test_browser_a_click_on_a_source_reaches_every_part_of_the_page(server: str, page: Page) -> None:
    page.goto(server)
    legend = page.locator(".st-key-chart_sources .legendtext")
    expect(legend).to_have_count(2)
    rest(page)
    page.evaluate("document.querySelector('.st-key-chart_sources .js-plotly-plot').kept = true")
    page.locator(".st-key-only").get_by_text("Civil Defence").click()
    expect(legend).to_have_text(["Civil Defence"])
    expect(page.locator(".st-key-source")).to_contain_text("Civil Defence")
    expect(page.locator(".st-key-chips")).to_contain_text("source: Civil Defence")
    expect(page.get_by_role("button", name="Download 1 figure (CSV)")).to_be_visible()
    expect(page).to_have_url(re.compile("source=Civil"))
    rest(page)
    assert page.evaluate("document.querySelector('.st-key-chart_sources .js-plotly-plot').kept"), "drawn on, not anew"
    page.locator(".st-key-chips").get_by_text("source: Civil Defence").click()
    expect(legend).to_have_count(2)
    expect(page.locator(".st-key-source")).not_to_contain_text("Civil Defence")
    expect(page).not_to_have_url(re.compile("source="))


def test_browser_every_mark_is_reached_by_the_keyboard(server: str, page: Page) -> None:
    page.goto(f"{server}/?source=Observatory")
    chart = page.get_by_role("application")
    expect(page.locator(".st-key-chart_sources .scatterlayer .point").first).to_be_visible()
    rest(page)
    chart.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".who-live").first).to_contain_text("January 2020: 9")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".who-live").first).to_contain_text("February 2020: 12")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-picked")).to_contain_text("Shelling in Sarmin killed 12 people")
    rest(page)
    chart.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-picked")).to_have_count(0)


FOCUS = """() => {
    const at = document.activeElement;
    const [box, style] = [at.getBoundingClientRect(), getComputedStyle(at)];
    const name = at.innerText || at.ariaLabel || at.tagName;
    // What is written into has a caret and a border of its own; the page itself is a stop that scrolls.
    return { name, ring: style.outlineStyle, wide: box.width, own: ["INPUT", "MAIN"].includes(at.tagName) };
}"""


def test_browser_shows_where_the_keyboard_is(server: str, page: Page) -> None:
    page.goto(f"{server}/?source=Observatory")
    expect(page.locator(".st-key-chart_sources .scatterlayer .point").first).to_be_visible()
    rest(page)
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    names = [stop["name"] for stop in stops]
    assert names[0] == "Skip to main content"
    assert any("Method" in name for name in names)
    assert not [name for name in names if "Link to heading" in name], "a stop that nobody sees"
    unseen = [stop["name"] for stop in stops if not stop["own"] and (stop["ring"] == "none" or stop["wide"] < 10)]
    assert unseen == []


@pytest.mark.parametrize(("image", "opening"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_browser_saves_the_chart(server: str, page: Page, image: str, opening: bytes) -> None:
    page.goto(f"{server}/?source=Observatory")
    expect(page.locator(".st-key-chart_sources .legendtext")).to_have_count(1)
    rest(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Save the chart as {image.upper()}").first.click()
    name = waiting.value.suggested_filename
    assert "source-observatory" in name
    assert name.endswith(f".{image}")
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(opening)
    if image == "svg":
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))
        for said in (
            "People killed, new in each month",
            "By source. All regions. Observatory.",
            "Sources: Observatory.",
            "Vague words and ranges count at their low end.",
            "Cite as: “People killed, new in each month”, Who Counts",
            "published until 9 Feb 2020; drawn",
        ):
            assert said in words


@pytest.mark.parametrize(("scheme", "turned"), [("light", "none"), ("dark", re.compile("invert"))])
def test_browser_prints_dark_words_on_white_paper(
    server: str, page: Page, scheme: Literal["light", "dark"], turned: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{server}/map")
    expect(page.locator(".st-key-chart_map .geolayer").first).to_be_visible()
    rest(page)
    page.emulate_media(media="print", color_scheme=scheme)
    for ground in (".stApp", "[data-testid=stMain]"):
        expect(page.locator(ground)).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator(".stApp h2").first).to_have_css("color", "rgb(31, 41, 51)")
    for drawn in (".st-key-chart_map .who-board", ".who-classes i"):
        expect(page.locator(drawn).first).to_have_css("filter", turned)


def test_browser_prints_sources_without_a_half_empty_sheet(chromium: Browser, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'printed.db'}"
    days = [date(2020, 1, day) for day in range(1, 13)]
    sources = enumerate(("Ana", "Ben"))
    fill(address, [(who, f"{who} Daily", 8 + more, day, False) for more, who in sources for day in days])
    with run_dashboard(address) as server, watch(chromium) as page:
        page.goto(f"{server}/sources")
        expect(page.locator(".st-key-chart_events .main-svg").first).to_be_visible()
        rest(page)
        printed = page.pdf(format="A4", margin={"top": "1cm", "bottom": "1cm", "left": "1cm", "right": "1cm"})
        sheets = [sheet.get_textpage().get_text_range() for sheet in PdfDocument(printed)]
    assert len(sheets) == 2
    assert "to the others" in sheets[0]
    assert "where sources differ" in sheets[1]
    assert "Cite as" in sheets[1]


WORDS_OF_MARKS = """() => {
    const drawn = document.querySelector(".st-key-chart_events .js-plotly-plot")._fullData;
    return drawn.flatMap((line) => [...(line.hovertext ?? [])]).filter(Boolean);
}"""


@pytest.mark.parametrize(("is_touched", "most"), [(True, 3), (False, 4)])
def test_browser_words_of_a_mark_leave_room_for_the_chart_of_a_telephone(
    server: str, chromium: Browser, *, is_touched: bool, most: int
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=is_touched, is_mobile=is_touched)
    page = context.new_page()
    page.goto(f"{server}/sources")
    expect(page.locator(".st-key-chart_events .scatterlayer .point").first).to_be_visible(timeout=PATIENCE)
    assert max(len(words.split("<br>")) for words in page.evaluate(WORDS_OF_MARKS)) == most
    context.close()


def test_browser_prints_what_is_on_and_a_figure_without_its_queue(server: str, page: Page) -> None:
    page.goto(f"{server}/evidence?source=Observatory")
    queue = page.get_by_text("in the queue, this is number")
    expect(queue).to_be_visible()
    rest(page)
    page.emulate_media(media="print")
    expect(page.locator(".st-key-chips")).to_contain_text("source: Observatory")
    expect(page.locator(".st-key-chips button").first).to_be_visible()
    expect(page.locator(".who-card h2")).to_be_visible()
    expect(queue).to_be_hidden()


def test_browser_a_click_on_a_point_shows_its_claims(server: str, page: Page) -> None:
    page.goto(f"{server}/?source=Observatory")
    marks = page.locator(".st-key-chart_sources .scatterlayer .point")
    expect(marks.first).to_be_visible()
    rest(page)
    marks.last.click(force=True)
    expect(page.locator('.st-key-chart_sources [data-title="Lasso Select"]')).to_be_attached()
    expect(page.locator('.st-key-chart_sources [data-title="Zoom"]')).to_be_attached()
    picked = page.locator(".st-key-picked")
    expect(picked).to_contain_text("Shelling in Sarmin killed 12 people")
    expect(picked).not_to_contain_text("killed 9 people")
    expect(page.locator(".who-note", has_text="February 2020: 12")).to_contain_text("1 claim, 1 figure, 1 source")
    link = picked.get_by_role("link").first
    assert "https://example.org/2#:~:text=Shelling%20in%20Sarmin%20killed%2012," in str(link.get_attribute("href"))


def test_browser_a_stretch_of_the_brush_becomes_the_dates(server: str, page: Page) -> None:
    page.goto(f"{server}/?source=Observatory&bin=day")
    expect(page.get_by_role("button", name="Download 3 figures (CSV)")).to_be_visible()
    bars = page.locator(".st-key-overview .point")
    expect(bars).to_have_count(2)
    rest(page)
    page.locator(".st-key-overview").scroll_into_view_if_needed()
    box = bars.last.bounding_box()
    drag = page.locator(".st-key-overview .nsewdrag").bounding_box()
    assert box is not None
    assert drag is not None
    page.mouse.move(box["x"] - 40, drag["y"] + 10)
    page.mouse.down()
    page.mouse.move(drag["x"] + drag["width"] - 2, drag["y"] + 30, steps=8)
    page.mouse.up()
    expect(page.get_by_role("button", name="Download 1 figure (CSV)")).to_be_visible()
    expect(page).to_have_url(re.compile(r"since=2020-0[12]"))


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("timeline", "Timeline"),
        ("sources", "Sources"),
        ("evidence", "Evidence"),
        ("add_reports", "Add reports"),
        ("method", "Method"),
    ],
)
def test_browser_deep_link_on_a_fresh_server(server: str, page: Page, address: str, title: str) -> None:
    page.goto(f"{server}/{address}")
    expect(page.get_by_role("heading", name=title, level=1)).to_have_count(1)
    expect(page.get_by_role("link", name="Method")).to_be_visible()
    expect(page.get_by_role("link", name="app")).to_have_count(0)
    expect(page).to_have_url(re.compile(rf"^{re.escape(server)}/{address}(\?|$)"))


def test_browser_root_and_bare_timeline_write_the_same_view_in_the_address(server: str, page: Page) -> None:
    views = []
    for address in (server, f"{server}/timeline"):
        page.goto(address)
        expect(page.locator(".st-key-chart_sources .legendtext")).to_have_count(2)
        expect(page).to_have_url(re.compile("region=Syria"))
        rest(page)
        views.append(sorted(page.url.split("?")[1].split("&")))
    assert views[0] == views[1]
    assert {"metric=killed", "basis=new", "unit=person", "bin=month", "best=median"} < set(views[0])


def test_browser_walks_from_page_to_page_with_its_view(server: str, page: Page) -> None:
    page.goto(f"{server}/sources?source=Observatory&vague=acled")
    chips = page.locator(".st-key-chips")
    for name in ("Timeline", "Map", "Evidence", "Download", "Method", "Sources"):
        walk(page, name)
        if name != "Method":
            expect(chips).to_contain_text("source: Observatory")
            expect(chips).to_contain_text("vague words by acled")
            expect(page).to_have_url(re.compile("metric=killed.*source=Observatory.*vague=acled"))
    walk(page, "Timeline")
    rest(page)
    chips.get_by_text("vague words by acled").click()
    expect(page).not_to_have_url(re.compile("vague="))
    walk(page, "Evidence")
    expect(page).to_have_url(re.compile("source=Observatory"))
    evidence = mark_step(page)
    walk(page, "Timeline")
    expect(chips).to_contain_text("source: Observatory")
    expect(chips).not_to_contain_text("vague")
    expect(page).to_have_url(re.compile("source=Observatory"))
    go_back_to(page, evidence)
    expect(page.get_by_role("heading", name="Evidence", level=1)).to_be_visible()
    expect(chips).to_contain_text("source: Observatory")


def test_browser_a_link_to_a_figure_keeps_who_reviews(server: str, page: Page) -> None:
    page.goto(f"{server}/evidence?source=Observatory")
    sign_as(page, "Ana")
    walk(page, "Timeline")
    expect(page).to_have_url(re.compile("source=Observatory"))
    timeline = mark_step(page)
    page.get_by_role("link", name="Check it").last.click()
    expect(page.locator(".who-text mark.number")).to_have_text("9")
    expect(page.get_by_label("Your name, for the log")).to_have_value("Ana")
    expect(page.locator(".st-key-chips")).to_contain_text("source: Observatory")
    go_back_to(page, timeline)
    expect(page.get_by_role("heading", name="Timeline", level=1)).to_be_visible()
    expect(page.locator(".st-key-chart_sources .legendtext")).to_have_text(["Observatory"])


def test_browser_console_says_nothing(server: str, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for address in ("timeline?source=Observatory", "?source=Observatory"):
        page.goto(f"{server}/{address}")
        expect(page.locator(".st-key-chart_sources .legendtext")).to_have_count(1)
        rest(page)
    assert said == []


def test_browser_add_reports_fits_a_telephone(server: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/add_reports")
    page.get_by_role("button", name="Fill in an example").click()
    table = page.locator(".who-table")
    # The first report that a server reads has it load all tables of words.
    expect(table).to_contain_text("832,000", timeout=4 * PATIENCE)
    rest(page)
    for cell in table.locator("td").all():
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390


def test_browser_old_address_of_reading_a_text_leads_to_adding_reports(server: str, page: Page) -> None:
    page.goto(f"{server}/read_a_text")
    expect(page.get_by_role("heading", name="Add reports", level=1)).to_have_count(1)
    expect(page).to_have_url(f"{server}/add_reports")


def test_browser_uploads_looks_and_saves(server: str, page: Page) -> None:
    page.goto(f"{server}/add_reports")
    rest(page)
    page.get_by_role("radio", name="Files").or_(page.get_by_role("button", name="Files")).first.click()
    files = [ROOT / "tests" / "files" / name for name in ("sitrep.pdf", "sitrep.docx", "notes.csv", "crawl.warc.gz")]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text("crawl.warc.gz")).to_be_visible()
    rest(page)
    page.get_by_role("button", name="Read the files").click()
    # The first report that a server reads has it load all tables of words.
    expect(page.locator("mark.number").first).to_be_visible(timeout=4 * PATIENCE)
    expect(page.get_by_text("Columns of notes.csv")).to_be_visible()
    rest(page)
    page.get_by_role("button", name=re.compile("^Save [0-9]+ reports")).click()
    expect(page.get_by_text(re.compile("^Saved: [0-9]+ reports added"))).to_be_visible()
    page.get_by_role("link", name="Go to the timeline").click()
    expect(page.get_by_role("heading", name="Timeline", level=1)).to_have_count(1)


def test_browser_clears_filters_in_the_address_too(server: str, page: Page) -> None:
    page.goto(f"{server}/?source=Observatory&since=2020-02-01")
    expect(page.get_by_role("button", name="Download 1 figure (CSV)")).to_be_visible()
    rest(page)
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("button", name="Download 4 figures (CSV)")).to_be_visible()
    expect(page).not_to_have_url(re.compile("since=2020"))
    page.goto(page.url)
    expect(page.get_by_role("button", name="Download 4 figures (CSV)")).to_be_visible()
    expect(page).not_to_have_url(re.compile("since=2020"))


PLAYED = """() => {
    document.querySelector(".st-key-chart_map .js-plotly-plot").on("plotly_animated", () => { window.played = true; });
}"""


def test_browser_map_draws_plays_and_leads_into_a_division(server: str, page: Page) -> None:
    page.goto(f"{server}/map?region=Syria&bin=month")
    shapes = page.locator(".st-key-chart_map .choroplethlayer .trace .choroplethlocation")
    idlib = page.locator(".st-key-chart_map text", has_text="Idlib")
    expect(idlib).to_be_visible()
    expect(shapes.nth(4)).to_be_attached()
    expect(page.locator(".st-key-chart_map text", has_text="February 2020").first).to_be_visible()
    rest(page)
    page.evaluate(PLAYED)
    page.locator(".st-key-chart_map .updatemenu-button", has_text="Play").click()
    page.wait_for_function("() => window.played")
    rail = page.locator(".st-key-chart_map .slider-rail-touch-rect")
    rail.scroll_into_view_if_needed()
    track = rail.bounding_box()
    assert track is not None
    page.mouse.click(track["x"] + 6, track["y"] + track["height"] / 2)
    expect(page).to_have_url(re.compile(r"at=2020-01-01"))
    rest(page)
    box = idlib.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] + 4, box["y"] + box["height"] / 2)
    expect(page.locator(".st-key-picked")).to_contain_text("Shelling in Sarmin killed 9 people")
    rest(page)
    page.get_by_role("button", name="Go to Idlib").click()
    expect(page).to_have_url(re.compile(r"region=Idlib"))


def test_browser_downloads_the_bundle_of_the_chart(server: str, page: Page) -> None:
    page.goto(f"{server}/download?source=Observatory")
    expect(page.get_by_role("button", name="Chart bundle")).to_be_visible()
    rest(page)
    with page.expect_download(timeout=90_000) as waiting:
        page.get_by_role("button", name="Chart bundle").click()
    with zipfile.ZipFile(waiting.value.path()) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    assert files["chart.pdf"].startswith(b"%PDF")
    assert files["chart.png"].startswith(b"\x89PNG")
    assert b"Cite as: " in files["chart.svg"]
    assert f"{server}/timeline?metric=killed".encode() in files["README.md"]
    assert len(list(csv.DictReader(io.StringIO(files["figures.csv"].decode())))) == 3


def test_browser_data_address_gives_the_rows_of_the_view(server: str, page: Page) -> None:
    page.goto(f"{server}/download?source=Observatory&vague=acled")
    code = page.locator("[data-testid=stCode]").first
    expect(code).to_contain_text("/api/figures")
    expect(code).to_contain_text("source=Observatory")
    rest(page)
    page.goto(re.sub(r"\s", "", code.inner_text()))
    assert page.locator("body").inner_text().count('"id"') == 3
