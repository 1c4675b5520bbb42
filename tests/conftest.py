"""What many tests need: the databases of the store (PostgreSQL where a server can be had), a dashboard, a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import store
from tests.browsers import open_browser, run_dashboard, watch
from tests.dashboards import fill
from tests.servers import ABSENT, Server, run_server

collect_ignore = ["make_feeds.py"]
"""What needs a package that no test does: it is run by hand (tests/files/README.md)."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A running PostgreSQL server; without one the test is skipped, in continuous integration it fails."""
    with run_server() as server:
        if server is None:
            pytest.skip(ABSENT)
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/kept.db"
    server: Server = request.getfixturevalue("postgresql")
    return server.make_database()


@pytest.fixture
def kept(address: str) -> Iterator[store.Store]:
    """An empty store of each kind."""
    opened = store.connect(address)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A fresh server on a free port, with a few reports in its store."""
    address = f"sqlite:///{tmp_path / 'browser.db'}"
    fill(address)
    with run_dashboard(address) as running:
        yield running


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One such server for all tests of a module that only look."""
    address = f"sqlite:///{tmp_path_factory.mktemp('looked-at') / 'browser.db'}"
    fill(address)
    with run_dashboard(address) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that may ask nothing of another machine, nor break the policy of its server."""
    with watch(chromium) as page:
        yield page
