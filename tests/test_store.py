"""What is kept comes out as it went in, once, whole, in the presence of others; what fails is named."""

import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

import store
from parsers.records import Basis, Evidence, Figure, Metric, Precision, Qualifier, Reading, Status, Unit
from reports.records import Report
from store import columns, upgrades
from store.connections import reading, writing
from store.errors import (
    AddressError,
    ConflictError,
    DamagedError,
    LockedError,
    MissingStoreError,
    NewerStoreError,
    ReadOnlyError,
    RefusedError,
    StoreError,
    UnreachableError,
)
from store.tables import FIGURES, HEAD, METADATA

ROOT = Path(__file__).parent.parent

REPORT = Report(
    id="r1",
    text="At least nine people, three of them children, died in Idlib on Sunday, the office said.",
    published=date(2020, 2, 2),
    publisher="The Daily Example",
    title="Nine die",
    url="https://example.org/nine",
    paraphrased=True,
)

FULL = Figure(
    id="f1",
    report="r1",
    metric=Metric.KILLED,
    value=9,
    low=9,
    high=None,
    qualifier=Qualifier.AT_LEAST,
    unit=Unit.PERSON,
    group="civilians",
    group_text="people",
    source="Health Office",
    source_text="the office",
    via="AFP",
    publisher="The Daily Example",
    status=Status.UNVERIFIED,
    basis=Basis.CUMULATIVE,
    place="Idlib",
    place_text="Idlib",
    admin1="SY07",
    country="SYR",
    latitude=35.93,
    longitude=36.63,
    start=date(2020, 2, 2),
    end=date(2020, 2, 2),
    precision=Precision.DAY,
    published=date(2020, 2, 2),
    part_of=None,
    share=None,
    quote=REPORT.text,
    span=(9, 13),
    rule="killed-people",
    confidence=0.97,
)
BARE = Figure(
    id="f2",
    report="r1",
    metric=Metric.KILLED,
    value=3,
    low=3,
    high=3,
    qualifier=Qualifier.EXACT,
    part_of="f1",
    quote=REPORT.text,
    span=(22, 27),
    rule="part",
)
EVIDENCE = (Evidence("low", (0, 13), "at least opens the upper bound"), Evidence("source", None, "nothing was said"))


def read(figure: Figure, evidence: tuple[Evidence, ...] = ()) -> Reading:
    return Reading(figure, sentence=0, clause=figure.span, trigger=figure.span, evidence=evidence)


def number_report(number: object, **changes: Any) -> Report:
    """A report like REPORT, with an id and a text of its own."""
    return replace(REPORT, **{"id": f"r{number}", "text": f"Report {number}. {REPORT.text}", **changes})


def test_entries_report_comes_back_as_it_was(kept: store.Store) -> None:
    assert store.add_report(kept, REPORT, [])
    assert store.read_report(kept, "r1") == REPORT
    assert store.has_report(kept, "r1")


def test_entries_unknown_names_give_nothing(kept: store.Store) -> None:
    assert store.read_report(kept, "r1") is None
    assert not store.has_report(kept, "r1")
    assert store.read_evidence(kept, "f1") == []


def test_entries_evidence_comes_back_in_order(kept: store.Store) -> None:
    store.add_report(kept, REPORT, [read(FULL, EVIDENCE), read(BARE, EVIDENCE[::-1])])
    assert store.read_evidence(kept, "f1") == list(EVIDENCE)
    assert store.read_evidence(kept, "f2") == list(EVIDENCE[::-1])


def test_entries_same_report_twice_changes_nothing(kept: store.Store) -> None:
    assert store.add_report(kept, REPORT, [read(FULL)])
    before = store.read_figures(kept)
    assert not store.add_report(kept, REPORT, [read(FULL), read(BARE)])
    assert store.revision(kept) == 1
    pd.testing.assert_frame_equal(store.read_figures(kept), before)


@pytest.mark.parametrize(
    "another",
    [
        replace(REPORT, text="Ten died."),
        replace(REPORT, publisher="Another"),
        replace(REPORT, published=date(2020, 2, 3)),
    ],
)
def test_entries_another_report_under_the_id_is_refused(kept: store.Store, another: Report) -> None:
    store.add_report(kept, REPORT, [])
    with pytest.raises(ConflictError, match="report r1"):
        store.add_report(kept, another, [])
    assert store.read_report(kept, "r1") == REPORT


@pytest.mark.parametrize(
    "readings",
    [
        [read(FULL), read(FULL)],
        [read(FULL), read(replace(BARE, part_of="none"))],
        [read(replace(FULL, report="none"))],
    ],
    ids=["one id twice", "a part of nothing", "a figure of no report"],
)
def test_entries_contradiction_leaves_no_half_report(kept: store.Store, readings: list[Reading]) -> None:
    with pytest.raises(RefusedError):
        store.add_report(kept, REPORT, readings)
    assert not store.has_report(kept, "r1")
    assert store.revision(kept) == 0


