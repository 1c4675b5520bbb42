"""Needs: what a sentence must have for a rule to fit it, and in what order, read off the rule's own pattern."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Generic, TypeVar

import regex

from parsers.grammar import expand

Clause = frozenset[str]
"""Roles of which one must be there."""
Needs = frozenset[Clause]
"""Clauses that must all hold."""
Steps = tuple[Clause, ...]
"""Clauses that must hold of one chunk after another."""
T = TypeVar("T")

MARK = regex.compile(
    r"""
      (?<hole><[\w.|!]+>)
    | (?<open>\( (?: \?(?:P<(?<group>\w+)> | <?(?<look>[=!]) | [:>]) )?+)
    | (?<close>\)) | (?<bar>\|) | (?<edge>[\^$])
    | (?<times>[?*+]|\{(?<least>\d*),?\d*\})[?+]?+
    """,
    regex.X,
)
NOTHING: Needs = frozenset()
VICTIM = "victim:"
"""What stands before the roles of those who are counted."""


def find_needs(pattern: str, macros: Mapping[str, str]) -> Needs:
    """Return the roles without which a pattern cannot match; those of a victim are marked as such.

    What may be left out needs nothing, of two ways through a pattern one must be there, and what stands nowhere is
    not asked. Each clause can hold of another chunk than the pattern means, so that needs are met more often than
    the pattern matches, never less.

    >>> needs = find_needs("{who} <be>? (?P<trigger><takes.ed|weak.ed>) (?!<by>)", {"who": "(?P<victim><group>)"})
    >>> sorted(sorted(clause) for clause in needs)
    [['takes.ed', 'weak.ed'], ['victim:group']]
    """
    return _Reader(_NEEDS, list(MARK.finditer(expand(pattern, macros)))).read()


def find_order(pattern: str, macros: Mapping[str, str]) -> Steps:
    """Return the roles that a pattern asks for of one chunk after another, whatever stands between.

    What is only looked at, before or behind, is no step. Of several ways through a pattern one step is known: the
    first of one of them. Chunks may run so where the pattern does not match; it never matches where they do not.

    >>> who = "(?P<victim><group>)"
    >>> steps = find_order("{who} <be>? (?: <modal> <be> | <have> ) (?=<by>) <takes.ed>", {"who": who})
    >>> [sorted(clause) for clause in steps]
    [['group'], ['have', 'modal'], ['takes.ed']]
    """
    return _Reader(_ORDER, list(MARK.finditer(expand(pattern, macros)))).read()


@dataclass(frozen=True, slots=True)
class _Question(Generic[T]):
    """What is asked of a pattern: the answer for one chunk, for two things together, for two ways of which one goes."""

    ask: Callable[[Clause], T]
    both: Callable[[T, T], T]
    either: Callable[[T, T], T]
    nothing: T
    looks: bool
    """Whether what is only looked at counts."""


class _Reader(Generic[T]):
    """Reads the marks of a pattern from left to right."""

    def __init__(self, question: _Question[T], marks: list[regex.Match[str]]) -> None:
        self._question = question
        self._marks = marks[::-1]

    def read(self, prefix: str = "") -> T:
        """Read alternatives up to the bracket that closes them, or to the end."""
        ways = [self._read_way(prefix)]
        while self._marks and self._marks[-1]["bar"]:
            self._marks.pop()
            ways.append(self._read_way(prefix))
        if self._marks:
            self._marks.pop()  # the bracket
        return reduce(self._question.either, ways)

    def _read_way(self, prefix: str) -> T:
        found = self._question.nothing
        while self._marks and not (self._marks[-1]["bar"] or self._marks[-1]["close"]):
            found = self._question.both(found, self._read_one(prefix))
        return found

    def _read_one(self, prefix: str) -> T:
        m, nothing = self._marks.pop(), self._question.nothing
        found = nothing
        if m["open"]:
            inner = self.read(VICTIM if m["group"] == "victim" else prefix)
            found = nothing if m["look"] == "!" or (m["look"] and not self._question.looks) else inner
        elif m["hole"] and "!" not in m["hole"]:
            found = self._question.ask(frozenset(prefix + role for role in m["hole"][1:-1].split("|")))
        if self._marks and self._marks[-1]["times"]:
            times = self._marks.pop()
            return nothing if times["times"] in {"?", "*"} or times["least"] in {"", "0"} else found
        return found


def both(one: Needs, other: Needs) -> Needs:
    """Return what is needed where two things are, without what follows from the rest."""
    return drop_implied({*one, *other})


def either(one: Needs, other: Needs) -> Needs:
    """Return what is needed where one of two things is."""
    return drop_implied({first | second for first in one for second in other})


def drop_implied(clauses: Iterable[Clause]) -> Needs:
    """Return the clauses without those that hold wherever another does."""
    all_clauses = set(clauses)
    return frozenset(clause for clause in all_clauses if not any(other < clause for other in all_clauses))


def _step_over(clause: Clause) -> Steps:
    return (frozenset(role.removeprefix(VICTIM) for role in clause),)


def _first_of(one: Steps, other: Steps) -> Steps:
    return (one[0] | other[0],) if one and other else ()


_NEEDS: _Question[Needs] = _Question(lambda clause: frozenset({clause}), both, either, NOTHING, looks=True)
_ORDER: _Question[Steps] = _Question(_step_over, add, _first_of, (), looks=False)
