"""PDF pages are read as a reader reads them: column after column, a row of a table with its own numbers."""

import pypdfium2
import pytest

from reports.fields import Origin
from reports.pdf_tables import may_be_ruled
from reports.pdfs import read_pdf

Placed = list[tuple[float, float, str]]

LEFT = (
    "Heavy rain fell on the hills above",
    "Selba for three days. On Monday a",
    "wall of the dam gave way, and nine",
    "people were killed in the village",
    "below it, the district office said.",
    "Another 40 were injured, most of",
)
RIGHT = (
    "them children. The committee said",
    "that 300 families had left their",
    "homes by Tuesday evening and that",
    "twelve people were still missing.",
    "Schools in both districts remain",
    "closed until the end of the week.",
)
ROWS = (("District", "Killed"), ("Selba", "9"), ("Orvela", "12"), ("Tamsa", "3"), ("Mira", "4"), ("Lor", "1"))
RULES = "".join(f"40 {y} m 400 {y} l S\n" for y in (700, 720, 740, 760))
UPRIGHT = "".join(f"{x} 700 m {x} 760 l S\n" for x in (40, 200, 400))


def write_pdf(lines: Placed, drawn: str = "") -> bytes:
    """A page with words at their places, in the order in which a simple program writes them."""
    words = "".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj\n" for x, y, text in lines)
    page = f"{drawn}BT /F1 10 Tf\n{words}ET"
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(page)}>>stream\n{page}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    content, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += f"{number} 0 obj{part}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF"
    return f"{content}xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def place(rows: tuple[tuple[str, ...], ...], *, step: float = 270) -> Placed:
    """Write rows across the page, a line at a time."""
    return [(50 + step * at, 770 - 12 * row, text) for row, cells in enumerate(rows) for at, text in enumerate(cells)]


def read(lines: Placed) -> str:
    return read_pdf(write_pdf(lines), Origin("x.pdf")).text


def test_pdfs_columns_are_read_one_after_the_other() -> None:
    text = read([(50, 800, "Floods in Selba district: report 7"), *place(tuple(zip(LEFT, RIGHT, strict=True)))])
    assert " ".join(text.split()) == " ".join(("Floods in Selba district: report 7", *LEFT, *RIGHT))


def test_pdfs_columns_written_column_by_column_are_the_same() -> None:
    lines = place(tuple(zip(LEFT, RIGHT, strict=True)))
    assert " ".join(read(lines[::2] + lines[1::2]).split()) == " ".join((*LEFT, *RIGHT))


@pytest.mark.parametrize("step", [100, 270])
def test_pdfs_number_far_off_stays_in_its_own_row(step: float) -> None:
    assert read(place(ROWS, step=step)).split("\n") == [" | ".join(row) for row in ROWS]


def test_pdfs_few_pairs_are_no_columns() -> None:
    rows = tuple(zip(LEFT[:3], RIGHT[:3], strict=True))
    assert read(place(rows)).split("\n") == [" | ".join(row) for row in rows]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (RULES + UPRIGHT, True),
        (RULES, False),
        (UPRIGHT, False),
        ("40 700 300 60 re S\n", False),
        ("".join(f"{40 + 60 * x} {700 + 20 * y} 60 20 re S\n" for x in range(2) for y in range(2)), True),
        ("", False),
    ],
    ids=["grid", "underlines", "margins", "box", "cells", "nothing"],
)
def test_pdfs_tables_are_looked_for_where_lines_cross(drawn: str, *, expected: bool) -> None:
    document = pypdfium2.PdfDocument(write_pdf([(50, 790, "Selba")], drawn))
    assert may_be_ruled(document[0]) is expected
    document.close()
