"""A backup holds one state of the store while others write, and comes back the same, in either kind of database."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

import store
from parsers import read_figures
from store.__main__ import main
from store.backups import TABLES, measure, restore_backup, write_backup
from store.connections import reading
from store.errors import BackupError, MissingStoreError
from store.reviews import Verdict, add_review, read_reviews
from tests.servers import Server
from tests.test_store import number_report, start_writer
from tests.test_store_reviews import REPORT
from tests.test_store_versions import AGENCY, make


@pytest.fixture
def filled(kept: store.Store) -> store.Store:
    copies = [make(AGENCY, "Post"), make(AGENCY, "Mail")]
    for report in (REPORT, *copies, replace(copies[0], id="ü", text="Ünï 3 men died.", url="https://example.org/a")):
        store.add_report(kept, report, read_figures(report))
    add_review(kept, "r:15:killed", Verdict.ACCEPT, who="Ana", why="seen")
    return kept


def measure_all(kept: store.Store) -> list[object]:
    with reading(kept) as connection:
        return [measure(connection, table) for table in TABLES]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_backups_come_back_the_same_in_either_database(
    filled: store.Store, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    written = write_backup(filled, tmp_path / "all.backup")
    assert [written[name].rows for name in ("reports", "figures", "twins", "reviews")] == [4, 7, 2, 1]
    address = f"sqlite:///{tmp_path}/again.db"
    if kind == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        address = server.make_database()
    again = store.connect(address)
    assert restore_backup(again, tmp_path / "all.backup") == written
    assert measure_all(again) == measure_all(filled)
    pd.testing.assert_frame_equal(store.read_figures(again), store.read_figures(filled))
    assert store.search_reports(again, "market lerwin") == store.search_reports(filled, "market lerwin")
    add_review(again, "r:15:killed", Verdict.REJECT, who="Ben", why="withdrawn")
    assert [one.number for one in read_reviews(again)] == [1, 2]
    assert store.add_report(again, number_report(9), [])
    again.close()


def test_backups_replace_only_when_told(filled: store.Store, tmp_path: Path) -> None:
    write_backup(filled, tmp_path / "all.backup")
    before = measure_all(filled)
    store.add_report(filled, number_report(1), [])
    with pytest.raises(BackupError, match="--replace"):
        restore_backup(filled, tmp_path / "all.backup")
    number = store.revision(filled)
    restore_backup(filled, tmp_path / "all.backup", replace=True)
    assert measure_all(filled) == before
    assert store.revision(filled) > number
    assert store.search_reports(filled, "children office") == []
    with pytest.raises(store.StoreError, match="only grows"):
        _forge(filled)


DISTURBED = """
CREATE TRIGGER disturb AFTER INSERT ON figures BEGIN
    UPDATE figures SET value = value + 1 WHERE id = NEW.id AND report = NEW.report;
END
"""
"""A database that keeps other numbers than it is given."""


def disturb(kept: store.Store) -> store.Store:
    with store.connections.writing(kept) as connection:
        connection.execute(text(DISTURBED))
    return kept


def test_restored_copies_are_verified(filled: store.Store, tmp_path: Path) -> None:
    write_backup(filled, tmp_path / "all.backup")
    again = disturb(store.connect(f"sqlite:///{tmp_path}/disturbed.db"))
    with pytest.raises(BackupError, match="figures"):
        restore_backup(again, tmp_path / "all.backup")
    assert store.read_figures(again).empty
    again.close()


def test_backups_are_verified_before_they_are_there(
    filled: store.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.backups.connect", lambda address: disturb(store.connect(address)))
    with pytest.raises(BackupError, match="figures"):
        write_backup(filled, tmp_path / "all.backup")
    assert not list(tmp_path.glob("*.backup"))


def _forge(kept: store.Store) -> None:
    with store.connections.writing(kept) as connection:
        connection.execute(text("DELETE FROM reviews"))


def test_backups_are_taken_while_another_process_writes(address: str, tmp_path: Path) -> None:
    kept = store.connect(address)
    writer = start_writer(address, 60, "w")
    taken: list[tuple[int, int, int]] = []
    while writer.poll() is None:
        file = tmp_path / f"{len(taken)}.backup"
        taken.append((store.revision(kept), write_backup(kept, file)["figures"].rows, store.revision(kept)))
    assert writer.communicate()[0].count(b"\n") == 60
    assert all(before <= rows <= after for before, rows, after in taken)
    kept.close()


@pytest.mark.parametrize("statement", ["UPDATE figures SET value = 13 WHERE value = 12", "DELETE FROM evidence"])
def test_backups_that_were_changed_are_refused(filled: store.Store, tmp_path: Path, statement: str) -> None:
    write_backup(filled, tmp_path / "all.backup")
    with sqlite3.connect(tmp_path / "all.backup") as plain:
        plain.execute(statement)
    plain.close()
    before = measure_all(filled)
    with pytest.raises(BackupError, match="does not hold what was written"):
        restore_backup(filled, tmp_path / "all.backup", replace=True)
    assert measure_all(filled) == before


def test_backups_that_are_none_are_refused(filled: store.Store, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("These are words, and no backup. " * 10)
    store.connect(f"sqlite:///{tmp_path}/plain.db").close()
    for name, problem in (("none", "no such file"), ("words.txt", "is no database"), ("plain.db", "no backup")):
        with pytest.raises(store.StoreError, match=problem):
            restore_backup(filled, tmp_path / name, replace=True)
    with pytest.raises(BackupError, match="is there already"):
        write_backup(filled, tmp_path / "words.txt")
    with pytest.raises(BackupError, match="cannot be written"):
        write_backup(filled, tmp_path / "none" / "all.backup")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_door_backs_up_and_restores(filled: store.Store, address: str, tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run([sys.executable, "-m", "store", *arguments], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    file, other = str(tmp_path / "all.backup"), f"sqlite:///{tmp_path}/other.db"
    assert run("backup", file, "--database", address) == (
        0,
        "backed up and verified: 4 reports, 7 figures, 1 reviews\n",
    )
    assert run("restore", file, "--database", other) == (0, "restored and verified: 4 reports, 7 figures, 1 reviews\n")
    status, lines = run("restore", file, "--database", other)
    assert (status, lines.count("\n")) == (1, 1)
    assert measure_all(store.connect(other)) == measure_all(filled)


def test_door_has_nothing_to_back_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(tmp_path / "a"), "--database", f"sqlite:///{tmp_path}/none.db"]) == 1
    assert "no such database" in capsys.readouterr().err
    assert issubclass(MissingStoreError, store.StoreError)
