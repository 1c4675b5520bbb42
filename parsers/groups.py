"""Counted groups: a quantity with its noun phrase, the bare noun phrase that counts one, and the phrases that count nobody.

The first stage of the cascade: pieces go in, chunks come out, one for each noun phrase; all other pieces pass.
"""

from collections.abc import Sequence
from functools import cache

from parsers.grammar import Group, Piece, Sense
from parsers.inflections import plural
from parsers.records import Qualifier, Quantity, Unit
from parsers.tables import load_rows, load_section

NOUNS = ("person", "household", "dwelling", "thing", "event", "victim", "lives", "toll")
UNITS = {
    "person": Unit.PERSON,
    "victim": Unit.PERSON,
    "lives": Unit.PERSON,
    "household": Unit.HOUSEHOLD,
    "dwelling": Unit.DWELLING,
}
NOUN_ROLES = frozenset(f"{noun}.{number}" for noun in NOUNS for number in ("one", "many"))
ONE_ROLES = frozenset(f"{noun}.one" for noun in NOUNS)
MANY_ROLES = frozenset(f"{noun}.many" for noun in NOUNS)
LOOSE_ROLES = frozenset({"lower", "name"})
MODIFIER_ROLES = LOOSE_ROLES | {"ved", "ving", "state", "takes.ed", "weak.ed", "poss", "slash", "does.ed"}
VERBAL_ROLES = frozenset({"ved", "ving", "takes.ed", "weak.ed", "state", "does.ed"})
BARE_VERB_ROLES = frozenset(f"{verb}.{form}" for verb in ("takes", "weak", "does") for form in ("base", "ing")) | {
    "ving"
}
UNCOUNTED = {"event": "events", "toll": "toll"}
KNOWN_VERBS = frozenset({"takes.ed", "weak.ed", "does.ed", "state"})
LONGEST_RUN = 9
LONGEST_GAP = 4
LONGEST_ASIDE = 10


def _is_noun(piece: Piece) -> bool:
    return bool(piece.roles & NOUN_ROLES)


def _noun_end(pieces: Sequence[Piece], at: int, *, verbal: bool = True) -> tuple[int, int] | None:
    """Return (head, end) of the noun phrase whose modifiers start at ``at``; None without a known noun.

    A participle may lead the modifiers ("12 wounded people"), not stand between a noun and what it does.
    """
    first = at
    while first < len(pieces) and first - at < LONGEST_RUN and not _is_head(pieces[first], verbal=verbal):
        aside = _aside_end(pieces, first)
        if aside is None and first > at and _joins_modifiers(pieces, first):
            first += 1
            continue
        if aside is None and not _modifies(pieces[first], verbal=verbal):
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
            and (_is_loose(pieces[after]) or _is_contracted(pieces, head, after))
        ):
            after = _aside_end(pieces, after + 1) or after + 1
        if after >= len(pieces) or not _joins(pieces, after):
            return head, head + 1
        head = after


def _is_contracted(pieces: Sequence[Piece], head: int, at: int) -> bool:
    """Whether a participle ties an organisation to its people: "UN agency contracted staff"."""
    people = at + 1 < len(pieces) and pieces[at + 1].roles & {"person.one", "person.many"}
    return bool("ved" in pieces[at].roles and people and _kind(pieces[head]) == "thing")


def _is_loose(piece: Piece) -> bool:
    return bool(piece.roles & LOOSE_ROLES) and not piece.roles & VERBAL_ROLES


def _joins_modifiers(pieces: Sequence[Piece], at: int) -> bool:
    """Whether an "and" joins two modifiers: "new and repeated displacements"."""
    around = (pieces[at - 1], pieces[at + 1]) if at + 1 < len(pieces) else ()
    return "and" in pieces[at].roles and len(around) > 0 and all(piece.roles & MODIFIER_ROLES for piece in around)


def _is_head(piece: Piece, *, verbal: bool) -> bool:
    """Whether the piece is a noun; "wounded" is one behind a number or an article only."""
    return _is_noun(piece) and (verbal or not piece.roles & {"state", "takes.ed"})


