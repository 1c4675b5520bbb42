"""Matches: where the frames fit a sentence, each as links of victims with what happened to them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

import regex

from parsers.alphabets import load_alphabet
from parsers.frames import MACROS, TAKES, Frame
from parsers.grammar import ACTS, STATES, Piece
from parsers.links import AUXILIARIES, UNDERGONE, Link, counts_things, is_weak
from parsers.records import Unit
from parsers.subjects import (
    describes,
    has_own_subject,
    heads_wholes,
    is_of_another,
    is_of_those_before,
    opens_clause,
    shot_another,
)

ABOUT_SUBJECTS = frozenset({STATES, UNDERGONE, ACTS, "<victims> were found <dead>"})
ASIDE = (frozenset({"theirs"}), frozenset({"people", "one"}), frozenset({"comma", "dash", "close"}))
ENDLESS, PATIENCE = 40, 0.05
"""Of a sentence of more chunks, the seconds that one search of one frame may take; most take a thousandth."""


def find_links(frame: Frame, chunks: Sequence[Piece], spelled: str) -> Iterator[Link]:
    """Yield what a frame links in a sentence, which ``spelled`` writes in the alphabet."""
    used: set[int] = set()
    for m in _find_matches(frame, spelled):
        victims = [start for start, _ in m.spans("victim")]
        triggers = set() if frame.fixed else {start for start, _ in m.spans("trigger")}
        if triggers and triggers <= used:
            continue  # what stands between the first subject and its verb is no second subject
        if frame.name in ABOUT_SUBJECTS and _is_others(frame, chunks, victims[-1], min(triggers)):
            continue
        counted = _without_asides(victims, chunks)
        if triggers and counted and min(triggers) > counted[-1]:
            counted = _without_wholes(counted, chunks)
        if triggers:
            counted = [victim for victim in counted if victim < min(triggers) or not opens_clause(chunks, victim)]
        used |= triggers if counted else set()
        for victim in counted:
            if frame.fixed is None:
                named = m.start("kind") if "kind" in m.re.groupindex else -1
                for link in _worded(frame, victim, [start for start, _ in m.spans("trigger")], chunks):
                    yield link if named < 0 else replace(link, kind=named)
            else:
                yield from _fixed(frame, victim, m.end() - 1 if m.start() == counted[0] else m.start(), chunks)


def _find_matches(frame: Frame, spelled: str) -> Iterator["regex.Match[str]"]:
    """Yield where a frame fits, each from behind the first victim of the one before."""
    pattern, endless, at = load_alphabet().compile(frame.pattern, MACROS), len(spelled) > ENDLESS, 0
    while at < len(spelled):
        try:
            m = pattern.search(spelled, at, timeout=PATIENCE) if endless else pattern.search(spelled, at)
        except TimeoutError:
            return  # an endless list that no frame can make sense of
        if not m:
            return
        yield m
        at = max(at + 1, m.starts("victim")[0] + 1)


def _has_nearer(chunks: Sequence[Piece], victim: int, trigger: int) -> bool:
    """Whether a participle stands right behind others than the first people: "staff to help the 300 displaced"."""
    if "lives" in {sense.role for sense in chunks[victim].senses}:
        return "killed" not in chunks[trigger].metrics("state", *TAKES)  # "180 lives, with a million people homeless"
    if victim >= trigger - 2 or "group" not in chunks[trigger - 1].roles:
        return False
    first = chunks[victim].group
    joined = chunks[trigger - 2].roles & {"and", "or", "comma", "slash", "open", "including", "of"}
    return first is None or first.quantity is None or (not joined and first.unit != _unit(chunks[trigger - 1]))


def _is_others(frame: Frame, chunks: Sequence[Piece], victim: int, trigger: int) -> bool:
    """Whether a trigger is said of others than the first people before it."""
    if frame.name == STATES and _has_nearer(chunks, victim, trigger):
        return True  # "staff to help the 300 people displaced": the 300
    if shot_another(chunks, victim, trigger) or describes(chunks, trigger) or is_of_another(chunks, victim, trigger):
        return True
    return has_own_subject(chunks, victim, trigger, AUXILIARIES)


def _is_aside(chunks: Sequence[Piece], victim: int) -> bool:
    """Whether a number with its noun only says who some were: "13 died, four of them herders, and 20 were hurt"."""
    roles = [chunk.roles for chunk in chunks[victim + 1 : victim + 4]]
    return len(roles) == len(ASIDE) and all(role & wanted for role, wanted in zip(roles, ASIDE, strict=True))


def _without_asides(victims: Sequence[int], chunks: Sequence[Piece]) -> list[int]:
    """Return the victims that are no asides; none where nobody else is counted."""
    if len(victims) > 1 and is_of_those_before(chunks, victims[0]):
        victims = victims[1:]  # they are of another verb: "killed two guards, one at home, and five were hurt"
    others = [victim for victim in victims if not _is_aside(chunks, victim)]
    groups = [chunks[victim].group for victim in others]
    counted = len(others) == len(victims) or any(group and group.quantity for group in groups)
    return others if counted else []


def _without_wholes(victims: Sequence[int], chunks: Sequence[Piece]) -> list[int]:
    """Return the victims without those of whom only some are meant: "of 30 passengers, 4 died"."""
    return [
        victim
        for victim, part in zip_longest(victims, victims[1:])
        if part is None or not (heads_wholes(chunks, victim) or _are_theirs(chunks, part))
    ]


def _are_theirs(chunks: Sequence[Piece], part: int) -> bool:
    """Whether a number is one of those before it: "30 men, 4 of whom", "30 men, of whom 4"."""
    beside = (*chunks[part - 1 : part], *chunks[part + 1 : part + 2])
    return any("theirs" in chunk.roles for chunk in beside)


def _unit(chunk: Piece) -> Unit | None:
    return chunk.group.unit if chunk.group else None


def _worded(frame: Frame, victim: int, triggers: Sequence[int], chunks: Sequence[Piece]) -> Iterator[Link]:
    for trigger in triggers:
        metrics = tuple(dict.fromkeys(chunks[trigger].metrics(*frame.needs)))
        if metrics and not counts_things(chunks, trigger):
            yield Link(victim, trigger, metrics, frame, is_weak(chunks[trigger]))


def _fixed(frame: Frame, victim: int, trigger: int, chunks: Sequence[Piece]) -> Iterator[Link]:
    group = chunks[victim].group
    metric = frame.fixed.get(group.unit if group else None) if frame.fixed else None
    if metric:
        yield Link(victim, trigger, (metric,), frame, weak=False)
