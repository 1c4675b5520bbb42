"""Figures: the counted groups of a sentence, linked by the frames with what happened to them."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from parsers.alphabets import find_frames, spell
from parsers.breakdowns import (
    find_added,
    find_among,
    find_bracketed,
    find_closing,
    find_located,
    find_parts,
    find_restated,
    find_sums,
    find_theirs,
    find_told_twice,
)
from parsers.companions import count_with_relatives
from parsers.extents import bound_clauses
from parsers.frames import ARRIVED, HOUSED, LISTED, TAKEN_BY, TAKEN_TOO, TREATED, WHO_DIED
from parsers.grammar import ACTS, DRIVEN_OVER, LEFT, STATES, Draft, Group, Piece
from parsers.likeness import take_nouns
from parsers.links import (
    AUXILIARIES,
    FAR,
    FORCED,
    THEMSELVES,
    UNDERGONE,
    Link,
    fits,
    is_not_driven_out,
    is_taken_by_captors,
    is_weak,
    named_metric,
    of_owners,
    own_metric,
    words_of,
    works_there,
)
from parsers.matches import find_links
from parsers.ordinals import find_ordinals
from parsers.records import HOMES, MOVES, Basis, Metric, Status, Unit
from parsers.refusals import counts_nobody
from parsers.rivals import find_rivals
from parsers.subjects import is_purpose
from parsers.vocabulary import MetricTable, Vocabulary

TELLING = frozenset({STATES, "the <toll> rose to <number>", "<label>: <number>"})
"""The frames in which a victim chunk that says its own metric has it: "45 injured, 3 missing", "casualties: 9 dead"."""
ABDUCTED = Metric.ABDUCTED.value
STANDING_FOR = frozenset({"he", "they", "another"})
LABELS = frozenset({"<homes> <destroyed>: <number>", "<label>: <number>", LISTED})
ENDS = frozenset({ACTS, WHO_DIED})
"""The frames of what people do, which say what became of them whatever befell them before."""
OUTCOMES = frozenset({"<deaths> of <victims>", "the <body> of <victims>"})
"""The frames whose noun says what became of people: "the death of four students who had been kidnapped"."""
NEXT = 2
"""How far behind "the death" the first who are counted stand, "of" between."""
UNTOLD = MOVES | {Metric.TRAPPED}
"""What a noun for the dead outweighs: where they are, or are taken."""
TOLD_APART = frozenset({Metric.KILLED, Metric.INJURED})
JOINTS = frozenset({"and", "or", "comma", "slash", "but", "stop"})
"""What stands between two verbs of one clause."""
HARM = frozenset({Metric.KILLED, Metric.INJURED, Metric.ABDUCTED, Metric.HOMES_DESTROYED})
"""What they have done who "also took four men"."""
HELD = frozenset({Metric.ABDUCTED, Metric.DETAINED})
AWAY = frozenset({Metric.DISPLACED, Metric.EVACUATED})
ABROAD = frozenset({Metric.REFUGEES, Metric.RETURNED})


def find_figures(chunks: Sequence[Piece], vocabulary: Vocabulary, before: Sequence[Draft] = ()) -> list[Draft]:
    """Link the counted groups of one sentence with what happened to them, in text order.

    ``before`` holds the figures of the sentence before that may have parts, the last first: "three children were among
    them" are a part of the last.
    """
    last = before[0] if before else None
    spelled = spell(chunks)
    by_victim: dict[int, list[Link]] = {}
    for frame in find_frames(spelled):
        for link in find_links(frame, chunks, spelled.text):
            by_victim.setdefault(link.victim, []).append(link)
    drafts: dict[int, Draft] = {}
    taken: list[Draft] = []
    words = words_of(chunks) if by_victim else frozenset()
    moving = last is not None and last.metric in MOVES
    for victim, links in sorted(by_victim.items()):
        meant = (_in_context(link, chunks, words, vocabulary, moving=moving) for link in links)
        spoken = [link for link in meant if link.metrics]
        for link, metric in _choose(spoken, chunks, vocabulary) if spoken else ():
            draft = _draft(link, metric, chunks, vocabulary)
            if draft:
                drafts[victim] = draft
                taken += [before for before in _taken_before(spoken, draft, chunks, vocabulary) if before]
    if not drafts and last is None:
        return []
    drafts = count_with_relatives(drafts)
    drafts = _without_escaped(_without_rides(drafts, last), last)
    drafts |= dict(_find_refugees(drafts))
    for told in find_told_twice(chunks, spelled):
        drafts.pop(told, None)
    drafts |= dict(find_ordinals(chunks, drafts))
    drafts |= dict(find_rivals(chunks, spelled, drafts, last))
    drafts |= dict(find_restated(chunks, spelled, drafts))
    drafts |= dict(find_parts(chunks, spelled, drafts, before))
    drafts |= dict(find_theirs(chunks, drafts, last))
    drafts |= dict(find_among(drafts))
    drafts |= dict(find_bracketed(chunks, drafts))
    drafts |= dict(find_sums(chunks, drafts))
    drafts |= dict(find_located(chunks, drafts))
    drafts |= dict(find_closing(chunks, drafts))
    drafts |= dict(find_added(chunks, drafts))
    drafts |= dict(find_restated(chunks, spelled, drafts))
    drafts |= dict(take_nouns(dict(sorted(drafts.items())), chunks, spelled))
    return bound_clauses([*(drafts[victim] for victim in sorted(drafts)), *taken], chunks)


def _without_escaped(drafts: Mapping[int, Draft], before: Draft | None) -> dict[int, Draft]:
    """Leave out those of the abducted who got away, whom nothing displaces: "12 were seized; two managed to escape"."""
    held = [(at, draft) for at, draft in drafts.items() if draft.metric in HELD]
    told = [draft.group for _, draft in held] or ([before.group] if before and before.metric in HELD else [])
    return {
        at: draft
        for at, draft in drafts.items()
        if draft.metric is not Metric.DISPLACED
        or draft.rule != ACTS
        or "elliptic" not in draft.roles
        or not any(_is_fewer(draft.group, group) for group in told)
    }


def _without_rides(drafts: Mapping[int, Draft], before: Draft | None) -> dict[int, Draft]:
    """Leave out whom "they" took and who was treated, unless harm is told beside: "They also took four men"."""
    harmed = before is not None and before.metric in HARM
    hurt = harmed or any(draft.metric in TOLD_APART and draft.rule != TREATED for draft in drafts.values())
    kept = {TAKEN_TOO: harmed, TREATED: hurt}
    told = {
        at for at, draft in drafts.items() if draft.rule == TREATED and (draft.group.definite or draft.group.single)
    }
    return {
        at: draft
        for at, draft in drafts.items()
        if (kept.get(draft.rule, True) or "sufferer" in draft.roles) and at not in told
    }


def _is_fewer(one: Group, other: Group) -> bool:
    some, all_ = one.quantity, other.quantity
    return bool(some and all_ and (some.low or 0) <= (all_.low or 0))


def _find_refugees(drafts: Mapping[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Make refugees of those who have come where the sentence counts refugees: "bringing the total of arrivals to"."""
    if any(draft.metric is Metric.REFUGEES for draft in drafts.values()):
        came = ((at, draft) for at, draft in drafts.items() if draft.rule == ARRIVED)
        yield from ((at, replace(draft, metric=Metric.REFUGEES)) for at, draft in came)


