"""What the parsers read in a text, made ready to be shown: the words of each field, and a row for each figure."""

import html
from typing import Any

from parsers.records import Reading
from series.wording import say_bounds

COLOUR_OF = {
    "value": "number",
    "group": "group",
    **dict.fromkeys(("source", "source_text", "via"), "source"),
    **dict.fromkeys(("place", "place_text", "admin1", "country"), "place"),
    **dict.fromkeys(("start", "end", "precision"), "period"),
}


def list_spans(readings: list[Reading]) -> list[tuple[int, int, str]]:
    """Return the words that each field was read from."""
    numbers = [(*reading.figure.span, "number") for reading in readings]
    evidence = [one for reading in readings for one in reading.evidence if one.span and one.field in COLOUR_OF]
    return numbers + [(*one.span, COLOUR_OF[one.field]) for one in evidence if one.span]


def write_row(reading: Reading) -> dict[str, Any]:
    """Return a figure as a row of the table, with the reasons for its values."""
    figure = reading.figure
    best = next((number for number in (figure.value, figure.low, figure.high) if number is not None), float("nan"))
    bounds = [float("nan") if number is None else number for number in (figure.low, best, figure.high)]
    period = " to ".join(dict.fromkeys(str(day) for day in (figure.start, figure.end) if day))
    return {
        "metric": str(figure.metric),
        "count": say_bounds(*bounds),
        "group": figure.group or "people",
        "basis": str(figure.basis),
        "status": str(figure.status),
        "source": figure.source,
        "place": figure.place or figure.country,
        "period": period or "not stated",
        "part": "part of another" if figure.part_of else "",
    }


def write_reasons(reading: Reading) -> str:
    """Return why a figure has its values, as HTML."""
    reasons = "".join(f"<li>{html.escape(f'{one.field}: {one.why}')}</li>" for one in reading.evidence)
    row = write_row(reading)
    named = html.escape(", ".join([row["metric"], row["count"], row["group"]]))
    return f'<div class="who-note"><b>{named}</b><ul>{reasons}</ul></div>'
