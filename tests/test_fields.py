"""The gold is wide and can be read, and its measure counts each field of the figures found, and those alone."""

from pathlib import Path

import pytest

from parsers.claimants import find_claimant
from parsers.gazetteers import find_country
from tests.accuracy import DONE, FALLEN, main
from tests.fields import (
    FIRST,
    FOLDER,
    HALVES,
    JUDGED,
    OPEN,
    OR,
    SECOND,
    Judged,
    is_right,
    judge_gold,
    judge_passage,
    list_wrong_fields,
    measure_fields,
    write_fields,
)  # fmt: skip
from tests.test_groups import GROUPS
from tests.test_passages import Passage, read_passages

PASSAGE = """# Examples

## Two towns

*Daily Example, 2020-02-02*

> Police in Jos said shells killed 12 farmers in Saraqib on Friday, and in Ariha at least three were wounded.

{table}
"""
HEADER = "| metric | number | group | source | place | country | start | end | basis |\n|" + "---|" * 9
DEAD = "| killed | 12 | farmers | the police in Jos / governor | Saraqib | SYR | 2020-01-31 | 2020-01-31 | new |"
HURT = "| injured | ≥ 3 | ? | ? | Ariha | SYR | ? | ? | new |"
"""Rows as they are read, of the passage above."""


def judge_rows(folder: Path, *rows: str, header: str = HEADER) -> Judged:
    path = folder / "wire.md"
    path.write_text(PASSAGE.format(table="\n".join([header, *rows]) if rows else "\nNothing."), encoding="utf-8")
    (passage,) = read_passages(path)
    return judge_passage(passage)


def list_passages() -> list[Passage]:
    return [one.passage for one in judge_gold()]


def list_answers(column: str) -> set[str]:
    cells = (dict(row).get(column, OPEN) for passage in list_passages() for row in passage.figures)
    return {answer for cell in cells for answer in cell.split(OR) if answer not in {OPEN, ""}}


def test_gold_is_wide() -> None:
    judged = judge_gold()
    assert sum(one.half == FIRST for one in judged) >= 125
    assert len(list_answers("country")) >= 40
    points = [(one.file, one.passage.heading) for one in judged]
    assert len(points) == len(set(points))
    assert all(one.passage.report.id == "1" for one in judged), "a gold passage has one quotation"


@pytest.mark.parametrize("half", HALVES)
def test_gold_says_in_each_file_that_it_is_invented(half: str) -> None:
    for path in (FOLDER / half).glob("*.md"):
        head = path.read_text(encoding="utf-8").split("\n## ")[0]
        assert "passages are invented" in head, path.name
        assert f"({half} half)" in head, path.name
        assert list(read_passages(path)), path.name


def test_gold_names_what_the_tables_name() -> None:
    assert list_answers("group") <= set(GROUPS)
    assert all(find_country(code) for code in list_answers("country"))
    claimants = {name: find_claimant(name) for name in list_answers("source")}
    assert [name for name, one in claimants.items() if one and one.name != name] == []


def test_gold_has_every_column_in_every_table() -> None:
    columns = {"metric", "number", "group", "source", "place", "country", "start", "end", "basis"}
    assert [str(one) for one in list_passages() if one.figures and not columns <= set(one.fields)] == []


@pytest.mark.parametrize(
    ("column", "wanted", "read", "right"),
    [
        ("source", "police in Jos", "Police in Jos", True),
        ("source", "the governor", "governor", True),
        ("source", "UN refugee agency", "UNHCR", True),
        ("source", "governor", "governor of Jos", False),
        ("source", "", "governor", False),
        ("place", "N'Djamena / Chad", "N’Djaména", True),
        ("place", "Homs", "Hama", False),
        ("start", "?", "2020-02-02", True),
        ("start", "", "2020-02-02", False),
        ("number", "574 / ≥ 574", "≥ 574", True),
        ("number", "574", "≥ 574", False),
    ],
)
def test_is_right_knows_other_spellings(column: str, wanted: str, read: str, *, right: bool) -> None:
    assert is_right(column, wanted, read) is right


