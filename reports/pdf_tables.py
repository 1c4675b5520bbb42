"""Ruled tables of PDF pages: pdfplumber finds their cells, and their rows take the place of the lines inside them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pypdfium2 import raw

from reports.pdf_lines import Line
from reports.tables import write_rows

_FEWEST_RULES, _MOST_RULES = 6, 3000
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 2


def may_be_ruled(page: Any) -> bool:
    """Tell whether a page has as many drawn lines as a table needs, and not as many as a map has."""
    rules = sum(1 for one in page.get_objects(max_depth=3) if one.type == raw.FPDF_PAGEOBJ_PATH)
    return _FEWEST_RULES <= rules <= _MOST_RULES


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
