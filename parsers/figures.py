"""Figures: the counted groups of a sentence, linked by the frames with what happened to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, zip_longest

from parsers.frames import FRAMES, MACROS, PARTS, SAME_PEOPLE, Frame
from parsers.grammar import Alphabet, Group, Piece
from parsers.records import Basis, Metric, Span, Status, Unit
from parsers.vocabulary import MetricTable, Vocabulary, load_vocabulary

CHUNKS = (
    "group", "unknown", "elliptic", "event", "thing", "people", "one", "events", "named", "np", "toll", "name",
    "adverb", "person.many", "share",
)  # fmt: skip
PUNCTUATION = tuple(
    frozenset(roles.split())
    for roles in (
        "comma", "open", "close", "quote", "stop", "colon", "dash", "bar", "and", "slash", "poss", "stop pause",
    )
)  # fmt: skip
AUXILIARIES = frozenset({"have", "modal", "not", "adverb", "say", "semi", "to", "be", "attempt"})
CLAUSE_ENDS = frozenset({"stop", "when", "but"})
ACTS = "<victims> have <died>"
"""The frame of what people do; who is wounded and dies, in whatever frames, is among the dead."""
FAR = 6
HOMES = {"homes_destroyed", "homes_damaged"}


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


@dataclass(frozen=True, slots=True)
class Link:
    """One match of a frame: a victim chunk, its trigger, and the metrics that the trigger may mean."""

    victim: int
    trigger: int
    metrics: tuple[str, ...]
    frame: Frame
    weak: bool


@cache
def _alphabet() -> Alphabet:
    """Return the one alphabet; what it is seeded with spares the patterns to be compiled again later."""
    alphabet = Alphabet()
    vocabulary = load_vocabulary("en")
    known = {entry.roles for entry in vocabulary.words.values()}
    known |= {entry.roles for found in vocabulary.phrases.values() for _, entry in found}
    shapes = ({"lower"}, {"lower", "ved"}, {"lower", "ving"}, {"number"}, {"number", "zero"}, {"np", "home"})
    camps = ({role, "camp"} for role in ("np", "group", "thing", "people", "one"))
    for roles in (*known, *PUNCTUATION, *map(frozenset, shapes), *map(frozenset, camps), *({role} for role in CHUNKS)):
        alphabet.spell_roles(frozenset(roles))
    return alphabet


def _links(frame: Frame, chunks: Sequence[Piece], spelled: str) -> Iterator[Link]:
    at = 0
    pattern = _alphabet().compile(frame.pattern, MACROS)
    used: set[int] = set()
    while at < len(spelled):
        m = pattern.search(spelled, at)
        if not m:
            return
        victims = [start for start, _ in m.spans("victim")]
        at = max(at + 1, victims[0] + 1)
        triggers = set() if frame.fixed else {start for start, _ in m.spans("trigger")}
        if triggers and triggers <= used:
            continue  # what stands between the first subject and its verb is no second subject
        used |= triggers
        for victim in victims:
            if frame.fixed is None:
                yield from _worded(frame, victim, [start for start, _ in m.spans("trigger")], chunks)
            else:
                yield from _fixed(frame, victim, m.end() - 1 if m.start() == victims[0] else m.start(), chunks)


def _worded(frame: Frame, victim: int, triggers: Sequence[int], chunks: Sequence[Piece]) -> Iterator[Link]:
    for trigger in triggers:
        metrics = tuple(dict.fromkeys(chunks[trigger].metrics(*frame.needs)))
        if metrics:
            yield Link(victim, trigger, metrics, frame, _is_weak(chunks[trigger]))


def _fixed(frame: Frame, victim: int, trigger: int, chunks: Sequence[Piece]) -> Iterator[Link]:
    group = chunks[victim].group
    metric = frame.fixed.get(group.unit if group else None) if frame.fixed else None
    if metric:
        yield Link(victim, trigger, (metric,), frame, weak=False)


def _is_weak(piece: Piece) -> bool:
    return any(sense.role.startswith("weak") for sense in piece.senses) and not any(
        sense.role.startswith("takes") for sense in piece.senses
    )


def _fits(metric: str, group: Group, vocabulary: Vocabulary) -> bool:
    table = vocabulary.metrics[metric]
    lives = any(sense.role == "lives" for sense in group.senses)
    return (group.unit is None or group.unit in table.units) and (not lives or metric == Metric.KILLED)


def _status(chunks: Sequence[Piece], trigger: int) -> Status | None:
    """Read the auxiliaries before a trigger; None where the words say that it did not happen."""
    status = Status.REPORTED
    at = trigger - 1
    while at >= 0 and trigger - at <= FAR and chunks[at].roles & AUXILIARIES:
        roles = chunks[at].roles
        if "not" in roles:
            return None
        if roles & {"modal", "attempt"} or chunks[at].text == "feared":
            status = Status.PROJECTED
        at -= 1
    return status


def _choose(links: Sequence[Link], chunks: Sequence[Piece], vocabulary: Vocabulary) -> list[tuple[Link, str]]:
    """Choose what a victim chunk counts: the first frame's triggers, combined where they are named together."""
    group = chunks[links[0].victim].group
    options: dict[str, Link] = {}
    for link in [link for link in links if link.frame is links[0].frame or link.frame.name == ACTS]:
        for metric in link.metrics:
            if group is None or _fits(metric, group, vocabulary):
                options.setdefault(metric, link)
    if not options:
        return []
    victim = next((sense.metric for sense in group.senses if sense.role == "victim"), None) if group else None
    if victim and set(options) == {"population"}:
        return [(options["population"], victim)]  # "hosts 12,000 refugees"
    gravest = max(options, key=lambda metric: vocabulary.metrics[metric].weigh(weak=options[metric].weak))
    strong = {metric for metric, link in options.items() if not link.weak}
    if strong >= {"killed", "injured"} and group and not group.single and _many(group):
        return [(options["injured"], "casualties")]
    if set(options) >= HOMES:
        return [(options["homes_damaged"], "homes_damaged")]
    return [(options[gravest], gravest)]


