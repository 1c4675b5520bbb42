"""Exports: every kind of file gives the same numbers when it is read back, and runs nothing in a spreadsheet."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from series.downloads import WRITERS, ExportError, read_table
from series.estimates import make_estimates
from series.filters import Filters
from series.metadata import describe_export, write_metadata
from series.options import Options, Vague
from series.tables import Table, find_behind
from tests.worlds import build_figures

FIGURES = [
    {"figure": "a", "number": "9", "source": '=HYPERLINK("x")', "publisher": "@Daily"},
    {"figure": "b", "number": "at least 17", "day": "2020-02-03"},
    {"figure": "c", "number": "dozens", "source": "Ministry", "day": "2020-02-03"},
    {"figure": "d", "number": "12", "source": "'quoted", "day": "2020-02-03"},
]


@pytest.mark.parametrize("ending", WRITERS)
def test_exports_are_read_back_to_the_same_numbers(ending: str) -> None:
    table = make_estimates(build_figures(FIGURES))
    read = read_table(WRITERS[ending](table), ending)
    assert list(read.columns) == list(table.columns)
    for name in table.columns:
        one, other = (frame[name].astype(object).where(frame[name].notna(), None).tolist() for frame in (read, table))
        assert one == other, name


@pytest.mark.parametrize("ending", WRITERS)
def test_exports_read_back_make_the_same_series(ending: str) -> None:
    figures = build_figures(FIGURES).drop(columns="copy_of")
    back = read_table(WRITERS[ending](figures), ending)
    pd.testing.assert_frame_equal(make_estimates(figures), make_estimates(back))


def test_exports_of_a_workbook_hold_no_formula_and_real_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(WRITERS[".xlsx"](make_estimates(build_figures(FIGURES)))))
    sheet = book["who counts"]
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert widths["start"] == len("2020-01-01") + 2, "a column is as wide as its cells"
    assert max(widths.values()) <= 60, "and a sentence is not shown whole"
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {cell.value for cell in cells if cell.data_type == "n"} >= {9, 17, 24}


def test_exports_that_are_broken_are_named() -> None:
    with pytest.raises(ExportError, match=r"the \.json file cannot be read back"):
        read_table(b"[{", ".json")


def test_exports_say_how_they_were_made(tmp_path: Path) -> None:
    figures = build_figures(FIGURES)
    options = Options(vague=Vague.ACLED)
    filters = Filters(metric=("killed",))
    described = describe_export(make_estimates(figures), figures, name="estimates", filters=filters, options=options)
    path = tmp_path / "out.metadata.json"
    path.write_bytes(write_metadata(described))
    read = json.loads(path.read_text(encoding="utf-8"))
    assert (read["filters"], read["options"]["vague"]) == ({"metric": ["killed"]}, "acled")
    assert "ACLED" in read["convention"]
    assert [row["report"] for row in read["citations"]] == ["r-a", "r-b", "r-c", "r-d"]
    assert read["versions"]["who counts"] != "unknown"


@pytest.mark.parametrize(
    ("filters", "cited"),
    [
        ({"since": date(2020, 3, 1)}, {"b", "c", "d"}),
        ({"since": date(2020, 3, 1), "basis": ("new",)}, {"b", "c"}),
        ({"since": date(2020, 3, 1), "basis": ("cumulative",)}, {"c"}),
        ({"since": date(2020, 3, 20), "basis": ("stock",)}, {"d"}),
        ({"until": date(2020, 1, 10), "basis": ("new",)}, {"a", "f"}),
        ({}, {"a", "b", "c", "d", "e", "f"}),
    ],
)
def test_exports_cite_what_their_points_rest_on(filters: dict[str, Any], cited: set[str]) -> None:
    total = {"basis": "cumulative", "from": "2020-01-01"}
    figures = build_figures(
        [
            {"figure": "a", "number": "100", "to": "2020-01-31", **total},
            {"figure": "b", "number": "120", "to": "2020-02-29", **total},
            {"figure": "c", "number": "150", "to": "2020-03-31", **total},
            {"figure": "d", "number": "800", "metric": "displaced", "basis": "stock", "from": "-", "to": "2020-02-10"},
            {"figure": "e", "number": "700", "metric": "displaced", "basis": "stock", "from": "-", "to": "2020-01-10"},
            {"figure": "f", "number": "3", "metric": "injured", "day": "2020-01-20"},
        ]
    )
    assert set(find_behind(figures, Table.TIMELINE, Filters(**filters), Options())["id"]) == cited
    assert set(find_behind(figures, Table.FIGURES, Filters(**filters), Options())["id"]) <= cited
