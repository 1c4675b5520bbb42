"""A database of every earlier version of the program, with reports in it, is brought up to date and loses nothing."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, event, insert, text

import store
from parsers import read_figures
from reports.records import Report
from store import upgrades
from store.rows import insert_figures, prepare_entry
from store.tables import HEAD
from tests.test_store_versions import AGENCY, make


def list_earlier() -> Sequence[str]:
    config = Config()
    config.set_main_option("script_location", str(upgrades.MIGRATIONS))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    return [revision for revision in found if revision != HEAD]


REPORTS = [
    make(AGENCY, url="https://example.org/lerwin"),
    make(AGENCY.replace("14", "18"), published=date(2021, 5, 6), url="https://example.org/lerwin"),
    make(AGENCY, "Southern Mail"),
    Report("undated", "Nine people died in a fire in Norvik.", url="https://example.org/fire"),
]


def build(address: str, revision: str, reports: Sequence[Report] = REPORTS) -> None:
    """Make a database of an earlier version, and put reports into it as that version would have."""
    engine = create_engine(address)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))
    with engine.begin() as connection:
        upgrades.upgrade(connection, revision)
        tables = MetaData()
        tables.reflect(connection)
        for number, report in enumerate(reports, start=1):
            entry = prepare_entry(report, read_figures(report))
            record = {field.name: getattr(report, field.name) for field in fields(Report)}
            numbered = {"number": number} if "number" in tables.tables["reports"].c else {}
            connection.execute(insert(tables.tables["reports"]), record | numbered)
            insert_figures(connection, entry)
        connection.execute(text("UPDATE revision SET number = 4"))
    engine.dispose()


@pytest.mark.parametrize("revision", list_earlier())
def test_upgrades_from_every_earlier_version_lose_nothing(address: str, revision: str) -> None:
    build(address, revision)
    kept = store.connect(address)
    assert [store.read_report(kept, report.id) for report in REPORTS] == REPORTS
    assert store.revision(kept) >= 4
    frame = store.read_figures(kept)
    assert sorted(frame["value"]) == [9, 9, 9, 14, 18]
    assert store.read_evidence(kept, frame["id"].iloc[0])
    assert len(store.read_versions(kept, REPORTS[0].id)) == 2
    assert store.read_copies(kept, REPORTS[2].id) == [REPORTS[0], REPORTS[2]]
    assert {hit.report for hit in store.search_reports(kept, "norvik fire")} == {"undated"}
    assert not store.add_report(kept, REPORTS[3], [])
    kept.close()
