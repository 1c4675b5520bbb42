"""Parts within a sentence: "including three children", breakdowns in brackets, the same people in households."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from parsers.alphabets import load_alphabet
from parsers.frames import MACROS, PARTS, SAME_PEOPLE
from parsers.grammar import Draft, Piece
from parsers.records import Unit

FEWEST_OF_A_SUM = 3


def find_parts(
    chunks: Sequence[Piece], spelled: str, drafts: dict[int, Draft], before: Draft | None
) -> Iterator[tuple[int, Draft]]:
    """Give the parts that a sentence names ("including three children") the metric of their whole."""
    for name, pattern in PARTS:
        for m in load_alphabet().compile(pattern, MACROS).finditer(spelled):
            first = m.starts("victim")[0]
            captured = m.capturesdict().get("whole")
            whole_at = m.start("whole") if captured else _last_before(drafts, first)
            whole = drafts.get(whole_at) if whole_at is not None else before
            if whole is None:
                continue
            for victim, kind in zip_longest(m.starts("victim"), m.starts("kind") if "kind" in m.re.groupindex else ()):
                group = chunks[victim].group
                own = drafts.get(victim)
                if group and victim != whole_at and (own is None or own.metric is whole.metric):
                    if kind is not None:
                        group = replace(group, span=(group.span[0], chunks[kind].end))
                    yield (
                        victim,
                        replace(whole, group=group, roles=chunks[victim].roles, rule=name, whole=whole.group.number),
                    )


def find_bracketed(chunks: Sequence[Piece], drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Make parts of what brackets tell again of the figure before them: "four killed (three shot, one beheaded)"."""
    depth_start: int | None = None
    for index, chunk in enumerate(chunks):
        if "open" in chunk.roles:
            depth_start = index
        elif "close" in chunk.roles:
            depth_start = None
        elif depth_start is not None and index in drafts and drafts[index].whole is None:
            before = _last_before(drafts, depth_start)
            if before is not None and _contains(drafts[before], drafts[index]):
                whole = drafts[before]
                yield index, replace(drafts[index], metric=whole.metric, whole=whole.group.number)


def find_restated(chunks: Sequence[Piece], spelled: str, drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Give households the metric of the people they are, and the other way round."""
    for m in load_alphabet().compile(SAME_PEOPLE, MACROS).finditer(spelled):
        whole, group = drafts.get(m.start("whole")), chunks[m.start("victim")].group
        if whole and group and group.unit and {group.unit, whole.group.unit} == {Unit.PERSON, Unit.HOUSEHOLD}:
            yield m.start("victim"), replace(whole, group=group, rule="<people>, or <households>")


def _contains(whole: Draft, part: Draft) -> bool:
    a, b = whole.group.quantity, part.group.quantity
    if a is None or b is None or (whole.metric is not part.metric and not part.weak):
        return False
    return a.low is None or b.low is None or b.low <= a.low


def _last_before(drafts: dict[int, Draft], at: int) -> int | None:
    before = [victim for victim, draft in drafts.items() if victim < at and draft.whole is None]
    return max(before) if before else None


def find_sums(drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Make parts of numbers that add up to the one before or behind them: "14 people, nine in A and five in B"."""
    told = [(at, draft) for at, draft in sorted(drafts.items()) if draft.whole is None and _exact(draft) is not None]
    for metric in {draft.metric for _, draft in told}:
        same = [(at, draft) for at, draft in told if draft.metric is metric]
        if len(same) < FEWEST_OF_A_SUM:
            continue
        for whole, parts in ((same[0], same[1:]), (same[-1], same[:-1])):
            alike = any(part.group.head == whole[1].group.head for _, part in parts)
            if not alike and _exact(whole[1]) == sum(_exact(part) or 0 for _, part in parts):
                yield from ((at, replace(part, whole=whole[1].group.number)) for at, part in parts)
                break


def _exact(draft: Draft) -> int | None:
    return draft.group.quantity.value if draft.group.quantity else None
