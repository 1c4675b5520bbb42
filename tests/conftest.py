"""The databases that the tests of the store run against: SQLite, and PostgreSQL where a server can be had."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import store
from tests.servers import ABSENT, Server, run_server


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
