"""Take the pictures of the README: ``python -m tests.screenshots`` opens each page on the sample and saves docs/*.png.

``--narrow FOLDER`` saves whole pages as a telephone shows them, to look at; ``--database ADDRESS`` opens a store that
is already filled, and spares the reading of the sample.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browsers import CHROMIUM, PATIENCE, ROOT, SWITCHES, wait_for

DOCS = ROOT / "docs"
SAMPLE = ROOT / "data" / "reports"
WIDE, NARROW = 1280, 390


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file, the page's address, how high it is, and what must be on the page before it is taken."""

    name: str
    address: str
    height: int
    prepare: Callable[[Page], None]


def _wait_for_charts(page: Page) -> None:
    for key, mark in (("chart_sources", ".legendtext"), ("overview", ".point")):
        expect(page.locator(f".st-key-{key} {mark}").first).to_be_visible()


def _wait_for_map(page: Page) -> None:
    expect(page.locator(".st-key-chart_map text", has_text="Idlib").first).to_be_visible()


def _wait_for_buttons(page: Page) -> None:
    expect(page.get_by_role("button", name="Chart bundle")).to_be_visible()


def _read_example(page: Page) -> None:
    page.get_by_role("button", name="Fill in an example").click()
    expect(page.locator("mark.number").first).to_be_visible()
    page.locator(".who-text").scroll_into_view_if_needed()


def _wait_for_table(page: Page) -> None:
    expect(page.get_by_role("heading", name="How well it reads")).to_be_visible()


def _wait_for_figure(page: Page) -> None:
    expect(page.locator(".who-text mark.number").first).to_be_visible()


def _wait_for_events(page: Page) -> None:
    expect(page.locator(".st-key-chart_events .annotation-text").first).to_be_visible()
    page.get_by_role("heading", name="where sources differ").scroll_into_view_if_needed()


_WINTER = "metric=killed&basis=new&unit=person&region=Syria&since=2019-12-01&until=2020-03-31&bin=month"
PICTURES = (
    Picture("evidence", "evidence?metric=killed&first=most+disputed", 900, _wait_for_figure),
    Picture("sources", "sources?metric=killed&region=Syria&since=2019-04-01&until=2020-03-31", 1000, _wait_for_events),
    Picture("timeline", "", 1180, _wait_for_charts),
    Picture("map", f"map?{_WINTER}&at=2020-01-01", 960, _wait_for_map),
    Picture("download", f"download?{_WINTER}", 1100, _wait_for_buttons),
    Picture("add-reports", "add_reports", 1212, _read_example),
)
METHOD = Picture("method", "method", 900, _wait_for_table)


@contextmanager
def serve(address: str) -> Iterator[str]:
    """Serve the dashboard on a free port over the store at an address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.port", str(port)]
    settings = os.environ | {"WHO_COUNTS_DATABASE": address}
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def take(browser: Browser, server: str, picture: Picture, path: Path, *, width: int, whole: bool = False) -> None:
    """Open a page in a window of a width, wait until it stands still, and save what the window shows."""
    context = browser.new_context(viewport={"width": width, "height": picture.height}, color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server}/{picture.address}")
    picture.prepare(page)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
    page.mouse.move(0, 0)
    page.wait_for_timeout(1500)  # Plotly fades its lines in; no event says that it has done so.
    if whole:
        _open_to_full_height(page)
    page.screenshot(path=path, animations="disabled")
    context.close()
    print(path)


def _open_to_full_height(page: Page) -> None:
    """Make the window as high as what the page scrolls: Streamlit scrolls inside the page, not the page itself."""
    height = page.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight")
    width = (page.viewport_size or {"width": NARROW})["width"]
    page.set_viewport_size({"width": width, "height": min(int(height), 6000)})
    page.wait_for_timeout(1500)


@contextmanager
def fill_store() -> Iterator[str]:
    """Read the sample into a store that lives as long as the pictures take."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/sample.db"
        command = [sys.executable, "-m", "reports", "add", str(SAMPLE), "--database", address]
        subprocess.run(command, cwd=ROOT, check=True)
        yield address


@contextmanager
def _open_store(address: str | None) -> Iterator[str]:
    if address:
        yield address
    else:
        with fill_store() as filled:
            yield filled


def main() -> int:
    """Take the pictures; 0 when all are saved."""
    options = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__.split("\n")[0])
    options.add_argument("--narrow", metavar="FOLDER", type=Path, help="save whole pages at 390 pixels there instead")
    options.add_argument("--database", metavar="ADDRESS", help="a store that is already filled with the sample")
    given = options.parse_args()
    expect.set_options(timeout=PATIENCE)
    folder = given.narrow or DOCS
    folder.mkdir(parents=True, exist_ok=True)
    with _open_store(given.database) as address, serve(address) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for picture in (*PICTURES, METHOD) if given.narrow else PICTURES:
            width = NARROW if given.narrow else WIDE
            take(browser, server, picture, folder / f"{picture.name}.png", width=width, whole=bool(given.narrow))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
