"""Refusals: links that count nobody after all, for what else the words of the sentence say."""

from collections.abc import Sequence

from parsers.frames import LISTED, LOSSES, NUMBERED
from parsers.grammar import ACTS, CAME, STATES, Group, Piece
from parsers.links import FORCED, THEMSELVES, Link
from parsers.records import HOMES, MOVES, OLDEST, Metric, Status
from parsers.subjects import act_themselves, is_purpose, lacks
from parsers.tables import load_section

STATES_OF_PEOPLE = frozenset({Metric.ABDUCTED, Metric.DETAINED, Metric.REFUGEES})
BODY = "the <body> of <victims>"
AGES = frozenset({Metric.KILLED, Metric.INJURED, Metric.MISSING, Metric.ABDUCTED, Metric.DETAINED})
"""Of whom a list of names gives the ages."""
MONEY, SUM = 1_000_000_000, 1_000_000
"""A number without a noun that no people reach, and one that a verb of many senses may well say of money."""


def counts_nobody(link: Link, metric: Metric, status: Status, chunks: Sequence[Piece]) -> bool:
    """Whether what a frame links is no figure: nobody is there, nobody is harmed, or the number is none of people."""
    victim = chunks[link.victim]
    roomy = status is Status.PROJECTED and _has_room(link, chunks)
    if roomy or _does_it(link, metric, chunks) or _was_before(link, chunks):
        return True
    if not victim.group or (link.frame.name == CAME and not _are_registered(victim.group)):
        return victim.group is not None  # "900 people have arrived in Lyon", for a trade fair
    none = status is Status.PROJECTED and _is_none(victim.group)
    if none or _is_age(link, metric, victim.group, chunks) or _is_one_who_left(link, metric, victim):
        return True  # none: "no child should go hungry"
    if _is_none_said(metric, victim) or _is_none_of_them(victim) or _is_no_body(link, victim.group, chunks):
        return True
    of_many = metric is Metric.IN_NEED or (metric in HOMES and link.frame.name == THEMSELVES)
    of_many = of_many or (metric in HOMES and _is_of_many(victim.group))
    if (of_many or _tells_many(link, chunks)) and not victim.group.many:
        # "a person in need", "bought a damaged house", "the loss of a pilot to a rival", "the youngest is a child"
        return True
    sought = metric is Metric.MISSING and link.weak  # "searched for 12 causes"
    return "elliptic" in victim.roles and (sought or _is_money(victim.group, weak=link.weak))


def _was_before(link: Link, chunks: Sequence[Piece]) -> bool:
    """Whether a number is what another was before, and no subject: "cut to 84 from 95 after some were found"."""
    before = chunks[max(link.victim - 3, 0) : link.victim]
    return (
        link.trigger > link.victim
        and len(before) == len(("to", "84", "from"))
        and all(role in chunk.roles for role, chunk in zip(("to", "elliptic", "from"), before, strict=True))
    )


def _tells_many(link: Link, chunks: Sequence[Piece]) -> bool:
    """Whether a frame says a number of several, so that one person is told in it for another reason."""
    numbered = link.frame.name == NUMBERED and any("be" in c.roles for c in chunks[link.trigger : link.victim])
    return (numbered and not _is_one_of_them(link, chunks)) or link.frame.name == LOSSES


def _is_one_of_them(link: Link, chunks: Sequence[Piece]) -> bool:
    """Whether one stands in a list of who several were: "the dead were a policeman and two soldiers"."""
    if not chunks[link.trigger].roles & {"people", "events"}:
        return False
    before, behind = chunks[link.victim - 2 : link.victim], chunks[link.victim + 1 : link.victim + 3]
    listed = (pair for pair in (before, behind) if len(pair) > 1 and {"comma", "and"} & (pair[0].roles | pair[1].roles))
    return any("group" in chunk.roles for pair in listed for chunk in pair)


def _is_single(chunk: Piece) -> bool:
    return chunk.group is not None and chunk.group.single


def _is_none(group: Group) -> bool:
    return group.quantity is not None and group.quantity.value == 0


def _is_none_said(metric: Metric, victim: Piece) -> bool:
    """Whether nobody is counted in passing: "no arrests", of a crime whose victims are; "12 were hurt, none badly"."""
    return (
        victim.group is not None and _is_none(victim.group) and (metric is Metric.DETAINED or "degree" in victim.roles)
    )


