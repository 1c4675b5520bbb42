"""The order of the stages as a whole: what a report gets that takes too long or cannot be read."""

import warnings
from itertools import count

import pytest

from benchmarks.texts import read_garbage
from parsers import UnknownLanguageError, budgets, read_figures, worlds
from parsers.errors import ContradictedTotalWarning, UnfinishedReportWarning
from parsers.records import Sentence
from reports.records import Report

TEXT = "Nine people were killed on Monday. Twelve people were injured on Tuesday."


def test_read_figures_names_a_report_that_takes_more_than_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(100))
    monkeypatch.setattr(budgets, "thread_time", lambda: next(ticks))
    monkeypatch.setattr(budgets, "BUDGET", 1 / budgets.FINDING)
    monkeypatch.setattr(budgets, "BEFORE", count(1))
    with pytest.warns(UnfinishedReportWarning, match="slow: read up to character 35 of 73 before its time"):
        readings = read_figures(Report(id="slow", text=TEXT))
    assert [reading.figure.value for reading in readings] == [9]


def test_read_figures_gives_the_first_report_the_time_to_load_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(100))
    monkeypatch.setattr(budgets, "thread_time", lambda: next(ticks))
    monkeypatch.setattr(budgets, "BUDGET", 1 / budgets.FINDING)
    monkeypatch.setattr(budgets, "BEFORE", count())
    assert [reading.figure.value for reading in read_figures(Report(id="first", text=TEXT))] == [9, 12]


def test_read_figures_keeps_the_precision_of_the_rule() -> None:
    assert all((reading.figure.confidence or 0) > 0.5 for reading in read_figures(Report(id="a", text=TEXT)))


def test_read_figures_refuses_a_language_without_words() -> None:
    with pytest.raises(UnknownLanguageError, match=r"add parsers/lexicon/de\.toml"):
        read_figures(Report(id="b", text="Zwölf Menschen sind gestorben.", language="de"))


def test_read_figures_looks_once_at_each_sentence_for_a_story(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    def look(sentence: Sentence) -> bool:
        looks.append(sentence.text)
        return False

    monkeypatch.setattr(worlds, "is_story", look)
    text = " ".join(f"The army said that shelling killed {number} people." for number in range(10, 60))
    assert len(read_figures(Report(id="long", text=text))) == 50
    assert len(looks) == 50


def test_read_figures_reads_thousands_of_figures_in_their_length() -> None:
    # Each sentence counts afresh: a stage that looks back over all of them would not end.
    text = " ".join(f"They killed {number} people." for number in range(10, 510))
    assert len(read_figures(Report(id="long", text=text))) == 500


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Seventeen people, including 19 children, were killed.", "characters 0 to 9 say 17 killed, .* make 19"),
        ("The strike killed 17 people (nine men, six women and four children).", "18 to 20 say 17 killed, .* make 19"),
        ("Five people were killed: three soldiers and four civilians.", "characters 0 to 4 say 5 killed, .* make 7"),
        ("Three soldiers and two civilians were killed, six people in all.", "46 to 49 say 6 killed, .* make 5"),
    ],
)
def test_read_figures_flags_a_total_that_its_parts_contradict(text: str, said: str) -> None:
    with pytest.warns(ContradictedTotalWarning, match=f"torn: .*{said}; both are kept as printed"):
        readings = read_figures(Report(id="torn", text=text))
    assert len([reading for reading in readings if reading.figure.part_of is None]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The strike killed 17 people (nine men, six women and two children).",
        "At least 17 people, including 19 children, were killed.",
        "Seventeen people, including 12 civilians and nine children, were killed.",
        "Three soldiers and two civilians were killed, five people in all.",
        "Three soldiers and two civilians were killed on Monday, 40 in all since June.",
    ],
)
def test_read_figures_flags_no_total_that_its_parts_bear_out(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_figures(Report(id="whole", text=text))


@pytest.mark.parametrize(("name", "report"), list(read_garbage(30_000)), ids=lambda value: getattr(value, "id", ""))
def test_read_figures_ends_on_what_nobody_wrote(name: str, report: Report) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it may be unfinished, and its totals contradict their parts
        readings = read_figures(report)
    assert all(report.text[slice(*reading.figure.span)] for reading in readings), name


def test_read_figures_keeps_what_stands_before_text_without_sentence_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "ENDLESS_BUDGET", 0)
    endless = "and the men whom they took were killed " * 200
    with pytest.warns(UnfinishedReportWarning, match="read up to character"):
        readings = read_figures(Report(id="endless", text=f"Nine people were killed.\n\n{endless}"))
    assert [reading.figure.value for reading in readings] == [9]
