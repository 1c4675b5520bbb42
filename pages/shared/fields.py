"""The fields of a figure as a table: the value of each, what was read where it was corrected, and why."""

import html
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

import store
from pages.shared.reasons import say_reasons
from parsers.records import Evidence
from series.wording import name_day, say_bounds
from store.reviews import drop_withdrawn

Row = Mapping[Hashable, Any]
"""A figure: a row of the table of figures."""

_FIELDS: dict[str, tuple[str, ...]] = {
    "metric": ("metric",),
    "number": ("value", "low", "high", "qualifier"),
    "group": ("group",),
    "source": ("source", "via"),
    "place": ("place", "admin1", "country"),
    "period": ("start", "end", "precision"),
    "basis": ("basis",),
    "status": ("status",),
    "unit": ("unit",),
}
"""The lines of the table of fields, each with the fields of the record behind it."""


def name_period(row: Row) -> str:
    """Return the days that a figure counts."""
    since = row["start"] if row["basis"] == "cumulative" else row["from"]
    if pd.isna(since):
        return f"as of {name_day(row['till'])}"
    return name_day(row["till"]) if since == row["till"] else f"{name_day(since)} to {name_day(row['till'])}"


def write_fields(row: Row, evidence: list[Evidence], log: list[store.Review], text: str) -> str:
    """Return the fields of a figure of a report as an HTML table: value, what was read where it was corrected, why."""
    read = {one.field: one.reading for one in drop_withdrawn(log) if one.field}
    lines = []
    for name, fields in _FIELDS.items():
        why = say_reasons((one for one in evidence if one.field in fields), text)
        corrected = [field for field in fields if field in read]
        if corrected:
            before = ", ".join(f"{field} {say_value(read[field][field])}" for field in corrected)
            why = f"corrected; read as {before}"
        value = say_field(name, row)
        reason = f"<td>{html.escape(why)}</td>" if why else ""
        cells = f'<th scope="row">{name}</th><td><b>{html.escape(value)}</b></td>{reason}'
        lines.append(f"<tr>{cells}</tr>")
    head = '<tr><th scope="col">field</th><th scope="col">value</th><th scope="col">why</th></tr>'
    return f'<table class="who-table fields"><thead>{head}</thead><tbody>{"".join(lines)}</tbody></table>'


def say_field(name: str, row: Row) -> str:
    """Return the value of one line of the table of fields in words."""
    if name == "number":
        return say_bounds(row["low"], row["best"], row["high"])
    if name == "period":
        return "not stated" if row["undated"] else name_period(row)
    if name == "place":
        names = (row[f"at_{level}"] for level in ("place", "admin1", "country"))
        return ", ".join(dict.fromkeys(str(one) for one in names if isinstance(one, str))) or "not stated"
    if name == "group":
        words = f": “{row['group_text']}”" if isinstance(row["group_text"], str) else ""
        return row["group"] if isinstance(row["group"], str) else f"everybody{words}"
    return say_value(row["claimant"] if name == "source" else row[name]).replace("_", " ")


def say_value(value: object) -> str:
    """Return a value of a record in words.

    >>> say_value(1200), say_value(None)
    ('1,200', 'nothing')
    """
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return "nothing"
    return f"{value:,}" if isinstance(value, int) else str(value)
