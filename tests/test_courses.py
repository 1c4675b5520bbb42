"""How far an import is, for the bar that shows the time left."""

from pathlib import Path

from reports.courses import Course
from reports.readers import Known
from reports.workers import Worker

TABLE = "text,published\n" + "".join(
    f"Nine people died in fire {number} at Orvela.,2024-04-06\n" for number in range(9)
)


def follow(folder: Path) -> list[int | None]:
    """Read a folder; return what is expected in all before the first and after each item."""
    course = Course([folder])
    expected = [course.total]
    with Worker() as worker:
        expected += [course.total for _ in course.read(folder, Known(), worker)]
    return [*expected, course.total]


def test_courses_plain_files_are_counted_before(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("Nine died.", encoding="utf-8")
    assert follow(tmp_path) == [3] * 5


def test_courses_tables_are_estimated_from_those_before(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.csv").write_text(TABLE, encoding="utf-8")
    expected = follow(tmp_path)
    assert expected[0] is None
    assert expected[-1] == 36
    assert {one for one in expected if one} == {36}, "four files of one size hold as much each"


def test_courses_what_cannot_be_measured_is_no_error(tmp_path: Path) -> None:
    assert follow(tmp_path / "missing")[-1] == 1


def test_courses_without_files_nothing_is_expected() -> None:
    assert Course().total is None
