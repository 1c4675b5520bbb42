"""Many reports go in whole and in order, whatever is killed, full, locked or gone meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text

import store
from parsers import read_figures
from parsers.records import Reading
from reports.errors import EmptyReportError, ReportError
from reports.fields import Origin, build_report
from reports.readers import read_path
from reports.records import Report
from store.backups import TABLES, measure
from store.connections import reading, writing
from store.errors import FullError, LockedError, ReadOnlyError, UnreachableError
from store.imports import PATIENCE, Outcome, keep_reading, keep_reports
from tests.servers import Server

ROOT = Path(__file__).parent.parent
KILLS = int(os.environ.get("WHO_COUNTS_TEST_KILLS", "12"))
"""How often an import is killed; 200 for the long test."""

REPORTS = int(os.environ.get("WHO_COUNTS_TEST_REPORTS", "200"))
TOWNS = ("Aleppo", "Goma", "Kharkiv", "Maiduguri", "Sittwe", "Taiz", "Mocha")
VERBS = ("killed {0} people", "injured {0} soldiers", "displaced {0} families", "killed {0} civilians and wounded {1}")


def make_reports(count: int) -> list[Report]:
    """Short reports of many events; every ninth is another paper's copy of the one before, every fiftieth an update."""
    made: list[Report] = []
    for number in range(count):
        town, verb = TOWNS[number % 7], VERBS[number % 4].format(number % 90 + 2, number % 40 + 3)
        words = f"Shelling {verb} in {town} on Monday, the governor said. It was attack number {number} of the year."
        report = Report(f"n{number}", words, None, f"Paper {number % 3}", url=f"https://example.org/{number}")
        if number % 9 == 8:
            report = replace(made[-1], id=f"n{number}", publisher="The Echo", url=None)
        elif number % 50 == 49 and made[number - 3].url:
            report = replace(made[number - 3], text=f"{made[number - 3].text} Two more were found later.")
        made.append(report)
    return made


def write_lines(path: Path, reports: list[Report]) -> Path:
    names = ("id", "text", "publisher", "url")
    lines = [json.dumps({name: getattr(report, name) for name in names}) for report in reports]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def measure_all(kept: store.Store) -> list[object]:
    with reading(kept) as connection:
        return [measure(connection, table) for table in TABLES]


def name_all(outcomes: list[Outcome]) -> list[str]:
    return [outcome.error.__class__.__name__ if outcome.error else str(outcome.report) for outcome in outcomes]


def test_imports_keep_order_and_name_what_is_no_report(kept: store.Store) -> None:
    reports = make_reports(20)
    broken = EmptyReportError("a.txt", "the report is empty", "fill it in")
    foreign = replace(reports[3], id="x", language="tlh", text="Hegh.")
    items: list[Report | ReportError] = [*reports[:3], broken, foreign, *reports[3:], *reports[:2]]
    outcomes = list(keep_reports(kept, items))
    assert name_all(outcomes)[3:5] == ["EmptyReportError", "UnknownLanguageError"]
    assert [one.report for one in outcomes if one.is_new] == [report.id for report in reports]
    assert sum(one.figures for one in outcomes) == len(store.read_figures(kept)) > 20


