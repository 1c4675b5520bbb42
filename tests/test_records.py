"""Records of the parsers: how they change."""

from dataclasses import replace
from typing import Any

import pytest

from parsers.records import Basis, Evidence, Figure, Metric, Qualifier, Reading

FIGURE = Figure(
    id="r:4:killed", report="r", metric=Metric.KILLED, value=12, low=12, high=12, qualifier=Qualifier.EXACT,
    quote="All 12 died.", span=(4, 6), rule="by hand", place="Goma",
)  # fmt: skip


@pytest.mark.parametrize("changes", [{}, {"place": None}, {"basis": Basis.STOCK, "value": 13, "span": (0, 6)}])
def test_figure_changes_as_dataclasses_replace_would(changes: dict[str, Any]) -> None:
    assert FIGURE.change(**changes) == replace(FIGURE, **changes)
    assert FIGURE.place == "Goma"


def test_figure_refuses_a_field_that_it_has_not() -> None:
    with pytest.raises(TypeError):
        FIGURE.change(village="Goma")


def test_reading_notes_why_its_figure_changed() -> None:
    reading = Reading(FIGURE, 0, (0, 12), (7, 11), (Evidence("value", (4, 6), "as printed"),))
    changed = reading.with_field(Evidence("place", None, "the town it is"), place="Bukavu")
    assert changed.figure.place == "Bukavu"
    assert [evidence.field for evidence in changed.evidence] == ["value", "place"]
    assert (changed.sentence, changed.clause, changed.trigger) == (0, (0, 12), (7, 11))
