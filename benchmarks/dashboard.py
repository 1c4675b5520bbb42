"""How fast the dashboard answers in a real browser, beside the same page in Dash and an empty Streamlit page.

``python -m benchmarks.dashboard`` fills a store, starts the three servers and drives Debian's Chromium. Dash is needed:
``pip install -r benchmarks/requirements.txt``. What is printed says what each number is.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from benchmarks.crowds import Answer, Listener, ask_at_once
from benchmarks.stores import count_figures, fill_store
from tests.browsers import ROOT, find_port, open_browser, wait_for

WATCH = Path(__file__).with_name("browsing.js").read_text(encoding="utf-8")
PILLS = ".st-key-only [role=radio]"
"""Where the dashboard offers single sources."""

PATIENCE = 600_000
"""Milliseconds to wait for a chart: the first view of a large store is made while the first reader waits."""

USERS = 10
_SOON = 3
_SETTLE = 1.0


@dataclass(frozen=True, slots=True)
class Peer:
    """A page to measure: its address, what is clicked on it ("" for nothing), and the process that serves it."""

    name: str
    address: str
    clicked: str
    process: "subprocess.Popen[bytes]"

    @property
    def memory(self) -> float:
        """Megabytes that the process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def serve(name: str, command: Sequence[str], port: int, path: str, clicked: str = "", **more: str) -> Iterator[Peer]:
    """Give a running peer, which is gone afterwards."""
    environment = os.environ | more
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait_for(name, command, process, f"http://127.0.0.1:{port}/")
            yield Peer(name, f"http://127.0.0.1:{port}{path}", clicked, process)
        finally:
            process.terminate()


def _wait_for(name: str, command: Sequence[str], process: "subprocess.Popen[bytes]", address: str) -> None:
    """Wait until a peer answers; end where it has ended."""
    while True:
        with suppress(AssertionError):
            wait_for(address, patience=5)
            return
        if process.poll() is not None:
            sys.exit(f"{name} ended before it answered; to see why: {sys.executable} -m {' '.join(command)}")


