"""The ten minutes before a briefing, in one go: from two sources that part to the chart on the slide and the link."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsers import PATIENCE, choose, correct, rest, run_dashboard, sign_as, walk, watch
from tests.dashboards import ROWS, fill

expect.set_options(timeout=PATIENCE)
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

CHART = ".st-key-chart_sources"
HAS_LINE = """([name, values]) => {
    const drawn = document.querySelector(".st-key-chart_sources .js-plotly-plot")?._fullData ?? [];
    return drawn.some((line) => line.name === name && JSON.stringify([...(line.y ?? [])]) === values);
}"""
LARGE, COLOURS = (2400, 1000), 20
"""An image for a slide has so many pixels in width and height, and a drawing on it more than so many colours."""


@pytest.fixture
def parted(tmp_path: Path) -> Iterator[str]:
    """A server over three sources, one of which says another number than the others."""
    address = f"sqlite:///{tmp_path / 'parted.db'}"
    fill(address, [*ROWS, ("Ministry", "Gazette", 31, date(2020, 1, 5), False)])
    with run_dashboard(address) as running:
        yield running


def see_line(page: Page, name: str, values: str) -> None:
    """Wait until the chart has a line of these values."""
    page.wait_for_function(HAS_LINE, arg=[name, values], timeout=PATIENCE)


def find_highest(marks: Locator) -> Locator:
    """The mark that stands highest on its chart."""
    tops = [box["y"] for mark in marks.all() if (box := mark.bounding_box())]
    return marks.nth(tops.index(min(tops)))


def save(page: Page, image: str) -> bytes:
    """Save the chart as an image, and return what is in it."""
    with page.expect_download() as waiting:
        page.locator(CHART).get_by_role("button", name=f"Save the chart as {image}").click()
    return Path(waiting.value.path()).read_bytes()


def test_browser_an_analyst_has_ten_minutes(parted: str, page: Page, chromium: Browser) -> None:
    page.goto(parted)
    expect(page.locator(f"{CHART} .legendtext")).to_have_count(3)
    choose_two_sources_and_a_region(page)
    see_where_they_part(page)
    read_the_sentence(page)
    sign_as(page, "Ana")
    correct(page, "13", "the digits are the wrong way round")
    walk(page, "Timeline")
    see_line(page, "Ministry", "[13]")
    expect(page.locator(".st-key-chips")).to_contain_text("source: Ministry")
    save_it_for_the_slide(page)
    open_the_link(page.url, chromium)


def choose_two_sources_and_a_region(page: Page) -> None:
    chips = page.locator(".st-key-chips")
    for key, chosen in (("source", "Ministry"), ("source", "Observatory"), ("region", "Idlib")):
        choose(page, key, chosen)
        expect(chips).to_contain_text(f"{key}: {chosen}")
    expect(chips).not_to_contain_text("region: Syria")
    expect(page.locator(f"{CHART} .legendtext")).to_have_count(2)
    see_line(page, "Ministry", "[31]")


def see_where_they_part(page: Page) -> None:
    walk(page, "Sources")
    expect(page.locator(".st-key-chart_events .annotation-text").first).to_have_text("Sarmin")
    expect(page.locator(".who-table.grouped")).to_contain_text("Ministry")


def read_the_sentence(page: Page) -> None:
    walk(page, "Timeline")
    see_line(page, "Ministry", "[31]")
    rest(page)
    find_highest(page.locator(f"{CHART} .scatterlayer .point")).click(force=True)
    picked = page.locator(".st-key-picked")
    expect(picked).to_contain_text("Shelling in Sarmin killed 31 people")
    rest(page)
    picked.get_by_role("link", name="Check it").click()
    expect(page.locator(".who-text mark.number")).to_have_text("31")
    for told in ("source: Ministry", "region: Idlib"):
        expect(page.locator(".st-key-chips")).to_contain_text(told)


def save_it_for_the_slide(page: Page) -> None:
    rest(page)
    picture = Image.open(BytesIO(save(page, "PNG")))
    assert picture.width >= LARGE[0]
    assert picture.height >= LARGE[1]
    assert len(picture.convert("RGB").getcolors(picture.width * picture.height) or []) > COLOURS
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", save(page, "SVG").decode()))
    for said in ("People killed, new in each month", "Idlib.", "Ministry", "Vague words and ranges", "Cite as:"):
        assert said in words


def open_the_link(address: str, chromium: Browser) -> None:
    """Somebody else, who has nothing of ours in the browser, sees the same view."""
    with watch(chromium) as other:
        other.goto(address)
        see_line(other, "Ministry", "[13]")
        see_line(other, "Observatory", "[9,12]")
        for told in ("source: Ministry", "source: Observatory", "region: Idlib"):
            expect(other.locator(".st-key-chips")).to_contain_text(told)
        rest(other)
        assert parse_qs(urlsplit(other.url).query) == parse_qs(urlsplit(address).query)
