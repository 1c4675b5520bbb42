"""The pages for people with weak eyes, a screen reader, a keyboard or paper: axe finds no serious violation."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browsers import rest

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
READY = {
    "timeline": ".st-key-chart_sources .legendtext",
    "timeline?chart=small+multiples": ".st-key-chart_small_multiples .scatterlayer path",
    "map": ".st-key-chart_map .choroplethlayer",
    "sources": ".st-key-chart_events .annotation-text",
    "sources?part=What+each+counts": ".st-key-chart_months .annotation-text",
    "sources?part=Who+cites+whom": ".st-key-chart_citations .annotation-text",
    "evidence": ".who-text mark.number",
    "evidence?part_of_evidence=Rules": "[data-testid=stAlert]",
    "add_reports": ".st-key-text textarea",
    "download": ".st-key-take_bundle button",
    "method": ".st-key-method table",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", READY)
def test_access_axe_finds_no_serious_violation(looked_at: str, chromium: Browser, name: str, theme: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{looked_at}/{name}{'&' if '?' in name else '?'}since=2020-01-01&vague=acled")
    expect(page.locator(READY[name]).first).to_be_attached(timeout=60_000)
    rest(page)
    if name == "evidence":
        page.get_by_role("button", name="Correct").click()
        expect(page.get_by_role("button", name="Save the correction")).to_be_visible(timeout=60_000)
        rest(page)
    serious = find_violations(page)
    context.close()
    assert serious == []


def find_violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds that is serious or worse, each with the first piece of the page that has it."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}]


def test_access_print_leaves_the_controls_out(server: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/timeline?source=Observatory")
    chart = page.locator(READY["timeline"]).first
    expect(chart).to_be_visible(timeout=60_000)
    rest(page)
    page.emulate_media(media="print")
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    expect(page.get_by_role("button", name="Save the chart as PNG")).to_be_hidden()
    expect(chart).to_be_visible()
    context.close()
