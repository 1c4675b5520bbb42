"""How pages open the store: made where there is none, brought up to date where it is older, and both said."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import store
from pages.shared import upgrades
from pages.shared.doors import open_store
from pages.shared.paces import Pace
from pages.shared.upgrades import OLDER, Upgrade, find_upgrade
from store.errors import MissingStoreError, OlderStoreError, StoppedUpgradeError
from tests.dashboards import APP, point_at
from tests.test_store_upgrades import build, list_earlier


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return point_at(tmp_path / "store.db", monkeypatch)


def test_older_store_is_brought_up_to_date_and_the_log_says_so(address: str, caplog: pytest.LogCaptureFixture) -> None:
    build(address, list_earlier()[0])
    assert store.is_current(open_store())
    said = [record.message for record in caplog.records if record.name == upgrades.__name__]
    assert [OLDER in line for line in said] == [True, False]
    assert "up to date, after" in said[-1]


def test_upgrade_that_is_stopped_leaves_the_store_as_it_was(address: str) -> None:
    build(address, list_earlier()[-1])
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise StoppedUpgradeError("enough")

    with pytest.raises(StoppedUpgradeError):
        store.connect(address, on_step=stop)
    assert told == [(0, 4), (1, 4), (2, 4)]
    with pytest.raises(OlderStoreError):
        store.connect(address, write=False)
    kept = store.connect(address)
    assert len(store.read_figures(kept)) == 5
    kept.close()


def test_upgrade_that_somebody_stopped_begins_only_when_it_is_allowed_again(address: str) -> None:
    build(address, list_earlier()[-1])
    upgrade = find_upgrade()
    upgrade.stop()
    with pytest.raises(StoppedUpgradeError):
        open_store()
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert "nothing can be shown before it is done" in app.warning[0].value
    app.button("upgrade").click().run()
    assert not app.warning
    assert store.is_current(open_store())
    assert (upgrade.is_running, upgrade.is_stopped) == (False, False)


def test_upgrade_says_how_far_it_is(address: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    upgrade = Upgrade(Pace("report", start=0.0))
    monkeypatch.setattr(store, "connect", lambda on_step: on_step(1, 4) or store.connections.connect())
    upgrade.run()
    assert (upgrade.done, upgrade.pace.total, upgrade.is_running) == (1, 4, False)


def test_new_store_is_made_without_a_word(address: str, caplog: pytest.LogCaptureFixture) -> None:  # noqa: ARG001
    assert store.revision(open_store()) == 0
    assert [record for record in caplog.records if record.name == upgrades.__name__] == []


def test_read_only_server_changes_no_store(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHO_COUNTS_READ_ONLY", "1")
    with pytest.raises(MissingStoreError):
        open_store()
    build(address, list_earlier()[0])
    with pytest.raises(OlderStoreError):
        open_store()
