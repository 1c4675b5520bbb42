"""A store that an older version made, in a real browser: what a reader sees while it is brought up to date."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import store
from reports.records import Report
from store.errors import OlderStoreError
from tests.browsers import PATIENCE, run_dashboard, watch
from tests.test_store_upgrades import build, list_earlier

MANY = 15_000
expect.set_options(timeout=PATIENCE)
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def test_browser_shows_an_upgrade_and_stops_it(chromium: Browser, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'old.db'}"
    text = "The lamps of house {number} in street {number} are lit at dusk and put out at dawn by the keeper. "
    build(address, list_earlier()[-1], [Report(f"r{at}", text.format(number=at)) for at in range(MANY)])
    with run_dashboard(address) as server, watch(chromium) as page:
        page.goto(f"{server}/timeline")
        expect(page.get_by_text(re.compile(rf"of {MANY:,} reports"))).to_be_visible()
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_text("Nothing in it was changed")).to_be_visible()
        assert page.request.get(f"{server}/readyz").status == 503
        with pytest.raises(OlderStoreError):
            store.connect(address, write=False)
        page.get_by_role("button", name="Bring it up to date").click()
        expect(page.get_by_text(re.compile(rf"of {MANY:,} reports"))).to_be_visible()
        expect(page.get_by_text("The store is empty")).to_be_visible(timeout=2 * PATIENCE)
    kept = store.connect(address, write=False)
    assert store.is_current(kept)
    kept.close()
