"""Noun phrases: where one ends, which word heads it, and what that word counts."""

from collections.abc import Sequence
from functools import lru_cache

from parsers.grammar import UNITS, Piece
from parsers.records import Unit

NOUNS = ("person", "household", "dwelling", "thing", "event", "wound", "victim", "lives", "toll")
NOUN_ROLES = frozenset(f"{noun}.{number}" for noun in NOUNS for number in ("one", "many"))
ONE_ROLES = frozenset(f"{noun}.one" for noun in NOUNS)
MANY_ROLES = frozenset(f"{noun}.many" for noun in NOUNS)
LOOSE_ROLES = frozenset({"lower", "name"})
MODIFIER_ROLES = LOOSE_ROLES | {"ved", "ving", "state", "takes.ed", "weak.ed", "poss", "slash", "does.ed"}
VERBAL_ROLES = frozenset({"ved", "ving", "takes.ed", "weak.ed", "state", "does.ed"})
KNOWN_VERBS = frozenset({"takes.ed", "weak.ed", "does.ed", "state"})
UNDERGONE_ROLES = frozenset({"state", "takes.ed"})
ASIDE_STARTS = frozenset({"open", "comma"})
KEPT = 1 << 12
"""How many sets of roles are kept with what they come to; a language has fewer."""
LONGEST_RUN = 9
LONGEST_GAP = 4
LONGEST_ASIDE = 10
DENIED = ("not", "number", "comma")
"""Behind a comma: the number that the words take back."""


def find_noun_end(pieces: Sequence[Piece], at: int, *, verbal: bool = True) -> tuple[int, int] | None:
    """Return (head, end) of the noun phrase whose modifiers start at ``at``; None without a known noun.

    A participle may lead the modifiers ("12 wounded people"), not stand between a noun and what it does.
    """
    first = at
    while (
        first < len(pieces)
        and first - at < LONGEST_RUN
        and (not _is_head(pieces[first], verbal=verbal) or modifies_unknown(pieces, first))
    ):
        aside = _aside_end(pieces, first)
        if aside is None and first > at and _joins_modifiers(pieces, first):
            first += 1
            continue
        if aside is None and (not _modifies(pieces[first], verbal=verbal) or _is_measured(pieces, first)):
            return None
        verbal = verbal and (
            aside is not None or not pieces[first].roles & LOOSE_ROLES or bool(pieces[first].roles & VERBAL_ROLES)
        )
        first = aside or first + 1
    if first >= len(pieces) or not _is_head(pieces[first], verbal=verbal) or _is_verb_here(pieces, first):
        return None
    head = first
    while True:
        after = _aside_end(pieces, head + 1) or head + 1
        while (
            after < len(pieces)
            and after - head < LONGEST_GAP
            and (_is_loose(pieces[after]) or "poss" in pieces[after].roles or _is_contracted(pieces, head, after))
        ):
            after = _aside_end(pieces, after + 1) or after + 1
        if after >= len(pieces) or not _joins(pieces, after):
            return head, head + 1
        if _is_numbered(pieces, head, after):
            return head, after + 1
        head = after


def _is_numbered(pieces: Sequence[Piece], head: int, at: int) -> bool:
    """Whether people stand behind the number of them, which they do not head: "the number of displaced villagers"."""
    return at == head + 1 and "toll.one" in pieces[head].roles and "person.many" in pieces[at].roles


def _is_contracted(pieces: Sequence[Piece], head: int, at: int) -> bool:
    """Whether a participle ties an organisation to its people: "UN agency contracted staff"."""
    if "ved" not in pieces[at].roles:
        return False
    body = "name" in pieces[at - 1].roles or kind_of(pieces[head]) == "thing" or "contract" in pieces[at].roles
    return body and any(piece.roles & {"person.one", "person.many"} for piece in pieces[at + 1 : at + 3])


def _is_loose(piece: Piece) -> bool:
    return bool(piece.roles & LOOSE_ROLES) and not piece.roles & VERBAL_ROLES


def _joins_modifiers(pieces: Sequence[Piece], at: int) -> bool:
    """Whether an "and" joins two modifiers: "new and repeated displacements", not ages: "9 and 11 and wounding"."""
    if "and" not in pieces[at].roles or at + 1 >= len(pieces):
        return False
    around = (pieces[at - 1], pieces[at + 1])
    return all(piece.roles & MODIFIER_ROLES and not piece.text.isdecimal() for piece in around)


def _is_head(piece: Piece, *, verbal: bool) -> bool:
    """Whether the piece is a noun; "wounded" is one behind a number or an article only."""
    return not piece.roles.isdisjoint(NOUN_ROLES) and (verbal or piece.roles.isdisjoint(UNDERGONE_ROLES))


