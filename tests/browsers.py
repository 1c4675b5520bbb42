"""The dashboard as it is served, in a process of its own, and the browser that drives it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Route, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SWITCHES = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PATIENCE = 30_000
"""Milliseconds to wait for what a page should show."""

OWN = re.compile(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:")
"""What a page may ask for: nothing leaves this machine."""

ROOT = Path(__file__).parent.parent


def find_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def run_dashboard(database: str, settings: Mapping[str, str] | None = None, *, port: int = 0) -> Iterator[str]:
    """Give the address of a fresh dashboard on a store, which is gone afterwards."""
    port = port or find_port()
    command = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.port", str(port)]
    environment = os.environ | {"WHO_COUNTS_DATABASE": database} | dict(settings or {})
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(address: str, patience: int = 60) -> None:
    """Wait until a server answers; fail where none does in so many seconds."""
    for _ in range(patience * 4):
        try:
            with urlopen(address, timeout=2):  # noqa: S310  # an address of our own
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"{address}: no server answers")


def find_chromium() -> str:
    """The path of Debian's Chromium; without one the test is skipped, in continuous integration it fails."""
    if not Path(CHROMIUM).is_file():
        if os.environ.get("CI") == "true":
            pytest.fail("no chromium: CI must drive the dashboard; install it with apt-get install chromium")
        pytest.skip("no chromium: the browser tests are skipped; install it with apt-get install chromium")
    return CHROMIUM


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Give a browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=SWITCHES)
        yield browser
        browser.close()


@contextmanager
def watch(browser: Browser, scheme: str = "light") -> Iterator[Page]:
    """Give a page that fails, when it is done with, for every request beyond this machine and every broken policy.

    The requests are stopped, so that a test without a network and one with it say the same.
    """
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        accept_downloads=True,
        color_scheme="dark" if scheme == "dark" else "light",
    )
    outside: list[str] = []
    refused: list[str] = []

    def stop(route: Route) -> None:
        outside.append(route.request.url)
        route.abort()

    context.route(lambda url: OWN.match(url) is None, stop)
    context.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("websocket", lambda socket: outside.append(socket.url) if OWN.match(socket.url) is None else None)
    yield page
    context.close()
    assert outside == [], "a page asked another machine"
    assert refused == [], "a page broke the Content-Security-Policy"


def rest(page: Page) -> None:
    """Wait until a page has come to rest: its script has run, and every element has its program to draw it with.

    Streamlit fetches those programs one by one and shows a skeleton in their place.
    """
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=PATIENCE)


def press_at_rest(page: Page, key: str) -> None:
    """Press a key once the page has come to rest: while a part of it is drawn anew, its keys are not heard."""
    rest(page)
    page.keyboard.press(key)


def choose(page: Page, key: str, value: str) -> None:
    """Choose a value in a box of filters, by its first letters."""
    rest(page)
    box = page.locator(f".st-key-{key} input")
    box.click()
    box.type(value)
    page.get_by_role("option", name=value).first.click()
    page.keyboard.press("Escape")


def walk(page: Page, *names: str) -> None:
    """Go from page to page by the links at the top."""
    for name in names:
        rest(page)
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def mark_step(page: Page) -> int:
    """Return where a page at rest stands among those that were open: ``go_back_to`` leads there."""
    rest(page)
    return int(page.evaluate("history.length"))


def go_back_to(page: Page, step: int) -> None:
    """Go back to a marked page: on a slow machine Streamlit notes a page twice, at first without its parameters."""
    page.evaluate("steps => history.go(-steps)", mark_step(page) - step)


def pick_first_row(page: Page, table: Locator, picked: Locator) -> None:
    """Pick a table's first row; a table that was drawn anew under the click has not heard it, and is asked again."""
    for _ in range(3):
        rest(page)
        box = table.locator("canvas").first.bounding_box()
        assert box is not None, "the table has no rows to pick"
        page.mouse.click(box["x"] + 16, box["y"] + 52)  # the box before the first row, below the head
        with suppress(Error):
            picked.wait_for(timeout=PATIENCE / 2)
            return


def sign_as(page: Page, who: str) -> None:
    """Say on Evidence who reviews; its keys are heard afterwards."""
    rest(page)
    name = page.get_by_label("Your name, for the log")
    name.fill(who)
    name.press("Enter")
    rest(page)
    page.locator(".who-card h2").click()


def correct(page: Page, value: str, why: str) -> None:
    """Correct the number of the figure that Evidence shows, by keys, and see it there."""
    press_at_rest(page, "e")
    box = page.get_by_label("value", exact=True)
    expect(box).to_be_visible()
    rest(page)
    expect(box).to_be_in_viewport()
    expect(page.locator(".who-figure mark.number")).to_be_in_viewport()  # the sentence is read while it is corrected
    box.fill(value)
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name="Save the correction").click()
    expect(page.locator(".who-card h2")).to_have_text(f"{value} people killed")
