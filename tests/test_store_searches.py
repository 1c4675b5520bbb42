"""Words are found in reports and in quotes, alike in both kinds of database."""

from dataclasses import replace
from datetime import date
from typing import cast

import pytest

import store
import store.__main__ as door
from parsers import read_figures
from reports.records import Report
from store.words import HANDFUL

REPORTS = [
    Report("a", "Shelling killed three men in Déir Alma.\n\nThe market's roof fell in.", date(2021, 1, 3), "Post"),
    Report("b", "Floods in Alma: 1,200 people were displaced, the mayor said.", date(2021, 1, 5), "Mail", "High water"),
    Report("c", "Nobody was hurt when the roof of the school in Deir Alma burnt.", None, "Echo"),
    Report("d", "В Марне погибли пять человек. 东部", date(2021, 1, 1)),
]


def add_others(kept: store.Store, count: int) -> None:
    """Keep reports in which nothing is looked for."""
    for number in range(count):
        store.add_report(kept, Report(f"other {number}", f"Traders met for talks number {number}."), [])


@pytest.fixture(params=["waiting", "indexed"])
def filled(kept: store.Store, request: pytest.FixtureRequest) -> store.Store:
    """A store of reports that wait to be taken into the index of words, or are in it."""
    if request.param == "indexed":
        add_others(kept, HANDFUL - len(REPORTS))
    for report in REPORTS:
        store.add_report(kept, report, read_figures(report))
    return kept


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("alma", "bac"),
        ("ALMA roof", "ac"),
        ("deir", "ac"),
        ('"deir alma"', "ac"),
        ('"alma deir"', ""),
        ('"roof fell', "a"),
        ('roof "men in deir"', "a"),
        ("high water", "b"),
        ("1,200", "b"),
        ("погибли", "d"),
        ("东部", "d"),
        ("alm", ""),
        ("", ""),
        ("\"' OR 1=1 --", ""),
        ("roof* & (alma | !school):*", "c"),
        ("NEAR(roof alma)", ""),
    ],
)
def test_searches_reports(filled: store.Store, query: str, found: str) -> None:
    assert "".join(hit.report for hit in store.search_reports(filled, query)) == found


def test_searches_show_where(filled: store.Store) -> None:
    (hit,) = store.search_reports(filled, "deir men")
    start, end = hit.span
    assert REPORTS[0].text[start:end] == "men"
    assert hit.excerpt in REPORTS[0].text
    assert (hit.publisher, hit.published) == ("Post", date(2021, 1, 3))


@pytest.mark.parametrize(
    ("query", "numbers"), [("alma", [1200, 3, 0]), ("men alma", [3]), ("fell", []), ('"in alma"', [1200])]
)
def test_searches_quotes(filled: store.Store, query: str, numbers: list[int]) -> None:
    frame = store.read_figures(filled).set_index("id")
    hits = store.search_quotes(filled, query)
    assert [frame.loc[cast("str", hit.figure), "value"] for hit in hits] == numbers


def test_searches_stop_at_the_limit(filled: store.Store) -> None:
    assert [hit.report for hit in store.search_reports(filled, "alma", limit=2)] == ["b", "a"]
    assert len(store.search_quotes(filled, "alma", limit=1)) == 1


def test_searches_leave_older_versions_out(kept: store.Store) -> None:
    url = "https://example.org/a"
    old = Report("x", "The bridge at Orr was lost in the storm.", date(2021, 1, 1), "Post", url=url)
    new = replace(old, id="x@2", text=f"{old.text} Two ferries run.", published=date(2021, 1, 2))
    store.add_report(kept, old, [])
    store.add_report(kept, new, [])
    assert [hit.report for hit in store.search_reports(kept, "bridge")] == ["x@2"]


def test_searches_of_a_long_report(kept: store.Store) -> None:
    text = " ".join(f"word{number}" for number in range(60_000))
    assert store.add_report(kept, Report("long", f"Orr {text}", None), [])
    add_others(kept, HANDFUL)
    assert store.search_reports(kept, "word100 word200")


def test_searches_forget_what_is_deleted_in_the_index_and_before_it(kept: store.Store) -> None:
    for number in range(HANDFUL + 4):
        store.add_report(kept, Report(f"n{number}", f"The ferry sank at pier{number}."), [])
    for gone, next_number in ((HANDFUL + 3, 40), (HANDFUL - 1, 41), (2, 42)):
        store.delete_reports(kept, [f"n{gone}"], who="ann", why="asked")
        store.add_report(kept, Report(f"n{next_number}", f"The ferry sank at pier{next_number}."), [])
    add_others(kept, 2 * HANDFUL)
    numbers = {*range(HANDFUL + 3), 40, 41, 42} - {HANDFUL - 1, 2}
    assert {hit.report for hit in store.search_reports(kept, "ferry")} == {f"n{number}" for number in numbers}
    assert all(len(store.search_reports(kept, f"pier{number}")) == (number in numbers) for number in range(43))


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (['"deir alma"'], ["2021-01-03\tPost\ta\t", "\tEcho\tc\t"]),
        (["alma", "--limit", "1"], ["2021-01-05\tMail\tb\t"]),
        (["displaced", "--quotes"], ["2021-01-05\tMail\t"]),
        (["nowhere"], []),
    ],
)
def test_search_command_prints_what_is_found(
    filled: store.Store, capsys: pytest.CaptureFixture[str], words: list[str], lines: list[str]
) -> None:
    address = filled.engine.url.render_as_string(hide_password=False)
    assert door.main(["search", *words, "--database", address]) == 0
    shown = capsys.readouterr()
    found = shown.out.splitlines()
    assert len(found) == len(lines)
    assert all(line.startswith(start) for line, start in zip(found, lines, strict=True))
    assert shown.err == f"{len(lines)} found\n"
