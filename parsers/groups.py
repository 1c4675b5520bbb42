"""Counted groups: a quantity with its noun phrase, the bare noun that counts one, and the phrases that count nobody.

The first stage of the cascade: pieces go in, chunks come out, one for each noun phrase; all other pieces pass.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache

from parsers.chunks import make_chunk, multiply, none, number_in, several, take_in
from parsers.grammar import Piece
from parsers.nouns import (
    LOOSE_ROLES,
    MANY_ROLES,
    MODIFIER_ROLES,
    NOUN_ROLES,
    ONE_ROLES,
    VERBAL_ROLES,
    find_noun_end,
    find_unknown_end,
    kind_of,
    may_be_people,
    modifies_unknown,
    unit_of,
)
from parsers.portions import share_out
from parsers.records import GRAVE, HOMES, Unit
from parsers.relatives import join_relatives

BARE_VERB_ROLES = frozenset(f"{verb}.{form}" for verb in ("takes", "weak", "does") for form in ("base", "ing")) | {
    "ving"
}
VERB_STARTS = VERBAL_ROLES | {"be", "have", "modal", "does.base", "suffer.ed", "leave.ed"}
HARM_ROLES = ("takes.ed", "takes.ing", "takes.base", "does.ed", "state")
OWNER_ROLES = LOOSE_ROLES | {"poss", *NOUN_ROLES}
LONGEST_OWNER = 5
TWO = 2
FAR = 10
"""How many words may stand between people and "were" with who they were."""
FILLERS = frozenset({"the", "other", "adverb"})
LEADERS = ("victim", "event")
"""The nouns that lead others: who is held or fled, and what befell them."""
UNCOUNTED = {"event": "events", "toll": "toll", "wound": "events", "led": "np"}
NOT_THEY = frozenset({"wound", "led"})
"""Behind a number: "two stab wounds" are one man's, "three massacres" no three dead, and "the 1996 hostage drama" is no
number of hostages."""
KEPT = 1 << 12
"""How many sets of roles are kept with what they start; a language has fewer."""
Reader = Callable[[Sequence[Piece], int], tuple[Piece, int] | None]


def find_groups(pieces: Sequence[Piece]) -> list[Piece]:
    """Chunk the pieces of a sentence: noun phrases become one piece each, the others pass as they are.

    The roles of a chunk: group (counted people or homes), unknown (counted, noun not in a table), elliptic (a number
    without a noun), event (counted deaths and the like), thing (anything else counted), people and one (uncounted),
    events, named, np.
    """
    chunks: list[Piece] = []
    pieces = _name_ages(pieces)
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        read = _choose_reader(piece.roles)
        found = read(pieces, at) if read else None
        if found and "his" in piece.roles and found[0].roles & {"one", "people", "group"}:
            chunks.append(found[0]._replace(roles=found[0].roles | {"kin"}))
            at = found[1]
        elif found:
            chunks.append(found[0])
            at = found[1]
        else:
            chunks.append(piece)
            at += 1
    return join_relatives(chunks)


@lru_cache(maxsize=KEPT)
def _choose_reader(roles: frozenset[str]) -> Reader | None:
    """Return what reads a noun phrase that starts with a piece of these roles, None where none does."""
    if roles & {"number", "share"}:
        return _counted
    if "oneof" in roles:
        return _one_of
    if roles & {"a", "the", "no", "another"}:
        return _article
    modifies = roles & MODIFIER_ROLES and not roles & {"poss", "slash"}
    return _uncounted if modifies or (roles & NOUN_ROLES and not roles & {"prep"}) else None


def _uncounted(pieces: Sequence[Piece], at: int) -> tuple[Piece, int] | None:
    """Chunk a noun phrase without a determiner, or let a verb pass; "armed men" behind a preposition is no verb."""
    return _verb_first(pieces, at) or _bare(pieces, at)


def _verb_first(pieces: Sequence[Piece], at: int) -> tuple[Piece, int] | None:
    """Let a verb form pass that no article precedes: "killed people", not "the killed people"."""
    verbal = pieces[at].roles & (VERBAL_ROLES | BARE_VERB_ROLES)
    if at and "ved" in pieces[at].roles and pieces[at - 1].roles & {"prep", "by", "of", "with", "crowd"}:
        return None
    nominal = at + 1 < len(pieces) and "of" in pieces[at + 1].roles and pieces[at].roles & NOUN_ROLES
    return (pieces[at], at + 1) if verbal and not nominal else None


def _counted(pieces: Sequence[Piece], at: int) -> tuple[Piece, int]:
    """Chunk a noun phrase that starts with a number."""
    number = pieces[at]
    quantity = number.quantity
    follow = at + 1
    other = False
    while follow < len(pieces) and pieces[follow].roles & {"other", "adverb"} and not pieces[follow].roles & NOUN_ROLES:
        other = other or "other" in pieces[follow].roles
        follow += 1
    if "share" in number.roles:
        return _share(pieces, at)
    if follow < len(pieces) and "of" in pieces[follow].roles:
        partitive = _partitive(pieces, at, follow)
        if partitive:
            return partitive
    found = find_noun_end(pieces, follow) if follow < len(pieces) else None
    if found:
        head, end = found
        led = quantity is not None and quantity.value != 1 and _leads_on(pieces, found)
        kind = "led" if led else kind_of(pieces[head])
        kind = "wound" if kind == "event" and "manifold" in pieces[head].roles else kind
        if kind in NOT_THEY:
            return make_chunk(pieces[at:end], UNCOUNTED[kind], head=pieces[head], quantity=None), end
        kind = "group" if kind == "thing" and _are_harmed_homes(pieces, at, head) else kind
        kind = "group" if kind == "toll" and "victim" in pieces[head].roles else kind  # "the 640,000 people in need"
        end = _name_end(pieces, found) if quantity and quantity.value == 1 else end
        quantity = multiply(quantity, number_in(pieces[head])) if quantity else None
        chunk = make_chunk(pieces[at:end], kind, head=pieces[head], quantity=quantity, other=other)
        return _with_body(pieces, chunk, end)
    if follow < len(pieces) and modifies_unknown(pieces, follow):
        follow += 1  # "12 dead links"
    end = find_unknown_end(pieces, follow)
    if end > follow and not other:
        kind = "unknown" if may_be_people(pieces[end - 1]) else "thing"
        return make_chunk(pieces[at:end], kind, head=pieces[end - 1], quantity=quantity), end
    chunk = make_chunk(pieces[at:follow], "elliptic", head=None, quantity=quantity, other=other)
    hurt = "degree" in pieces[follow - 1].roles  # "eight were wounded, three seriously"
    return chunk._replace(roles=chunk.roles | {"degree"}) if hurt else chunk, follow


def _are_harmed_homes(pieces: Sequence[Piece], at: int, head: int) -> bool:
    """Whether a noun for a place of refuge means what people lived in: "a fire destroyed 214 shelters"."""
    if unit_of(pieces[head]) is not Unit.DWELLING:
        return False
    behind = head + 1
    while _at(pieces, behind, {"be", "have", "adverb"}):
        behind += 1
    beside = [*pieces[max(at - 1, 0) : at], *pieces[behind : behind + 1]]
    return any(metric in HOMES for piece in beside for metric in piece.metrics(*HARM_ROLES))


def _with_body(pieces: Sequence[Piece], chunk: Piece, end: int) -> tuple[Piece, int]:
    """Take in whose members are counted: "two members of the security forces"."""
    if "members" not in chunk.roles or end >= len(pieces) or "of" not in pieces[end].roles or chunk.group is None:
        return chunk, end
    start = end + 1
    while start < len(pieces) and pieces[start].roles & {"the", "a"}:
        start += 1
    found = find_noun_end(pieces, start) if start < len(pieces) else None
    close = find_unknown_end(pieces, found[1] if found else start)
    if close <= start:
        return chunk, end
    group = replace(chunk.group, span=(chunk.start, pieces[close - 1].end))
    return chunk._replace(end=pieces[close - 1].end, group=group), close


def _share(pieces: Sequence[Piece], at: int) -> tuple[Piece, int]:
    """Chunk "half of whom", "a third of the city's residents": a number to be worked out from its whole."""
    end = at + 1
    if end < len(pieces) and "including" in pieces[end].roles:
        end += 1  # "half of whom"
    elif end < len(pieces) and "of" in pieces[end].roles:
        end += 1
        while end < len(pieces) and pieces[end].roles & {"the", "other", "they"}:
            end += 1
        counted = _share_of_number(pieces, at, end)
        if counted:
            return counted
        found = find_noun_end(pieces, end) if end < len(pieces) else None
        end = found[1] if found else end
    return make_chunk(pieces[at:end], "share", head=None, quantity=pieces[at].quantity), end


def _share_of_number(pieces: Sequence[Piece], at: int, end: int) -> tuple[Piece, int] | None:
    """Chunk "half of the 600 homes", "two thirds of the village's 900 homes": the number that the share comes to."""
    follow = end
    while follow < len(pieces) and follow - end < LONGEST_OWNER and pieces[follow].roles & OWNER_ROLES:
        follow += 1
    owned = follow == end or "poss" in pieces[follow - 1].roles
    if not owned or not _at(pieces, follow, {"number"}):
        return None
    chunk, close = _counted(pieces, follow)
    if _says_who(pieces, chunk, close):
        return None  # "a third of the 96 wounded were students": the whole is a figure too
    share, whole = pieces[at].quantity, pieces[follow].quantity
    if chunk.group is None or "group" not in chunk.roles or share is None or whole is None:
        return None
    quantity = share_out(share, whole)
    span = (pieces[at].start, chunk.end)
    group = replace(chunk.group, span=span, quantity=quantity, number=(quantity.start, quantity.end))
    return chunk._replace(start=span[0], quantity=quantity, group=group), close


def _says_who(pieces: Sequence[Piece], chunk: Piece, close: int) -> bool:
    """Whether a counted phrase names by itself what befell people, and the words behind say only who some were."""
    if not any(sense.role in {"victim", "event", "state"} for sense in chunk.senses):
        return False
    behind = pieces[close : close + FAR]
    be = next((index for index, piece in enumerate(behind) if "plural" in piece.roles), FAR)
    kind = next((piece.roles for piece in behind[be + 1 :] if "adverb" not in piece.roles), frozenset())
    between = frozenset().union(*(piece.roles for piece in behind[:be]))
    return not between & {"comma", "stop"} and "person.many" in kind and not kind & {"state", "takes.ed"}


def _partitive(pieces: Sequence[Piece], at: int, of: int) -> tuple[Piece, int] | None:
    """Chunk "hundreds of people" and "two of his guards"; "three of the 12 workers" is left to the parts."""
    follow = of + 1
    definite = False
    while follow < len(pieces) and pieces[follow].roles & {"other", "the", "they"}:
        definite = definite or "the" in pieces[follow].roles
        follow += 1
    if follow < len(pieces) and "number" in pieces[follow].roles:
        counted, end = _counted(pieces, follow)
        return (
            (make_chunk(pieces[at:end], "thing", head=None, quantity=None), end) if "thing" in counted.roles else None
        )
    quantity = pieces[at].quantity
    found = find_noun_end(pieces, follow) if follow < len(pieces) else None
    if found:
        head, end = found
        return make_chunk(
            pieces[at:end], kind_of(pieces[head]), head=pieces[head], quantity=quantity, of_whole=definite
        ), end
    end = find_unknown_end(pieces, follow)
    if end > follow:
        kind = "unknown" if may_be_people(pieces[end - 1]) else "thing"
        return make_chunk(pieces[at:end], kind, head=pieces[end - 1], quantity=quantity, of_whole=definite), end
    if follow > of + 1:
        return make_chunk(
            pieces[at:follow], "elliptic", head=None, quantity=quantity, other=True, of_whole=definite
        ), follow
    return None


def _one_of(pieces: Sequence[Piece], at: int) -> tuple[Piece, int] | None:
    """Chunk the one person who is told of a group: "one of the drivers died", "one of them later died"."""
    if at and pieces[at - 1].roles & {"be", "adverb", "to", "prep"}:
        return None  # "she was one of those killed"
    quantity = several(pieces[at].start, pieces[at].end, 1, "one of <people>")
    follow = at + 1
    if _at(pieces, follow, {"degree", "outcome"}) and _at(
        pieces, follow + 1, {"comma", "stop", "close", "dash", "and"}
    ):
        chunk = make_chunk(pieces[at : follow + 1], "elliptic", head=None, quantity=quantity, single=True)
        degree = pieces[follow].roles & {"degree"}  # "four hurt, one of them badly", "one of them fatally"
        return chunk._replace(roles=chunk.roles | degree), follow + 1
    if "including" in pieces[at].roles:
        after = pieces[follow + 1 : follow + 2] if _at(pieces, follow, {"adverb"}) else pieces[follow : follow + 1]
        told = any(piece.roles & VERB_STARTS for piece in after) or (at == 0 and _at(pieces, follow, {"comma"}))
        marks = {"other": True, "of_whole": True, "single": True}
        return (
            (make_chunk(pieces[at:follow], "elliptic", head=None, quantity=quantity, **marks), follow) if told else None
        )
    while _at(pieces, follow, {"the", "other", "number"}):
        follow += 1
    found = find_noun_end(pieces, follow) if follow > at + 1 and follow < len(pieces) else None
    if not found or kind_of(pieces[found[0]]) != "group":
        return None
    head, end = found
    marks = {"of_whole": True, "single": True}
    return make_chunk(pieces[at:end], "group", head=pieces[head], quantity=quantity, **marks), end


def _at(pieces: Sequence[Piece], at: int, roles: AbstractSet[str]) -> bool:
    """Whether a piece stands there that has one of the roles."""
    return at < len(pieces) and bool(pieces[at].roles & roles)


def _article(pieces: Sequence[Piece], at: int) -> tuple[Piece, int]:
    """Chunk a noun phrase that starts with a, the, no or a possessive."""
    determiner = pieces[at]
    follow = at + 1
    if at and "they" in determiner.roles and "be" in pieces[at - 1].roles and _at(pieces, follow, VERBAL_ROLES):
        return determiner._replace(roles=frozenset({"adverb"})), follow  # "the two were both injured"
    while follow < len(pieces) and pieces[follow].roles & FILLERS and not pieces[follow].roles & NOUN_ROLES:
        follow += 1
    if follow < len(pieces) and "number" in pieces[follow].roles:
        chunk, end = _counted(pieces, follow)
        if "a" in determiner.roles and "elliptic" in chunk.roles and follow == at + 1:
            return make_chunk(pieces[at:end], "np", head=None, quantity=None), end  # "he shot a 67"
        return take_in(pieces[at:end], chunk, definite="the" in determiner.roles), end
    found = find_noun_end(pieces, follow) if follow < len(pieces) else None
    led = found[1] if found and _leads_on(pieces, found) else follow
    if found and led == follow:
        end = _name_end(pieces, found) if determiner.roles & {"a", "another"} else found[1]
        chunk = _determined(pieces[at:end], pieces[found[0]])
        if "events" in chunk.roles and unit_of(pieces[found[0]]) and _heads_list(pieces, at, end):
            one = several(determiner.start, pieces[end - 1].end, 1, "a <person>")
            chunk = make_chunk(pieces[at:end], "group", head=pieces[found[0]], quantity=one, single=True)
        group = chunk.group
        if group and group.implied and "both" in determiner.roles and _at(pieces, end, {"and"}):
            chunk = chunk._replace(group=replace(group, implied=0))  # "both soldiers and villagers"
        return chunk, end
    end = _participle_end(pieces, led) or max(find_unknown_end(pieces, led), follow)
    alone = end == follow == at + 1 and "his" in determiner.roles
    if alone or (end == follow and determiner.roles & {"another", "they"}):  # "they kidnapped her", "both were killed"
        return determiner._replace(roles=frozenset({"he"})) if alone else determiner, follow
    return make_chunk(pieces[at:end], "np", head=None, quantity=None), end


def _heads_list(pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether somebody is the first of a list of victims without a verb: "a martyr and two wounded"."""
    opens = at == 0 or bool(pieces[at - 1].roles & {"comma", "colon", "stop"})
    return opens and "a" in pieces[at].roles and _at(pieces, end, {"and"}) and _at(pieces, end + 1, {"number"})


