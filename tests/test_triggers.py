"""Triggers: what cannot count is passed by, and nothing that counts ever is."""

from typing import Any

import pytest

from benchmarks.texts import read_prose, read_reports
from parsers import extract, pipeline
from parsers.alphabets import Spelled, spell
from parsers.frames import FRAMES, MACROS
from parsers.grammar import HOLE, Piece, read_hole
from parsers.needs import VICTIM, find_needs, find_order
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
        "He took a taxi to the station, where a friend met him.",
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


def test_may_count_takes_people_for_abducted_behind_other_harm_alone() -> None:
    assert not may_count("They also took four nurses.")
    assert may_count("They also took four nurses.", follows=True)
    assert may_count("They took 20 victims on the road.")


@pytest.mark.parametrize(("room", "look"), [(pipeline, "may_count"), (Spelled, "may_run")])
def test_no_figure_is_lost_to_a_first_look(room: Any, look: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [*read_reports(), *read_prose(), *(passage.report for passage in PASSAGES)]
    with_look = [extract(report) for report in reports]
    monkeypatch.setattr(room, look, lambda *_, **__: True)
    assert [extract(report) for report in reports] == with_look


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


@pytest.mark.parametrize(
    ("pattern", "steps"),
    [
        ("<a> <b>? <c|d>{2}", [{"a"}, {"c", "d"}]),
        ("(?: <a> <b> | <c> ) <d>", [{"a", "c"}, {"d"}]),
        ("(?: <a> | <b>? ) (?: <c> <d> )+", [{"c"}, {"d"}]),
        ("(?<! <a> ) (?= <b> ) (?P<victim><c>) <!d> (?: <e> ){0,2} ^ $", [{"c"}]),
    ],
)
def test_find_order(pattern: str, steps: list[set[str]]) -> None:
    assert [set(step) for step in find_order(pattern, {})] == steps


@pytest.mark.parametrize(
    ("roles", "fits"),
    [("group be takes.ed", True), ("the group comma be adverb takes.ed stop", True), ("takes.ed be group", False)],
)
def test_chunks_fit_steps_in_their_order_alone(roles: str, fits: bool) -> None:  # noqa: FBT001
    chunks = [Piece(at, at + 1, "", frozenset({role})) for at, role in enumerate(roles.split())]
    steps = tuple(frozenset({role}) for role in ("group", "be", "takes.ed"))
    assert spell(chunks).may_run(steps) is fits


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