def _many(group: Group) -> bool:
    return group.quantity is not None and group.quantity.value != 1


def _draft(link: Link, metric: str, chunks: Sequence[Piece], vocabulary: Vocabulary) -> Draft | None:
    victim, trigger = chunks[link.victim], chunks[link.trigger]
    status = _status(chunks, link.trigger)
    table: MetricTable = vocabulary.metrics[metric]
    if link.frame.name == ACTS and trigger.text in table.needs_context and table.context.isdisjoint(_words(chunks)):
        return None
    if status is None or (victim.group is None and not victim.roles & {"he", "they", "another"}):
        return None
    group = victim.group or Group((victim.start, victim.end), (victim.start, victim.end), None, None, victim.text)
    return Draft(
        group,
        table.metric,
        victim.roles,
        (trigger.start, trigger.end),
        (chunks[0].start, chunks[-1].end),
        link.frame.name,
        _basis(trigger, table),
        status,
        link.weak,
    )


def _words(chunks: Sequence[Piece]) -> set[str]:
    return {word for chunk in chunks for word in chunk.text.split()}


def _basis(trigger: Piece, table: MetricTable) -> Basis:
    if "toll" in trigger.roles:
        return Basis.CUMULATIVE if table.basis is Basis.NEW else table.basis
    return table.basis


def find_figures(chunks: Sequence[Piece], vocabulary: Vocabulary, before: Draft | None = None) -> list[Draft]:
    """Link the counted groups of one sentence with what happened to them, in text order.

    ``before`` is the figure that the sentence before ended with: "three children were among them" are its part.
    """
    alphabet = _alphabet()
    spelled = alphabet.spell(chunks)
    present = _present(chunks)
    by_victim: dict[int, list[Link]] = {}
    for frame in FRAMES:
        if present & frame.needs:
            for link in _links(frame, chunks, spelled):
                by_victim.setdefault(link.victim, []).append(link)
    drafts: dict[int, Draft] = {}
    for victim, links in sorted(by_victim.items()):
        for link, metric in _choose(links, chunks, vocabulary):
            draft = _draft(link, metric, chunks, vocabulary)
            if draft:
                drafts[victim] = draft
    for victim, draft in _parts(chunks, spelled, drafts, before):
        drafts[victim] = draft
    drafts |= dict(_bracketed(chunks, drafts))
    drafts |= dict(_restated(chunks, spelled, drafts))
    return _with_clauses([drafts[victim] for victim in sorted(drafts)], chunks)


def _present(chunks: Sequence[Piece]) -> frozenset[str]:
    """Return what the sentence has for a frame to start from: roles of its words, whole and by their stem."""
    roles = frozenset(role for chunk in chunks for role in chunk.roles)
    senses = frozenset(sense.role for chunk in chunks for sense in chunk.senses)
    return roles | senses | {role.partition(".")[0] for role in roles}


def _with_clauses(drafts: Sequence[Draft], chunks: Sequence[Piece]) -> list[Draft]:
    """Bound each draft's clause: by what always ends one, and between two drafts by the last joint between them."""
    cuts = [chunk.start for chunk in chunks if chunk.roles & CLAUSE_ENDS]
    for one, other in pairwise(sorted(drafts, key=_extent)):
        if one.trigger != other.trigger:
            gap = (_extent(one)[1], _extent(other)[0])
            joints = [c.start for c in chunks if c.roles & {"and", "comma", "but"} and gap[0] <= c.start < gap[1]]
            cuts += joints[-1:]
    return [replace(draft, clause=_clause(draft, cuts, (chunks[0].start, chunks[-1].end))) for draft in drafts]


def _extent(draft: Draft) -> Span:
    return min(draft.group.span[0], draft.trigger[0]), max(draft.group.span[1], draft.trigger[1])


def _clause(draft: Draft, cuts: Sequence[int], sentence: Span) -> Span:
    start, end = _extent(draft)
    return (
        max([cut for cut in cuts if cut <= start], default=sentence[0]),
        min([cut for cut in cuts if cut >= end], default=sentence[1]),
    )


def _parts(
    chunks: Sequence[Piece], spelled: str, drafts: dict[int, Draft], before: Draft | None
) -> Iterator[tuple[int, Draft]]:
    """Give the parts that a sentence names ("including three children") the metric of their whole."""
    for name, pattern in PARTS:
        for m in _alphabet().compile(pattern, MACROS).finditer(spelled):
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


def _bracketed(chunks: Sequence[Piece], drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
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


def _restated(chunks: Sequence[Piece], spelled: str, drafts: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Give households the metric of the people they are, and the other way round."""
    for m in _alphabet().compile(SAME_PEOPLE, MACROS).finditer(spelled):
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
