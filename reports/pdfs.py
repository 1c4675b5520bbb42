"""PDF files: lines put back together from the page, without headers and footers, tables of figures kept as lines."""

from collections.abc import Iterator
from io import BytesIO

import pypdfium2
from pypdfium2 import raw

from reports.characters import tidy
from reports.dates import find_day, find_day_in_name
from reports.errors import DamagedError, EmptyReportError, EncryptedError, OversizeError
from reports.fields import LONGEST, Origin, build_report
from reports.pdf_columns import read_columns
from reports.pdf_lines import Line, drop_furniture, join_lines, read_rows
from reports.pdf_tables import may_be_ruled, read_tables
from reports.records import Report

MOST_PAGES = 1000
_FRONT = 600
_MADE_BY_PROGRAM = ("microsoft word", "untitled", "about:blank", "layout", "powerpoint")


def read_pdf(content: bytes, origin: Origin) -> Report:
    """Return the report in a PDF file; raises a ReportError where it is locked, too long, broken or only pictures.

    Its title is the document's own, else its first line. The day is the only one that its first lines write out, else
    that in the file's name: the day on which a PDF was made is not when it was published.
    """
    document = _open(content, origin)
    try:
        if len(document) > MOST_PAGES:
            problem = f"{len(document):,} pages; {MOST_PAGES:,} are read at most"
            raise OversizeError(origin.name, problem, "split it, or take out the pages that are the report")
        text = tidy(join_lines(drop_furniture(list(_read_pages(document, content, origin)))))
        if not text:
            raise EmptyReportError(origin.name, "no words in it, only pictures", "run text recognition over it first")
        title = _read_title(document) or text.partition("\n")[0][:200]
    finally:
        document.close()
    day = find_day(text[:_FRONT]) or find_day_in_name(origin.name)
    return build_report({"text": text, "title": title, "published": day}, origin)


def _open(content: bytes, origin: Origin) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise EncryptedError(origin.name, "locked by a password", "save it without a password") from error
        remedy = "open it in its own program, and save it again"
        raise DamagedError(origin.name, f"damaged, or no PDF ({str(error).rstrip('.')})", remedy) from error


def _read_pages(document: pypdfium2.PdfDocument, content: bytes, origin: Origin) -> Iterator[list[Line]]:
    length = 0
    for number in range(len(document)):
        page = document[number]
        lines = read_columns(read_rows(page))
        if may_be_ruled(page):
            lines = read_tables(BytesIO(content), number, lines)
        page.close()
        length += sum(len(line.text) for line in lines)
        if length > LONGEST:
            problem = f"more than {LONGEST:,} characters by page {number + 1}"
            raise OversizeError(origin.name, problem, "split it, or take out the pages that are the report")
        yield lines


def _read_title(document: pypdfium2.PdfDocument) -> str | None:
    title = tidy(str(document.get_metadata_value("Title") or "")).replace("\n", " ")
    return title if title and not title.lower().startswith(_MADE_BY_PROGRAM) else None
