"""Word files: paragraphs and tables in the order in which they stand, without what was struck out."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from reports.characters import tidy
from reports.dates import find_day, find_day_in_name
from reports.errors import DamagedError
from reports.fields import Origin, build_report
from reports.packages import open_package
from reports.records import Report
from reports.tables import write_rows

_TEXT, _TAB, _BREAK, _FALLBACK = qn("w:t"), qn("w:tab"), {qn("w:br"), qn("w:cr")}, "}Fallback"
_FRONT, _DEEPEST = 600, 5


def read_word_file(content: bytes, origin: Origin) -> Report:
    """Return the report in a Word file.

    Its title is the document's own, else its first line. The day is the only one that its first lines write out, else
    that in the file's name: the day on which the file was made is not when it was published.
    """
    open_package(BytesIO(content), origin).close()
    try:
        document = Document(BytesIO(content))
    except (KeyError, PackageNotFoundError, ValueError) as error:
        raise DamagedError(origin.name, "no Word file", "open it in a word processor, and save it again") from error
    text = tidy("\n\n".join(_write_blocks(document.iter_inner_content())))
    title = document.core_properties.title or text.partition("\n")[0][:200]
    day = find_day(text[:_FRONT]) or find_day_in_name(origin.name)
    return build_report({"text": text, "title": title, "published": day}, origin)


def _write_blocks(blocks: Iterator[Paragraph | Table], depth: int = 0) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield write_rows([[_write_cell(cell, depth) for cell in row.cells] for row in block.rows])
        else:
            yield _write_paragraph(block)


def _write_cell(cell: _Cell, depth: int) -> str:
    # Tables in tables in tables are somebody's layout, or somebody's trap.
    return " ".join(_write_blocks(cell.iter_inner_content(), depth + 1)) if depth < _DEEPEST else ""


def _write_paragraph(paragraph: Paragraph) -> str:
    """Return the words of a paragraph with insertions and text boxes; python-docx leaves both out."""
    return "".join(_write_pieces(paragraph._p))  # noqa: SLF001  the element has no other door


def _write_pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield " "
        elif child.tag in _BREAK:
            yield "\n"
        # A text box is there twice: as it is, and again for older programs.
        elif isinstance(child.tag, str) and not child.tag.endswith(_FALLBACK):
            yield from _write_pieces(child)
