"""References: who "he", "the workers" and "all four" are, and which words count nobody new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.grammar import Draft, Group, Piece
from parsers.records import Metric, Qualifier, Quantity, Unit

WINDOW = 4
RECENT = 100
"""How many figures and groups back a reference may go."""
HOMES = frozenset({Metric.HOMES_DESTROYED, Metric.HOMES_DAMAGED})
EVENTS = frozenset({Metric.KILLED, Metric.INJURED, Metric.ABDUCTED, Metric.DETAINED, Metric.MISSING})


@dataclass(frozen=True, slots=True)
class Mention:
    """A counted group that later words may refer to."""

    sentence: int
    group: Group
    thing: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A draft with the sentence it stands in."""

    sentence: int
    draft: Draft


def _one(span: tuple[int, int], phrase: str) -> Quantity:
    return Quantity(*span, *span, 1, 1, 1, Qualifier.EXACT, phrase)


def _mentions(sentence: int, chunks: Sequence[Piece]) -> Iterator[Mention]:
    for chunk in chunks:
        if chunk.group and chunk.group.quantity and chunk.roles & {"group", "unknown", "thing"}:
            yield Mention(sentence, chunk.group, thing="thing" in chunk.roles)


def _antecedent(mentions: Sequence[Mention], sentence: int, *, single: bool) -> Mention | None:
    for mention in reversed(mentions):
        if sentence - mention.sentence > WINDOW:
            return None
        quantity = mention.group.quantity
        if (
            quantity
            and not mention.thing
            and mention.group.unit is not Unit.DWELLING
            and (quantity.value == 1) == single
        ):
            return mention
    return None


def resolve(sentences: Sequence[tuple[Sequence[Piece], Sequence[Draft]]]) -> list[Found]:
    """Give every draft a number: pronouns and definite groups take that of the group they refer to.

    ``sentences`` holds the chunks and drafts of each sentence, in order. What refers to a group that has its figure
    already is no second figure.
    """
    mentions: list[Mention] = []
    found: list[Found] = []
    for index, (chunks, drafts) in enumerate(sentences):
        here = list(_mentions(index, chunks))
        for draft in drafts:
            before = [*mentions, *(mention for mention in here if mention.group.span[1] <= draft.group.span[0])]
            recent = found[-RECENT:]
            resolved = _resolved(draft, index, before[-RECENT:], recent)
            if resolved:
                found[-RECENT:] = [earlier for earlier in recent if not _outdone(earlier, resolved)]
                found.append(Found(index, resolved))
        mentions = [*mentions[-RECENT:], *here]
    return found


def _resolved(draft: Draft, index: int, mentions: Sequence[Mention], found: Sequence[Found]) -> Draft | None:
    if draft.group.quantity is not None:
        return _counted(draft, index, mentions, found)
    if draft.metric not in EVENTS:
        return None
    if draft.roles & {"named", "another"}:
        return _alone(draft, found)
    if draft.roles & {"he", "one"}:
        return _single(draft, index, mentions, found)
    return _several(draft, index, mentions, found) if draft.roles & {"they", "people"} else None


def _counted(draft: Draft, index: int, mentions: Sequence[Mention], found: Sequence[Found]) -> Draft | None:
    same = [earlier.draft for earlier in found if earlier.draft.metric is draft.metric]
    if _is_told(draft, same):
        return None
    group = draft.group
    whole = next((earlier for earlier in reversed(same) if _holds(earlier.group, group)), None)
    if group.of_whole and whole and whole.whole is None:
        return replace(draft, whole=whole.group.number)
    if group.unit is None and not group.definite:
        return _with_noun(draft, index, mentions)
    return draft


def _is_told(draft: Draft, same: Sequence[Draft]) -> bool:
    """Whether a count adds nothing: "the 12 victims", "the two were released", "nobody else was hurt"."""
    group = draft.group
    value = group.quantity.value if group.quantity else None
    if group.other and value == 0:
        return True
    if draft.weak and same and _total(same) >= (value or 0):
        return True
    return group.definite and any(_same_number(earlier.group, group) for earlier in same)


