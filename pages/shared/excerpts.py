"""The words of a report around a figure, with what was read in them marked."""

from pages.shared.marks import FIELDS, mark_spans
from pages.shared.readings import COLOUR_OF
from parsers.records import Evidence

_ROOM = 700
"""Characters of the report that are shown on either side of a figure's words."""


def list_spans(evidence: list[Evidence]) -> list[tuple[int, int, str]]:
    """Return the words that the fields of a figure were read from: start, end and the field that colours them."""
    return [(*one.span, COLOUR_OF[one.field]) for one in evidence if one.span and one.field in COLOUR_OF]


def cut_text(text: str, spans: list[tuple[int, int, str]]) -> tuple[str, int]:
    """Return the part of a report that holds its words with some room around the number, and where it begins."""
    start, end = spans[0][:2]
    near = [span for span in spans if abs(span[0] - start) < _ROOM]
    first = max(0, min(span[0] for span in near) - _ROOM)
    last = min(len(text), max(*(span[1] for span in near), end) + _ROOM)
    first = 0 if first < _ROOM // 2 else text.find(" ", first) + 1
    last = len(text) if len(text) - last < _ROOM // 2 else text.rfind(" ", first, last)
    return text[first:last], first


def write_text(text: str, spans: list[tuple[int, int, str]], *, whole: bool = False) -> str:
    """Return the report with the words of a figure marked; where it is long the part around them."""
    part, first = (text, 0) if whole else cut_text(text, spans)
    inside = [
        (max(0, start - first), min(len(part), end - first), field)
        for start, end, field in spans
        if start < first + len(part) and end > first and field in FIELDS
    ]
    before, after = ("… " if first else ""), (" …" if first + len(part) < len(text) else "")
    return f"{before}{mark_spans(part, inside)}{after}"
