"""Figures: the counted groups of a sentence, linked by the frames with what happened to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.alphabets import find_frames, load_alphabet, spell
from parsers.breakdowns import (
    find_bracketed,
    find_closing,
    find_parts,
    find_restated,
    find_sums,
    find_theirs,
    find_told_twice,
)
from parsers.extents import bound_clauses
from parsers.frames import ENDS, HOUSED, MACROS, TAKES, Frame
from parsers.grammar import Draft, Group, Piece
from parsers.likeness import take_nouns
from parsers.links import (
    ACTS,
    FAR,
    HOMES,
    Link,
    counts_animals,
    fits,
    is_not_driven_out,
    is_taken_by_captors,
    named_metric,
    of_owners,
    own_metric,
    words_of,
    works_there,
)
from parsers.records import Basis, Metric, Status, Unit
from parsers.rivals import find_rivals
from parsers.subjects import act_themselves, describes, has_own_subject, is_purpose, shot_another
from parsers.vocabulary import MetricTable, Vocabulary

AUXILIARIES = frozenset({"have", "modal", "not", "adverb", "say", "semi", "to", "be", "attempt", "plan"})
STATES = "<victims> <dead>"
TELLING = frozenset({STATES, "the <toll> rose to <number>", "<label>: <number>"})
"""The frames in which a victim chunk that says its own metric has it: "45 injured, 3 missing", "casualties: 9 dead"."""
UNDERGONE = "<victims> were <killed>"
ABOUT_SUBJECTS = frozenset({STATES, UNDERGONE, ACTS, "<victims> were found <dead>"})
THEMSELVES = "<number> <wounded> people"
"""The frame of a noun that says by itself what became of people: "45 detainees"."""
STATES_OF_PEOPLE = frozenset({Metric.ABDUCTED, Metric.DETAINED, Metric.REFUGEES})
HELD = frozenset({Metric.ABDUCTED, Metric.DETAINED})
ABDUCTED = Metric.ABDUCTED.value
STANDING_FOR = frozenset({"he", "they", "another", "self", *ENDS})
LABELS = frozenset({"<homes> <destroyed>: <number>", "<label>: <number>"})
BODY = "the <body> of <victims>"
OUTCOME = "<deaths> of <victims>"
"""The frame whose noun says what became of people: "the death of four students who had been kidnapped"."""
NEXT = 2
"""How far behind "the death" the first who are counted stand, "of" between."""
ASIDE = (frozenset({"theirs"}), frozenset({"people", "one"}), frozenset({"comma", "dash", "close"}))
ENDLESS, PATIENCE = 40, 0.05
"""Of a sentence of more chunks, the seconds that one search of one frame may take; most take a thousandth."""
ABROAD = frozenset({Metric.REFUGEES, Metric.RETURNED})
MONEY, SUM = 1_000_000_000, 1_000_000
"""A number without a noun that no people reach, and one that a verb of many senses may well say of money."""


def find_figures(chunks: Sequence[Piece], vocabulary: Vocabulary, before: Draft | None = None) -> list[Draft]:
    """Link the counted groups of one sentence with what happened to them, in text order.

    ``before`` is the figure that the sentence before ended with: "three children were among them" are its part.
    """
    spelled = spell(chunks)
    by_victim: dict[int, list[Link]] = {}
    for frame in find_frames(spelled):
        for link in _links(frame, chunks, spelled.text):
            by_victim.setdefault(link.victim, []).append(link)
    drafts: dict[int, Draft] = {}
    taken: list[Draft] = []
    for victim, links in sorted(by_victim.items()):
        spoken = [link for link in (_in_context(link, chunks, vocabulary) for link in links) if link.metrics]
        for link, metric in _choose(spoken, chunks, vocabulary) if spoken else ():
            draft = _draft(link, metric, chunks, vocabulary)
            if draft:
                drafts[victim] = draft
                taken += [before for before in _taken_before(spoken, draft, chunks, vocabulary) if before]
    if not drafts and before is None:
        return []
    for told in find_told_twice(chunks, spelled):
        drafts.pop(told, None)
    drafts |= dict(find_rivals(chunks, spelled, drafts, before))
    drafts |= dict(find_parts(chunks, spelled, drafts, before))
    drafts |= dict(find_theirs(chunks, drafts, before))
    drafts |= dict(find_bracketed(chunks, drafts))
    drafts |= dict(find_sums(chunks, drafts))
    drafts |= dict(find_closing(chunks, drafts))
    drafts |= dict(find_restated(chunks, spelled, drafts))
    drafts |= dict(take_nouns(dict(sorted(drafts.items())), chunks, spelled))
    return bound_clauses([*(drafts[victim] for victim in sorted(drafts)), *taken], chunks)


def _links(frame: Frame, chunks: Sequence[Piece], spelled: str) -> Iterator[Link]:
    at = 0
    pattern, endless = load_alphabet().compile(frame.pattern, MACROS), len(spelled) > ENDLESS
    used: set[int] = set()
    while at < len(spelled):
        try:
            m = pattern.search(spelled, at, timeout=PATIENCE) if endless else pattern.search(spelled, at)
        except TimeoutError:
            return  # an endless list that no frame can make sense of
        if not m:
            return
        victims = [start for start, _ in m.spans("victim")]
        at = max(at + 1, victims[0] + 1)
        triggers = set() if frame.fixed else {start for start, _ in m.spans("trigger")}
        if triggers and triggers <= used:
            continue  # what stands between the first subject and its verb is no second subject
        if frame.name in ABOUT_SUBJECTS and _is_others(frame, chunks, victims[-1], min(triggers)):
            continue
        victims = _without_asides(victims, chunks)
        if not victims:
            continue
        used |= triggers
        for victim in victims:
            if frame.fixed is None:
                named = m.start("kind") if "kind" in m.re.groupindex else -1
                for link in _worded(frame, victim, [start for start, _ in m.spans("trigger")], chunks):
                    yield link if named < 0 else replace(link, kind=named)
            else:
                yield from _fixed(frame, victim, m.end() - 1 if m.start() == victims[0] else m.start(), chunks)


def _has_nearer(chunks: Sequence[Piece], victim: int, trigger: int) -> bool:
    """Whether a participle stands right behind others than the first people: "staff to help the 300 displaced"."""
    if "lives" in {sense.role for sense in chunks[victim].senses}:
        return "killed" not in chunks[trigger].metrics("state", *TAKES)  # "180 lives, with a million people homeless"
    if victim >= trigger - 2 or "group" not in chunks[trigger - 1].roles:
        return False
    first = chunks[victim].group
    joined = chunks[trigger - 2].roles & {"and", "or", "comma", "slash", "open", "including", "of"}
    return first is None or first.quantity is None or (not joined and first.unit != _unit(chunks[trigger - 1]))


def _is_others(frame: Frame, chunks: Sequence[Piece], victim: int, trigger: int) -> bool:
    """Whether a trigger is said of others than the first people before it."""
    if frame.name == STATES and _has_nearer(chunks, victim, trigger):
        return True  # "staff to help the 300 people displaced": the 300
    if shot_another(chunks, victim, trigger) or describes(chunks, trigger):
        return True
    return has_own_subject(chunks, victim, trigger, AUXILIARIES)


def _is_aside(chunks: Sequence[Piece], victim: int) -> bool:
    """Whether a number with its noun only says who some were: "13 died, four of them herders, and 20 were hurt"."""
    roles = [chunk.roles for chunk in chunks[victim + 1 : victim + 4]]
    return len(roles) == len(ASIDE) and all(role & wanted for role, wanted in zip(roles, ASIDE, strict=True))


def _without_asides(victims: Sequence[int], chunks: Sequence[Piece]) -> list[int]:
    """Return the victims that are no asides; none where nobody else is counted."""
    others = [victim for victim in victims if not _is_aside(chunks, victim)]
    groups = [chunks[victim].group for victim in others]
    counted = len(others) == len(victims) or any(group and group.quantity for group in groups)
    return others if counted else []


def _unit(chunk: Piece) -> Unit | None:
    return chunk.group.unit if chunk.group else None


def _worded(frame: Frame, victim: int, triggers: Sequence[int], chunks: Sequence[Piece]) -> Iterator[Link]:
    for trigger in triggers:
        metrics = tuple(dict.fromkeys(chunks[trigger].metrics(*frame.needs)))
        if metrics and not counts_animals(chunks[trigger]):
            yield Link(victim, trigger, metrics, frame, _is_weak(chunks[trigger]))


def _fixed(frame: Frame, victim: int, trigger: int, chunks: Sequence[Piece]) -> Iterator[Link]:
    group = chunks[victim].group
    metric = frame.fixed.get(group.unit if group else None) if frame.fixed else None
    if metric:
        yield Link(victim, trigger, (metric,), frame, weak=False)


def _is_weak(piece: Piece, metric: str = "") -> bool:
    """Whether a verb need not mean harm; of several metrics, whether it need not mean the one."""
    roles = [sense.role for sense in piece.senses if metric in {"", sense.metric}]
    return any(role.startswith("weak") for role in roles) and not any(role.startswith("takes") for role in roles)


def _status(chunks: Sequence[Piece], trigger: int) -> Status | None:
    """Read the auxiliaries before a trigger; None where the words say that it did not happen."""
    status = Status.REPORTED
    at = trigger - 1
    while at >= 0 and trigger - at <= FAR and chunks[at].roles & AUXILIARIES:
        roles = chunks[at].roles
        if roles & {"not", "attempt"}:
            return None
        if roles & {"modal", "plan"}:
            status = Status.PROJECTED
        at -= 1
    return status


def _choose(links: Sequence[Link], chunks: Sequence[Piece], vocabulary: Vocabulary) -> list[tuple[Link, str]]:
    """Choose what a victim chunk counts: the first frame's triggers, combined where they are named together."""
    victim = chunks[links[0].victim]
    options = _find_options(links, chunks, vocabulary)
    if not options:
        return []
    if metric := _name_own(links[0], chunks, options):
        return [(next(iter(options.values())), metric)]
    gravest = max(options, key=lambda metric: vocabulary.metrics[metric].weigh(weak=options[metric].weak))
    strong = {metric for metric, link in options.items() if not link.weak}
    if strong >= {"killed", "injured"} and victim.group and not victim.group.single and _many(victim.group):
        return [(options["injured"], "casualties")]
    if set(options) >= HOMES:
        return [(options["homes_damaged"], "homes_damaged")]
    return [(options[gravest], gravest)]


