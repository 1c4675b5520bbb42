"""What the parsers read in a text, made ready to be shown: the words of each field, and a row for each figure."""

import html

from pages.shared.reasons import say_reasons
from parsers.records import Evidence, Figure, Reading
from series.wording import say_bounds

COLOUR_OF = {
    "value": "number",
    "group": "group",
    **dict.fromkeys(("source", "source_text", "via"), "source"),
    **dict.fromkeys(("place", "place_text", "admin1", "country"), "place"),
    **dict.fromkeys(("start", "end", "precision"), "period"),
}

_COLUMN_OF = {
    **{field: field for field in ("metric", "group", "source", "place", "basis", "status")},
    "value": "count",
    "via": "source",
    "start": "period",
    "end": "period",
    "part_of": "part",
    "share": "part",
}


def list_spans(readings: list[Reading]) -> list[tuple[int, int, str]]:
    """Return the words that each field was read from."""
    numbers = [(*reading.figure.span, "number") for reading in readings]
    evidence = [one for reading in readings for one in reading.evidence if one.span and one.field in COLOUR_OF]
    return numbers + [(*one.span, COLOUR_OF[one.field]) for one in evidence if one.span]


def say_number(figure: Figure) -> str:
    """Return the number with what it leaves open."""
    best = next((number for number in (figure.value, figure.low, figure.high) if number is not None), float("nan"))
    low, high = (float("nan") if number is None else number for number in (figure.low, figure.high))
    return say_bounds(low, best, high)


def write_row(reading: Reading) -> dict[str, str]:
    """Return a figure as a row of the table; where there is no code for the group, its words."""
    figure = reading.figure
    period = " to ".join(dict.fromkeys(str(day) for day in (figure.start, figure.end) if day))
    return {
        "metric": f"{figure.metric}{', part of another' if figure.part_of else ''}",
        "count": say_number(figure),
        "group": figure.group or "people",
        "source": figure.source or "source not named",
        "place": figure.place or figure.country or "place not named",
        "period": period or "period not stated",
        "basis": str(figure.basis),
        "status": str(figure.status),
    }


def write_table(readings: list[Reading]) -> str:
    """Return the figures as an HTML table; on a narrow screen each row becomes a short list."""
    rows = [write_row(reading) for reading in readings]
    head = "".join(f"<th>{column}</th>" for column in rows[0])
    cells = ["".join(f'<td data-of="{name}">{html.escape(cell)}</td>' for name, cell in row.items()) for row in rows]
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f'<table class="who-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def write_reasons(reading: Reading, text: str) -> str:
    """Return why a figure has its values, as HTML: one line for each column of the table, all that is known in it.

    ``text`` is the report that it was read in.
    """
    figure, row = reading.figure, write_row(reading)
    words = {
        "metric": str(figure.metric),
        "count": row["count"],
        "group": figure.group or f"“{figure.group_text}”" if figure.group_text else row["group"],
        "source": ", via ".join(name for name in (figure.source, figure.via) if name) or row["source"],
        "place": ", ".join(dict.fromkeys(part for part in (figure.place, figure.admin1, figure.country) if part)),
        "part": "part of another figure",
        **{name: row[name] for name in ("period", "basis", "status")},
    }
    reasons = "".join(
        f"<li>{column}: <b>{html.escape(words.get(column) or 'not said')}</b>, {html.escape(why)}</li>"
        for column, why in _gather_reasons(reading, text).items()
    )
    named = html.escape(", ".join([row["metric"], row["count"], row["group"]]))
    return f'<div class="who-note"><b>{named}</b><ul>{reasons}</ul></div>'


def _gather_reasons(reading: Reading, text: str) -> dict[str, str]:
    """Return the reasons for each column; what follows from the place or the group alone needs none of its own."""
    gathered: dict[str, list[Evidence]] = {}
    for one in reading.evidence:
        if column := _COLUMN_OF.get(one.field):
            gathered.setdefault(column, []).append(one)
    return {column: say_reasons(reasons, text) for column, reasons in gathered.items()}
