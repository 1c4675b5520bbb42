"""The same report twice: identical content, another version at the same address, one text in many papers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

import store
from parsers import read_figures
from reports.fields import derive_id
from reports.records import Report
from store.copies import pair_twins
from store.imports import keep_reports

DAY = date(2021, 5, 4)
AGENCY = (
    "A landslide buried part of the market town of Lerwin early on Tuesday after a night of rain. "
    "It killed 14 people, the district governor said, and nine people were injured. "
    "The road to the valley was cut in three places, and the army sent two helicopters with blankets, water and "
    "a field kitchen. Schools will stay closed until the end of the week, according to the governor's office."
)
SHORT = "Gunmen killed four farmers near Dallo on Monday, the police said."


def make(text: str, publisher: str | None = "Northern Post", published: date | None = DAY, url: str = "") -> Report:
    return Report(derive_id(text, publisher, published), text, published, publisher, url=url or None)


def keep(kept: store.Store, *reports: Report) -> list[bool]:
    return [store.add_report(kept, report, read_figures(report)) for report in reports]


def list_values(kept: store.Store, known: date | None = None) -> list[tuple[str, float]]:
    frame = store.read_figures(kept, known=known)
    return list(zip(frame["metric"], frame["value"], strict=True))


def test_entries_identical_content_is_one_report_whatever_its_id(kept: store.Store) -> None:
    report = make(SHORT)
    assert keep(kept, report, replace(report, id="another"), replace(report, url="https://example.org/a")) == [
        True,
        False,
        False,
    ]
    assert not store.has_report(kept, "another")
    assert list_values(kept) == [("killed", 4)]


def test_versions_newest_counts_and_the_old_stays_readable(kept: store.Store) -> None:
    url = "https://example.org/lerwin"
    old = make(AGENCY, url=url)
    new = make(AGENCY.replace("14 people", "19 people"), published=DAY + timedelta(2), url=f"{url}/#update")
    assert keep(kept, old, new) == [True, True]
    assert list_values(kept) == [("killed", 19), ("injured", 9)]
    assert store.read_report(kept, old.id) == old
    assert store.read_versions(kept, old.id) == store.read_versions(kept, new.id) == [old, new]
    assert store.read_copies(kept, new.id) == [new]


@pytest.mark.parametrize(("days", "killed"), [(-1, []), (0, [14]), (1, [14]), (2, [19]), (5, [19]), (6, [21])])
def test_versions_as_known_on_a_day(kept: store.Store, days: int, killed: list[int]) -> None:
    url = "https://example.org/lerwin"
    for count, later in ((14, 0), (21, 6), (19, 2)):  # the second version is found last
        keep(kept, make(AGENCY.replace("14", str(count)), published=DAY + timedelta(later), url=url))
    frame = store.read_figures(kept, known=DAY + timedelta(days))
    assert list(frame.loc[frame["metric"].eq("killed"), "value"]) == killed
    assert [value for metric, value in list_values(kept) if metric == "killed"] == [21]


def test_versions_without_a_date_follow_the_one_before(kept: store.Store) -> None:
    url = "https://example.org/lerwin"
    keep(kept, make(AGENCY, url=url), make(AGENCY.replace("14", "16"), published=None, url=url))
    assert list_values(kept)[0] == ("killed", 16)
    assert list_values(kept, DAY)[0] == ("killed", 16)
    assert list_values(kept, DAY - timedelta(1)) == []


def test_versions_other_texts_at_one_address_all_count(kept: store.Store) -> None:
    url = "https://example.org/live"
    others = make("Three fishermen drowned off Sarn on Sunday when their boat sank, the harbour said.", url=url)
    keep(kept, make(SHORT, url=url), others)
    assert len(list_values(kept)) == 2
    assert len(store.read_versions(kept, others.id)) == 1


def test_versions_records_with_ids_of_their_own_may_cite_one_address(kept: store.Store) -> None:
    notes = [replace(make(SHORT.replace("four", count), url="https://example.org/list"), id=count) for count in "25"]
    keep(kept, *notes)
    assert list_values(kept) == [("killed", 2), ("killed", 5)]


def test_versions_under_one_id_get_an_id_of_their_own(kept: store.Store) -> None:
    old = replace(make(AGENCY, url="https://example.org/77"), id="77")
    new = replace(make(AGENCY.replace("14", "15"), published=DAY + timedelta(1), url=old.url or ""), id="77")
    for _ in range(2):
        outcomes = list(keep_reports(kept, [old, new]))
        assert [outcome.error for outcome in outcomes] == [None, None]
    assert list_values(kept)[0] == ("killed", 15)
    first, second = store.read_versions(kept, "77")
    assert (first, second) == (old, replace(new, id=second.id))
    assert second.id.startswith("77@")


def test_copies_in_other_papers_are_linked_and_kept(kept: store.Store) -> None:
    original = make(AGENCY)
    shortened = make(AGENCY.replace(" in three places", "").replace("early ", ""), "Southern Mail", DAY + timedelta(1))
    keep(kept, original, shortened, make(SHORT, "Eastern Star"))
    assert store.read_copies(kept, shortened.id) == [original, shortened]
    frame = store.read_figures(kept)
    copies = frame[frame["copy_of"].notna()]
    assert set(copies["report"]) == {shortened.id}
    assert list(copies["value"]) == [14, 9]
    assert list(copies["copy_of"]) == list(frame.loc[frame["report"].eq(original.id), "id"])


@pytest.mark.parametrize(
    "other",
    [
        make(SHORT, "Eastern Star", DAY + timedelta(30)),
        make(SHORT, "Northern Post", DAY + timedelta(1)),
        make(SHORT, None, DAY + timedelta(1)),
        make(SHORT.replace("four", "five"), "Eastern Star"),
        make(SHORT.replace("Dallo", "Merin"), "Eastern Star"),
    ],
    ids=["a month later", "the same paper on another day", "who knows whose", "another number", "another place"],
)
def test_copies_of_other_events_are_none(kept: store.Store, other: Report) -> None:
    keep(kept, make(SHORT), other)
    assert store.read_copies(kept, other.id) == [other]
    assert store.read_figures(kept)["copy_of"].isna().all()


def test_copies_with_another_number_count_for_themselves(kept: store.Store) -> None:
    updated = make(AGENCY.replace("14 people", "17 people"), "Southern Mail")
    keep(kept, make(AGENCY), updated)
    frame = store.read_figures(kept)
    assert len(store.read_copies(kept, updated.id)) == 2
    assert list(frame.loc[frame["copy_of"].notna(), "value"]) == [9]


def test_copies_stand_for_an_original_that_is_not_asked_for(kept: store.Store) -> None:
    late = make(AGENCY, "Northern Post", DAY + timedelta(2))
    keep(kept, late, make(AGENCY, "Southern Mail"), make(AGENCY, "Western Echo", DAY + timedelta(1)))
    assert store.read_figures(kept)["copy_of"].notna().sum() == 4
    before = store.read_figures(kept, known=DAY + timedelta(1))
    first = list(before.loc[before["copy_of"].isna(), "id"])
    assert len(first) == 2
    assert list(before.loc[before["copy_of"].notna(), "copy_of"]) == first


def test_copies_pair_each_figure_once() -> None:
    same = dict.fromkeys(
        ("metric", "value", "low", "high", "qualifier", "unit", "group", "basis", "status", "start", "end", "precision")
    )
    figures = [{"id": name, "quote": "Two died, two died.", **same} for name in "ab"]
    assert list(pair_twins(figures, [{**figures[0], "id": "z"}])) == [("a", "z")]
