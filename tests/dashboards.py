"""The dashboard's pages as its tests open them: a small store behind them, Streamlit without a browser in front."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import store
from parsers.records import Basis, Evidence, Figure, Metric, Qualifier, Reading
from reports.records import Report

APP = Path(__file__).parent.parent / "app.py"
TEXT = "Shelling in Sarmin killed {count} people on {day}, the {source} said. <img src='https://example.org/x.png'>"
Row = tuple[str, str, int, date, bool]
"""A figure: who claims it, who printed it, how many, of which day, and whether its report is a paraphrase."""

ROWS: list[Row] = [
    ("Observatory", "Daily", 9, date(2020, 1, 5), True),
    ("Observatory", "Herald", 9, date(2020, 1, 5), False),
    ("Observatory", "Herald", 12, date(2020, 2, 9), False),
    ("Civil Defence", "Daily", 8, date(2020, 1, 5), False),
]


def fill(address: str, rows: Sequence[Row] = ROWS) -> None:
    """Put figures into a database, else four of two sources, printed by two publishers."""
    database = store.connect(address)
    for number, (source, publisher, count, day, paraphrased) in enumerate(rows):
        text = TEXT.format(count=count, day=day, source=source)
        at = text.index(f"killed {count}") + 7
        bounds: dict[str, Any] = dict.fromkeys(("value", "low", "high"), count)
        figure = Figure(
            id=f"f{number}",
            report=f"r{number}",
            metric=Metric.KILLED,
            qualifier=Qualifier.EXACT,
            basis=Basis.NEW,
            source=source,
            publisher=publisher,
            place="Sarmin",
            admin1="SY-ID",
            country="SYR",
            start=day,
            end=day,
            published=day,
            quote=text,
            span=(at, at + len(str(count))),
            rule="people killed",
            **bounds,
        )
        evidence = (Evidence("value", figure.span, "a number"),)
        report = Report(
            id=f"r{number}", text=text, published=day, publisher=publisher, title=f"Report {number}",
            url=f"https://example.org/{number}", paraphrased=paraphrased,
        )  # fmt: skip
        store.add_report(database, report, [Reading(figure, 0, (0, 5), (0, 5), evidence)])
    database.close()


def point_at(file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have the pages read a database of its own, with nothing remembered of another; return its address."""
    address = f"sqlite:///{file}"
    monkeypatch.setenv("WHO_COUNTS_DATABASE", address)
    st.cache_resource.clear()
    st.cache_data.clear()
    return address


def open_page(page: str = "timeline", **query: Any) -> AppTest:
    """Run a page with the filters of its address."""
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update(query)
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def find_boards(app: AppTest) -> list[dict[str, Any]]:
    """What the charts of a page were given to draw."""
    return [json.loads(element.proto.json) for element in app.get("bidi_component")]


def read_html(app: AppTest) -> str:
    """Return all that a page wrote as HTML."""
    return "".join(element.proto.body for element in app.get("html"))
