"""P-codes: a user's table gives them to figures, and its mistakes are named."""

from pathlib import Path

import pytest

from parsers import extract
from parsers.__main__ import main
from parsers.pcodes import find_pcode, read_pcodes
from parsers.tables import TableError
from reports.records import Report

HEADER = "Location,Admin Level,P-Code,Name,Parent P-Code"
TABLE = [
    HEADER,
    "#country+code,#geo+admin_level,#adm+code,#adm+name,#adm+code+parent",
    "SYR,0,SY,Syrian Arab Republic,",
    "SYR,1,SY07,Idleb,SY",
    "SYR,1,SY02,Aleppo,SY",
    "SYR,2,SY0200,Jebel Saman,SY02",
    "SYR,2,SY0700,Idleb,SY07",
    "SYR,3,SY070003,Saraqab,SY0700",
    "YEM,1,YE15,Ta'iz,YE",
]


@pytest.mark.parametrize(
    ("text", "pcode"),
    [
        ("Shelling killed 12 people in Idlib province, Syria.", "SY07"),
        ("Shelling killed 12 people in Saraqib, Syria.", "SY070003"),
        ("Shelling killed 12 people in Ariha, in Idlib, Syria.", "SY07"),
        ("Shelling killed 12 people in Taiz, Yemen.", "YE15"),
        ("Shelling killed 12 people in Homs, Syria.", None),
        ("Shelling killed 12 people.", None),
    ],
)
def test_find_pcode_takes_the_place_then_its_division(text: str, pcode: str | None) -> None:
    (figure,) = extract(Report(id="r", text=text))
    assert find_pcode(figure, read_pcodes(TABLE, "table.csv")) == pcode


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["Location,Name"], "table.csv: no column 'admin level'"),
        ([HEADER, "SYR,one,SY07,Idleb,SY"], "table.csv: line 2: the admin level 'one' is no number"),
    ],
)
def test_read_pcodes_names_the_place_and_the_remedy(lines: list[str], message: str) -> None:
    with pytest.raises(TableError, match="as OCHA publishes") as raised:
        read_pcodes(lines, "table.csv")
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize("form", ["csv", "jsonl", "table"])
def test_main_prints_pcodes_in_a_column_of_their_own(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, report = tmp_path / "table.csv", tmp_path / "report.txt"
    table.write_text("\n".join(TABLE), encoding="utf-8")
    report.write_text("Shelling killed 12 people in Idlib province, Syria.", encoding="utf-8")
    assert main(["extract", str(report), "--format", form, "--pcodes", str(table)]) == 0
    assert "SY07" in capsys.readouterr().out.splitlines()[-1]


def test_main_refuses_a_table_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--pcodes", "no-such.csv"]) == 2
    assert "no-such.csv" in capsys.readouterr().err