def _find_options(links: Sequence[Link], chunks: Sequence[Piece], vocabulary: Vocabulary) -> dict[str, Link]:
    """Return the metrics that the first frame's triggers may give a victim chunk, and what people do in any frame."""
    group = chunks[links[0].victim].group
    options: dict[str, Link] = {}
    for link in [link for link in links if link.frame is links[0].frame or link.frame.name == ACTS or _becomes(link)]:
        for metric in link.metrics:
            if is_not_driven_out(metric, link, chunks, vocabulary) or works_there(metric, chunks[link.victim]):
                continue
            if link.frame.name == HOUSED:
                options.setdefault(of_owners(metric, group), link)
            elif group is None or fits(metric, group, vocabulary):
                options.setdefault(metric, link)
    options.pop("", None)
    return options


def _name_own(link: Link, chunks: Sequence[Piece], options: Mapping[str, Link]) -> str:
    """Return the metric that the words for the people give whatever the frame: hosted refugees, "45 injured"."""
    victim = chunks[link.victim]
    named = named_metric(victim)
    if named and set(options) == {"population"}:
        return named  # "hosts 12,000 refugees"
    if named in ABROAD and link.frame.fixed and set(options) == {"displaced"}:
        return named  # "950 returnees live in a transit centre"
    if named == Metric.REFUGEES and link.frame.name == ACTS and set(options) == {"displaced"}:
        return named  # "3,150 refugees reached Gambella"
    own = own_metric(victim) if victim.group else ""
    return own if own and (_tells_own(link, own) or _heads_list(link, chunks)) else ""  # "45 injured, 3 missing"


