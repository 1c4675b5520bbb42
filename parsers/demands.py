"""Demands: what the words of a sentence must be, put together, for a rule to count somebody by them.

A rule says which chunks it needs; here these become the words that such chunks are made of, so that a sentence can be
judged before it is chunked. A demand is stated in marks: the roles of words, their senses, and a few names of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parsers.alphabets import load_needs
from parsers.frames import DOES, EARLIER, FRAMES, HOUSED, PARTS, RIVALS, TAKEN_TOO, TREATED, Frame
from parsers.grammar import ACTS, UNITS, Sense
from parsers.needs import NOTHING, VICTIM, Clause, Needs, both, drop_implied
from parsers.records import MOVES, Unit
from parsers.references import EVENTS

NUMBER = "number"
"""The mark of a word that may be part of a number."""
ANYWHERE = frozenset(
    {"np", "named", "name", "lower", "ved", "ving", "adverb"}
    | {"comma", "open", "close", "quote", "stop", "pause", "colon", "dash", "bar", "slash", "poss", "and"}
)
"""Roles that words of no table have, and marks of punctuation: they are taken to be there."""
NONE: frozenset[str] = frozenset()
Demand = tuple[Clause, Needs]
"""The marks of the words that a rule starts from, of which one must be there, and what else must."""
PEOPLE: frozenset[Unit | None] = frozenset({Unit.PERSON, Unit.HOUSEHOLD})
NUMBERED = frozenset({NUMBER, "a", "another", "no", "oneof", "his"})
"""What a counted group has: a number, or the word that counts one or none: "a nurse", "no casualties", "his wife"."""
EVENT = frozenset({"event", "event.one", "event.many"})
CHUNKS = {
    "elliptic": frozenset({NUMBER, "oneof"}),
    "unknown": frozenset({NUMBER}),
    "share": frozenset({NUMBER}),
    "thing": frozenset({NUMBER}),
    "partitive": frozenset({NUMBER, "oneof"}),
    "kin": frozenset({"his"}),
    "he": frozenset({"he", "his"}),
    "event": EVENT,
    "events": EVENT | {"wound", "wound.one", "wound.many"},
    "toll": frozenset({"toll", "toll.one", "toll.many"}),
}
"""The marks of which one stands in a chunk of a kind that is not named by its noun."""
COUNTS = {
    "group": NUMBERED,
    "event": frozenset({NUMBER, "no"}),
    **{kind: CHUNKS[kind] for kind in ("elliptic", "unknown", "share", "thing")},
}
"""The marks of which one stands in a chunk of a kind that always has a number."""
BY_ITSELF: Mapping[str, Needs] = dict.fromkeys((TAKEN_TOO, TREATED), frozenset({frozenset({"sufferer"})}))
"""What frames that tell of harm only beside other harm need, where the sentence before has none."""
REFERRING = frozenset({"people", "one", "named", "he", "they", "another"})
"""Kinds of chunks without a number, which count by what stands before them, or as one: "he died", "the driver"."""


@dataclass(frozen=True, slots=True)
class Victims:
    """Who may be counted: people or homes, and whether words without a number can stand for them."""

    units: frozenset[Unit | None]
    told: bool


def mark_sense(sense: Sense, *, beside: bool) -> str:
    """Return the mark of a word's sense; ``beside`` says that it counts only where a word of its context stands."""
    return f"{sense.role} {sense.metric}{' beside' if beside else ''}"


def mark_context(metric: str) -> str:
    """Return the mark of a word of the context of a metric."""
    return f"context:{metric}"


def in_words(needs: Needs, victims: Victims) -> Needs:
    """Return what needs of chunks come to in words, for victims of a kind."""
    needed = {clause for clause in needs if clause.isdisjoint(ANYWHERE)}
    return drop_implied({*(_in_words(clause, victims) for clause in needed), *_numbered(needed, victims)})


def _in_words(clause: Clause, victims: Victims) -> Clause:
    return NONE.union(
        *(
            _victim_in_words(role.removeprefix(VICTIM), victims) if role.startswith(VICTIM) else _role_in_words(role)
            for role in clause
        )
    )


def _role_in_words(role: str) -> frozenset[str]:
    match role:
        case "people" | "one" | "group":
            return _nouns(frozenset(Unit)) | {"his"}
        case "home" | "fallen":
            return _nouns(frozenset({Unit.DWELLING})) | {role}
    return CHUNKS.get(role, frozenset({role}))


def _victim_in_words(role: str, victims: Victims) -> frozenset[str]:
    if role in REFERRING and not victims.told:
        return NONE
    match role:
        case "group" | "people" | "one":
            return _nouns(victims.units) | {"his"}
        case "named":
            # "Mayor Ana Bell", "Bell was murdered with her son", "Ana Bell and Jon Hall were killed"
            return _nouns(victims.units) | {"his", "personal.ed", "plural"}
        case "fallen":
            return _role_in_words(role)
    return CHUNKS.get(role, frozenset({role}))