@contextmanager
def visit(browser: Browser, peer: Peer) -> Iterator[tuple[Page, float]]:
    """Give a page with nothing cached, once its main chart is drawn, and the milliseconds which that took."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(peer.address, wait_until="commit")
    took = page.evaluate(f"bench.loaded({PATIENCE})")
    yield page, float(took)
    context.close()


def measure_loads(browser: Browser, peers: Sequence[Peer], runs: int) -> dict[str, list[float]]:
    """Return the milliseconds of each cold load; the peers take turns, so that what disturbs one disturbs all."""
    took: dict[str, list[float]] = {peer.name: [] for peer in peers}
    for peer in [peer for _ in range(runs) for peer in peers]:
        with visit(browser, peer) as (page, loaded):
            took[peer.name].append(loaded)
            page.wait_for_timeout(200)
    return took


@dataclass(frozen=True, slots=True)
class Click:
    """One click: the milliseconds to the chart redrawn, and those of the server in it."""

    took: float
    served: float


def click(page: Page, peer: Peer, index: int) -> Click:
    """Click a source and wait for the chart, then for the last word of the server."""
    clicked = page.evaluate("([one, index]) => bench.click(one, index, 600000)", [peer.clicked, index])
    page.wait_for_timeout(_SETTLE * 1000)
    return Click(clicked["took"], page.evaluate("(start) => bench.served(start)", clicked["start"]))


def measure_clicks(browser: Browser, peers: Sequence[Peer], sources: int, rounds: int) -> dict[str, list[list[Click]]]:
    """Return the clicks of each round: in the first each view is made, afterwards it is known."""
    found: dict[str, list[list[Click]]] = {peer.name: [] for peer in peers}
    with ExitStack() as open_pages:
        pages = {peer.name: open_pages.enter_context(visit(browser, peer))[0] for peer in peers}
        for _ in range(rounds):
            for peer in peers:
                found[peer.name].append([click(pages[peer.name], peer, _point(peer, one)) for one in range(sources)])
    return found


def _point(peer: Peer, source: int) -> int:
    return source + 1 if peer.name == "Dash" else source  # there the first choice is all sources


def measure_crowd(browser: Browser, peer: Peer, rounds: int) -> list[float]:
    """Return the milliseconds of each click of ten people, who all click in the same moment."""
    with ExitStack() as open_pages:
        pages = [open_pages.enter_context(visit(browser, peer))[0] for _ in range(USERS)]
        took = []
        for turn in range(rounds):
            moment = (time.time() + _SOON) * 1000
            for user, page in enumerate(pages):
                given = [moment, peer.clicked, _point(peer, (user + turn) % 8)]
                page.evaluate("([moment, one, index]) => bench.later(moment, one, index, 600000)", given)
            took += [page.evaluate("bench.result")["took"] for page in pages]
    return took


def measure_server(browser: Browser, peer: Peer, rounds: int) -> list[Answer]:
    """Return what the server takes for the clicks of ten people who draw elsewhere; the first round is not counted."""
    visits = []
    for source in range(8):
        with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
            context.add_init_script(WATCH)
            page = context.new_page()
            listener = Listener(page)
            page.goto(peer.address, wait_until="commit")
            page.evaluate(f"bench.loaded({PATIENCE})")
            page.wait_for_timeout(2000)
            opened = len(listener.said)
            page.evaluate("([one, index]) => bench.click(one, index, 600000)", [peer.clicked, _point(peer, source)])
            page.wait_for_timeout(2000)
            visits.append(listener.keep(opened))
    ten = [visits[user % len(visits)] for user in range(USERS)]
    return ask_at_once(ten, rounds + 1)[USERS:]


def measure_memory(browser: Browser, peer: Peer, clicks: int) -> list[float]:
    """Return the megabytes of the server after each tenth part of so many clicks."""
    held = []
    with visit(browser, peer) as (page, _):
        for turn in range(clicks):
            page.evaluate("([one, index]) => bench.click(one, index, 600000)", [peer.clicked, _point(peer, turn % 8)])
            if (turn + 1) % max(1, clicks // 10) == 0:
                held.append(peer.memory)
    return held


def say(what: str, *cells: object) -> None:
    """Print a row of the table."""
    print(f"| {what} | " + " | ".join(map(str, cells)) + " |", flush=True)


def tell(numbers: Sequence[float]) -> str:
    """Return the median with the fastest and the slowest, in milliseconds."""
    return f"{statistics.median(numbers):,.0f} ({min(numbers):,.0f} to {max(numbers):,.0f})" if numbers else ""


def find_share(numbers: Sequence[float], share: float) -> float:
    """Return the number that this share of them does not exceed.

    >>> find_share([3.0, 1.0, 2.0, 4.0], 0.95)
    4.0
    """
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(browser: Browser, ours: Peer, dash: Peer, empty: Peer, given: argparse.Namespace) -> None:
    """Measure everything and print it as a table."""
    say("milliseconds, median (fastest to slowest)", ours.name, dash.name, empty.name)
    say("---", "---:", "---:", "---:")
    loads = measure_loads(browser, [ours, dash, empty], given.loads)
    say("cold load until the main chart is drawn", *(tell(loads[peer.name]) for peer in (ours, dash, empty)))
    clicks = measure_clicks(browser, [ours, dash], given.sources, given.rounds)
    for name, part in (("first seen", slice(0, 1)), ("seen before", slice(1, None))):
        shown = {peer: [one for turn in turns[part] for one in turn] for peer, turns in clicks.items()}
        say(f"filter click to chart redrawn, {name}", *(tell([one.took for one in shown[peer]]) for peer in shown), "")
        say(f"of that the server, to its last word, {name}", *(tell([o.served for o in shown[p]]) for p in shown), "")
    crowds = [measure_crowd(browser, peer, given.rounds) for peer in (ours, dash)]
    say(f"{USERS} users clicking at once, 95 of 100 within", *(f"{find_share(one, 0.95):,.0f}" for one in crowds), "")
    alone = measure_server(browser, ours, given.rounds)
    for name, took in (
        ("to the chart", [one.chart for one in alone]),
        ("to its last word", [one.last for one in alone]),
    ):
        say(f"of that the server alone, ten sessions, {name}, 95 of 100", f"{find_share(took, 0.95):,.0f}", "", "")
    with visit(browser, ours) as (page, _):
        page.wait_for_timeout(2000)
        sizes: dict[str, Any] = page.evaluate("bench.sizes()")
    say("bytes of chart data in the browser", f"{sizes['bytes']:,}", "", "")
    say("bytes that the server sent for the page", f"{sizes['received']:,}", "", "")
    say("points in the longest trace", f"{sizes['points']:,}", "", "")
    held = measure_memory(browser, ours, given.clicks)
    say(f"MB of the server over {given.clicks:,} clicks", " ".join(f"{one:,.0f}" for one in held), "", "")


def main() -> int:
    """Fill the store, start the servers, and measure."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.dashboard", description=__doc__.split("\n")[0])
    options.add_argument("--figures", metavar="N", type=int, default=1_000_000, help="how many figures in the store")
    options.add_argument("--store", metavar="FILE", type=Path, help="keep the store here, or take the one that is here")
    options.add_argument("--loads", metavar="N", type=int, default=5, help="how many cold loads of each page")
    options.add_argument("--sources", metavar="N", type=int, default=8, help="how many sources are clicked in a round")
    options.add_argument("--rounds", metavar="N", type=int, default=3, help="how many rounds of clicks")
    options.add_argument("--clicks", metavar="N", type=int, default=1000, help="over how many clicks memory is watched")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser, ExitStack() as running:
        database = fill_store(given.store or Path(folder) / "figures.db", given.figures)
        ports = [find_port() for _ in range(3)]
        streamlit = ["streamlit", "run"]
        ours = running.enter_context(
            serve("Who Counts", [*streamlit, "server.py", "--server.port", str(ports[0])], ports[0], "/timeline",
                  PILLS, WHO_COUNTS_DATABASE=database)
        )  # fmt: skip
        started = time.perf_counter()
        with visit(browser, ours) as (page, _):
            query = urlsplit(page.url).query
        print(
            f"{count_figures(database):,} figures; the first reader waited {time.perf_counter() - started:.1f} s\n",
            flush=True,
        )
        dash = running.enter_context(
            serve("Dash", ["benchmarks.dash_page", str(ports[1]), query], ports[1], "/", "#only input",
                  WHO_COUNTS_DATABASE=database)
        )  # fmt: skip
        bare = [*streamlit, "benchmarks/empty_page.py", "--server.port", str(ports[2])]
        empty = running.enter_context(serve("empty Streamlit page", bare, ports[2], "/"))
        report(browser, ours, dash, empty, given)
    return 0


if __name__ == "__main__":
    sys.exit(main())