def _with_noun(draft: Draft, index: int, mentions: Sequence[Mention]) -> Draft | None:
    """Give a bare number the noun of the group named last: "35 were wounded"; a thing's number counts nobody."""
    group = draft.group
    last = next((mention for mention in reversed(mentions) if mention.sentence >= index - 1), None)
    if draft.metric in HOMES and (last is None or last.group.unit is not Unit.DWELLING):
        return None
    if last is None:
        return draft
    if last.thing and last.sentence == index and not group.other and "elliptic" in draft.roles:
        return None  # "60,000 notes, of which 51,000 were captured"
    if last.group.unit is None:
        return draft
    like = None if group.other or last.sentence != index else last.group.like or last.group.span
    return replace(draft, group=replace(group, unit=last.group.unit, like=like))


def _single(draft: Draft, index: int, mentions: Sequence[Mention], found: Sequence[Found]) -> Draft | None:
    """Read "he died", "the driver was injured" as one person, unless that person has the figure already."""
    before = _antecedent(mentions, index, single=True)
    if _is_his(draft):
        draft = replace(draft, roles=draft.roles | {"he"})
    if "he" in draft.roles or (before and _same_head(before.group, draft.group)):
        if before is None or any(_covers(earlier.draft, draft, before.group) for earlier in found):
            return None
        covered = [
            e
            for e in found
            if e.draft.metric is draft.metric and index - e.sentence <= WINDOW and _value(e.draft.group) == 1
        ]
        if covered and "he" in draft.roles:
            return None
        return replace(draft, group=replace(before.group, definite=True))
    if not draft.group.definite or any(earlier.draft.metric is draft.metric for earlier in found):
        return None
    return replace(draft, group=replace(draft.group, quantity=_one(draft.group.span, "the <person>"), single=True))


def _covers(earlier: Draft, draft: Draft, group: Group) -> bool:
    """Whether the person has the figure already, or is among the dead."""
    return earlier.group.span == group.span and earlier.metric in {draft.metric, Metric.KILLED}


def _is_his(draft: Draft) -> bool:
    """Whether the words speak of a man already named: "his body was found"."""
    return draft.rule.startswith("the <body>")


def _alone(draft: Draft, found: Sequence[Found]) -> Draft | None:
    """Count "another" as one, and so a victim named with a title where the report counts nobody yet."""
    told = any(earlier.draft.metric is draft.metric for earlier in found)
    if "named" in draft.roles and (draft.weak or told or not draft.group.single):
        return None
    return replace(draft, group=replace(draft.group, quantity=_one(draft.group.span, "<one>"), single=True))


def _several(draft: Draft, index: int, mentions: Sequence[Mention], found: Sequence[Found]) -> Draft | None:
    """Read "they were abducted" as those who were counted last, unless they have the figure already."""
    if "people" in draft.roles and not draft.group.definite:
        return None
    before = _antecedent(mentions, index, single=False)
    if before is None or any(earlier.draft.metric is draft.metric for earlier in found):
        return None
    if "people" in draft.roles and not _same_head(before.group, draft.group):
        return None
    return replace(draft, group=replace(before.group, definite=True))


def _outdone(earlier: Found, later: Draft) -> bool:
    """Whether a later, graver figure speaks of the same people ("wounded ... he died")."""
    if earlier.draft.group.span != later.group.span or earlier.draft.metric is later.metric:
        return False
    return later.metric is Metric.KILLED and earlier.draft.metric in {Metric.INJURED, Metric.ABDUCTED, Metric.MISSING}


def _total(drafts: Sequence[Draft]) -> int:
    """Return how many the drafts that say so outright count together."""
    return sum(draft.group.quantity.value or 0 for draft in drafts if draft.group.quantity and not draft.weak)


def _holds(whole: Group, part: Group) -> bool:
    a, b = whole.quantity, part.quantity
    return a is not None and b is not None and (a.low is None or b.low is None or b.low <= a.low)


def _value(group: Group) -> int | None:
    return group.quantity.value if group.quantity else None


def _same_number(one: Group, other: Group) -> bool:
    a, b = one.quantity, other.quantity
    return a is not None and b is not None and (a.value, a.low, a.high) == (b.value, b.low, b.high)


def _same_head(one: Group, other: Group) -> bool:
    return not _stems(one).isdisjoint(_stems(other))


def _stems(group: Group) -> set[str]:
    return {word.removesuffix("s") for word in group.head.split()}