def test_imports_in_several_processes_give_the_same(kept: store.Store, tmp_path: Path) -> None:
    reports = make_reports(120)
    alone = store.connect(f"sqlite:///{tmp_path}/alone.db")
    one, two = list(keep_reports(alone, reports)), list(keep_reports(kept, reports, processes=2))
    assert one == two
    assert measure_all(alone) == measure_all(kept)
    alone.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A file of reports, and the address of a store that holds them all."""
    folder = tmp_path_factory.mktemp("undisturbed")
    file, address = write_lines(folder / "reports.jsonl", make_reports(REPORTS)), f"sqlite:///{folder}/whole.db"
    whole = store.connect(address)
    reports = [one for one in read_path(file) if isinstance(one, Report)]
    errors = [one.error for one in keep_reports(whole, reports) if one.error]
    whole.close()
    assert errors == []
    return file, address


def test_imports_killed_at_any_instant_lose_nothing(address: str, undisturbed: tuple[Path, str]) -> None:
    file, whole = undisturbed
    command = [sys.executable, "-m", "tests.crashes", address, whole, str(file), str(KILLS), "7"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, ""), run.stdout
    sizes = [int(size) for size in run.stdout.split("sizes")[1].split()]
    # The kills met the import at work, and not only before or after it.
    assert len(sizes) == KILLS
    assert any(0 < size < REPORTS for size in sizes)


def test_imports_killed_with_their_processes_go_on(address: str, undisturbed: tuple[Path, str]) -> None:
    file, whole = undisturbed
    command = [sys.executable, "-m", "reports", "add", str(file), "--database", address]
    kept = store.connect(address)
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True) as door:
        while store.revision(kept) < 40 and door.poll() is None:
            time.sleep(0.02)
        family = list_family(door.pid)
        door.send_signal(signal.SIGKILL)
    wait_for_end(family)
    before = store.revision(kept)
    assert 40 <= before <= REPORTS
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    expected = store.connect(whole)
    assert measure_all(kept) == measure_all(expected)
    expected.close()
    kept.close()


def list_family(pid: int) -> list[int]:
    """The processes of a session."""
    run = subprocess.run(["ps", "-o", "pid=", "-s", str(pid)], capture_output=True, text=True, check=False)
    return [int(one) for one in run.stdout.split()]


def wait_for_end(pids: list[int], seconds: float = 30) -> None:
    """Processes that read must not outlive the one that writes."""
    deadline = time.monotonic() + seconds
    while alive := [pid for pid in pids if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < deadline, f"{alive} outlived the import"
        time.sleep(0.05)


def test_imports_lock_costs_one_report_and_the_rest_goes_on(kept: store.Store) -> None:
    impatient = store.connect(kept.engine.url.render_as_string(hide_password=False), wait=0.1)
    outcomes = keep_reports(impatient, make_reports(8))
    first = next(outcomes)
    with writing(kept):
        second = next(outcomes)
    rest = list(outcomes)
    assert isinstance(second.error, LockedError)
    assert "\n" not in str(second.error)
    assert [one.is_new for one in (first, *rest)] == [True] * 7
    assert sum(one.is_new for one in keep_reports(impatient, make_reports(8))) == 1
    impatient.close()


def test_imports_lost_server_is_named_and_the_rest_goes_on(postgresql: Server) -> None:
    kept = store.connect(postgresql.make_database(), wait=2)
    outcomes = keep_reports(kept, make_reports(12))
    done = [next(outcomes)]
    postgresql.stop()
    try:
        done += [next(outcomes), next(outcomes)]
    finally:
        postgresql.start()
    done += list(outcomes)
    assert name_all(done)[1:3] == ["UnreachableError"] * 2
    assert all(one.error is None for one in (done[0], *done[3:]))
    assert sum(one.is_new for one in keep_reports(kept, make_reports(12))) == 2
    kept.close()


def test_imports_server_that_starts_again_between_reports_costs_none(postgresql: Server) -> None:
    kept = store.connect(postgresql.make_database(), wait=2)
    outcomes = keep_reports(kept, make_reports(6))
    done = [next(outcomes), next(outcomes)]
    postgresql.stop()
    postgresql.start()
    assert [one.is_new for one in (*done, *outcomes)] == [True] * 6
    kept.close()


def test_imports_lost_for_good_stop_with_the_error(postgresql: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.imports._PAUSE", 0)
    kept = store.connect(postgresql.make_database(), wait=2)
    outcomes = keep_reports(kept, make_reports(100))
    next(outcomes)
    postgresql.stop()
    try:
        failed = [next(outcomes) for _ in range(PATIENCE)]
        with pytest.raises(UnreachableError, match="see that the server runs"):
            next(outcomes)
    finally:
        postgresql.start()
    assert {type(one.error) for one in failed} == {UnreachableError}
    kept.close()


@pytest.mark.parametrize(
    ("state", "kind"),
    [("53100", FullError), ("25006", ReadOnlyError), ("55P03", LockedError), ("57P01", UnreachableError)],
)
def test_errors_of_postgresql_are_named(postgresql: Server, state: str, kind: type[store.StoreError]) -> None:
    kept = store.connect(postgresql.make_database())
    with pytest.raises(kind) as failure, writing(kept) as connection:
        connection.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"))
    assert str(failure.value).startswith(kept.address)
    assert "\n" not in str(failure.value)
    kept.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def run_door(address: str, file: Path) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "reports", "add", str(file), "--database", address]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return run.returncode, run.stderr.splitlines()


def test_imports_full_disk_is_one_clear_line(small_disk: Path, tmp_path: Path) -> None:
    reports = [
        replace(report, text=f"{report.text} {number * 'so '}") for number, report in enumerate(make_reports(400))
    ]
    address = f"sqlite:///{small_disk}/kept.db"
    status, lines = run_door(address, write_lines(tmp_path / "many.jsonl", reports))
    assert status == 1
    assert lines[:-2] == [f"{address}: the database has no room left; make space on the disk"]
    assert lines[-2] == "stopped: one report after the other cannot be kept"
    assert lines[-1].endswith(f"{PATIENCE} could not be read")
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    status, lines = run_door(address, tmp_path / "many.jsonl")
    assert (status, len(lines)) == (0, 1)


def test_imports_full_database_lets_smaller_reports_in(tmp_path: Path) -> None:
    kept = store.connect(f"sqlite:///{tmp_path}/kept.db")

    @event.listens_for(kept.engine, "begin")
    def limit(connection: object) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 70")  # type: ignore[attr-defined]

    one, two = make_reports(2)
    large = replace(one, id="large", text=" ".join(f"{one.text} {number}" for number in range(5_000)))
    outcomes = list(keep_reports(kept, [one, large, two]))
    assert name_all(outcomes) == ["n0", "FullError", "n1"]
    kept.close()


def test_imports_read_only_folder_is_one_clear_line(small_disk: Path, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "few.jsonl", make_reports(3))
    address = f"sqlite:///{small_disk}/kept.db"
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    status, lines = run_door(address, file)
    assert (status, len(lines)) == (1, 2)
    assert lines[0].startswith(f"stopped: {address}: the database cannot be opened")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert run_door(address, file)[0] == 0


def test_imports_hold_few_reports_at_once(kept: store.Store) -> None:
    taken = 0

    def count() -> Iterator[Report]:
        nonlocal taken
        for report in make_reports(150):
            taken += 1
            yield report

    ahead = [taken - done for done, _ in enumerate(keep_reports(kept, count()))]
    assert max(ahead) < 100


@pytest.mark.parametrize(("seconds", "kept_before"), [(0, [0, 1, 2]), (1000, [0, 0, 0])])
def test_imports_keep_what_is_read_before_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, kept_before: list[int]
) -> None:
    opened = store.connect(f"sqlite:///{tmp_path}/kept.db")
    found: list[int] = []

    def read(report: Report) -> list[Reading]:
        found.append(store.revision(opened))
        return read_figures(report)

    monkeypatch.setattr("store.workers.read_figures", read)
    monkeypatch.setattr("store.workers.load_tables", lambda: None)
    monkeypatch.setattr("store.workers._BURST", seconds)
    assert all(outcome.is_new for outcome in keep_reports(opened, make_reports(3)))
    opened.close()
    assert found == kept_before


def test_store_address_never_shows_the_password() -> None:
    engine = create_engine("postgresql+psycopg://ann:secret@127.0.0.1:1/figures")
    assert "secret" not in store.Store(engine).address


def test_imports_keep_one_reading_as_an_import_would(kept: store.Store) -> None:
    address = "https://example.org/sinking"
    first = Report("sinking", "Nine sailors were killed when a ferry sank off Selba on Monday.", url=address)
    later = replace(first, text="Eleven sailors were killed when a ferry sank off Selba on Monday.")
    other = replace(first, text="Two miners were injured at Orvela.", url=None)
    done = [keep_reading(kept, report, read_figures(report)) for report in (first, first, later, other)]
    assert [(one.is_new, one.figures) for one in done] == [(True, 1), (False, 0), (True, 1), (False, 0)]
    assert [type(one.error).__name__ for one in done] == ["NoneType"] * 3 + ["ConflictError"]
    assert [one.text[:6] for one in store.read_versions(kept, "sinking")] == ["Nine s", "Eleven"]
    assert set(store.read_figures(kept)["report"]) == {str(done[2].report)} != {"sinking"}


def test_imports_keep_a_new_version_in_a_language_without_words(kept: store.Store) -> None:
    first = Report("untergang", "Neun Seeleute sind vor Selba gestorben.", url="https://example.org/n", language="de")
    later = replace(first, text="Elf Seeleute sind vor Selba gestorben.")
    assert [keep_reading(kept, report, ()).is_new for report in (first, later)] == [True, True]
    assert len(store.read_versions(kept, "untergang")) == 2


def test_imports_are_foreseen(kept: store.Store) -> None:
    words = "Nine sailors were killed when a ferry sank off Selba on Monday, the harbour master said. " * 4
    first, update = (
        build_report({"text": text, "publisher": "Gazette", "url": "https://example.org/a"}, Origin("-"))
        for text in (words, f"{words}Two are missing.")
    )
    copy = replace(first, id="b", publisher="Herald", url="https://herald.example/b")
    other = Report("c", "Two miners were injured at Orvela.")
    reports = [first, copy, update, other, other]
    assert [one.fate for one in store.foresee(kept, reports)] == ["new", "new", "new", "new", "twice"]
    assert keep_reading(kept, first, read_figures(first)).is_new
    before = store.revision(kept)
    foreseen = store.foresee(kept, reports)
    assert [one.fate for one in foreseen] == ["there", "copy", "version", "new", "twice"]
    assert (foreseen[1].other, foreseen[1].publisher) == (first.id, "Gazette")
    assert store.revision(kept) == before


def test_imports_second_run_asks_less_and_less_often(tmp_path: Path) -> None:
    kept = store.connect(f"sqlite:///{tmp_path}/kept.db")
    reports = [Report(f"n{number}", f"Traders met for talks number {number}.") for number in range(500)]
    for report in reports:
        store.add_report(kept, report, [])
    begun = 0

    @event.listens_for(kept.engine, "begin")
    def count(_: object) -> None:
        nonlocal begun
        begun += 1

    assert not any(outcome.is_new for outcome in keep_reports(kept, reports))
    assert begun < 10
    kept.close()