def _becomes(link: Link) -> bool:
    return link.frame.name == OUTCOME and 0 < link.victim - link.trigger <= NEXT


def _taken_before(
    links: Sequence[Link], draft: Draft, chunks: Sequence[Piece], vocabulary: Vocabulary
) -> Iterator[Draft | None]:
    """Yield the abduction of those who came to something else: "the death of four students who had been kidnapped"."""
    for link in links:
        behind = link.frame.name == UNDERGONE and link.victim < link.trigger and not link.weak
        if behind and draft.trigger[0] < draft.group.span[0] and ABDUCTED in link.metrics and draft.metric != ABDUCTED:
            yield _draft(link, ABDUCTED, chunks, vocabulary)
            return


def _tells_own(link: Link, own: str) -> bool:
    """Whether a victim chunk that says its own metric has it, as in "45 injured, 3 missing" and "shot three dead"."""
    return link.frame.name in TELLING or (link.weak and own == Metric.KILLED)


def _heads_list(link: Link, chunks: Sequence[Piece]) -> bool:
    """Whether others stand between the people and a verb without "were": "108 dead and thousands evacuated"."""
    between = chunks[link.victim + 1 : link.trigger]
    return link.frame.name == ACTS and any(c.group for c in between) and not any(c.roles & AUXILIARIES for c in between)


def _many(group: Group) -> bool:
    return group.quantity is not None and group.quantity.value != 1


