"""Figures as they are printed: JSON lines, CSV, a table for the eye, and the explanation of each."""

import csv
import io
import json
from dataclasses import fields
from datetime import date
from typing import Any

from parsers.records import Figure, Reading

COLUMNS = tuple(field.name for field in fields(Figure))
WIDTHS = {
    "metric": 15, "value": 11, "low": 11, "high": 11, "group": 22, "source": 30, "place": 22, "period": 24, "basis": 10,
}  # fmt: skip
TABLE = sum(WIDTHS.values()) + 2 * (len(WIDTHS) - 1)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def figure_record(figure: Figure) -> dict[str, Any]:
    """Return the figure record as plain values: dates in ISO form, the span as [start, end)."""
    return {name: _plain(getattr(figure, name)) for name in COLUMNS}


def jsonl_line(figure: Figure, **more: str | None) -> str:
    """Return a figure as one line of JSON; ``more`` are fields that the user asked for beside the record."""
    return json.dumps(figure_record(figure) | more, ensure_ascii=False)


def _csv_line(cells: list[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def csv_header(*more: str) -> str:
    """Return the names of the columns; the span is two of them."""
    return _csv_line([*[name for name in COLUMNS if name != "span"], "span_start", "span_end", *more])


def csv_line(figure: Figure, **more: str | None) -> str:
    """Return a figure as one line of CSV, in the order of ``csv_header``; what is not known is empty."""
    record = figure_record(figure)
    span = record.pop("span")
    return _csv_line(["" if value is None else value for value in [*record.values(), *span, *more.values()]])


def _row(cells: dict[str, Any]) -> str:
    return "  ".join(
        str("" if cells[name] is None else cells[name])[:width].rjust(width)
        if name in {"value", "low", "high"}
        else str(cells[name] or "")[:width].ljust(width)
        for name, width in WIDTHS.items()
    ).rstrip()


def table_header(*more: str) -> str:
    """Return the head of the table for the eye."""
    return "  ".join([_row({name: name for name in WIDTHS}).ljust(TABLE if more else 0), *more])


def table_line(figure: Figure, **more: str | None) -> str:
    """Return one figure as a row of the table for the eye; long words are cut."""
    period = f"{figure.start or ''}..{figure.end or ''}" if figure.start or figure.end else ""
    cells = {name: getattr(figure, name, None) for name in WIDTHS} | {"period": period}
    row = _row(cells | {"group": figure.group or figure.group_text})
    return "  ".join([row.ljust(TABLE if more else 0), *(value or "" for value in more.values())]).rstrip()


def _said(figure: Figure, field: str) -> Any:
    """Return what a figure says in a field; people of no listed group are told by their words."""
    value = _plain(getattr(figure, field, None))
    if value is None and field == "group":
        return f"no listed group ({figure.group_text})"
    return "not said" if value is None else value


def explain(reading: Reading, **more: str | None) -> str:
    """Return why a figure has its values: its sentence, its rule, and the words for each field."""
    figure = reading.figure
    number = figure.value if figure.value is not None else f"{figure.low}..{figure.high}"
    lines = [f"{figure.metric} {number} ({figure.qualifier}), rule {figure.rule}", f"    {figure.quote!r}"]
    lines += [f"    {item.field}: {_said(figure, item.field)}, because {item.why}" for item in reading.evidence]
    lines += [f"    {name}: {value or 'not in the table'}" for name, value in more.items()]
    return "\n".join(lines)