def _status(chunks: Sequence[Piece], trigger: int) -> Status | None:
    """Read the auxiliaries before a trigger; None where the words say that it did not happen."""
    status = Status.REPORTED
    at = trigger - 1
    while at >= 0 and trigger - at <= FAR and chunks[at].roles & AUXILIARIES:
        roles = chunks[at].roles
        if roles & {"not", "attempt"}:
            return None
        if roles & {"modal", "plan"} and not _is_month(chunks, at):
            status = Status.PROJECTED
        at -= 1
    return status


def _is_month(chunks: Sequence[Piece], at: int) -> bool:
    """Whether a word that may be a modal is a month: "police in May arrested 40 people"."""
    return "month" in chunks[at].roles and at > 0 and "prep" in chunks[at - 1].roles


def _choose(links: Sequence[Link], chunks: Sequence[Piece], vocabulary: Vocabulary) -> list[tuple[Link, str]]:
    """Choose what a victim chunk counts: the first frame's triggers, combined where they are named together."""
    victim = chunks[links[0].victim]
    frames = (links[at:] for at, link in enumerate(links) if not at or link.frame is not links[at - 1].frame)
    found = ((rest, _find_options(rest, chunks, vocabulary)) for rest in frames)
    links, options = next((one for one in found if one[1]), (links, {}))
    if not options:
        return []
    if metric := _name_own(links[0], chunks, options):
        said = victim.pieces[-1].text if victim.pieces else ""
        meant = _is_meant(vocabulary.metrics[metric], "", said, words_of(chunks))
        return [(next(iter(options.values())), metric)] if meant else []  # "homeless families live in hotels"
    gravest = max(options, key=lambda metric: vocabulary.metrics[metric].weigh(weak=options[metric].weak))
    strong = {metric for metric, link in options.items() if not link.weak}
    many = victim.group is not None and not victim.group.single and victim.group.many
    bodies = named_metric(victim) == Metric.KILLED  # "eight burned bodies" are no eight wounded
    if strong >= {"killed", "injured"} and many and not bodies and not _died_of_it(options, chunks):
        return [(options["injured"], "casualties")]
    if set(options) >= HOMES:
        return [(options["homes_damaged"], "homes_damaged")]
    return [(options[gravest], gravest)]


