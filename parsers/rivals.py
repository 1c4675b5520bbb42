"""Rival counts: another's bare number for what was counted before, "The army put it at 15", or an earlier time's."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.alphabets import Spelled
from parsers.frames import EARLIER, RIVALS
from parsers.grammar import Draft, Piece

OTHERS = (*RIVALS, *EARLIER)


def find_rivals(
    chunks: Sequence[Piece], spelled: Spelled, drafts: dict[int, Draft], before: Draft | None
) -> Iterator[tuple[int, Draft]]:
    """Give a bare number that another claimant states the metric and the people of the count before it.

    ``before`` is the figure that the sentence before ended with. A number that is a figure of its own stays one.
    """
    if not drafts and before is None:
        return
    for name, m in spelled.find_rules(OTHERS):
        victim = m.start("victim")
        earlier = [at for at, draft in drafts.items() if at < victim and draft.whole is None]
        told = drafts[max(earlier)] if earlier else before
        group = chunks[victim].group
        if told is None or victim in drafts or group is None or group.quantity is None:
            continue
        like = told.group.like or told.group.span
        yield (
            victim,
            replace(
                told,
                group=replace(group, unit=told.group.unit, like=like),
                roles=chunks[victim].roles,
                trigger=told.trigger if earlier else group.span,
                clause=(chunks[0].start, chunks[-1].end),
                rule=name,
            ),
        )