def test_entries_part_may_stand_before_its_whole(kept: store.Store) -> None:
    assert store.add_report(kept, REPORT, [read(BARE), read(FULL)])


def test_connections_revision_grows_by_one_with_each_report(kept: store.Store) -> None:
    revisions = [store.revision(kept)]
    for number in range(3):
        store.add_report(kept, number_report(number), [])
        revisions.append(store.revision(kept))
    assert revisions == [0, 1, 2, 3]


def test_frames_columns_are_the_record_and_its_report(kept: store.Store) -> None:
    record = [field.name for field in fields(Figure)]
    at = record.index("span")
    stored = [*record[:at], "span_start", "span_end", *record[at + 1 :]]
    beside = ["title", "url", "paraphrased", "review", "copy_of"]
    assert list(store.read_figures(kept).columns) == [*stored, *beside]
    assert [column.name for column in FIGURES.c] == stored


def test_frames_row_holds_every_field(kept: store.Store) -> None:
    store.add_report(kept, REPORT, [read(FULL), read(BARE)])
    first, second = store.read_figures(kept).to_dict("records")
    expected = {field.name: getattr(FULL, field.name) for field in fields(Figure) if field.name != "span"}
    expected |= {"span_start": 9, "span_end": 13, "title": REPORT.title, "url": REPORT.url, "paraphrased": True}
    for name, value in expected.items():
        cell = first[name]
        assert pd.isna(cell) if value is None else cell == (pd.Timestamp(value) if isinstance(value, date) else value)
    assert second["part_of"] == "f1"
    assert pd.isna(second["start"])


@pytest.mark.parametrize("words", ["", "NULL", "O'Hara's, \"the\" 5%", "two\r\nlines\n", "\\.", " نَحو "])
def test_frames_words_come_back_to_the_letter(kept: store.Store, words: str) -> None:
    figure = replace(BARE, part_of=None, source=words, source_text=None, latitude=0.1 + 0.2, share=1 / 3)
    store.add_report(kept, replace(REPORT, title=words), [read(figure)])
    (row,) = store.read_figures(kept).to_dict("records")
    assert (row["source"], row["title"], row["latitude"], row["share"]) == (words, words, 0.1 + 0.2, 1 / 3)
    assert pd.isna(row["source_text"])


def test_frames_more_figures_than_are_read_at_once(kept: store.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "STEP", 3)
    monkeypatch.setattr(columns, "_BLOCK", 200)
    spans = [(at, at + 1) for at in range(10)]
    figures = [replace(BARE, id=f"f{start}", part_of=None, span=(start, end)) for start, end in spans]
    store.add_report(kept, REPORT, [read(figure) for figure in figures])
    assert list(store.read_figures(kept)["id"]) == [figure.id for figure in figures]


@pytest.mark.parametrize("filled", [False, True])
def test_frames_types_do_not_depend_on_the_rows(kept: store.Store, *, filled: bool) -> None:
    if filled:
        store.add_report(kept, REPORT, [read(replace(BARE, part_of=None))])
    kinds = store.read_figures(kept).dtypes.astype(str).to_dict()
    assert {kinds[name] for name in ("start", "end", "published")} == {"datetime64[s]"}
    assert {kinds[name] for name in ("value", "low", "high", "latitude", "share")} == {"float64"}
    assert {kinds[name] for name in ("metric", "group", "source", "place", "quote", "url")} == {"str"}
    assert kinds["paraphrased"] == "bool"


def test_frames_order_is_published_report_span(kept: store.Store) -> None:
    def add(report_id: str, published: date | None, *starts: int) -> None:
        report = number_report(report_id, id=report_id, published=published)
        figure = replace(BARE, report=report_id, published=published, part_of=None)
        figures = [replace(figure, id=f"{report_id}-{start}", span=(start, start + 1)) for start in starts]
        store.add_report(kept, report, [read(figure) for figure in figures])

    add("z", None, 1)
    add("b", date(2020, 1, 2), 30, 4)
    add("a", date(2020, 1, 2), 5)
    add("c", date(2020, 1, 1), 6)
    assert list(store.read_figures(kept)["id"]) == ["c-6", "a-5", "b-4", "b-30", "z-1"]


def test_connections_file_is_wal_with_foreign_keys(tmp_path: Path) -> None:
    kept = store.connect(f"sqlite:///{tmp_path}/kept.db")
    with reading(kept) as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    kept.close()


def test_connections_variable_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHO_COUNTS_DATABASE", f"sqlite:///{tmp_path}/new/folder/kept.db")
    store.connect().close()
    assert (tmp_path / "new" / "folder" / "kept.db").exists()


def test_connections_default_is_in_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHO_COUNTS_DATABASE", raising=False)
    monkeypatch.setattr("store.connections.DEFAULT_FILE", tmp_path / "var" / "who-counts.db")
    store.connect().close()
    assert (tmp_path / "var" / "who-counts.db").exists()


