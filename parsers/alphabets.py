"""The alphabet of the grammar: the sets of roles that the vocabulary and the chunks can have, each a character."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

import regex

from parsers.frames import EARLIER, FRAMES, KINDS, MACROS, PARTS, RIVALS, SAME_PEOPLE, TOTALS, Frame
from parsers.grammar import HEAD_MARKS, HOLE, MARKED_KINDS, RARE_MARKS, Alphabet, Piece, Sense, read_hole
from parsers.needs import VICTIM, Needs, Steps, find_needs, find_order
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

MARKS = (*sorted(HEAD_MARKS - RARE_MARKS), "partitive", "kin")


@cache
def load_alphabet() -> Alphabet:
    """Return the one alphabet; what it is seeded with spares the patterns to be compiled again later."""
    patterns = [
        *MACROS.values(),
        *(frame.pattern for frame in FRAMES),
        *(part for _, part in (*PARTS, *RIVALS, *EARLIER, *TOTALS)),
        SAME_PEOPLE,
        *KINDS,
    ]
    holes = (m for pattern in patterns for m in HOLE.finditer(pattern))
    alphabet = Alphabet(frozenset(role for m in holes for role in read_hole(m)))
    vocabulary = load_vocabulary("en")
    known = {entry.roles for entry in vocabulary.words.values()}
    known |= {entry.roles for found in vocabulary.phrases.values() for _, entry in found}
    shapes = ({"lower"}, {"lower", "ved"}, {"lower", "ving"}, {"number"}, {"number", "zero"}, {"np", "home"})
    marked = ({kind, *marks} for kind in MARKED_KINDS for size in range(4) for marks in combinations(MARKS, size))
    beside: tuple[set[str], ...] = (set(), {"partitive"}, {"kin"})
    rare = ({kind, mark, *other} for kind in MARKED_KINDS for mark in RARE_MARKS for other in beside)
    for roles in (*known, *PUNCTUATION, *shapes, *marked, *rare, *(set(roles.split()) for roles in CHUNKS)):
        alphabet.spell_roles(frozenset(roles))
    return alphabet


@dataclass(frozen=True, slots=True)
class Spelled:
    """The chunks of a sentence as a string of the alphabet, and the marks of what they are and mean."""

    text: str
    marks: int

    def may_hold(self, needs: tuple[int, ...]) -> bool:
        """Whether the chunks have one of each set of marks; most sentences have not what a rule needs."""
        marks = self.marks
        for wanted in needs:  # noqa: SIM110 (a third of the time of all())
            if not marks & wanted:
                return False
        return True

    def may_run(self, steps: Steps) -> bool:
        """Whether the chunks have one of each set of roles in this order."""
        return load_alphabet().compile_order(steps).match(self.text) is not None

    def find(self, pattern: str) -> Iterator["regex.Match[str]"]:
        """Yield the matches of a pattern, which do not overlap."""
        if self.may_hold(_mark_needs(pattern)) and self.may_run(load_order(pattern)):
            yield from load_alphabet().compile(pattern, MACROS).finditer(self.text)

    def find_rules(self, rules: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, "regex.Match[str]"]]:
        """Yield the matches of each of the rules, by their names and in their order."""
        for name, pattern, needs in _mark_rules(rules):
            if self.may_hold(needs):
                yield from ((name, m) for m in self.find(pattern))


@dataclass(frozen=True, slots=True)
class Start:
    """A frame with the marks of which a sentence must have one to start it, and those of each of which it needs one.

    ``steps`` are the roles that its chunks have one behind the other.
    """

    frame: Frame
    marks: int
    needs: tuple[int, ...]
    steps: Steps


def spell(chunks: Sequence[Piece]) -> Spelled:
    """Write the chunks of a sentence in the alphabet."""
    marks = 0
    for chunk in chunks:
        marks |= _mark_roles(chunk.roles)
        if chunk.senses:
            marks |= _mark_senses(chunk.senses)
    return Spelled(load_alphabet().spell(chunks), marks)


def find_frames(spelled: Spelled) -> Iterator[Frame]:
    """Yield the frames that may fit a sentence, by what it has to start them and all that they need, in their order."""
    marks = spelled.marks
    for start in _load_starts():
        if marks & start.marks and spelled.may_hold(start.needs) and spelled.may_run(start.steps):
            yield start.frame


@cache
def load_needs(pattern: str) -> Needs:
    """Return what a pattern of the grammar needs, with who is counted marked as victims."""
    return find_needs(pattern, MACROS)


@cache
def load_order(pattern: str) -> Steps:
    """Return the roles that a pattern of the grammar asks for of one chunk after another."""
    return find_order(pattern, MACROS)


@cache
def _load_bits() -> dict[str, int]:
    """Return a bit for each role that patterns name or frames start from, and for each role of a sense."""
    vocabulary = load_vocabulary("en")
    entries = [*vocabulary.words.values(), *(entry for found in vocabulary.phrases.values() for _, entry in found)]
    starts = frozenset(stem for frame in FRAMES if frame.fixed for stem in frame.needs)
    roles = {role for entry in entries for role in entry.roles if role.partition(".")[0] in starts}
    senses = {sense.role for entry in entries for sense in entry.senses}
    names = [*sorted(roles | load_alphabet().asked), *(_name_sense(role) for role in sorted(senses))]
    return {name: 1 << place for place, name in enumerate(names)}


def _name_sense(role: str) -> str:
    return f"sense {role}"


@lru_cache(maxsize=1 << 14)
def _mark_roles(roles: frozenset[str]) -> int:
    return sum(_load_bits().get(role, 0) for role in roles)


@lru_cache(maxsize=1 << 14)
def _mark_senses(senses: tuple[Sense, ...]) -> int:
    return sum(_load_bits()[_name_sense(role)] for role in {sense.role for sense in senses})


@cache
def _mark_needs(pattern: str) -> tuple[int, ...]:
    """Return the marks of which a sentence must have one, each time, the fewest first."""
    clauses = {frozenset(role.removeprefix(VICTIM) for role in clause) for clause in load_needs(pattern)}
    return tuple(_mark_roles(clause) for clause in sorted(clauses, key=len))


@cache
def _mark_rules(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
    return tuple((name, pattern, _mark_needs(pattern)) for name, pattern in rules)


@cache
def _load_starts() -> tuple[Start, ...]:
    return tuple(
        Start(frame, _mark_start(frame), _mark_needs(frame.pattern), load_order(frame.pattern)) for frame in FRAMES
    )


def _mark_start(frame: Frame) -> int:
    """Return the marks that a frame starts from: senses of its trigger, or the words that give its metric."""
    bits = _load_bits()
    if frame.fixed is None:
        return sum(bits.get(_name_sense(role), 0) for role in frame.needs)
    return sum(bit for name, bit in bits.items() if name.removeprefix("sense ").partition(".")[0] in frame.needs)
