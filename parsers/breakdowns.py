"""Parts within a sentence: "including three children", breakdowns in brackets, the same people in households."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

import regex

from parsers.alphabets import Spelled
from parsers.frames import AMONG, BRACKETED, GAPPED, MADE_UP, PARTS, SAME_PEOPLE, TOTALLED
from parsers.grammar import TOGETHER, Draft, Group, Piece
from parsers.links import own_metric
from parsers.portions import share_out
from parsers.records import Metric, Unit
from parsers.subjects import heads_wholes, is_of_those_before

RESTATED = "<people>, or <households>"
"""The rule of the same people in another unit."""
FEWEST_OF_A_SUM = 3
OUTCOMES: Mapping[Metric, frozenset[Metric]] = {
    Metric.CASUALTIES: frozenset({Metric.KILLED, Metric.INJURED}),
    Metric.HOMES_DAMAGED: frozenset({Metric.HOMES_DESTROYED}),
}
"""What some of a number that leaves it open may have come to: "casualties, 12 of them dead"."""
COUNTED = frozenset({"group", "elliptic", "unknown", "event"})
ONE_OF_THEM = "<partitive> <be> (?P<kind><group>)"
BRINGING = frozenset({"reach.ing", "make.ing", "claim.ing"})
NEAR = 4
"""How many chunks stand between "bringing" and "the death toll" at the most."""
AT_LARGE = frozenset({Metric.AFFECTED, Metric.POPULATION, Metric.IN_NEED})
"""What is counted of a people, some of whom come to something else: "52,000 affected, 8,100 of them displaced"."""
OF_WHOM = frozenset({"theirs", "state", "takes.ed", "event", "victim", "person.many"})
"""What words have that say of whom a share is: "half of them", "of the displaced", "of the new arrivals"."""
GENERAL = frozenset({"dweller", "elliptic", "event"})
"""What a number counts that others may tell again in parts: people, deaths, or nothing by name."""


def find_parts(
    chunks: Sequence[Piece], spelled: Spelled, drafts: dict[int, Draft], before: Sequence[Draft]
) -> Iterator[tuple[int, Draft]]:
    """Give the parts that a sentence names ("including three children") the metric of their whole.

    ``before`` holds the figures of the sentence before that may have parts, the last first.
    """
    if not drafts and not before:
        return
    parts: dict[int, Draft] = {}
    for name, m in sorted(spelled.find_rules(PARTS), key=_first_part):
        first, whole_at = _first_part((name, m)), _find_whole(chunks, m, drafts)
        told = _drafted(whole_at, drafts, parts) if whole_at is not None else next(iter(before), None)
        beside = _find_beside(chunks, first, parts)
        unnamed = "whole" not in m.re.groupindex
        if told is None or (unnamed and _follows_others(chunks, first, {**drafts, **parts})):
            continue
        for victim, kind in zip_longest(m.starts("victim"), m.starts("kind") if "kind" in m.re.groupindex else ()):
            if victim == whole_at or (victim in parts and victim != first):
                continue  # "(15 civilians, including 6 children, and 9 fighters)": of the whole, as those before
            group = chunks[victim].group
            own = None if "degree" in chunks[victim].roles else drafts.get(victim)
            whole = beside or _whole_with(_said_of(chunks, victim, own), drafts, before, victim) or told
            if group is None or _is_no_part(name, chunks[victim], own, whole) or not _is_told_again(chunks, m, whole):
                continue
            group = _worked_out(group, whole)
            if kind is not None:
                start = chunks[kind].start if name == MADE_UP else group.span[0]
                group = replace(group, span=(start, chunks[kind].end))
            metric = _part_metric(whole, drafts.get(victim), None if kind is None else chunks[kind])
            roles = chunks[victim].roles
            parts[victim] = replace(whole, group=group, metric=metric, roles=roles, rule=name, whole=whole.group.number)
    yield from parts.items()


def _is_no_part(name: str, part: Piece, own: Draft | None, whole: Draft) -> bool:
    """Whether people whom a rule takes for a part are none of the whole, or all of it."""
    if part.group is None or not _may_be_part(whole, own) or (own is not None and own.rule == RESTATED):
        return True
    if "degree" in part.roles and (whole.metric is Metric.KILLED or _counts_none(part.group)):
        return True  # nobody is badly killed, and "none badly" counts no wounded
    return _is_of_others(name, part, whole) or _is_list_of_all(part.group, whole)


def _drafted(whole: int, drafts: Mapping[int, Draft], parts: Mapping[int, Draft]) -> Draft | None:
    """Return what a rule takes for the whole; behind several parts, "12 soldiers and 9 civilians", what they are of."""
    part = parts.get(whole)
    if whole in drafts or part is None or whole - 2 not in parts:
        return drafts.get(whole) or part
    return next((draft for draft in drafts.values() if draft.group.number == part.whole), None)


def _first_part(match: "tuple[str, regex.Match[str]]") -> int:
    """Return where the first part of a rule's match stands: they are read in the order of the text."""
    return match[1].starts("victim")[0]