def _died_of_it(options: Mapping[str, Link], chunks: Sequence[Piece]) -> bool:
    """Whether all who were hurt died of it, "were injured and later died", and not one or the other."""
    killed, injured = options["killed"], options["injured"]
    between = chunks[injured.trigger + 1 : killed.trigger]
    joints = {"or"} if killed.frame.name == ACTS else JOINTS  # "who were injured on Monday were found dead"
    return bool(between) and not any(chunk.roles & joints for chunk in between)


def _find_options(links: Sequence[Link], chunks: Sequence[Piece], vocabulary: Vocabulary) -> dict[str, Link]:
    """Return the metrics that the first frame's triggers may give a victim chunk, and what people do in any frame."""
    group = chunks[links[0].victim].group
    options: dict[str, Link] = {}
    for link in [link for link in links if link.frame is links[0].frame or link.frame.name in ENDS or _becomes(link)]:
        for metric in link.metrics:
            if is_not_driven_out(metric, link, chunks, vocabulary) or works_there(metric, chunks[link.victim]):
                continue
            if metric in HOMES and _is_of_a_house(link, chunks):
                continue
            if metric == Metric.CASUALTIES and _says_which(chunks, link.victim):
                continue
            if link.frame.name == HOUSED:
                options.setdefault(of_owners(metric, group), link)
            elif group is None or fits(metric, group, vocabulary):
                options.setdefault(metric, link)
    options.pop("", None)
    return options


def _is_of_a_house(link: Link, chunks: Sequence[Piece]) -> bool:
    """Whether what fell is a house that no number counts: "six killed in house collapse"."""
    group = chunks[link.victim].group
    return link.trigger > link.victim + 1 and "home" in chunks[link.trigger - 1].roles and not (group and group.unit)


def _says_which(chunks: Sequence[Piece], victim: int) -> bool:
    """Whether a number in a list of casualties says of itself what befell them: "Casualties: 6 killed / 11 wounded"."""
    return any(metric in TOLD_APART for chunk in chunks[victim + 1 : victim + 2] for metric in chunk.metrics("state"))


def _name_own(link: Link, chunks: Sequence[Piece], options: Mapping[str, Link]) -> str:
    """Return the metric that the words for the people give whatever the frame: hosted refugees, "45 injured"."""
    victim = chunks[link.victim]
    named = named_metric(victim)
    if named and set(options) == {"population"}:
        return named  # "hosts 12,000 refugees"
    if named == Metric.KILLED and set(options) <= UNTOLD:
        return named  # "31 bodies were returned to their families", "two bodies were found under the rubble"
    if named in TOLD_APART and set(options) == {"casualties"}:
        return named  # "casualties: 6 KIA"
    if named in ABROAD and link.frame.fixed and set(options) == {"displaced"}:
        return named  # "950 returnees live in a transit centre"
    uprooted = chunks[link.trigger].metrics("victim")
    if named == Metric.REFUGEES and set(options) == {"displaced"} and (link.frame.name == ACTS or not uprooted):
        return named  # "3,150 refugees reached Gambella", "were relocated"; displaced once more, they are displaced
    own = own_metric(victim) if victim.group else ""
    return (
        own if own and (_tells_own(link, own, victim) or _heads_list(link, chunks)) else ""
    )  # "45 injured, 3 missing"


