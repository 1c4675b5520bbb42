"""The order of the stages as a whole: what a report gets that takes too long or cannot be read."""

import pytest

from parsers import UnknownLanguageError, budgets, read_figures
from parsers.errors import UnfinishedReportWarning
from reports.records import Report

TEXT = "Nine people were killed on Monday. Twelve people were injured on Tuesday."


def test_read_figures_names_a_report_that_takes_more_than_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(100))
    monkeypatch.setattr(budgets, "monotonic", lambda: next(ticks))
    monkeypatch.setattr(budgets, "BUDGET", 1)
    with pytest.warns(UnfinishedReportWarning, match="slow: read up to character 35 of 73 before its time"):
        readings = read_figures(Report(id="slow", text=TEXT))
    assert [reading.figure.value for reading in readings] == [9]


def test_read_figures_keeps_the_precision_of_the_rule() -> None:
    assert all((reading.figure.confidence or 0) > 0.5 for reading in read_figures(Report(id="a", text=TEXT)))


def test_read_figures_refuses_a_language_without_words() -> None:
    with pytest.raises(UnknownLanguageError, match=r"add parsers/lexicon/fr\.toml"):
        read_figures(Report(id="b", text="Douze personnes sont mortes.", language="fr"))


def test_read_figures_reads_thousands_of_figures_in_their_length() -> None:
    # Each sentence counts afresh: a stage that looks back over all of them would not end.
    text = " ".join(f"They killed {number} people." for number in range(10, 510))
    assert len(read_figures(Report(id="long", text=text))) == 500
