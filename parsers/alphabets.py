"""The alphabet of the grammar: the sets of roles that the vocabulary and the chunks can have, each a character."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import regex

from parsers.frames import EARLIER, FRAMES, MACROS, PARTS, SAME_PEOPLE
from parsers.grammar import HEAD_MARKS, HOLE, MARKED_KINDS, Alphabet, Piece, read_hole
from parsers.needs import VICTIM, Needs, find_needs
from parsers.vocabulary import load_vocabulary

CHUNKS = (
    "group", "unknown", "elliptic", "event", "thing", "people", "one", "events", "named", "np", "toll", "name",
    "adverb", "person.many", "share", "elliptic degree",
)  # fmt: skip
PUNCTUATION = tuple(
    frozenset(roles.split())
    for roles in (
        "comma", "open", "close", "quote", "stop", "colon", "dash", "bar", "and", "slash", "poss", "stop pause",
    )
)  # fmt: skip

MARKS = (*sorted(HEAD_MARKS), "partitive", "kin")


@cache
def load_alphabet() -> Alphabet:
    """Return the one alphabet; what it is seeded with spares the patterns to be compiled again later."""
    patterns = [
        *MACROS.values(),
        *(frame.pattern for frame in FRAMES),
        *(part for _, part in (*PARTS, *EARLIER)),
        SAME_PEOPLE,
    ]
    holes = (m for pattern in patterns for m in HOLE.finditer(pattern))
    alphabet = Alphabet(frozenset(role for m in holes for role in read_hole(m)))
    vocabulary = load_vocabulary("en")
    known = {entry.roles for entry in vocabulary.words.values()}
    known |= {entry.roles for found in vocabulary.phrases.values() for _, entry in found}
    shapes = ({"lower"}, {"lower", "ved"}, {"lower", "ving"}, {"number"}, {"number", "zero"}, {"np", "home"})
    marked = ({kind, *marks} for kind in MARKED_KINDS for size in range(4) for marks in combinations(MARKS, size))
    for roles in (*known, *PUNCTUATION, *shapes, *marked, *(set(roles.split()) for roles in CHUNKS)):
        alphabet.spell_roles(frozenset(roles))
    return alphabet


@dataclass(frozen=True, slots=True)
class Spelled:
    """The chunks of a sentence as a string of the alphabet, and all their roles."""

    text: str
    roles: frozenset[str]

    def may_hold(self, pattern: str) -> bool:
        """Whether the chunks have what a pattern needs; most have not, and cost no search."""
        return not any(clause.isdisjoint(self.roles) for clause in _load_chunk_needs(pattern))

    def find(self, pattern: str) -> Iterator["regex.Match[str]"]:
        """Yield the matches of a pattern, which do not overlap."""
        if self.may_hold(pattern):
            yield from load_alphabet().compile(pattern, MACROS).finditer(self.text)


def spell(chunks: Sequence[Piece]) -> Spelled:
    """Write the chunks of a sentence in the alphabet."""
    return Spelled(load_alphabet().spell(chunks), frozenset().union(*[chunk.roles for chunk in chunks]))


@cache
def load_needs(pattern: str) -> Needs:
    """Return what a pattern of the grammar needs, with who is counted marked as victims."""
    return find_needs(pattern, MACROS)


@cache
def _load_chunk_needs(pattern: str) -> tuple[frozenset[str], ...]:
    """Return the roles of which a chunk must have one, each time, the fewest first."""
    clauses = {frozenset(role.removeprefix(VICTIM) for role in clause) for clause in load_needs(pattern)}
    return tuple(sorted(clauses, key=len))
