"""Ruled tables of PDF pages: pdfplumber finds their cells, and their rows take the place of the lines inside them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pypdfium2 import raw

from reports.pdf_lines import Line
from reports.tables import write_rows

_MOST_RULES = 3000
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 2
_THIN, _SHORTEST, _APART = 3.0, 8.0, 4.0
"""Points: how thick a line may be, how long it must be, and how far from the next one."""


def may_be_ruled(page: Any) -> bool:
    """Tell whether a page has drawn lines enough for two rows of two cells, and not as many as a map has.

    A box around a paragraph, lines under headings and bars of a chart are none: finding tables takes ten times as
    long as reading the page.
    """
    boxes = [one.get_bounds() for one in page.get_objects(max_depth=3) if one.type == raw.FPDF_PAGEOBJ_PATH]
    if len(boxes) > _MOST_RULES:
        return False
    across = [edge for box in boxes for edge in _find_edges(box[0], box[2], box[1], box[3])]
    down = [edge for box in boxes for edge in _find_edges(box[1], box[3], box[0], box[2])]
    return _count_apart(across) > _FEWEST_ROWS and _count_apart(down) > _FEWEST_COLUMNS


def _find_edges(start: float, end: float, low: float, high: float) -> tuple[float, ...]:
    """Return where a box has lines along one direction: one where it is thin, two edges where it is a cell."""
    if end - start < _SHORTEST:
        return ()
    return (low,) if high - low < _THIN else (low, high)


def _count_apart(places: Sequence[float]) -> int:
    ordered = sorted(places)
    return sum(1 for at, place in enumerate(ordered) if at == 0 or place - ordered[at - 1] >= _APART)


def read_tables(file: BytesIO, number: int, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page with those inside its ruled tables replaced by the tables' rows."""
    import pdfplumber

    with pdfplumber.open(file, pages=[number + 1]) as document:
        page = document.pages[0]
        found = [(table.bbox, table.extract()) for table in page.find_tables()]
        height = float(page.height)
    kept = list(lines)
    for (left, top, right, bottom), rows in found:
        if len(rows) < _FEWEST_ROWS or max(map(len, rows)) < _FEWEST_COLUMNS:
            continue
        box = Line(write_rows(rows), left, height - bottom, right, height - top, kept=True)
        inside = [line for line in kept if _holds(box, line)]
        if inside and box.text:
            at = kept.index(inside[0])
            kept = [line for line in kept if line not in inside]
            kept.insert(at, box)
    return kept


def _holds(box: Line, line: Line) -> bool:
    middle, across = (line.top + line.bottom) / 2, (line.left + line.right) / 2
    return box.bottom <= middle <= box.top and box.left <= across <= box.right