def test_judge_passage_measures_the_figures_found(tmp_path: Path) -> None:
    judged = judge_rows(tmp_path, DEAD, HURT)
    shares = measure_fields([judged])
    assert shares == {"recall": 1, "precision": 1} | {name: 1 for name in JUDGED if name != "via"}
    assert list(list_wrong_fields([judged])) == []
    assert sum(verdict.name == "source" for _, verdict in judged.verdicts) == 1
    assert sum(verdict.name == "place" for _, verdict in judged.verdicts) == 2


def test_judge_passage_names_each_wrong_field(tmp_path: Path) -> None:
    dead = DEAD.replace("Saraqib", "Homs").replace("2020-01-31 | new", "2020-02-01 | new").replace("farmers", "")
    judged = judge_rows(tmp_path, dead, HURT)
    assert list(list_wrong_fields([judged])) == [
        "gold/first/wire/Two towns: killed 12: place is Homs, read as Saraqib",
        "gold/first/wire/Two towns: killed 12: period is 2020-01-31..2020-02-01, read as 2020-01-31..2020-01-31",
        "gold/first/wire/Two towns: killed 12: group is nothing, read as farmers",
    ]
    assert {name for name, share in measure_fields([judged]).items() if share < 1} == {"place", "period", "group"}


def test_judge_passage_judges_no_field_of_a_figure_that_was_not_found(tmp_path: Path) -> None:
    judged = judge_rows(tmp_path, DEAD.replace("12", "15"), HURT.replace("Ariha", "Homs"))
    shares = measure_fields([judged])
    assert (shares["recall"], shares["precision"], shares["place"]) == (0.5, 0.5, 0.0)
    assert "source" not in shares
    assert next(list_wrong_fields([judged])) == "gold/first/wire/Two towns: killed 15 read as killed 12 by " + next(
        outcome.figure.rule for outcome in judged.outcomes if outcome.figure and not outcome.right
    )


def test_judge_passage_holds_what_goes_without_saying(tmp_path: Path) -> None:
    header = HEADER.replace(" basis |", " basis | unit |").replace("|---|", "|---|---|", 1)
    judged = judge_rows(tmp_path, f"{DEAD} household |", f"{HURT} person |", header=header)
    assert [line.rpartition(": ")[2] for line in list_wrong_fields([judged])] == ["unit is household, read as person"]


def test_judge_passage_takes_the_likest_of_figures_with_one_number(tmp_path: Path) -> None:
    path = tmp_path / "wire.md"
    text = "> In Ariha, three farmers were killed on Friday. In Saraqib, three soldiers were killed on Saturday."
    rows = [
        "| killed | 3 | military | ? | Saraqib | SYR | 2020-02-01 | 2020-02-01 | new |",
        "| killed | 3 | farmers | ? | Ariha | SYR | 2020-01-31 | 2020-01-31 | new |",
    ]
    path.write_text(f"# E\n\n## P\n\n*Daily Example, 2020-02-02*\n\n{text}\n\n" + "\n".join([HEADER, *rows]) + "\n")
    (passage,) = read_passages(path)
    assert list(list_wrong_fields([judge_passage(passage)])) == []


def test_judge_passage_where_nothing_is_stated_counts_what_was_read(tmp_path: Path) -> None:
    judged = judge_rows(tmp_path)
    assert measure_fields([judged]) == {"recall": 0, "precision": 0}
    assert len(list(list_wrong_fields([judged]))) == 2


def test_write_fields_has_a_line_for_each_file_half_and_all(tmp_path: Path) -> None:
    judged = judge_rows(tmp_path, DEAD, HURT.replace("Ariha", "Homs"))
    header, *lines = write_fields([judged])
    assert [line.split()[:3] for line in lines] == [[name, "1", "2"] for name in ("first/wire", "first", "all")]
    cells = dict(zip(header.split()[3:], lines[-1].split()[3:], strict=True))
    assert (cells["recall"], cells["place"], cells["via"]) == ("1.00", "0.50", "-")


def test_main_prints_the_gold_and_keeps_the_second_half_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--misses"]) in {DONE, FALLEN}
    shown = capsys.readouterr().out
    assert "gold period" in shown
    assert f"gold/{FIRST}/" in shown
    assert f"gold/{SECOND}/" not in shown
    wrong = [line for line in list_wrong_fields(judge_gold()) if line.startswith(f"gold/{FIRST}/")]
    assert [line for line in shown.splitlines() if line.startswith("gold/")] == wrong