def _in_context(link: Link, chunks: Sequence[Piece], vocabulary: Vocabulary) -> Link:
    """Leave out the metrics of which a weak word speaks only beside others: "the return of", without a home."""
    trigger = chunks[link.trigger]
    loose = link.weak or _acts(link, trigger) or bool(trigger.roles & {"event", "events"})
    said, words = trigger.pieces[-1].text if trigger.pieces else trigger.text, words_of(chunks)
    tables = ((metric, vocabulary.metrics[metric], loose or _is_weak(trigger, metric)) for metric in link.metrics)
    kept = [
        name for name, table, weak in tables if not weak or said not in table.needs_context or table.context & words
    ]
    return replace(link, metrics=tuple(kept))


def _acts(link: Link, trigger: Piece) -> bool:
    """Whether the trigger is what people do: "those who have gone home"."""
    return link.frame.name == ACTS or (link.frame.fixed is None and "does.ed" in trigger.roles)


def _labelled_unit(named: Group | None, table: MetricTable) -> Unit | None:
    """Return what a label counts: what its noun says, else the one unit that its metric has."""
    if named and named.unit in table.units:
        return named.unit
    return next(iter(table.units)) if len(table.units) == 1 else None


def _draft(link: Link, metric: str, chunks: Sequence[Piece], vocabulary: Vocabulary) -> Draft | None:
    victim, trigger = chunks[link.victim], chunks[link.trigger]
    table: MetricTable = vocabulary.metrics[metric]
    status = _status(chunks, link.trigger)
    if status is Status.REPORTED and table.metric in HELD and _is_wished(chunks, link.trigger):
        status = Status.PROJECTED
    if link.frame.name == BODY and "one" in trigger.roles and victim.group and _many(victim.group):
        return None  # "the body of 200 delegates"
    if "elliptic" in victim.roles and victim.group and _is_money(victim.group, weak=link.weak):
        return None
    if _does_it(link, table.metric, chunks):
        return None
    if status is Status.PROJECTED and victim.group and victim.group.quantity and victim.group.quantity.value == 0:
        return None  # "no child should go hungry"
    if status is None or (victim.group is None and not victim.roles & STANDING_FOR):
        return None
    group = victim.group or Group((victim.start, victim.end), (victim.start, victim.end), None, None, victim.text)
    if link.kind is not None:
        group = replace(group, like=(chunks[link.kind].start, chunks[link.kind].end))
    named = chunks[link.trigger if link.kind is None else link.kind].group
    if group.unit is None and (link.frame.name in LABELS or "toll" in trigger.roles):
        group = replace(group, unit=_labelled_unit(named, table))
    metric_told = table.metric
    if metric_told is Metric.DETAINED and is_taken_by_captors(chunks, link, vocabulary):
        metric_told = Metric.ABDUCTED
    return Draft(
        group,
        metric_told,
        victim.roles,
        (trigger.start, trigger.end),
        (chunks[0].start, chunks[-1].end),
        link.frame.name,
        Basis.NEW if metric == Metric.REFUGEES and link.frame.name == ACTS else _basis(trigger, table),
        status,
        link.weak,
    )


def _does_it(link: Link, metric: Metric, chunks: Sequence[Piece]) -> bool:
    """Whether people do what the verb says: "300 photographers shot the moment", "50 detainees had tried to ..."."""
    if chunks[link.victim].roles & {"he", "they"} and link.trigger < link.victim and is_purpose(chunks, link.trigger):
        return True  # "raids to kill him"
    if link.frame.name == THEMSELVES:
        return metric in STATES_OF_PEOPLE and act_themselves(chunks, link.victim)
    return link.frame.name == STATES and _takes_object(chunks, link.trigger)


def _is_wished(chunks: Sequence[Piece], trigger: int) -> bool:
    """Whether an arrest is ordered or demanded, and not said to be made."""
    return is_purpose(chunks, trigger) or (trigger > 0 and "demand" in chunks[trigger - 1].roles)


def _is_money(group: Group, *, weak: bool) -> bool:
    """Whether a bare number is too large for people: "beating the 380 million that analysts expected"."""
    value = group.quantity.value if group.quantity else None
    return value is not None and value >= (SUM if weak else MONEY)


def _takes_object(chunks: Sequence[Piece], trigger: int) -> bool:
    """Whether a verb has an object of its own behind it, with an article: "killed the play", not "killed the day"."""
    if " " in chunks[trigger].text:
        return False  # "evacuated from the town" is one word for a verb
    behind = [chunk.pieces for chunk in chunks[trigger + 1 : trigger + 2] if chunk.pieces]
    timed = any("time" in piece.roles for pieces in behind for piece in pieces)
    return not timed and any(pieces[0].roles & {"the", "a"} for pieces in behind)


def _basis(trigger: Piece, table: MetricTable) -> Basis:
    if "toll" in trigger.roles:
        return Basis.CUMULATIVE if table.basis is Basis.NEW else table.basis
    return table.basis