def _find_beside(chunks: Sequence[Piece], part: int, parts: Mapping[int, Draft]) -> Draft | None:
    """Return the part right behind which another stands, as its own: "221 civilians, of whom 46 were children".

    Behind several, "11 children and 16 women, 7 of them", it is of them all.
    """
    led = "including" in chunks[part - 1].roles
    if not led and (part + 1 >= len(chunks) or "including" not in chunks[part + 1].roles):
        return None
    at = part - 2 if led else part - 1
    if at < 1 or not chunks[at].roles & {"comma", "open", "dash"}:
        return None
    at -= 1
    while at > 0 and at not in parts and chunks[at].roles & {"prep", "of", "np", "named", "by"}:
        at -= 1
    beside, group = parts.get(at), chunks[part].group
    if beside is None or group is None or at - 2 in parts or not _is_no_more(replace(beside, group=group), beside):
        return None
    return beside


def _is_of_others(name: str, part: Piece, whole: Draft) -> bool:
    """Whether a rule took for a part what is none: "three children (9, 11)", "women make up half of the council"."""
    if name == MADE_UP:
        return part.pieces[-1].roles.isdisjoint(OF_WHOM)
    if name != BRACKETED or part.group is None:
        return False
    return not _is_no_more(replace(whole, group=part.group), whole)


def _said_of(chunks: Sequence[Piece], part: int, own: Draft | None) -> str:
    """Return the metric that the words of a part or those right behind it say: "among them 60 killed in May"."""
    if own is not None:
        return own.metric
    behind = chunks[part + 1 : part + 2]
    return own_metric(chunks[part]) or next((metric for chunk in behind for metric in chunk.metrics("state")), "")


def _whole_with(metric: str, drafts: dict[int, Draft], before: Sequence[Draft], part: int) -> Draft | None:
    """Return the last number before a part that counts what it counts: "60 killed and 90 hurt. Half of the dead"."""
    told = [draft for at, draft in sorted(drafts.items(), reverse=True) if at < part]
    counted = (draft for draft in (*told, *before) if draft.whole is None and draft.group.quantity is not None)
    return next((draft for draft in counted if draft.metric == metric), None)


def _follows_others(chunks: Sequence[Piece], part: int, drafts: Mapping[int, Draft]) -> bool:
    """Whether people stand right before a part whom nothing befell: "21 died; 34 survivors, ten of them children"."""
    at = part - 2
    if at < 0 or at in drafts or "comma" not in chunks[part - 1].roles or "group" not in chunks[at].roles:
        return False
    group = chunks[at].group
    return group is not None and group.many and group.unit is Unit.PERSON


def _counts_none(group: Group) -> bool:
    return group.quantity is not None and group.quantity.value == 0


def _is_told_again(chunks: Sequence[Piece], m: "regex.Match[str]", whole: Draft) -> bool:
    """Whether the number that a rule takes for the whole told again is it: "60 were hurt; of the 60, 12 were"."""
    again = chunks[m.start("same")].group if m.capturesdict().get("same") else None
    all_, told = whole.group.quantity, again.quantity if again else None
    return again is None or (all_ is not None and told is not None and all_.low == told.low)


def _is_list_of_all(group: Group, whole: Draft) -> bool:
    """Whether people named with theirs are all who were counted: "three died: the driver, his wife and her brother"."""
    part, all_ = group.quantity, whole.group.quantity
    return bool(part and all_ and part.rule == TOGETHER and part.value == all_.value)