def _becomes(link: Link) -> bool:
    return link.frame.name in OUTCOMES and 0 < link.victim - link.trigger <= NEXT


def _taken_before(
    links: Sequence[Link], draft: Draft, chunks: Sequence[Piece], vocabulary: Vocabulary
) -> Iterator[Draft | None]:
    """Yield the abduction of those who came to something else: "the death of four students who had been kidnapped".

    Or "two men who were kidnapped on Monday were found dead".
    """
    if draft.metric == ABDUCTED:
        return
    for link in links:
        behind = link.frame.name in {UNDERGONE, STATES} and link.victim < link.trigger and not link.weak
        if behind and ABDUCTED in link.metrics and _is_before(link, draft, chunks):
            yield _draft(link, ABDUCTED, chunks, vocabulary)
            return


def _is_before(link: Link, draft: Draft, chunks: Sequence[Piece]) -> bool:
    """Whether a figure has its verb before the people, or behind another's with nothing that joins the two."""
    if draft.trigger[0] < draft.group.span[0]:
        return True
    between = [chunk for chunk in chunks[link.trigger + 1 :] if chunk.start < draft.trigger[0]]
    return bool(between) and not any(chunk.roles & JOINTS for chunk in between)


def _tells_own(link: Link, own: str, chunk: Piece) -> bool:
    """Whether a victim chunk that says its own metric has it, as in "45 injured, 3 missing" and "shot three dead"."""
    return link.frame.name in TELLING or (own == Metric.KILLED and (link.weak or "outcome" in chunk.pieces[-1].roles))


def _heads_list(link: Link, chunks: Sequence[Piece]) -> bool:
    """Whether others stand between the people and a verb without "were": "108 dead and thousands evacuated"."""
    between = chunks[link.victim + 1 : link.trigger]
    joined = any(c.group for c in between) and any("and" in c.roles for c in between)
    return link.frame.name == ACTS and joined and not any(c.roles & AUXILIARIES for c in between)


def _in_context(
    link: Link, chunks: Sequence[Piece], words: AbstractSet[str], vocabulary: Vocabulary, *, moving: bool
) -> Link:
    """Leave out the metrics of which a weak word speaks only beside others: "the return of", without a home.

    ``moving`` says that the sentence before counts people who move, of whom a bare number tells more.
    """
    trigger = chunks[link.trigger]
    loose = link.weak or _acts(link, trigger) or bool(trigger.roles & {"event", "events"})
    said = trigger.pieces[-1].text if trigger.pieces else trigger.text
    tables = [(metric, vocabulary.metrics[metric], loose or is_weak(trigger, metric)) for metric in link.metrics]
    noun = said if link.frame.name == THEMSELVES else ""
    if any(weak and said in table.needs_context for _, table, weak in tables):
        words = words_of([chunk for chunk in chunks if chunk is not trigger])  # "took shelter" is no sign of itself
    free = MOVES if moving and _goes_on(link, chunks) else frozenset()
    kept = tuple(
        name
        for name, table, weak in tables
        if _is_meant(table, said if weak and table.metric not in free else "", noun, words)
    )
    return link if kept == link.metrics else replace(link, metrics=kept)


def _goes_on(link: Link, chunks: Sequence[Piece]) -> bool:
    """Whether a bare number does something itself: "another 400 left", not "300 are left", "the only one left"."""
    victim, last = chunks[link.victim], chunks[link.trigger - 1].roles
    acts = link.frame.name == ACTS and "be" not in last
    return acts and "elliptic" in victim.roles and victim.group is not None and victim.group.many


