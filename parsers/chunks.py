"""Chunks: pieces put together as one noun phrase, with the group that it counts."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from parsers.grammar import HEAD_MARKS, MARKED_KINDS, Group, Piece
from parsers.nouns import unit_of
from parsers.records import Qualifier, Quantity, Unit

NAMING_ROLES = frozenset({"victim", "state", "takes.ed", "event", "lives", "toll", "wound", "outcome", "doom"})
"""Roles of words that say what befell the people whom they name."""
KEPT = 1 << 12
"""How many sets of roles are kept with those that their chunks have; a language has fewer."""


def make_chunk(
    pieces: Sequence[Piece], kind: str, *, head: Piece | None, quantity: Quantity | None, **marks: Any
) -> Piece:
    """Make one chunk of consecutive pieces."""
    start, end = pieces[0].start, pieces[-1].end
    told = [sense for piece in pieces if piece.senses for sense in piece.senses if sense.role in NAMING_ROLES]
    senses = tuple(dict.fromkeys(told))
    number = (quantity.start, quantity.end) if quantity else (start, end)
    unit = unit_of(head) if head else None
    group = Group((start, end), number, quantity, unit, head.text if head else "", senses=senses, **marks)
    roles = _name_roles(kind, head.roles if head else None, unit, group.of_whole)
    text = " ".join([piece.text for piece in pieces])
    return Piece(start, end, text, roles, senses, quantity, group, tuple(pieces))


@lru_cache(maxsize=KEPT)
def _name_roles(kind: str, head: frozenset[str] | None, unit: Unit | None, of_whole: bool) -> frozenset[str]:  # noqa: FBT001
    """Return the roles of a chunk of a kind, with what it keeps of those of its head."""
    roles = frozenset({kind}) | (head & HEAD_MARKS if head and kind in MARKED_KINDS else frozenset())
    if kind == "group" and unit is Unit.DWELLING:
        roles |= {"fallen"}
    if of_whole and kind in MARKED_KINDS:
        roles |= {"partitive"}
    if kind in {"people", "one"} and unit is Unit.DWELLING and not (head and "victim" in head):
        roles = frozenset({"np"}) | (roles & {"camp", "safe", "refuge"} or {"home"})
    return roles


def several(start: int, end: int, value: int, phrase: str) -> Quantity:
    """Return the exact quantity that a phrase without a number stands for."""
    return Quantity(start, end, start, end, value, value, value, Qualifier.EXACT, phrase)


def none(start: int, end: int) -> Quantity:
    """Return the quantity of nobody: "no casualties"."""
    return several(start, end, 0, "no <people>")


def multiply(quantity: Quantity, number: int) -> Quantity:
    """Return the people in so many of a noun that holds a number, "two couples"; 0 where it holds none."""
    if number == 0:
        return quantity
    value, low, high = (
        None if count is None else count * number for count in (quantity.value, quantity.low, quantity.high)
    )
    return replace(quantity, value=value, low=low, high=high)


def number_in(noun: Piece) -> int:
    """Return the number that a noun holds ("couple"), 0 where it holds none."""
    return next((int(role.partition(".")[2]) for role in noun.roles if role.startswith("counts.")), 0)


def take_in(pieces: Sequence[Piece], chunk: Piece, *, definite: bool) -> Piece:
    """Return the chunk with its determiner taken in."""
    group = chunk.group
    if group is None:
        return chunk
    wider = Group(
        (pieces[0].start, chunk.end), group.number, group.quantity, group.unit, group.head,
        definite=definite, other=group.other, senses=group.senses,
    )  # fmt: skip
    return Piece(
        pieces[0].start,
        chunk.end,
        f"{pieces[0].text} {chunk.text}",
        chunk.roles,
        chunk.senses,
        chunk.quantity,
        wider,
        tuple(pieces),
    )
