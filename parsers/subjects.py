"""Subjects: whose a verb is, where others stand before it or the people counted do something themselves."""

from collections.abc import Sequence

from parsers.grammar import Piece

COUNTED = frozenset({"group", "elliptic", "unknown"})
NOUNS = frozenset({"named", "np", "thing", "adverb", "prep", "of", "at"})
PHRASES = 6
"""How many chunks of place and time may stand between people and their verb."""
HARMED = frozenset({"takes.ed", "weak.ed"})
PASSIVE = frozenset({"be", "live.ed", "live.base", "live.ing"})
OF_ANOTHER = ("of", "named", "comma", "who")
BREAKS = frozenset({"comma", "stop", "pause", "colon", "dash", "open", "quote", "and", "but"})
BARE = ("takes.base", "weak.base")


def act_themselves(chunks: Sequence[Piece], victim: int) -> bool:
    """Whether people do something themselves in the perfect: "three detainees had barricaded a workshop"."""
    behind = list(chunks[victim + 1 : victim + 2 + PHRASES])
    while behind and behind[0].roles & NOUNS and not behind[0].roles & {"have", "ved"}:
        behind.pop(0)
    if not behind or not behind[0].roles & {"have", "attempt"}:
        return False
    if "attempt" in behind[0].roles:
        return True
    verb = next((chunk.roles for chunk in behind[1:] if "adverb" not in chunk.roles), frozenset())
    return bool(verb & {"attempt", "ved", *HARMED}) and not verb & PASSIVE


def has_own_subject(chunks: Sequence[Piece], victim: int, trigger: int, between: frozenset[str]) -> bool:
    """Whether a verb belongs to people behind the first: "guides who survived the flood in which 14 tourists died".

    ``between`` holds the roles that may stand between a subject and its verb.
    """
    at = trigger - 1
    while at > victim and chunks[at].roles & between:
        at -= 1
    if at > victim + 2 and "named" in chunks[at].roles and "who" in chunks[at - 1].roles:
        return not any("say" in chunk.roles for chunk in chunks[at:trigger])  # "a friend wrote that Ana was found dead"
    if at > victim + 2 and "who" in chunks[at].roles and "killed" in chunks[victim].metrics("victim"):
        return "of" in chunks[at - 2].roles and bool(chunks[at - 1].roles & COUNTED)  # "the body of a man who vanished"
    if at > victim + 2 and "theirs" in chunks[at].roles and chunks[at - 1].roles & COUNTED:
        return True  # "the gunman, who shot 13 people, five of whom died"
    if at <= victim + 1 or not chunks[at].roles & COUNTED:
        return False
    if heads_wholes(chunks, victim):
        return True  # "of the 30 who were aboard, 20 swam ashore, six drowned"
    before = chunks[at - 1].roles
    return bool(before & {"who", "theirs"}) or ("with" in before and "does.ing" in chunks[trigger].roles)


def is_of_another(chunks: Sequence[Piece], victim: int, trigger: int) -> bool:
    """Whether a verb is said of the name whose relative is told: "a widow of Ali Saad, who was killed in 2014"."""
    behind = [chunk.roles for chunk in chunks[victim + 1 : min(victim + 1 + len(OF_ANOTHER), trigger)]]
    told = len(behind) == len(OF_ANOTHER) and all(role in roles for role, roles in zip(OF_ANOTHER, behind, strict=True))
    return told and any("related" in piece.roles for piece in chunks[victim].pieces)


def shot_another(chunks: Sequence[Piece], victim: int, trigger: int) -> bool:
    """Whether "dead" is said of those whom the people shot: "two men who shot the settler dead"."""
    shot = trigger - len(("shot", "the settler"))
    if "outcome" not in chunks[trigger].roles or shot <= victim:
        return False
    return bool(chunks[shot].roles & HARMED) and not chunks[shot - 1].roles & {"be", "and"}


def describes(chunks: Sequence[Piece], trigger: int) -> bool:
    """Whether a word only says which people another phrase is about: "for fleeing fighters", "resulting in dead"."""
    if trigger and "cause.ing" in chunks[trigger - 1].roles and "state" in chunks[trigger].roles:
        return True
    ends = chunks[trigger - 1].roles & {"prep", "of"} if trigger else frozenset()
    behind = chunks[trigger + 1].roles if trigger + 1 < len(chunks) else frozenset()
    return bool("does.ing" in chunks[trigger].roles and ends and behind & {"people", "one"})


def lacks(chunks: Sequence[Piece], trigger: int) -> bool:
    """Whether people are without something of their own: "40,000 people are missing a front tooth"."""
    behind = chunks[trigger + 1 : trigger + 2]
    return any("np" in chunk.roles and not any("time" in piece.roles for piece in chunk.pieces) for chunk in behind)


def is_purpose(chunks: Sequence[Piece], trigger: int) -> bool:
    """Whether a verb says what somebody is to do: "sent his police to arrest a preacher", "told him to jail them"."""
    if not chunks[trigger].roles.intersection(BARE) or trigger <= 1:
        return False
    return "to" in chunks[trigger - 1].roles and not chunks[trigger - 2].roles & {"say", "have", "not"}


def opens_clause(chunks: Sequence[Piece], victim: int) -> bool:
    """Whether one of several is only described: "with her two sons, one of whom was four months old"."""
    told = any(piece.roles >= {"oneof", "including"} for piece in chunks[victim].pieces)
    return told and any("be" in chunk.roles for chunk in chunks[victim + 1 : victim + 2])


def heads_wholes(chunks: Sequence[Piece], victim: int) -> bool:
    """Whether people are named at the head of a clause only for some of them to be counted: "of 30 passengers"."""
    heads = victim == 1 or (victim > 1 and bool(chunks[victim - 2].roles & BREAKS))
    return heads and "whole" in chunks[victim - 1].roles


def is_of_those_before(chunks: Sequence[Piece], victim: int) -> bool:
    """Whether a number right behind a larger one says where some of those were: "killed two guards, one at home"."""
    if victim <= 1 or victim + 1 >= len(chunks) or "elliptic" not in chunks[victim].roles:
        return False
    before, group = chunks[victim - 2].group, chunks[victim].group
    if not (before and group and before.many and before.quantity and group.quantity):
        return False
    beside = "comma" in chunks[victim - 1].roles and bool(chunks[victim + 1].roles & {"prep", "at"})
    return beside and (group.quantity.low or 0) < (before.quantity.low or 0)