def modifies_unknown(pieces: Sequence[Piece], at: int) -> bool:
    """Whether "dead" or "wounded" belongs to an unknown noun: "12 dead links"."""
    if "state" not in pieces[at].roles or at + 1 >= len(pieces) or _is_measured(pieces, at + 1):
        return False
    after = pieces[at + 1].roles
    return "lower" in after and not after & VERBAL_ROLES


def _is_verb_here(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a participle that could head a noun phrase takes an object: "the flooding displaced 90,000"."""
    after = pieces[at + 1].roles if at + 1 < len(pieces) else frozenset()
    if "takes.ing" in pieces[at].roles:
        return bool(after & {"number", "a"})  # "a bomb exploded at the terminal killing nine people"
    if "takes.base" in pieces[at].roles and at:
        subject = pieces[at - 1].roles & (NOUN_ROLES | {"name"})
        return bool(subject) and _counts_objects(pieces, at + 1)
    if "adverb" in after and at + 2 < len(pieces):
        after = pieces[at + 2].roles  # "the flooding displaced only 400"
    return bool(pieces[at].roles & {"takes.ed"} and after & {"number", "a", "the", "share", "another"})


def _counts_objects(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a number stands there that counts no things and no time: "blast wounds 12", not "wounds 3 cm deep"."""
    at += at + 1 < len(pieces) and "another" in pieces[at].roles
    behind = pieces[at + 1].roles if at + 1 < len(pieces) else frozenset()
    counted = at < len(pieces) and "number" in pieces[at].roles
    return counted and not behind & {"thing.one", "thing.many", "time", "lower"}


def _modifies(piece: Piece, *, verbal: bool) -> bool:
    if piece.roles & KNOWN_VERBS:
        return verbal
    return bool(piece.roles & MODIFIER_ROLES)


def _is_measured(pieces: Sequence[Piece], at: int) -> bool:
    """Whether another number follows what befell people: "three trapped 900 metres underground"."""
    return at > 0 and pieces[at].text.isdigit() and not pieces[at - 1].roles.isdisjoint(VERBAL_ROLES)


def _aside_end(pieces: Sequence[Piece], at: int) -> int | None:
    """Return where a short aside ends, if one starts here: "3 NGO (1 French, 2 local) staff", "7, not 8, people"."""
    if at >= len(pieces) or pieces[at].roles.isdisjoint(ASIDE_STARTS):
        return None
    if "comma" in pieces[at].roles:
        said = [piece.roles for piece in pieces[at + 1 : at + 1 + len(DENIED)]]
        is_denied = len(said) == len(DENIED) and all(role in roles for role, roles in zip(DENIED, said, strict=True))
        return at + 1 + len(DENIED) if is_denied else None
    for end in range(at + 1, min(at + LONGEST_ASIDE, len(pieces))):
        if "close" in pieces[end].roles:
            return end + 1
    return None


def _joins(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the piece goes on a compound noun ("police officers", "refugee camps")."""
    roles = pieces[at].roles
    if at and "does.base" in roles and "person.many" in pieces[at - 1].roles:
        return False  # "displaced people shelter in schools"
    if roles & {"takes.ing", "takes.base"} and _is_verb_here(pieces, at):
        return False
    return bool(roles & NOUN_ROLES) and not roles & {"prep", "state", "takes.ed", "weak.ed", "time"}


def find_unknown_end(pieces: Sequence[Piece], at: int) -> int:
    """Return the end of a run of unknown words that may be a noun phrase."""
    end = at
    while (
        end < len(pieces)
        and end - at < LONGEST_RUN
        and pieces[end].roles & LOOSE_ROLES
        and not pieces[end].roles & {"ved", "ving"}
    ):
        end += 1
    return end


def may_be_people(head: Piece) -> bool:
    """Whether a noun that no table knows may name people: "Afghans", not "howitzers"."""
    return "name" in head.roles


def unit_of(head: Piece) -> Unit | None:
    """Return what a noun counts one by one, None where it counts neither people nor homes."""
    return _choose_unit(head.roles)


@lru_cache(maxsize=KEPT)
def _choose_unit(roles: frozenset[str]) -> Unit | None:
    return next((unit for nouns, unit in UNITS if not nouns.isdisjoint(roles)), None)


def kind_of(head: Piece) -> str:
    """Return the kind of chunk that a noun heads: group, event, thing, toll, or np for any other."""
    return _choose_kind(head.roles)


@lru_cache(maxsize=KEPT)
def _choose_kind(roles: frozenset[str]) -> str:
    if roles & {"wound.one", "wound.many"} and not roles & {"event.one", "event.many"}:
        return "wound"
    if roles & {"event.one", "event.many"} and not roles & {"person.one", "person.many"}:
        return "event"
    if roles & {"thing.one", "thing.many"} and not roles & {"person.one", "person.many"}:
        return "thing"
    if roles & {"toll.one", "toll.many"}:
        return "toll"
    return "group" if _choose_unit(roles) else "np"
