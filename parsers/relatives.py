"""Relatives: people who are named together as one, "a farmer, his wife and their four children"."""

from collections.abc import Sequence
from dataclasses import replace

from parsers.chunks import make_chunk, several
from parsers.grammar import NAMED_TOGETHER, TOGETHER, Piece
from parsers.nouns import unit_of
from parsers.records import OLDEST, Qualifier, Unit

COUPLE = "a <couple>"
KIN = frozenset({"related", "kith"})
LISTED = frozenset({"comma", "and"})
TELLS = frozenset({"comma", "dash", "colon"})
AGES = (frozenset({"comma", "aged"}), frozenset({"open"}))
"""What stands before a bare age: "his son, 12", "aged 12", "(12)"."""


def join_relatives(chunks: Sequence[Piece]) -> list[Piece]:
    """Count people who are named together as one: "a farmer, his wife and their four children" are six."""
    joined: list[Piece] = []
    at = 0
    while at < len(chunks):
        if chunks[at].group is None:  # most are words
            joined.append(chunks[at])
            at += 1
            continue
        end, value, least = _together(chunks, at)
        joined.append(_join(chunks[at:end], value, least) if end > at + 1 else chunks[at])
        at = max(end, at + 1)
    return joined


def _together(chunks: Sequence[Piece], at: int) -> tuple[int, int, int]:
    """Return where a person and his relatives end, how many they are, and at least how many more without a number."""
    end, value = _relatives_end(chunks, at)
    more = _uncounted(chunks, end) if value else None
    if more and value == 1 and not _is_kin(chunks[at]) and _is_theirs(chunks[more[0] - 1]):
        more = None
    if more is None:
        return (_closed_end(chunks, end) if end > at + 1 else end), value, 0
    told = _told_one_by_one(chunks, more[0])
    return (told[0], value + told[1], 0) if told else (more[0], value, more[1])


def _told_one_by_one(chunks: Sequence[Piece], at: int) -> tuple[int, int] | None:
    """Return the end and the number of relatives named behind a plural: "their children, a son and two daughters"."""
    first = at
    while first < len(chunks) and chunks[first].roles & TELLS:
        first += 1
    if first == at or first >= len(chunks) or not _is_kin(chunks[first]) or "a" not in chunks[first].pieces[0].roles:
        return None
    end, value = _relatives_end(chunks, first)
    return (end, value) if end > first + 1 else None


def _join(chunks: Sequence[Piece], value: int, more: int) -> Piece:
    """Return one chunk of a person with his relatives: so many, and at least so many more without a number."""
    span = (chunks[0].start, chunks[-1].end)
    quantity = several(*span, value, NAMED_TOGETHER if "named" in chunks[0].roles else TOGETHER)
    if more:
        quantity = replace(quantity, value=None, low=value + more, high=None, qualifier=Qualifier.AT_LEAST)
    head = chunks[0].pieces[-1]
    heads = " ".join(chunk.group.head for chunk in chunks if chunk.group)
    if not unit_of(head):
        head = head._replace(roles=frozenset({"person.many"}))  # a name is a person beside his wife
    chunk = make_chunk(chunks, "group", head=head._replace(text=heads), quantity=quantity)
    return chunk._replace(roles=chunk.roles | (chunks[0].roles & {"kin"}))


def _relatives_end(chunks: Sequence[Piece], at: int) -> tuple[int, int]:
    """Return where a person and his relatives end, and how many they are together; (at, 0) where it is no person."""
    value = _first(chunks, at)
    if not value:
        return at, 0
    end, kin = at + 1, _is_kin(chunks[at])
    while True:
        behind = _described_end(chunks, end)
        follow = _skip(chunks, behind)
        joined = behind < follow < len(chunks) and not _is_subject(chunks, follow + 1)
        if joined and value == 1 and not kin and _is_theirs(chunks[follow]):
            return end, value
        more = _relative(chunks, follow, kin=kin) if joined else 0
        if not more:
            told = end > at + 1 or _uncounted(chunks, behind) is not None
            return (behind, value) if told else (end, value)
        value += more
        end, kin = follow + 1, True


def _is_kin(chunk: Piece) -> bool:
    """Whether somebody is told as another's: "his wife", "Omar Hadid's wife Salma"."""
    return "kin" in chunk.roles or any("related" in piece.roles for piece in chunk.pieces)


def _is_theirs(chunk: Piece) -> bool:
    """Whether people are of several, and not of one before them: "she was married to Ali, and their children died"."""
    return bool(chunk.pieces) and "his" in chunk.pieces[0].roles and "own" not in chunk.pieces[0].roles


