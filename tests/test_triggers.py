"""Triggers: what cannot count is passed by, and nothing that counts ever is."""

import pytest

from benchmarks.texts import read_prose, read_reports
from parsers import extract, pipeline
from parsers.frames import FRAMES, MACROS
from parsers.grammar import HOLE, read_hole
from parsers.needs import VICTIM, find_needs
from parsers.triggers import load_triggers, may_count
from tests.test_passages import PASSAGES


@pytest.mark.parametrize(
    "sentence",
    [
        "Shares of the brewer lost 12 per cent after its chief left on Monday.",
        "The bill was killed in committee.",
        "The band left the stage, and the festival moved to the harbour.",
        "Rain damaged the pitch, and the attack collapsed before lunch.",
        "The orchestra needs a new home.",
    ],
)
def test_may_count_passes_by_what_counts_nobody(sentence: str) -> None:
    assert not may_count(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Around 6,000 peopledisplaced by the floods are in schools.",
        "The driver was hurt.",
        "Houses/shelters burned: 40",
        "THE TOLL ROSE TO NINE",
        "They were shot a week later.",
        "Mayor Ilse Karan was murdered.",
        "Half of the town fled.",
    ],
)
def test_may_count_keeps_what_may_count(sentence: str) -> None:
    assert may_count(sentence)


def test_no_figure_is_lost_to_the_triggers(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [*read_reports(), *read_prose(), *(passage.report for passage in PASSAGES)]
    with_triggers = [extract(report) for report in reports]
    monkeypatch.setattr(pipeline, "may_count", lambda *_, **__: True)
    assert [extract(report) for report in reports] == with_triggers


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("<a> <b>? <c|d>", [{"a"}, {"c", "d"}]),
        ("<a> | <b> <c>", [{"a", "b"}, {"a", "c"}]),
        ("(?P<victim><a|b>) (?! <c> ) (?<= <d> ) (?: <e> ){0,2} <!f>", [{f"{VICTIM}a", f"{VICTIM}b"}, {"d"}]),
        ("(?: <a> <b> ){1,3} ^ $", [{"a"}, {"b"}]),
        ("<a> <a|b>", [{"a"}]),
    ],
)
def test_find_needs(pattern: str, needs: list[set[str]]) -> None:
    assert set(find_needs(pattern, {})) == {frozenset(clause) for clause in needs}


def test_all_frames_need_something_that_they_name() -> None:
    for frame in FRAMES:
        named = {
            role
            for pattern in (frame.pattern, *MACROS.values())
            for m in HOLE.finditer(pattern)
            for role in read_hole(m)
        }
        needed = {role.removeprefix(VICTIM) for clause in find_needs(frame.pattern, MACROS) for role in clause}
        assert needed
        assert needed <= named


def test_a_word_is_marked_once_however_often_it_stands() -> None:
    load_triggers.cache_clear()
    assert not may_count("The yen fell. " * 50)
    assert load_triggers("en").mark.cache_info().misses == 3  # type: ignore[attr-defined]