def _worked_out(part: Group, whole: Draft) -> Group:
    """Return the group with the number that its share of a whole behind it comes to: "a third of the 96 wounded"."""
    share, number = part.quantity, whole.group.quantity
    if not share or not share.open_share or number is None or number.start < share.start:
        return part
    quantity = replace(share_out(share, number), end=share.end, phrase_end=share.phrase_end)
    return replace(part, quantity=quantity, number=(quantity.start, quantity.end), unit=whole.group.unit)


def find_told_twice(chunks: Sequence[Piece], spelled: Spelled) -> Iterator[int]:
    """Yield the chunks that only say who one of the counted is: "one of the wounded is a police officer"."""
    for m in spelled.find(ONE_OF_THEM):
        group = chunks[m.start("kind")].group
        if group and group.quantity and group.quantity.value == 1:
            yield m.start("kind")


def _may_be_part(whole: Draft, own: Draft | None) -> bool:
    if own is None or own.metric is whole.metric:
        return True
    return own.metric in OUTCOMES.get(whole.metric, ())


def _part_metric(whole: Draft, own: Draft | None, kind: Piece | None) -> Metric:
    """Return what a part counts: killed and injured of casualties, else what its whole counts."""
    outcomes = OUTCOMES.get(whole.metric, frozenset())
    said = [Metric(metric) for metric in kind.metrics("state")] if kind else [own.metric] if own else []
    return next((metric for metric in said if metric in outcomes), whole.metric)