def _is_subject(chunks: Sequence[Piece], at: int) -> bool:
    """Whether a verb of one person stands there, so that a clause begins: "shot a farmer, and his wife was hurt"."""
    at = _described_end(chunks, at)
    return at < len(chunks) and "be" in chunks[at].roles and "plural" not in chunks[at].roles


def _skip(chunks: Sequence[Piece], at: int) -> int:
    while at < len(chunks) and chunks[at].roles & LISTED:
        at += 1
    return at


def _first(chunks: Sequence[Piece], at: int) -> int:
    """Return how many the person counts whose relatives may follow, a couple two; 0 where it is no person."""
    first = chunks[at].group
    if first is None or not chunks[at].pieces or first.of_whole:
        return 0
    if "named" in chunks[at].roles:
        return 0 if _is_no_victim(chunks, at) else 1
    if not (first.quantity or first.definite):
        return 0
    if first.quantity:
        one = first.single or first.quantity.value == 1 or first.quantity.rule == COUPLE
        return (first.quantity.value or 0) if one else 0
    return (first.implied or 1) if first.single else 0


def _is_no_victim(chunks: Sequence[Piece], at: int) -> bool:
    """Whether a name is a place or another's, behind "in" and "married to", or told: "two sons, Ali and Omar"."""
    before = [chunk.roles for chunk in chunks[max(at - 2, 0) : at]]
    if not before:
        return False
    told = before[-1] & LISTED and before[0] & {"named", "group", "comma"}
    return bool(told or before[-1] & {"prep", "poss", "to"})


def _described_end(chunks: Sequence[Piece], at: int) -> int:
    """Return the end of the name, the office and the age behind a person: "his son Adel, 12", "the head of Ardo"."""
    if at + 1 < len(chunks) and "of" in chunks[at].roles and "named" in chunks[at + 1].roles:
        at += 2
    if at < len(chunks) and "named" in chunks[at].roles:
        at += 1
    for marks in AGES:
        age = chunks[at + 1] if at + 1 < len(chunks) and chunks[at].roles & marks else None
        if age and age.text.isdecimal() and int(age.text) < OLDEST and "np" in age.roles:
            closed = at + 2 < len(chunks) and "close" in chunks[at + 2].roles
            return at + 3 if closed else at + 2
    return at


def _closed_end(chunks: Sequence[Piece], end: int) -> int:
    """Return the end with the comma that closes an age: "his son, 12, were killed"."""
    opened = end > 1 and chunks[end - 1].text.isdecimal() and "comma" in chunks[end - 2].roles
    return end + 1 if opened and end < len(chunks) and "comma" in chunks[end].roles else end


def _relative(chunks: Sequence[Piece], at: int, *, kin: bool) -> int:
    """Return how many a chunk such as "their four children", or a bare "son", counts, 0 where it does not say.

    ``kin`` says that relatives stand before it, so that "and three sons" are his too.
    """
    chunk = chunks[at]
    if not chunk.pieces or chunk.group is None or (at + 1 < len(chunks) and "poss" in chunks[at + 1].roles):
        return 0
    if "related" in chunk.pieces[0].roles and "one" in chunk.roles:
        return 1 if kin or "and" in chunks[at - 1].roles else 0  # "the comrade, brother Salim" is one
    if "his" not in chunk.pieces[0].roles:
        theirs = kin and "group" in chunk.roles and KIN & chunk.pieces[-1].roles
        return (chunk.group.quantity.value or 0) if theirs and chunk.group.quantity else 0
    if any(sense.role == "victim" for sense in chunk.group.senses) or chunk.group.unit is not Unit.PERSON:
        return 0  # "a man and his body", "and his family"
    if chunk.group.quantity is not None:
        return chunk.group.quantity.value or 0
    return 1 if "one" in chunk.roles else chunk.group.implied


def _uncounted(chunks: Sequence[Piece], at: int) -> tuple[int, int] | None:
    """Return the end of relatives without a number and the fewest that they are: "and their children", two."""
    follow = _skip(chunks, at)
    chunk = chunks[follow] if at < follow < len(chunks) else None
    if chunk is None or chunk.group is None or not chunk.pieces or "kin" not in chunk.roles or chunk.group.quantity:
        return None
    if chunk.group.unit is Unit.HOUSEHOLD:
        return follow + 1, 1
    return (follow + 1, 2) if "people" in chunk.roles and "related" in chunk.pieces[-1].roles else None
