"""Needs: what a sentence must have for a rule to fit it, read off the rule's own pattern."""

from collections.abc import Iterable, Mapping
from functools import reduce

import regex

from parsers.grammar import expand

Clause = frozenset[str]
"""Roles of which one must be there."""
Needs = frozenset[Clause]
"""Clauses that must all hold."""

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
    return _Reader(list(MARK.finditer(expand(pattern, macros)))).read()


class _Reader:
    """Reads the marks of a pattern from left to right."""

    def __init__(self, marks: list[regex.Match[str]]) -> None:
        self._marks = marks[::-1]

    def read(self, prefix: str = "") -> Needs:
        """Read alternatives up to the bracket that closes them, or to the end."""
        ways = [self._read_way(prefix)]
        while self._marks and self._marks[-1]["bar"]:
            self._marks.pop()
            ways.append(self._read_way(prefix))
        if self._marks:
            self._marks.pop()  # the bracket
        return reduce(either, ways)

    def _read_way(self, prefix: str) -> Needs:
        needs = NOTHING
        while self._marks and not (self._marks[-1]["bar"] or self._marks[-1]["close"]):
            needs = both(needs, self._read_one(prefix))
        return needs

    def _read_one(self, prefix: str) -> Needs:
        m = self._marks.pop()
        if m["open"]:
            inner = self.read(VICTIM if m["group"] == "victim" else prefix)
            needs = NOTHING if m["look"] == "!" else inner
        elif m["hole"] and "!" not in m["hole"]:
            needs = frozenset({frozenset(prefix + role for role in m["hole"][1:-1].split("|"))})
        else:
            needs = NOTHING
        if self._marks and self._marks[-1]["times"]:
            times = self._marks.pop()
            return NOTHING if times["times"] in {"?", "*"} or times["least"] == "0" else needs
        return needs


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