def find_bracketed(chunks: Sequence[Piece], drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Make parts of what brackets tell again of the figure before them: "four killed (three shot, one beheaded)"."""
    depth_start: int | None = None
    for index, chunk in enumerate(chunks):
        if "open" in chunk.roles:
            depth_start = index
        elif "close" in chunk.roles:
            depth_start = None
        elif depth_start is not None and index in drafts and drafts[index].whole is None:
            before = _find_bracket_whole(drafts, depth_start, drafts[index].metric)
            if before is not None and _contains(drafts[before], drafts[index]):
                whole = drafts[before]
                yield index, replace(drafts[index], metric=whole.metric, whole=whole.group.number)


def _find_bracket_whole(drafts: dict[int, Draft], bracket: int, metric: Metric) -> int | None:
    """Return whose parts a bracket tells: the last counted before it, or the dead among casualties that have parts.

    "112 casualties (34 killed), including nine children (two killed)": the two are of the 34.
    """
    last = max((victim for victim in drafts if victim < bracket), default=-1)
    if last < 0 or drafts[last].metric is not Metric.CASUALTIES or drafts[last].whole is None:
        return _last_before(drafts, bracket)
    return _last_before({victim: draft for victim, draft in drafts.items() if draft.metric is metric}, bracket)


def find_theirs(chunks: Sequence[Piece], drafts: dict[int, Draft], before: Draft | None) -> Iterator[tuple[int, Draft]]:
    """Make a part of a number "of them", or behind "of the 62", that has the metric of the figure before it."""
    for at, draft in sorted(drafts.items()):
        earlier = _find_headed(chunks, drafts, at)
        theirs = any("theirs" in chunk.roles for chunk in chunks[at + 1 : at + 2])
        theirs = theirs or (at > 0 and "theirs" in chunks[at - 1].roles)  # "of whom 8,100"
        if draft.whole is not None or not (theirs or (earlier is not None and heads_wholes(chunks, earlier))):
            continue
        others = any(chunk.group and chunk.group.quantity for chunk in chunks[:at])  # "20 men, 4 of whom died"
        whole = drafts[earlier] if earlier is not None else None if others else before
        counted = whole is not None and whole.group.quantity is not None
        if whole and counted and _takes_in(whole, draft):
            yield at, replace(draft, whole=whole.group.number, group=_as_those(draft.group, whole.group))


def _as_those(part: Group, whole: Group) -> Group:
    """Return a bare number with the noun of those of whom it is: "13 members of one family, five of them boys"."""
    if part.unit is not None or part.like is not None:
        return part
    return replace(part, unit=whole.unit, like=whole.like or whole.span)


def _takes_in(whole: Draft, part: Draft) -> bool:
    open_to = part.metric in OUTCOMES.get(whole.metric, ())
    if open_to or (whole.metric in AT_LARGE and part.metric not in AT_LARGE):
        return _is_no_more(part, whole)
    return whole.metric is part.metric and _contains(whole, part)


def find_among(drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Make a part of some who are among those counted behind them: "two pupils were among 18 people killed"."""
    for at, draft in drafts.items():
        behind = (other for victim, other in sorted(drafts.items()) if victim > at and other.metric is draft.metric)
        whole = next(behind, None) if draft.rule == AMONG else None
        if whole is not None and whole.whole is None and _contains(whole, draft):
            yield at, replace(draft, whole=whole.group.number)


def _find_headed(chunks: Sequence[Piece], drafts: dict[int, Draft], at: int) -> int | None:
    """Return who a part may be of: the last of its metric that head the clause, else the last counted before it."""
    alike = {victim: draft for victim, draft in drafts.items() if draft.metric is drafts[at].metric}
    headed = _last_before({victim: draft for victim, draft in alike.items() if heads_wholes(chunks, victim)}, at)
    return _last_before(drafts, at) if headed is None else headed


def find_located(chunks: Sequence[Piece], drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Make a part of a number right behind a larger one that says where some were: "killed two guards, one at home"."""
    for at, draft in drafts.items():
        whole = drafts.get(at - 2)
        if whole is None or draft.whole is not None or not is_of_those_before(chunks, at):
            continue
        if whole.metric is draft.metric and whole.whole is None:
            yield at, replace(draft, whole=whole.group.number)


def find_restated(chunks: Sequence[Piece], spelled: Spelled, drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Give households the metric of the people they are, and the other way round."""
    for m in spelled.find(SAME_PEOPLE):
        pair = m.start("whole"), m.start("victim")
        told, other = pair if pair[0] in drafts else pair[::-1]
        whole, group = drafts.get(told), chunks[other].group
        units = {group.unit, whole.group.unit} if whole and group else set()
        if whole and group and group.many and units == {Unit.PERSON, Unit.HOUSEHOLD}:
            yield other, replace(whole, group=group, rule=RESTATED)


def _contains(whole: Draft, part: Draft) -> bool:
    return (whole.metric is part.metric or part.weak) and _is_no_more(part, whole)


def _is_no_more(part: Draft, whole: Draft) -> bool:
    a, b = whole.group.quantity, part.group.quantity
    if a is None or b is None:
        return False
    return a.low is None or b.low is None or b.low <= a.low


def _find_whole(chunks: Sequence[Piece], m: "regex.Match[str]", drafts: dict[int, Draft]) -> int | None:
    """Return the whole that a part names or stands behind: what its verb counts, else who was counted last."""
    part = m.starts("victim")[0]
    if m.capturesdict().get("whole"):
        return _nearest_whole(drafts, m.start("whole"), part)
    verb = chunks[m.start("trigger")].start if "trigger" in m.re.groupindex else None
    told = {at: draft for at, draft in drafts.items() if draft.trigger[0] == verb}
    return _last_before(told or drafts, part)


def _nearest_whole(drafts: dict[int, Draft], whole: int, part: int) -> int:
    """Return the whole, or who came to something else since: "killing five and abducting ten, including a nurse"."""
    start = drafts[whole].group.span[1] if whole in drafts else 0
    later = [
        at
        for at, draft in drafts.items()
        if whole < at < part and start and start <= draft.trigger[0] and draft.trigger[1] <= draft.group.span[0]
    ]
    return max(later, default=whole)


def _last_before(drafts: dict[int, Draft], at: int) -> int | None:
    """Return the last that are counted before a part, else the last of whom the words say what befell them."""
    before = [victim for victim, draft in drafts.items() if victim < at and draft.whole is None]
    counted = [victim for victim in before if drafts[victim].group.quantity is not None]
    return max(counted or before, default=None)


def find_sums(chunks: Sequence[Piece], drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Make parts of numbers that add up to the one before or behind them: "14 people, nine in A and five in B"."""
    told = [(at, draft) for at, draft in sorted(drafts.items()) if draft.whole is None and _exact(draft) is not None]
    told = [(at, draft) for at, draft in told if draft.rule != GAPPED]
    for metric in {draft.metric for _, draft in told}:
        same = [(at, draft) for at, draft in told if draft.metric is metric]
        if len(same) < FEWEST_OF_A_SUM:
            continue
        for whole, parts in ((same[0], same[1:]), (same[-1], same[:-1])):
            alike = any(part.group.head == whole[1].group.head for _, part in parts)
            listed = alike or "partitive" in chunks[whole[0]].roles or _is_one_list(chunks, whole, parts)
            if not listed and _exact(whole[1]) == sum(_exact(part) or 0 for _, part in parts):
                yield from ((at, replace(part, whole=whole[1].group.number)) for at, part in parts)
                break


def _is_one_list(chunks: Sequence[Piece], whole: tuple[int, Draft], parts: Sequence[tuple[int, Draft]]) -> bool:
    """Whether a number is only the first or last of a list: "three soldiers, two policemen and a vendor died"."""
    at, draft = whole
    if at > parts[-1][0]:
        return bool(chunks[at - 1].roles & {"and", "or"})
    if draft.roles & GENERAL or all(part.roles & {"elliptic", "anyone"} for _, part in parts):
        return False
    last = parts[-1][0]
    closed = last + 1 < len(chunks) and chunks[last + 1].roles & {"comma", "dash", "close", "stop"}
    return not closed and all(part.trigger == draft.trigger for _, part in parts)


def find_added(chunks: Sequence[Piece], drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Make parts of those who bring a toll to its number: "two more died, bringing the toll to 14"."""
    for at, whole in drafts.items():
        trigger = next((index for index, chunk in enumerate(chunks) if chunk.start == whole.trigger[0]), 0)
        if whole.whole is not None or not ("toll" in chunks[trigger].roles or whole.rule == TOTALLED):
            continue
        led = next((i for i in range(trigger - 1, max(trigger - NEAR, -1), -1) if chunks[i].roles & BRINGING), None)
        before = [(i, draft) for i, draft in drafts.items() if led is not None and i < led and draft.whole is None]
        for index, draft in before:
            fits = draft.group.quantity is None or _contains(whole, draft)
            if draft.metric is whole.metric and index < at and fits:
                yield index, replace(draft, whole=whole.group.number)


def find_closing(chunks: Sequence[Piece], drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Make a whole of the number that closes a list: "three soldiers and two civilians, five people in all"."""
    for at, chunk in enumerate(chunks):
        if chunk.group is None or not chunk.roles & COUNTED or not _sums_up(chunks, at):
            continue
        before = [(index, draft) for index, draft in sorted(drafts.items()) if index < at and draft.whole is None]
        parts = _adding_up(chunk.group, before) or _listed(chunks, at, before)
        if parts:
            whole = replace(parts[0][1], group=chunk.group, roles=chunk.roles, rule="<people>, <number> in all")
            yield at, whole
            yield from ((index, replace(part, whole=chunk.group.number)) for index, part in parts)


def _sums_up(chunks: Sequence[Piece], at: int) -> bool:
    """Whether the words beside a number call it a sum, and a mark parts it from what stands before."""
    said = any("sum" in chunk.roles for chunk in chunks[at + 1 : at + 2]) or any(
        chunk.roles & {"sum", "crowd"} for chunk in chunks[max(at - 1, 0) : at]
    )
    return said and any(chunk.roles & {"comma", "dash", "open", "stop"} for chunk in chunks[max(at - 3, 0) : at])


def _adding_up(whole: Group, before: Sequence[tuple[int, Draft]]) -> list[tuple[int, Draft]]:
    """Return the drafts of one metric that stand last before a sum and make it, two at the least; else none."""
    wanted = whole.quantity.value if whole.quantity else None
    parts: list[tuple[int, Draft]] = []
    for index, draft in reversed(before):
        if parts and draft.metric is not parts[0][1].metric:
            break
        parts.append((index, draft))
        if wanted and len(parts) > 1 and sum(_exact(part) or 0 for _, part in parts) == wanted:
            return parts
    return []


def _listed(chunks: Sequence[Piece], at: int, before: Sequence[tuple[int, Draft]]) -> list[tuple[int, Draft]]:
    """Return the one list of victims that "in all" closes, though it does not add up: the report contradicts itself."""
    behind = [chunk.roles for chunk in chunks[at + 1 : at + 3]]
    closed = len(behind) == len(("in all", ".")) and "sum" in behind[0] and behind[1] & {"comma", "dash", "stop"}
    if not closed or not before:
        return []
    last = before[-1][1]
    parts = [(index, draft) for index, draft in before if draft.trigger == last.trigger and index != at]
    return parts if len(parts) > 1 else []


def _exact(draft: Draft) -> int | None:
    return draft.group.quantity.value if draft.group.quantity else None