def _is_verb_here(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a participle that could head a noun phrase takes an object: "the flooding displaced 90,000"."""
    after = pieces[at + 1].roles if at + 1 < len(pieces) else frozenset()
    return bool(pieces[at].roles & {"takes.ed"} and after & {"number", "a", "the", "share"})


def _modifies(piece: Piece, *, verbal: bool) -> bool:
    if piece.roles & KNOWN_VERBS:
        return verbal
    return bool(piece.roles & MODIFIER_ROLES)


def _aside_end(pieces: Sequence[Piece], at: int) -> int | None:
    """Return where a short aside in brackets ends, if one starts here: "3 NGO (1 French, 2 local) staff"."""
    if at >= len(pieces) or "open" not in pieces[at].roles:
        return None
    for end in range(at + 1, min(at + LONGEST_ASIDE, len(pieces))):
        if "close" in pieces[end].roles:
            return end + 1
    return None


def _joins(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the piece goes on a compound noun ("police officers", "refugee camps")."""
    roles = pieces[at].roles
    if at and "does.base" in roles and "person.many" in pieces[at - 1].roles:
        return False  # "displaced people shelter in schools"
    return bool(roles & NOUN_ROLES) and not roles & {"prep", "state", "takes.ed", "weak.ed"}


def _unknown_end(pieces: Sequence[Piece], at: int) -> int:
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


def _may_be_people(head: Piece) -> bool:
    """Whether a noun that no table knows may name people: "Afghans", not "howitzers"."""
    return "name" in head.roles


def _unit(head: Piece) -> Unit | None:
    for noun, unit in (
        ("household", Unit.HOUSEHOLD),
        ("dwelling", Unit.DWELLING),
        ("person", Unit.PERSON),
        ("victim", Unit.PERSON),
        ("lives", Unit.PERSON),
    ):
        if head.roles & {f"{noun}.one", f"{noun}.many"}:
            return unit
    return None


def _kind(head: Piece) -> str:
    if head.roles & {"event.one", "event.many"} and not head.roles & {"person.one", "person.many"}:
        return "event"
    if head.roles & {"thing.one", "thing.many"} and not head.roles & {"person.one", "person.many"}:
        return "thing"
    if head.roles & {"toll.one", "toll.many"}:
        return "toll"
    return "group" if _unit(head) else "np"


def _chunk(
    pieces: Sequence[Piece], kind: str, *, head: Piece | None, quantity: Quantity | None, **marks: bool
) -> Piece:
    """Make one chunk of consecutive pieces."""
    start, end = pieces[0].start, pieces[-1].end
    senses = tuple(dict.fromkeys(sense for piece in pieces for sense in piece.senses if _names_victims(sense)))
    number = (quantity.start, quantity.end) if quantity else (start, end)
    group = Group(
        (start, end), number, quantity, _unit(head) if head else None, head.text if head else "", senses=senses, **marks
    )
    roles = frozenset({kind}) | (head.roles & {"camp"} if head else frozenset())
    if kind in {"people", "one"} and group.unit is Unit.DWELLING:
        roles = frozenset({"np", "camp" if "camp" in roles else "home"})
    return Piece(start, end, " ".join(piece.text for piece in pieces), roles, senses, quantity, group, tuple(pieces))


def _names_victims(sense: Sense) -> bool:
    return sense.role in {"victim", "state", "takes.ed", "event", "lives", "toll"}


def _one(start: int, end: int, phrase: str) -> Quantity:
    return Quantity(start, end, start, end, 1, 1, 1, Qualifier.EXACT, phrase)


def _several(start: int, end: int, value: int, phrase: str) -> Quantity:
    return Quantity(start, end, start, end, value, value, value, Qualifier.EXACT, phrase)


def _number_in(noun: Piece) -> int:
    """Return the number that a noun holds ("couple"), 0 where it holds none."""
    return next((int(role.partition(".")[2]) for role in noun.roles if role.startswith("counts.")), 0)


def _none(start: int, end: int) -> Quantity:
    return Quantity(start, end, start, end, 0, 0, 0, Qualifier.EXACT, "no <people>")


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
    found = _noun_end(pieces, follow) if follow < len(pieces) else None
    if found:
        head, end = found
        return _chunk(pieces[at:end], _kind(pieces[head]), head=pieces[head], quantity=quantity, other=other), end
    end = _unknown_end(pieces, follow)
    if end > follow and not other:
        kind = "unknown" if _may_be_people(pieces[end - 1]) else "thing"
        return _chunk(pieces[at:end], kind, head=pieces[end - 1], quantity=quantity), end
    return _chunk(pieces[at:follow], "elliptic", head=None, quantity=quantity, other=other), follow


def _share(pieces: Sequence[Piece], at: int) -> tuple[Piece, int]:
    """Chunk "half of whom", "a third of the city's residents": a number to be worked out from its whole."""
    end = at + 1
    if end < len(pieces) and "including" in pieces[end].roles:
        end += 1  # "half of whom"
    elif end < len(pieces) and "of" in pieces[end].roles:
        end += 1
        while end < len(pieces) and pieces[end].roles & {"the", "other", "they"}:
            end += 1
        found = _noun_end(pieces, end) if end < len(pieces) else None
        end = found[1] if found else end
    return _chunk(pieces[at:end], "share", head=None, quantity=pieces[at].quantity), end


def _partitive(pieces: Sequence[Piece], at: int, of: int) -> tuple[Piece, int] | None:
    """Chunk "hundreds of people" and "two of his guards"; "three of the 12 workers" is left to the parts."""
    follow = of + 1
    definite = False
    while follow < len(pieces) and pieces[follow].roles & {"other", "the", "they"}:
        definite = definite or "the" in pieces[follow].roles
        follow += 1
    if follow < len(pieces) and "number" in pieces[follow].roles:
        return None
    quantity = pieces[at].quantity
    found = _noun_end(pieces, follow) if follow < len(pieces) else None
    if found:
        head, end = found
        return _chunk(pieces[at:end], _kind(pieces[head]), head=pieces[head], quantity=quantity, of_whole=definite), end
    end = _unknown_end(pieces, follow)
    if end > follow:
        kind = "unknown" if _may_be_people(pieces[end - 1]) else "thing"
        return _chunk(pieces[at:end], kind, head=pieces[end - 1], quantity=quantity, of_whole=definite), end
    if follow > of + 1:
        return _chunk(
            pieces[at:follow], "elliptic", head=None, quantity=quantity, other=True, of_whole=definite
        ), follow
    return None


def _article(pieces: Sequence[Piece], at: int) -> tuple[Piece, int]:
    """Chunk a noun phrase that starts with a, the, no or a possessive."""
    determiner = pieces[at]
    start = at
    follow = at + 1
    while (
        follow < len(pieces)
        and pieces[follow].roles & {"the", "other", "adverb"}
        and not pieces[follow].roles & NOUN_ROLES
    ):
        follow += 1
    if follow < len(pieces) and "number" in pieces[follow].roles:
        chunk, end = _counted(pieces, follow)
        return _again(pieces[start:end], chunk, definite="the" in determiner.roles), end
    found = _noun_end(pieces, follow) if follow < len(pieces) else None
    if not found:
        end = max(_unknown_end(pieces, follow), follow)
        if end == follow and determiner.roles & {"another", "they"}:
            return determiner, follow  # "both were found dead"
        return _chunk(pieces[start:end], "np", head=None, quantity=None), end
    head, end = found
    noun = pieces[head]
    kind = _kind(noun)
    span = (pieces[start].start, pieces[end - 1].end)
    if "no" in determiner.roles and kind in {"group", "event"}:
        return _chunk(pieces[start:end], kind, head=noun, quantity=_none(*span)), end
    one = bool(noun.roles & ONE_ROLES) and not noun.roles & MANY_ROLES
    if "a" in determiner.roles and kind == "group" and _number_in(noun):
        held = _number_in(noun)
        return _chunk(pieces[start:end], kind, head=noun, quantity=_several(*span, held, "a <couple>")), end
    if determiner.roles & {"a", "another"} and kind == "group" and noun.roles & ONE_ROLES:
        return _chunk(
            pieces[start:end],
            kind,
            head=noun,
            quantity=_one(*span, "a <person>"),
            single=True,
            other="another" in determiner.roles,
        ), end
    if kind == "group":
        return _chunk(
            pieces[start:end], "one" if one else "people", head=noun, quantity=None, definite=True, single=one
        ), end
    return _chunk(pieces[start:end], UNCOUNTED.get(kind, "np"), head=noun, quantity=None, definite=True), end


def _again(pieces: Sequence[Piece], chunk: Piece, *, definite: bool) -> Piece:
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


def _bare(pieces: Sequence[Piece], at: int) -> tuple[Piece, int] | None:
    """Chunk a noun phrase with neither number nor article: names, bare plurals."""
    found = _noun_end(pieces, at, verbal=False)
    if found:
        head, end = found
        noun = pieces[head]
        kind = _kind(noun)
        if kind == "group":
            many = bool(noun.roles & MANY_ROLES)
            return _chunk(pieces[at:end], "people" if many else "one", head=noun, quantity=None, single=not many), end
        return _chunk(pieces[at:end], UNCOUNTED.get(kind, "np"), head=noun, quantity=None), end
    end = _unknown_end(pieces, at)
    if end > at:
        named = all("name" in piece.roles for piece in pieces[at:end])
        return _chunk(pieces[at:end], "named" if named else "np", head=pieces[end - 1], quantity=None), end
    return None


def find_groups(pieces: Sequence[Piece]) -> list[Piece]:
    """Chunk the pieces of a sentence: noun phrases become one piece each, the others pass as they are.

    The roles of a chunk: group (counted people or homes), unknown (counted, noun not in a table), elliptic (a number
    without a noun), event (counted deaths and the like), thing (anything else counted), people and one (uncounted),
    events, named, np.
    """
    chunks: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        found: tuple[Piece, int] | None = None
        if piece.roles & {"number", "share"}:
            found = _counted(pieces, at)
        elif piece.roles & {"a", "the", "no", "another"}:
            found = _article(pieces, at)
        elif (
            (piece.roles & MODIFIER_ROLES
            and not piece.roles & {"poss", "slash"})
            or (_is_noun(piece) and not piece.roles & {"prep"})
        ):
            found = _verb_first(pieces, at) or _bare(pieces, at)  # "armed men" behind a preposition is no verb
        if found:
            chunks.append(found[0])
            at = found[1]
        else:
            chunks.append(piece)
            at += 1
    return _with_relatives(chunks)


def _with_relatives(chunks: Sequence[Piece]) -> list[Piece]:
    """Count people who are named together as one: "a farmer, his wife and their four children" are six."""
    joined: list[Piece] = []
    at = 0
    while at < len(chunks):
        end, value = _relatives_end(chunks, at)
        if end > at + 1:
            span = (chunks[at].start, chunks[end - 1].end)
            quantity = _several(*span, value, "<person> and <their> <people>")
            head = chunks[at].pieces[-1]
            joined.append(_chunk(chunks[at:end], "group", head=head, quantity=quantity))
        else:
            joined.append(chunks[at])
        at = max(end, at + 1)
    return joined


def _relatives_end(chunks: Sequence[Piece], at: int) -> tuple[int, int]:
    """Return where a person's relatives end and how many they are together; (at, 0) where none follow."""
    first = chunks[at].group
    if first is None or not first.single or not chunks[at].pieces or not (first.quantity or first.definite):
        return at, 0
    value, end = (first.quantity.value or 0) if first.quantity else 1, at + 1
    while True:
        follow = end
        while follow < len(chunks) and chunks[follow].roles & {"comma", "and"}:
            follow += 1
        more = _relative(chunks[follow]) if end < follow < len(chunks) else 0
        if not more:
            return (end, value) if end > at + 1 else (at, 0)
        value += more
        end = follow + 1


def _relative(chunk: Piece) -> int:
    """Return how many a chunk such as "their four children" counts, 0 where it does not say."""
    if not chunk.pieces or "his" not in chunk.pieces[0].roles or chunk.group is None:
        return 0
    if chunk.group.quantity is not None:
        return chunk.group.quantity.value or 0
    return 1 if "one" in chunk.roles else 0


def _verb_first(pieces: Sequence[Piece], at: int) -> tuple[Piece, int] | None:
    """Let a verb form pass that no article precedes: "killed people", not "the killed people"."""
    verbal = pieces[at].roles & (VERBAL_ROLES | BARE_VERB_ROLES)
    if at and "ved" in pieces[at].roles and pieces[at - 1].roles & {"prep", "by", "of", "with", "crowd"}:
        return None
    nominal = at + 1 < len(pieces) and "of" in pieces[at + 1].roles and pieces[at].roles & NOUN_ROLES
    return (pieces[at], at + 1) if verbal and not nominal else None


@cache
def _group_words(language: str) -> dict[str, tuple[int, str]]:
    """Phrases of ``data/groups.csv`` in both numbers, with the depth and code of their group."""
    irregular = load_section(language, "people.plural").content
    rows = list(load_rows("groups", ("code", "parent", "words")))
    parents = {row["code"]: row["parent"] for row in rows}

    def depth(code: str) -> int:
        return 0 if not parents.get(code) else 1 + depth(parents[code])

    return {
        form: (depth(row["code"]), row["code"])
        for row in rows
        for word in row["words"].split("|")
        for form in (word, plural(word, irregular), plural(word, {}))
    }


def classify_group(words: str, language: str = "en") -> str | None:
    """Return the code of the group that the words name, the most specific first.

    >>> classify_group("205 pro-government fighters"), classify_group("three French tourists")
    ('pro-government forces', 'foreigners')
    """
    table = _group_words(language)
    parts = words.lower().split()
    best: tuple[int, int, int, str] | None = None
    for first in range(len(parts)):
        for last in range(first + 1, min(first + 4, len(parts)) + 1):
            hit = table.get(" ".join(parts[first:last]))
            if hit:
                candidate = (hit[0], last - first, first, hit[1])
                best = max(best, candidate) if best else candidate
    return best[3] if best else None
