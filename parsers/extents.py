"""The clause of each figure: from what always ends one, or from the last joint between two figures."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.frames import LISTED
from parsers.grammar import Draft, Piece
from parsers.records import Span

CLAUSE_ENDS = frozenset({"stop", "when", "but"})


def bound_clauses(drafts: Sequence[Draft], chunks: Sequence[Piece]) -> list[Draft]:
    """Bound each draft's clause: by what always ends one, and between two drafts by the last joint between them."""
    cuts = [chunk.start for chunk in chunks if chunk.roles & CLAUSE_ENDS]
    for one, other in pairwise(sorted(drafts, key=_extent)):
        if one.trigger != other.trigger or one.rule == LISTED:
            gap = (_extent(one)[1], _extent(other)[0])
            joints = [c.start for c in chunks if c.roles & {"and", "comma", "but"} and gap[0] <= c.start < gap[1]]
            cuts += joints[-1:]
    return [replace(draft, clause=_clause(draft, cuts, (chunks[0].start, chunks[-1].end))) for draft in drafts]


def _extent(draft: Draft) -> Span:
    if draft.rule == LISTED:
        return draft.group.span  # each place of a list has its own number
    return min(draft.group.span[0], draft.trigger[0]), max(draft.group.span[1], draft.trigger[1])


def _clause(draft: Draft, cuts: Sequence[int], sentence: Span) -> Span:
    start, end = _extent(draft)
    return (
        max([cut for cut in cuts if cut <= start], default=sentence[0]),
        min([cut for cut in cuts if cut >= end], default=sentence[1]),
    )
