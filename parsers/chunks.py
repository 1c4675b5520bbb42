"""Chunks: pieces put together as one noun phrase, with the group that it counts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from parsers.grammar import HEAD_MARKS, MARKED_KINDS, Group, Piece, Sense
from parsers.nouns import unit_of
from parsers.records import Qualifier, Quantity, Unit

NAMING_ROLES = frozenset({"victim", "state", "takes.ed", "event", "lives", "toll", "wound", "outcome", "doom"})
"""Roles of words that say what befell the people whom they name."""


def make_chunk(
    pieces: Sequence[Piece], kind: str, *, head: Piece | None, quantity: Quantity | None, **marks: Any
) -> Piece:
    """Make one chunk of consecutive pieces."""
    start, end = pieces[0].start, pieces[-1].end
    senses = tuple(dict.fromkeys([sense for piece in pieces for sense in piece.senses if _names_victims(sense)]))
    number = (quantity.start, quantity.end) if quantity else (start, end)
    unit = unit_of(head) if head else None
    group = Group((start, end), number, quantity, unit, head.text if head else "", senses=senses, **marks)
    roles = frozenset({kind}) | (head.roles & HEAD_MARKS if head and kind in MARKED_KINDS else frozenset())
    if kind == "group" and group.unit is Unit.DWELLING:
        roles |= {"fallen"}
    if group.of_whole and kind in MARKED_KINDS:
        roles |= {"partitive"}
    if kind in {"people", "one"} and group.unit is Unit.DWELLING:
        roles = frozenset({"np"}) | (roles & {"camp", "safe", "refuge"} or {"home"})
    return Piece(start, end, " ".join(piece.text for piece in pieces), roles, senses, quantity, group, tuple(pieces))


def _names_victims(sense: Sense) -> bool:
    return sense.role in NAMING_ROLES


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
