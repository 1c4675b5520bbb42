"""A store of made-up figures, as large as one likes, for measuring what is served from it."""

from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import func, insert, select

import store
from benchmarks.series import make_figures
from store.connections import advance_revision, reading, writing
from store.tables import FIGURES, REPORTS

_AT_ONCE = 20_000
_QUOTE = "People were killed, a source said."


def fill_store(path: Path, size: int) -> str:
    """Make a SQLite store of so many figures, three a report, and return its address; one that is there is kept."""
    address = f"sqlite:///{path}"
    if path.exists():
        return address
    rows = _complete(make_figures(size))
    database = store.connect(address)
    with writing(database) as connection:
        for start in range(0, int(rows["report_number"].max()) + 1, _AT_ONCE):
            numbers = range(start, min(start + _AT_ONCE, int(rows["report_number"].max()) + 1))
            connection.execute(insert(REPORTS), [_write_report(number) for number in numbers])
        columns = [column.name for column in FIGURES.c]
        for start in range(0, size, _AT_ONCE):
            part = rows.iloc[start : start + _AT_ONCE][columns].astype(object)
            connection.execute(insert(FIGURES), _list_rows(part))
        advance_revision(connection)
    database.close()
    return address


def count_figures(address: str) -> int:
    """Return how many figures a store has."""
    database = store.connect(address)
    with reading(database) as connection:
        count = int(connection.execute(select(func.count()).select_from(FIGURES)).scalar_one())
    database.close()
    return count


def _list_rows(part: pd.DataFrame) -> list[dict[Any, Any]]:
    return part.where(part.notna(), None).to_dict("records")


def _write_report(number: int) -> dict[str, object]:
    return {"id": f"r{number}", "text": _QUOTE, "language": "en", "paraphrased": False, "number": number + 1}


def _complete(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with all columns of the store."""
    rows = figures.assign(
        report_number=figures["report"],
        report=[f"r{number}" for number in figures["report"]],
        id=[f"f{number}" for number in figures["id"]],
        quote=_QUOTE,
        span_start=0,
        span_end=6,
        rule="people killed",
    )
    for name in ("start", "end", "published"):
        rows[name] = [None if pd.isna(day) else day.date() for day in rows[name]]
    for name in ("value", "low", "high"):
        rows[name] = rows[name].astype("Int64")
    missing = [column.name for column in FIGURES.c if column.name not in rows]
    return rows.assign(**dict.fromkeys(missing))
