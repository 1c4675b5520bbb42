"""The notation of the grammar: pieces of a sentence with their roles, and patterns over roles.

A piece (a word, later a chunk) has a set of roles. Each distinct set of roles is written as one character, so that a
sentence becomes a short string and a rule a regular expression over it. A pattern names roles in angle brackets:
``<group> <be> <takes.ed>`` is a counted group, a form of *be* and a participle of a verb that takes victims.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from time import thread_time
from typing import NamedTuple

import regex

from parsers.records import Basis, Metric, Quantity, Span, Status, Unit

FIRST_CHARACTER = 0xE000  # private use: cannot be mistaken for text
HOLE = regex.compile(r"(?<!\?P)<([\w.|!]+)>")
RARE_MARKS = frozenset({"losses", "sufferer", "limb", "projectile", "kith"})
"""Marks that no chunk has beside another of its head."""
HEAD_MARKS = RARE_MARKS | {
    "camp", "safe", "refuge", "national", "fallen", "culprit", "members", "dweller", "employed", "anyone", "animal",
}  # fmt: skip
"""What a chunk keeps of the roles of its head, beside its kind."""
MARKED_KINDS = ("np", "group", "thing", "people", "one")
UNITS = (
    (frozenset({"household.one", "household.many"}), Unit.HOUSEHOLD),
    (frozenset({"dwelling.one", "dwelling.many"}), Unit.DWELLING),
    (
        frozenset(f"{noun}.{number}" for noun in ("person", "victim", "lives") for number in ("one", "many")),
        Unit.PERSON,
    ),
)
"""What nouns count one by one, by their roles: the first that fits."""
ACTS = "<victims> have <died>"
"""The frame of what people do: who is wounded and dies, in whatever frames, is among the dead."""
LOST_THEIRS = "lost <victims>"
"""The frame of those who lose their own: "the army lost 12 men"."""
STATES = "<victims> <dead>"
"""The frame of a subject with a state and no verb: "Seven dead, 20 wounded"."""
CROSSED = "<victims> crossed <river> into <place>"
"""The frame of people who come over a river or a lake, which may be a border."""
CAME = "<individuals> arrived in <place>"
"""The frame of those who are registered as they come, which needs no word of flight."""
FLEEING = frozenset({"forced <victims> to <flee>", "sent <victims> <fleeing>"})
"""The frames of people whom something makes flee."""
DRIVEN = "drove <victims> to <place>"
"""The frame of people driven somewhere: by fighting, or in a bus."""
DRIVEN_INTO = "drove <victims> <into> <place>"
"""The frame of people driven into a place or over a border."""
DRIVEN_OVER = "drove <victims> over the border"
"""The frame of people driven over a border that may go without the name of what lies behind it."""
CLAIMED = "claimed <lives>"
"""The frame of what claims lives, whose verb is also one of those that state."""
LEFT = "left <victims> <dead>"
"""The frame of what happened to people: it left them so."""
FORMER = frozenset(
    {"<number>, down from <number>", "fell to <number> from <number>", "the <toll> rose to <number>, up from <number>"}
)
"""The rules that read the number of an earlier time beside the number of now."""
TOGETHER = "<person> and <their> <people>"
"""The rule that counts a person with those who are his: "a farmer, his wife and their four children"."""
NAMED_TOGETHER = "<name> and <their> <people>"
"""The rule that counts a name with those who are his, who may be among those counted before."""
LOOSE_SPACE = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word for the figures: its role in a frame, and the metric it speaks of."""

    role: str
    metric: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people or homes as the sentence counts it."""

    span: Span
    number: Span
    quantity: Quantity | None
    unit: Unit | None
    head: str
    definite: bool = False
    other: bool = False
    single: bool = False
    share: float | None = None
    of_whole: bool = False
    implied: int = 0
    """How many the words mean, though no number says so: "both pilots", "his parents", "the couple"; 0 where open."""
    like: Span | None = None
    """The words of the group whose noun a bare number takes: "two gendarmes were killed and four wounded"."""
    senses: tuple[Sense, ...] = ()

    @property
    def many(self) -> bool:
        """Whether a number counts them, which is not one."""
        return self.quantity is not None and self.quantity.value != 1


class Piece(NamedTuple):
    """A word or a chunk of words: document span, lower-case text, roles, and what it means.

    A tuple, for there are more of them than of anything else.
    """

    start: int
    end: int
    text: str
    roles: frozenset[str]
    senses: tuple[Sense, ...] = ()
    quantity: Quantity | None = None
    group: Group | None = None
    pieces: tuple["Piece", ...] = ()

    def metrics(self, *roles: str) -> list[str]:
        """Return the metrics that the piece speaks of in any of the roles."""
        return [sense.metric for sense in self.senses if sense.role in roles]


@dataclass(frozen=True, slots=True)
class Draft:
    """One victim group with its metric, before it is a figure: what the frames found in a sentence."""

    group: Group
    metric: Metric
    roles: frozenset[str]
    trigger: Span
    clause: Span
    rule: str
    basis: Basis
    status: Status = Status.REPORTED
    weak: bool = False
    whole: Span | None = None


@dataclass(slots=True)
class Alphabet:
    """Characters for sets of roles, and patterns compiled over them. Sets met later extend the patterns."""

    asked: frozenset[str]
    """The roles that patterns name: sets that differ in others only are one character."""
    characters: dict[frozenset[str], str] = field(default_factory=dict)
    known: dict[frozenset[str], str] = field(default_factory=dict)
    compiled: dict[str, "regex.Pattern[str]"] = field(default_factory=dict)
    orders: dict[tuple[frozenset[str], ...], "re.Pattern[str]"] = field(default_factory=dict)
    spent: float = 0.0
    """Seconds of a core that compiling has taken, once for all reports."""

    def spell(self, pieces: Iterable[Piece]) -> str:
        """Write pieces as a string, one character each."""
        return "".join([self.known.get(piece.roles) or self.spell_roles(piece.roles) for piece in pieces])

    def spell_roles(self, roles: frozenset[str]) -> str:
        """Return the character of a set of roles; a new one makes the patterns compile again."""
        kept = roles & self.asked
        if kept not in self.characters:
            self.compiled.clear()
            self.orders.clear()
            self.characters[kept] = chr(FIRST_CHARACTER + len(self.characters))
        return self.known.setdefault(roles, self.characters[kept])

    def compile(self, pattern: str, macros: Mapping[str, str]) -> "regex.Pattern[str]":
        """Compile a pattern of role names in angle brackets; ``{name}`` inserts a macro."""
        ready = self.compiled.get(pattern)
        if ready is None:
            start = thread_time()
            expanded = expand(pattern, macros)
            ready = regex.compile(LOOSE_SPACE.sub("", HOLE.sub(self._class, expanded)), regex.V1)
            self.compiled[pattern] = ready
            self.spent += thread_time() - start
        return ready

    def compile_order(self, steps: tuple[frozenset[str], ...]) -> "re.Pattern[str]":
        """Compile what fits pieces that have one of the roles of each step, one piece after another.

        One pass over the pieces tells it, whatever stands between; the standard library's engine has the faster start.
        """
        ready = self.orders.get(steps)
        if ready is None:
            classes = [write_ranges(self._find_characters(step)) for step in steps]
            ready = re.compile("".join(f"[^{hits}]*+[{hits}]" if hits else "(?!)" for hits in classes))
            self.orders[steps] = ready
        return ready

    def _find_characters(self, names: Iterable[str]) -> list[str]:
        return [character for roles, character in self.characters.items() if not roles.isdisjoint(names)]

    def _class(self, m: "regex.Match[str]") -> str:
        names = read_hole(m)
        hits = self._find_characters(names)
        if m.group(1).startswith("!"):
            return f"[^{write_ranges(hits)}]" if hits else "[\\s\\S]"
        return f"[{write_ranges(hits)}]" if hits else "(?!)"


def write_ranges(characters: Iterable[str]) -> str:
    """Write characters as a class holds them, neighbours as a range: a pattern compiles in a fifth of the time.

    >>> write_ranges("dabcx")
    'a-dx'
    """
    places = sorted(map(ord, characters))
    runs = groupby(enumerate(places), key=lambda item: item[1] - item[0])
    spans = [[place for _, place in run] for _, run in runs]
    return "".join(chr(run[0]) if len(run) == 1 else f"{chr(run[0])}-{chr(run[-1])}" for run in spans)


def read_hole(m: "regex.Match[str]") -> list[str]:
    """Return the roles that a hole names, any of which fits (or none, behind an exclamation mark)."""
    return m.group(1).lstrip("!").split("|")


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """Replace ``{name}`` by the macro of that name, macros within macros too."""
    while True:
        wider = regex.sub(r"\{([a-z]+)\}", lambda m: f"(?:{macros[m.group(1)]})", pattern)
        if wider == pattern:
            return pattern
        pattern = wider
