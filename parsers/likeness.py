"""Whose noun a number takes that has none of its own: "129 civilians were killed and 574 injured"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.alphabets import Spelled
from parsers.classes import names_no_others
from parsers.frames import KINDS
from parsers.grammar import Draft, Group, Piece
from parsers.records import Span, Unit


def take_nouns(drafts: Mapping[int, Draft], chunks: Sequence[Piece], spelled: Spelled) -> Iterator[tuple[int, Draft]]:
    """Yield the drafts that take their noun from elsewhere in the sentence, each by the chunk of its victim."""
    kinds = dict(_find_kinds(chunks, spelled))
    named: Group | None = None
    for victim, draft in drafts.items():
        if victim in kinds and draft.group.like is None and draft.whole is None:
            yield victim, replace(draft, group=replace(draft.group, like=kinds[victim]))
        elif _is_bare(chunks[victim]) and named and draft.group.like is None:
            if not (names_no_others(named, draft.group) or _is_told_in_parts(draft, drafts)):
                yield victim, replace(draft, group=replace(draft.group, like=named.span))
        elif _counts_people(draft) and not _is_bare(chunks[victim]):
            named = draft.group


def _find_kinds(chunks: Sequence[Piece], spelled: Spelled) -> Iterator[tuple[int, Span]]:
    for pattern in KINDS:
        for m in spelled.find(pattern):
            kind = chunks[m.start("kind")]
            yield from ((victim, (kind.start, kind.end)) for victim in m.starts("victim"))


def _is_told_in_parts(draft: Draft, drafts: Mapping[int, Draft]) -> bool:
    """Whether parts before a number say who some are: "a midwife died, and a doctor was among five wounded"."""
    return any(one.whole == draft.group.number and one.group.span < draft.group.span for one in drafts.values())


def _is_bare(chunk: Piece) -> bool:
    """Say whether a chunk is a number and what befell its people, and does not say who they are: "574 injured"."""
    return "group" in chunk.roles and bool(chunk.pieces) and "state" in chunk.pieces[-1].roles


def _counts_people(draft: Draft) -> bool:
    """Whether a draft is a number of people, and no part: not "herders" of "clashes between herders left 14 dead"."""
    return draft.group.unit is Unit.PERSON and draft.group.quantity is not None and draft.whole is None