def _is_of_many(group: Group) -> bool:
    """Whether one of something holds many homes, or none: "a building collapsed"."""
    return group.single and group.head in load_section("en", "people").words("premises")


def _is_none_of_them(victim: Piece) -> bool:
    """Whether only a kind of wounds is denied: "none of the injuries were life-threatening"."""
    group = victim.group
    return group is not None and _is_none(group) and group.of_whole and "event" in victim.roles


def _is_no_body(link: Link, group: Group, chunks: Sequence[Piece]) -> bool:
    """Whether a body is told with its owner, "a dead body of an infant", or is none: "the body of 200 delegates"."""
    trigger, behind = chunks[link.trigger], chunks[link.victim + 1 : link.victim + 3]
    if link.frame.name == THEMSELVES:
        of_one = len(behind) > 1 and "of" in behind[0].roles and "group" in behind[1].roles and _is_single(behind[1])
        return group.single and of_one
    return link.frame.name == BODY and group.many and ("one" in trigger.roles or _is_single(trigger))


def _does_it(link: Link, metric: Metric, chunks: Sequence[Piece]) -> bool:
    """Whether people do what the verb says: "300 photographers shot the moment", "50 detainees had tried to ..."."""
    if chunks[link.victim].roles & {"he", "they"}:
        purpose = link.trigger < link.victim and is_purpose(chunks, link.trigger)
        if purpose or (link.victim > 0 and "doubt" in chunks[link.victim - 1].roles):
            return True  # "raids to kill him", "whether she was killed"
    if link.frame.name == THEMSELVES:
        return metric in STATES_OF_PEOPLE and act_themselves(chunks, link.victim)
    if link.frame.name == FORCED:
        return "takes.base" in chunks[link.trigger].roles and metric not in MOVES  # "sent 600 men to seize powder"
    if link.frame.name == STATES:
        return _takes_object(chunks, link.trigger)
    return metric is Metric.MISSING and lacks(chunks, link.trigger)


def _is_age(link: Link, metric: Metric, group: Group, chunks: Sequence[Piece]) -> bool:
    """Whether a list gives ages: "Killed: Ana Bell (34)"; "Deaths by province: Idlib 34" counts."""
    if link.frame.name != LISTED or metric not in AGES or group.quantity is None:
        return False
    counts = any("by" in chunk.roles for chunk in chunks[link.trigger + 1 : link.victim])
    return not counts and (group.quantity.low or 0) <= OLDEST


def _is_one_who_left(link: Link, metric: Metric, victim: Piece) -> bool:
    """Whether a report only meets somebody who left: "a woman who fled the town said", not "one family fled"."""
    if metric not in MOVES or link.frame.name != ACTS or victim.group is None or not victim.group.single:
        return False
    return not victim.group.many and not any("number" in piece.roles for piece in victim.pieces)


def _has_room(link: Link, chunks: Sequence[Piece]) -> bool:
    """Whether a building is said to have room for people, who are not there: "can accommodate 30,000 guests"."""
    return "live.base" in chunks[link.trigger].roles and link.trigger < link.victim


def _are_registered(group: Group) -> bool:
    """Whether people are called what agencies call those whom they register: "12,000 individuals"."""
    head = group.head.split()[-1]
    return group.many and bool({head, head.removesuffix("s")} & load_section("en", "people").words("registered"))


def _is_money(group: Group, *, weak: bool) -> bool:
    """Whether a bare number is too large for people: "beating the 380 million that analysts expected"."""
    value = group.quantity.value if group.quantity else None
    return value is not None and value >= (SUM if weak else MONEY)


def _takes_object(chunks: Sequence[Piece], trigger: int) -> bool:
    """Whether a verb has an object of its own behind it, with an article: "killed the play", not "killed the day"."""
    if " " in chunks[trigger].text:
        return False  # "evacuated from the town" is one word for a verb
    behind = [chunk.pieces for chunk in chunks[trigger + 1 : trigger + 2] if chunk.pieces]
    timed = any("time" in piece.roles for pieces in behind for piece in pieces)
    return not timed and any(pieces[0].roles & {"the", "a"} for pieces in behind)