def _numbered(needs: Iterable[Clause], victims: Victims) -> Iterator[Clause]:
    """Yield what makes up the numbers of victims who cannot be told without one."""
    for clause in needs:
        roles = {role.removeprefix(VICTIM) for role in clause if role.startswith(VICTIM)}
        if roles and not (victims.told and roles - COUNTS.keys()):
            yield NONE.union(*(COUNTS.get(role, NUMBERED) for role in roles - REFERRING))


def _nouns(units: frozenset[Unit | None]) -> frozenset[str]:
    return NONE.union(*(roles for roles, unit in UNITS if unit in units))


def find_victims(metric: str, units: Mapping[str, frozenset[Unit]]) -> Victims:
    """Return who a metric counts."""
    return Victims(frozenset(units[metric]), told=metric in EVENTS)


def list_demands(
    units: Mapping[str, frozenset[Unit]], roles: frozenset[str], senses: Iterable[tuple[Sense, bool]]
) -> list[Demand]:
    """Return the demands of all frames, of which a sentence must meet one.

    ``units`` says what each metric counts, ``roles`` and ``senses`` what there are in a vocabulary, the latter each
    with whether it counts only beside a word of its context.
    """
    by_role: dict[str, set[tuple[Sense, bool]]] = defaultdict(set)
    for sense, beside in senses:
        by_role[sense.role].add((sense, beside))
    by_start: dict[Clause, set[Needs]] = defaultdict(set)
    for frame in FRAMES:
        for start, rest in _fixed(frame, roles) if frame.fixed else _worded(frame, units, by_role):
            by_start[start].add(both(rest, BY_ITSELF.get(frame.name, NOTHING)))
    starts: dict[Needs, set[str]] = defaultdict(set)
    for start, rests in by_start.items():
        for rest in rests:
            if not any(_follows(rest, other) for other in rests if other != rest):
                starts[rest] |= start
    return [(frozenset(marks), rest) for rest, marks in starts.items()]


def _follows(needs: Needs, from_: Needs) -> bool:
    """Whether needs that are met meet others too, which then ask for less."""
    return all(any(clause <= other for clause in needs) for other in from_)


def _worded(
    frame: Frame, units: Mapping[str, frozenset[Unit]], by_role: Mapping[str, Iterable[tuple[Sense, bool]]]
) -> Iterator[tuple[Clause, Needs]]:
    """Yield the senses that fit a frame, each with what else must be there."""
    needs = load_needs(frame.pattern)
    for role in frame.needs:
        for sense, beside in by_role.get(role, ()):
            victims = Victims(PEOPLE, told=False) if frame.name == HOUSED else find_victims(sense.metric, units)
            rest = frozenset(clause for clause in in_words(needs, victims) if role not in clause)
            loose = beside and (role not in DOES or role == "does.ed" or frame.name == ACTS)
            context = frozenset({frozenset({mark_context(sense.metric)})}) if loose else NOTHING
            yield frozenset({mark_sense(sense, beside=beside)}), both(rest, context)


def _fixed(frame: Frame, roles: Iterable[str]) -> Iterator[tuple[Clause, Needs]]:
    """Yield the roles that a frame starts from which gives the metric itself, with what else must be there."""
    starts = frozenset(role for role in roles if role.partition(".")[0] in frame.needs)
    needs = load_needs(frame.pattern)
    by_unit = frame.fixed or {}
    for metric in set(by_unit.values()):
        units = frozenset(unit for unit, fixed in by_unit.items() if fixed == metric)
        yield starts, in_words(needs, Victims(units, told=metric in EVENTS))


def list_following(roles: frozenset[str], senses: Iterable[tuple[Sense, bool]]) -> list[Demand]:
    """Return the demands of the rules for what goes on from the figure before, of which a sentence must meet one.

    Where that was one of people who move, a loose verb needs no word of its context: "By evening 740 had gone home";
    where it was one of harm, "They also took four men" tells more of it.
    """
    victims = Victims(frozenset(Unit), told=False)
    parts = {in_words(load_needs(pattern), victims) for _, pattern in (*PARTS, *RIVALS, *EARLIER)}
    loose = (sense for sense, beside in senses if beside and sense.role in DOES and sense.metric in MOVES)
    goes_on = frozenset(mark_sense(sense, beside=True) for sense in loose)
    beside = (demand for frame in FRAMES if frame.name in BY_ITSELF for demand in _fixed(frame, roles))
    return [*((NUMBERED, needs) for needs in parts), (goes_on, frozenset({frozenset({NUMBER})})), *beside]