def test_upgrades_migrations_make_the_tables(kept: store.Store) -> None:
    with reading(kept) as connection:
        # The words that are searched are kept in another way by each kind of database.
        options = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("report_words")}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
        assert upgrades.read_version(connection) == HEAD
    config = Config()
    config.set_main_option("script_location", str(upgrades.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_upgrades_are_done_once(kept: store.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a database at its head was upgraded")

    store.add_report(kept, REPORT, [])
    monkeypatch.setattr("store.connections.upgrade", refuse)
    again = store.connect(kept.address)
    assert store.has_report(again, "r1")
    again.close()


def test_upgrades_failed_step_leaves_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: object, **told: Any) -> None:
        upgrades.upgrade(connection, **told)  # type: ignore[arg-type]
        raise InterruptedError

    monkeypatch.setattr("store.connections.upgrade", fail)
    with pytest.raises(InterruptedError):
        store.connect(address)
    engine = create_engine(address)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_upgrades_newer_database_is_refused(kept: store.Store) -> None:
    with writing(kept) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerStoreError, match="update the program"):
        store.connect(kept.address)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("figures.db", AddressError),
        ("nosql://host/figures", AddressError),
        ("mysql://host/figures", AddressError),
        ("postgresql+psycopg://127.0.0.1:1/figures", UnreachableError),
        ("sqlite:///{tmp}/none.db", MissingStoreError),
        ("sqlite:///{tmp}/words.txt", DamagedError),
        ("sqlite:///{tmp}/words.txt/kept.db", UnreachableError),
        ("sqlite:///{tmp}", UnreachableError),
    ],
)
def test_errors_bad_address_is_one_clear_line(tmp_path: Path, address: str, kind: type[StoreError]) -> None:
    (tmp_path / "words.txt").write_text("These are words, and no database, " * 10)
    address = address.format(tmp=tmp_path)
    with pytest.raises(StoreError) as failure:
        store.connect(address, create=kind is not MissingStoreError)
    assert type(failure.value) is kind
    assert str(failure.value).startswith(address)
    assert "\n" not in str(failure.value)
    assert ";" in str(failure.value)


def test_errors_locked_database_is_named(kept: store.Store) -> None:
    impatient = store.connect(kept.address, wait=0.05)
    with writing(kept), pytest.raises(LockedError, match="is locked"):
        store.add_report(impatient, REPORT, [])
    assert store.add_report(impatient, REPORT, [])
    impatient.close()


def test_errors_read_only_database_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    store.connect(f"sqlite:///{tmp_path}/kept.db").close()
    frozen = store.connect(f"sqlite:///file:{tmp_path}/kept.db?mode=ro&uri=true")
    assert store.revision(frozen) == 0
    with pytest.raises(ReadOnlyError, match="may only be read"):
        store.add_report(frozen, REPORT, [])
    frozen.close()
    assert list(Path.cwd().iterdir()) == []


WRITER = """
    import sys
    from dataclasses import replace
    import store
    from tests.test_store import FULL, number_report, read
    kept = store.connect(sys.argv[1])
    for number in range(int(sys.argv[2])):
        name = f"{sys.argv[3]}{number}"
        store.add_report(kept, number_report(name, id=name), [read(replace(FULL, id=name, report=name))])
        print(name, flush=True)
"""


def start_writer(address: str, count: int, name: str) -> subprocess.Popen[bytes]:
    """Start a process that adds reports and prints the id of each once it is kept."""
    command = [sys.executable, "-c", textwrap.dedent(WRITER), address, str(count), name]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def test_store_reads_whole_reports_while_another_process_writes(address: str) -> None:
    # Two writers meet on a database that is not there yet.
    writers = [start_writer(address, 40, name) for name in "ab"]
    kept = store.connect(address)
    seen = [store.revision(kept)]
    while any(writer.poll() is None for writer in writers):
        before, figures, after = store.revision(kept), store.read_figures(kept), store.revision(kept)
        assert before <= len(figures) <= after
        seen.append(after)
    assert [len(writer.communicate()[0].split()) for writer in writers] == [40, 40]
    assert seen == sorted(seen)
    assert store.revision(kept) == len(store.read_figures(kept)) == 80
    kept.close()


def test_store_killed_writer_leaves_whole_reports(address: str) -> None:
    writer = start_writer(address, 100_000, "r")
    assert writer.stdout
    acknowledged = [writer.stdout.readline().decode().strip() for _ in range(20)]
    writer.kill()
    acknowledged += writer.communicate()[0].decode().split("\n")[:-1]
    kept = store.connect(address, create=False)
    figures = store.read_figures(kept)
    assert set(acknowledged) <= set(figures["report"])
    assert store.revision(kept) == len(figures) <= len(acknowledged) + 1
    kept.close()


def test_store_is_shared_between_threads(kept: store.Store) -> None:
    def add(number: int) -> bool:
        return store.add_report(kept, number_report(number % 5), [])

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(add, range(20))) == 5
    assert store.revision(kept) == 5