def _is_meant(table: MetricTable, verb: str, noun: str, words: AbstractSet[str]) -> bool:
    """Whether the words of a sentence let a loose verb, or a noun that stands alone, speak of a metric."""
    if verb in table.needs_context and table.context.isdisjoint(words):
        return False
    if noun in table.needs_signs and table.signs.isdisjoint(words):
        return False
    return table.elsewhere.isdisjoint(words)


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
    if status is None or counts_nobody(link, table.metric, status, chunks):
        return None
    if victim.group is None and not victim.roles & STANDING_FOR:
        return None
    group = victim.group or Group((victim.start, victim.end), (victim.start, victim.end), None, None, victim.text)
    if link.kind is not None:
        group = replace(group, like=(chunks[link.kind].start, chunks[link.kind].end))
    named = chunks[link.trigger if link.kind is None else link.kind].group
    if group.unit is None and (link.frame.name in LABELS or "toll" in trigger.roles):
        group = replace(group, unit=_labelled_unit(named, table))
    if link.frame.name == TAKEN_BY and not is_taken_by_captors(chunks, link, vocabulary):
        return None  # "taken by bus"
    metric_told = table.metric
    if metric_told is Metric.DISPLACED and link.frame.name == FORCED and _is_bidden(link, chunks):
        metric_told = Metric.EVACUATED  # "ordered 1,100 residents to leave"
    if metric_told is Metric.DETAINED and is_taken_by_captors(chunks, link, vocabulary):
        metric_told = Metric.ABDUCTED
    return Draft(
        group,
        metric_told,
        victim.roles,
        (trigger.start, trigger.end),
        (chunks[0].start, chunks[-1].end),
        link.frame.name,
        _basis_of(link, trigger, table, chunks),
        status,
        link.weak,
    )


def _is_bidden(link: Link, chunks: Sequence[Piece]) -> bool:
    """Whether people are told to go, and nothing but the word of others makes them."""
    return any("bid.ed" in chunk.roles for chunk in chunks[max(link.victim - 2, 0) : link.victim])


def _is_wished(chunks: Sequence[Piece], trigger: int) -> bool:
    """Whether an arrest is ordered or demanded, and not said to be made."""
    return is_purpose(chunks, trigger) or (trigger > 0 and "demand" in chunks[trigger - 1].roles)


def _basis_of(link: Link, trigger: Piece, table: MetricTable, chunks: Sequence[Piece]) -> Basis:
    if table.metric is Metric.REFUGEES and link.frame.name in {ACTS, DRIVEN_OVER}:
        return Basis.NEW
    if link.frame.name in LABELS and table.metric is Metric.DISPLACED and trigger.metrics("victim"):
        return Basis.STOCK  # "IDPs: 1,204,000"
    if trigger.text in table.stays and link.frame.name != LEFT:
        return Basis.STOCK  # "36,000 are in relief camps"
    if _names_a_state(link, trigger, table) or _has_fallen(link, trigger, table, chunks):
        return Basis.STOCK  # "over a million IDPs", "the number of IDPs has risen to", "of evacuees fell to"
    return _basis(trigger, table)


def _names_a_state(link: Link, trigger: Piece, table: MetricTable) -> bool:
    """Whether what counts people by itself names a state that they are in, and not those who are new to it."""
    said = f" {trigger.text} "
    by_itself = link.frame.name == THEMSELVES or "toll" in trigger.roles
    return (
        by_itself
        and any(f" {words} " in said for words in table.standing)
        and not any(f" {word} " in said for word in table.fresh)
    )


def _has_fallen(link: Link, trigger: Piece, table: MetricTable, chunks: Sequence[Piece]) -> bool:
    """Whether a number of people who move is less than it was, so that it counts those who have not gone back."""
    said = frozenset(trigger.text.split())
    return (
        table.metric in AWAY
        and "toll" in trigger.roles
        and said.isdisjoint(table.fresh)
        and any("fall.ed" in chunk.roles for chunk in chunks[link.trigger + 1 : link.victim])
    )


def _basis(trigger: Piece, table: MetricTable) -> Basis:
    if "toll" in trigger.roles:
        return Basis.CUMULATIVE if table.basis is Basis.NEW else table.basis
    return table.basis
