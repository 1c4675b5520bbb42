"""The alphabet of the grammar: the sets of roles that the vocabulary and the chunks can have, each a character."""

from functools import cache
from itertools import combinations

from parsers.frames import EARLIER, FRAMES, MACROS, PARTS, SAME_PEOPLE
from parsers.grammar import HEAD_MARKS, HOLE, MARKED_KINDS, Alphabet, read_hole
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
