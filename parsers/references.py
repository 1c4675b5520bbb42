"""References: who "he", "the workers" and "all four" are, and which counts are the same count told twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.grammar import Draft, Group, Piece
from parsers.records import Evidence, Metric, Qualifier, Quantity, Reading, Unit

WINDOW = 4
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
            resolved = _resolved(draft, index, before, found)
            if resolved:
                found = [earlier for earlier in found if not _outdone(earlier, resolved)]
                found.append(Found(index, resolved))
        mentions += here
    return found


def _resolved(draft: Draft, index: int, mentions: Sequence[Mention], found: Sequence[Found]) -> Draft | None:
    if draft.group.quantity is not None:
        return _counted(draft, index, mentions, found)
    if draft.metric not in EVENTS:
        return None
    if "another" in draft.roles:
        return replace(draft, group=replace(draft.group, quantity=_one(draft.group.span, "another"), single=True))
    if draft.roles & {"he", "one"}:
        return _single(draft, index, mentions, found)
    if draft.roles & {"they", "people"}:
        return _several(draft, index, mentions, found)
    return None


def _counted(draft: Draft, index: int, mentions: Sequence[Mention], found: Sequence[Found]) -> Draft | None:
    group = draft.group
    same = [earlier.draft for earlier in found if earlier.draft.metric is draft.metric]
    if group.definite and any(_same_number(earlier.group, group) for earlier in same):
        return None
    whole = next((earlier for earlier in reversed(same) if _holds(earlier.group, group)), None)
    if group.of_whole and whole and whole.whole is None:
        return replace(draft, whole=whole.group.number)
    if draft.weak and _total(same) >= (group.quantity.value or 0 if group.quantity else 0) and same:
        return None  # "the two were released": the count stands where they were taken
    if group.unit is None and not group.definite:
        # "35 were wounded": the noun is that of the group named last.
        last = next((mention for mention in reversed(mentions) if mention.sentence >= index - 1), None)
        if last and last.thing and last.sentence == index and not group.other and "elliptic" in draft.roles:
            return None  # "60,000 notes, of which 51,000 were captured"
        if last and last.group.unit:
            return replace(draft, group=replace(group, unit=last.group.unit))
    return draft


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


def drop_repeats(readings: Sequence[Reading]) -> list[Reading]:
    """Leave out what a report tells twice: the same number of the same people by the same source.

    A headline repeated in the lead is one figure, and keeps the place of the first telling. Equal counts of one
    sentence ("one nurse was killed and one driver was killed") are different people, so they are one figure of the sum.
    """
    kept: list[Reading] = []
    for reading in readings:
        twin = next((index for index, earlier in enumerate(kept) if _repeats(reading, earlier)), None)
        if reading.figure.part_of is not None or twin is None:
            kept.append(reading)
        elif kept[twin].sentence == reading.sentence:
            kept[twin] = _added(kept[twin], reading)
    return kept


def _added(one: Reading, other: Reading) -> Reading:
    """Add two equal counts of one sentence."""
    a, b = one.figure, other.figure
    value, low, high = (_sum(x, y) for x, y in ((a.value, b.value), (a.low, b.low), (a.high, b.high)))
    words = f"{a.group_text} and {b.group_text}"
    evidence = Evidence("value", b.span, f"with '{b.group_text}' counted in the same sentence")
    return one.with_field(evidence, value=value, low=low, high=high, group_text=words)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _repeats(reading: Reading, earlier: Reading) -> bool:
    a, b = reading.figure, earlier.figure
    if b.part_of is not None or (a.metric, a.value, a.low, a.high, a.unit, a.status) != (
        b.metric, b.value, b.low, b.high, b.unit, b.status,
    ):  # fmt: skip
        return False
    if reading.sentence == earlier.sentence and a.group != b.group:
        return False
    if a.value == 1 and reading.sentence != earlier.sentence and a.group_text != b.group_text:
        return False
    return all(
        one is None or other is None or one == other
        for one, other in (
            (a.group, b.group),
            (a.source, b.source),
            (a.start, b.start),
            (a.end, b.end),
            (a.place, b.place),
        )
    )