def _name_ages(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Make nouns of the ages that stand for who is of them: "a 17-year-old was killed", not "a 17-year-old lorry"."""
    ages = [at for at, piece in enumerate(pieces) if "ofage" in piece.roles]
    if not ages:
        return pieces
    named = list(pieces)
    for at in ages:
        behind = pieces[at + 1].roles if at + 1 < len(pieces) else frozenset()
        goes_on = behind & NOUN_ROLES or (behind & LOOSE_ROLES and "ved" not in behind)
        if at and pieces[at - 1].roles & {"a", "another", "number"} and not goes_on:
            named[at] = pieces[at]._replace(roles=frozenset({"person.one"}))
    return named


def _participle_end(pieces: Sequence[Piece], at: int) -> int:
    """Return the end of an unknown noun behind a participle: "a hired taxi"; 0 where none stands there."""
    end = find_unknown_end(pieces, at + 1) if _at(pieces, at, {"ved", "ving"}) else 0
    return end if end > at + 1 else 0


def _leads_on(pieces: Sequence[Piece], found: tuple[int, int]) -> bool:
    """Whether a noun only leads another: "a hostage drama", "the refugee summit", "412 death masks"."""
    head, end = found
    noun = pieces[head].roles
    leads = any(f"{kind}.one" in noun and f"{kind}.many" not in noun for kind in LEADERS)
    return leads and end < len(pieces) and pieces[end].roles == {"lower"}


def _name_end(pieces: Sequence[Piece], found: tuple[int, int]) -> int:
    """Return the end of a noun phrase with the name of its one person: "a teacher Omar Salim", "one male MSF"."""
    head, end = found
    if head + 1 != end or "person.one" not in pieces[head].roles:
        return end
    while end < len(pieces) and pieces[end].roles == {"name"}:
        end += 1
    return end


def _determined(pieces: Sequence[Piece], noun: Piece) -> Piece:
    """Chunk a determiner with its noun: "no casualties" count none, "a nurse" one, "the nurse" nobody yet."""
    determiner, kind = pieces[0], kind_of(noun)
    span = (pieces[0].start, pieces[-1].end)
    if "no" in determiner.roles and kind in {"group", "event"}:
        other = any("other" in piece.roles for piece in pieces)
        return make_chunk(pieces, kind, head=noun, quantity=none(*span), other=other)
    if kind != "group":
        return make_chunk(pieces, UNCOUNTED.get(kind, "np"), head=noun, quantity=None, definite=True)
    if "a" in determiner.roles and number_in(noun):
        return make_chunk(pieces, kind, head=noun, quantity=several(*span, number_in(noun), "a <couple>"))
    if determiner.roles & {"a", "another"} and noun.roles & ONE_ROLES:
        other = "another" in determiner.roles
        return make_chunk(pieces, kind, head=noun, quantity=several(*span, 1, "a <person>"), single=True, other=other)
    single = bool(noun.roles & ONE_ROLES) and not noun.roles & MANY_ROLES
    marks = {"definite": True, "single": single, "implied": _implied(determiner, noun, single=single)}
    return make_chunk(pieces, "one" if single else "people", head=noun, quantity=None, **marks)


def _implied(determiner: Piece, noun: Piece, *, single: bool) -> int:
    """Return how many "both pilots", "his parents", "the couple" are; 0 where the words leave it open."""
    if single:
        return number_in(noun)
    two = "both" in determiner.roles or ("own" in determiner.roles and "two" in noun.roles)
    return TWO if two else 0


def _bare(pieces: Sequence[Piece], at: int) -> tuple[Piece, int] | None:
    """Chunk a noun phrase with neither number nor article: names, bare plurals."""
    found = find_noun_end(pieces, at, verbal=False)
    if found:
        head, end = found
        noun = pieces[head]
        kind = kind_of(noun)
        if kind == "group" and end < len(pieces) and _is_title(noun, pieces[end]):
            end = find_unknown_end(pieces, end)
            return make_chunk(pieces[at:end], "named", head=noun, quantity=None, single=True), end
        if kind == "group":
            many = bool(noun.roles & MANY_ROLES)
            if at == 0 and not many and _is_headline(pieces, end):
                one = several(pieces[at].start, pieces[end - 1].end, 1, "a <person>")
                return make_chunk(pieces[at:end], "group", head=noun, quantity=one, single=True), end
            return make_chunk(
                pieces[at:end], "people" if many else "one", head=noun, quantity=None, single=not many
            ), end
        return make_chunk(pieces[at:end], UNCOUNTED.get(kind, "np"), head=noun, quantity=None), end
    end = find_unknown_end(pieces, at)
    if end > at:
        aged = pieces[at].roles >= {"ofage"} and end > at + 1
        named = all("name" in piece.roles for piece in pieces[at + aged : end])
        return make_chunk(pieces[at:end], "named" if named else "np", head=pieces[end - 1], quantity=None), end
    return None


def _is_headline(pieces: Sequence[Piece], at: int) -> bool:
    """Whether somebody without an article is said to be dead or taken: "Teacher killed in blast"."""
    told = _at(pieces, at, {"takes.ed", "state"}) and not GRAVE.isdisjoint(pieces[at].metrics("takes.ed", "state"))
    return told and (at + 1 == len(pieces) or _at(pieces, at + 1, {"prep", "by", "comma", "when", "after", "and"}))


def _is_title(noun: Piece, after: Piece) -> bool:
    """Whether a noun is the title of the name behind it: "Mayor Ilse Karan"."""
    return "person.one" in noun.roles and "name" in after.roles
