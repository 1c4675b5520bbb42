"""A report that is deleted goes with all that hangs on it, and the rest stands as if it had never come."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

import store
from parsers import read_figures
from reports.records import Report
from store.backups import TABLES, restore_backup, write_backup
from store.connections import reading, writing
from store.errors import DeletionError
from store.imports import keep_reading
from store.reviews import Verdict, add_review, read_reviews
from store.tables import BANDS, DELETIONS, EVIDENCE, FIGURES, REPORTS, TWINS
from tests.test_store_versions import AGENCY, DAY, SHORT, keep, list_values, make

URL = "https://example.org/lerwin"


def delete(kept: store.Store, *ids: str, **taken: bool) -> list[store.Loss]:
    return store.delete_reports(kept, ids, who="Ana", why="names a victim", **taken)


def read_all(kept: store.Store) -> list[list[tuple[object, ...]]]:
    """All rows but those of the log; the numbers of arrival are counted anew, as if what went had never come."""
    with reading(kept) as connection:
        numbers = connection.execute(text("SELECT number FROM reports ORDER BY number")).scalars().all()
        place = {number: at for at, number in enumerate(numbers)}
        rows = {
            table: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in TABLES
            if table is not DELETIONS
        }
    for table in (REPORTS, BANDS):
        for row in rows[table]:
            row["number"] = place[row["number"]]
    return [sorted((tuple(row.values()) for row in rows[table]), key=repr) for table in rows]


COPIES = [make(AGENCY, "Northern Post"), make(AGENCY, "Southern Mail"), make(AGENCY, "The Echo")]
VERSIONS = [
    make(AGENCY.replace("14", str(count)), published=DAY + timedelta(later), url=URL)
    for count, later in ((14, 0), (19, 2), (21, 6))
]
NAMED = [Report("r9", words, DAY, url=URL) for words in (SHORT, SHORT.replace("four", "five"))]


@pytest.mark.parametrize(
    ("reports", "at"),
    [([*COPIES, make(SHORT)], at) for at in range(4)]
    + [(VERSIONS, at) for at in range(3)]
    + [([make(SHORT), COPIES[0], replace(VERSIONS[1], published=DAY), *COPIES[1:]], 1)],
)
def test_deletions_leave_a_store_that_never_held_the_report(
    kept: store.Store, tmp_path: Path, reports: list[Report], at: int
) -> None:
    keep(kept, *reports)
    (loss,) = delete(kept, reports[at].id)
    assert (loss.report, loss.figures > 0) == (reports[at].id, True)
    other = store.connect(f"sqlite:///{tmp_path}/never.db")
    keep(other, *reports[:at], *reports[at + 1 :])
    expected = read_all(other)
    for rows in (expected[0], found := read_all(kept))[:1]:
        assert rows
    if at == 0 and reports is VERSIONS:
        # The first version stays the name of the others.
        found[0] = [tuple(reports[1].id if cell == reports[0].id else cell for cell in row) for row in found[0]]
    assert found == expected
    assert not store.has_report(kept, reports[at].id)
    other.close()


def test_deletions_take_words_figures_and_reviews_along(kept: store.Store, tmp_path: Path) -> None:
    keep(kept, make(SHORT), COPIES[0])
    before = store.revision(kept)
    frame = store.read_figures(kept)
    gone, stays = (frame.loc[frame["report"].eq(one.id), "id"].iloc[0] for one in (make(SHORT), COPIES[0]))
    add_review(kept, gone, Verdict.ACCEPT, who="Ben", why="seen")
    (loss,) = delete(kept, make(SHORT).id)
    assert (loss.figures, loss.reviews, store.revision(kept)) == (1, 1, before + 2)
    assert read_reviews(kept) == []
    assert store.search_reports(kept, "gunmen") == store.search_quotes(kept, "dallo") == []
    assert [hit.report for hit in store.search_reports(kept, "landslide")] == [COPIES[0].id]
    with reading(kept) as connection:
        assert connection.execute(FIGURES.select().where(FIGURES.c.id == gone)).all() == []
        assert connection.execute(EVIDENCE.select().where(EVIDENCE.c.figure == gone)).all() == []
        assert connection.execute(TWINS.select()).all() == []
    # The number of a line that went is not given to another.
    assert add_review(kept, stays, Verdict.REJECT, who="Ben", why="wrong") == 2
    if kept.is_file:
        content = b"".join(path.read_bytes() for path in tmp_path.glob("kept.db*"))
        assert b"andslide" in content
        assert b"unmen" not in content
        assert b"dallo" not in content


def test_deletions_are_a_log_that_only_grows(kept: store.Store) -> None:
    keep(kept, make(SHORT), COPIES[0])
    delete(kept, make(SHORT).id)
    (line,) = store.read_deletions(kept)
    assert (line.number, line.report, line.publisher, line.figures) == (1, make(SHORT).id, "Northern Post", 1)
    assert (line.who, line.why, line.published) == ("Ana", "names a victim", DAY)
    for statement in ("DELETE FROM deletions", "UPDATE deletions SET who = 'Eve'", "DELETE FROM reviews"):
        add_review(kept, store.read_figures(kept)["id"][0], Verdict.ACCEPT, who="Ben", why="seen")
        with pytest.raises(store.StoreError, match="only grows"), writing(kept) as connection:
            connection.execute(text(statement))


def test_deletions_of_what_comes_again_are_told(kept: store.Store) -> None:
    report = make(SHORT)
    keep(kept, report)
    delete(kept, report.id)
    (forecast,) = store.foresee(kept, [replace(report, id="other")])
    assert forecast.fate == "new"
    assert str(forecast.deleted).endswith("by Ana (names a victim)")
    outcome = keep_reading(kept, report, read_figures(report))
    assert (outcome.is_new, outcome.figures) == (True, 1)
    assert [note.endswith("by Ana (names a victim), and kept again now") for note in outcome.warnings] == [True]
    assert keep_reading(kept, report, read_figures(report)).warnings == ()
    assert [one for one, _ in store.find_returned(kept)] == [report.id]
    assert [hit.report for hit in store.search_reports(kept, "gunmen")] == [report.id]


def test_deletions_take_versions_and_copies_along_where_asked(kept: store.Store) -> None:
    keep(kept, *VERSIONS, make(VERSIONS[1].text, "The Echo", DAY + timedelta(3)), make(SHORT))
    (loss,) = store.foresee_losses(kept, [VERSIONS[0].id])
    assert loss.versions == (VERSIONS[1].id, VERSIONS[2].id)
    assert len(store.foresee_losses(kept, [VERSIONS[0].id], versions=True)) == 3
    assert len(delete(kept, VERSIONS[0].id, versions=True, copies=True)) == 4
    assert list_values(kept) == [("killed", 4)]


def test_deletions_of_the_first_of_named_versions_let_the_next_update_find_the_others(kept: store.Store) -> None:
    for report in NAMED:
        keep_reading(kept, report, read_figures(report))
    second = store.read_versions(kept, "r9")[1].id
    delete(kept, "r9")
    third = replace(NAMED[0], text=SHORT.replace("four", "six"), published=DAY + timedelta(1))
    keep_reading(kept, third, read_figures(third))
    assert [one.id for one in store.read_versions(kept, "r9")] == [second, "r9"]
    assert list_values(kept) == [("killed", 6)]


def test_deletions_that_cannot_be_done_change_nothing(kept: store.Store) -> None:
    keep(kept, make(SHORT))
    before = read_all(kept)
    with pytest.raises(DeletionError, match="report none: not in the store"):
        delete(kept, make(SHORT).id, "none")
    for who, why in ((" ", "a"), ("a", "")):
        with pytest.raises(DeletionError, match="who and why"):
            store.delete_reports(kept, [make(SHORT).id], who=who, why=why)
    assert read_all(kept) == before
    assert store.read_deletions(kept) == []


def test_deletions_outlive_a_restore_that_brings_reports_back(kept: store.Store, tmp_path: Path) -> None:
    keep(kept, make(SHORT), COPIES[0])
    delete(kept, COPIES[0].id)
    write_backup(kept, tmp_path / "all.backup")
    delete(kept, make(SHORT).id)
    log = store.read_deletions(kept)
    restore_backup(kept, tmp_path / "all.backup", replace=True)
    assert store.read_deletions(kept) == log
    assert [(report, line.number) for report, line in store.find_returned(kept)] == [(make(SHORT).id, 2)]


def run(address: str, *arguments: str) -> tuple[int, str, list[str]]:
    command = [sys.executable, "-m", "store", *arguments, "--database", address]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr.splitlines()


def test_door_deletes_reports(kept: store.Store, address: str) -> None:
    keep(kept, *COPIES)
    said = [COPIES[0].id, "--who", "Ana", "--why", "names a victim"]
    status, out, lines = run(address, "delete", *said, "--dry-run")
    assert (status, out) == (0, "")
    told = f"{COPIES[0].id} (Northern Post, 2021-05-04): 2 figures, 0 reviews of them; copies of its text stay: "
    assert lines[0] == told + ", ".join(one.id for one in COPIES[1:])
    assert lines[1] == "would be deleted: 1 report, 2 figures, 0 reviews"
    assert run(address, "delete", *said)[2][1:] == ["add --yes, or answer at a terminal", "nothing was deleted"]
    assert run(address, "delete", "none", *said[1:], "--yes")[::2] == (
        1, ["stopped: report none: not in the store; find its id with: python -m store search WORD"],
    )  # fmt: skip
    assert len(store.read_copies(kept, COPIES[0].id)) == 3
    status, _, lines = run(address, "delete", *said, "--copies", "--yes")
    assert (status, lines[-1][:44]) == (0, "deleted: 3 reports, 6 figures, 0 reviews; ba")
    status, out, _ = run(address, "deletions")
    assert (status, [line.split("\t")[1:4] for line in out.splitlines()]) == (
        0, [["Ana", one.id, one.publisher] for one in COPIES],
    )  # fmt: skip
