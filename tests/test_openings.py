"""How pages open the store: made where there is none, brought up to date where it is older, and both said."""

from pathlib import Path

import pytest

import store
from pages.shared import doors
from pages.shared.doors import OLDER, open_store
from store.errors import MissingStoreError, OlderStoreError
from tests.dashboards import point_at
from tests.test_store_upgrades import build, list_earlier


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return point_at(tmp_path / "store.db", monkeypatch)


def test_older_store_is_brought_up_to_date_and_the_log_says_so(address: str, caplog: pytest.LogCaptureFixture) -> None:
    build(address, list_earlier()[0])
    assert store.is_current(open_store())
    said = [record.message for record in caplog.records if record.name == doors.__name__]
    assert [OLDER in line for line in said] == [True, False]
    assert "up to date, after" in said[-1]


def test_new_store_is_made_without_a_word(address: str, caplog: pytest.LogCaptureFixture) -> None:  # noqa: ARG001
    assert store.revision(open_store()) == 0
    assert [record for record in caplog.records if record.name == doors.__name__] == []


def test_read_only_server_changes_no_store(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHO_COUNTS_READ_ONLY", "1")
    with pytest.raises(MissingStoreError):
        open_store()
    build(address, list_earlier()[0])
    with pytest.raises(OlderStoreError):
        open_store()
