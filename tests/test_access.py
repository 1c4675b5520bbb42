"""The pages for people with weak eyes, a screen reader, a keyboard or paper: axe finds no serious violation."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
READY = {
    "timeline": ".st-key-chart_sources .legendtext",
    "map": ".st-key-chart_map .choroplethlayer",
    "download": ".st-key-take_bundle button",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", READY)
def test_access_axe_finds_no_serious_violation(server: str, chromium: Browser, name: str, theme: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{server}/{name}?source=Observatory&vague=acled")
    expect(page.locator(READY[name]).first).to_be_attached(timeout=60_000)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
    found = Axe().run(page).response["violations"]
    serious = [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}]
    context.close()
    assert serious == []


def test_access_print_leaves_the_controls_out(server: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/timeline?source=Observatory")
    chart = page.locator(READY["timeline"]).first
    expect(chart).to_be_visible(timeout=60_000)
    page.emulate_media(media="print")
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    expect(page.get_by_role("button", name="Save the chart as PNG")).to_be_hidden()
    expect(chart).to_be_visible()
    context.close()
