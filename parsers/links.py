"""Links: what a frame ties together, and what a metric makes of the people it is tied to."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.frames import SHIFTED, TAKEN_IN, Frame
from parsers.grammar import ACTS, DRIVEN, DRIVEN_OVER, Group, Piece
from parsers.records import HOMES, Metric, Unit
from parsers.vocabulary import Vocabulary, load_vocabulary

UNDERGONE = "<victims> were <killed>"
THEMSELVES = "<number> <wounded> people"
"""The frame of a noun that says by itself what became of people: "45 detainees"."""
FORCED = "forced <victims> to <flee>"
AUXILIARIES = frozenset({"have", "modal", "not", "adverb", "say", "semi", "to", "be", "attempt", "plan"})
DWELLERS = frozenset({"dweller", "elliptic"})
FAR = 6
HARM = frozenset({Metric.KILLED, Metric.INJURED, Metric.MISSING})
BEFORE_OTHERS = frozenset({"prep", "of", "takes.ed", "takes.ing"})
"""What stands before those who do not do what is told next."""


@dataclass(frozen=True, slots=True)
class Link:
    """One match of a frame: a victim chunk, its trigger, and the metrics that the trigger may mean."""

    victim: int
    trigger: int
    metrics: tuple[str, ...]
    frame: Frame
    weak: bool
    kind: int | None = None
    """The chunk that says who was counted, where it is not the victim's own."""


def words_of(chunks: Sequence[Piece]) -> set[str]:
    """Return the words of a sentence."""
    return {word for chunk in chunks for word in chunk.text.split()}


def named_metric(victim: Piece) -> str:
    """Return the metric that the noun for the people themselves names: refugees, returnees."""
    senses = victim.group.senses if victim.group else ()
    return next((sense.metric for sense in senses if sense.role == "victim"), "")


def own_metric(chunk: Piece) -> str:
    """Return the metric that the head of a chunk speaks of itself ("45 injured"), or nothing."""
    if len(chunk.pieces) <= 1 or not chunk.pieces[-1].roles & {"state", "outcome"}:
        return ""
    return next(iter(chunk.pieces[-1].metrics("state", "takes.ed", "outcome")), "")


def fits(metric: str, group: Group, vocabulary: Vocabulary) -> bool:
    """Whether a metric counts the unit of a group."""
    table = vocabulary.metrics[metric]
    lives = any(sense.role == "lives" for sense in group.senses)
    return (group.unit is None or group.unit in table.units) and (not lives or metric == Metric.KILLED)


def is_not_driven_out(metric: str, link: Link, chunks: Sequence[Piece], vocabulary: Vocabulary) -> bool:
    """Whether culprits flee or a firm moves its staff, and nobody is displaced; workers who flee fighting are."""
    victim, trigger, table = chunks[link.victim], chunks[link.trigger], vocabulary.metrics[metric]
    if link.frame.name == SHIFTED and vocabulary.metrics["displaced"].signs.isdisjoint(words_of(chunks)):
        return True  # "buses took 300 children to school"
    if link.frame.name == DRIVEN_OVER:
        told = words_of([chunk for chunk in chunks if "overborder" not in chunk.roles])
        if vocabulary.metrics["displaced"].context.isdisjoint(told):
            return True  # "the coach drove 40 people over the border"
    if link.frame.name in {DRIVEN, TAKEN_IN} and table.context.isdisjoint(words_of(chunks)):
        return True  # "drove 40 people to Leeds", "the scheme will take in 200 families"
    if "employed" in victim.roles and metric == Metric.RETURNED:
        return True  # "the troops are coming home"
    if "employed" in victim.roles and metric == Metric.DISPLACED:
        flees = link.frame.name == ACTS and trigger.text not in table.needs_context and "members" in victim.roles
        return not flees or table.context.isdisjoint(words_of(chunks))
    return "culprit" in victim.roles and metric in {
        Metric.DISPLACED,
        Metric.REFUGEES,
        Metric.EVACUATED,
        Metric.RETURNED,
    }


def is_taken_by_captors(chunks: Sequence[Piece], link: Link, vocabulary: Vocabulary) -> bool:
    """Whether an armed group and no authority holds the people: "detained by militants", "militants detained"."""
    if link.victim < link.trigger or chunks[link.trigger].roles & {"event", "events"}:
        behind = chunks[link.trigger + 1 : link.trigger + FAR]
        by = next((index for index, chunk in enumerate(behind) if "by" in chunk.roles), len(behind))
        holders = behind[by + 1 : by + 2]
    else:
        holders = chunks[max(link.trigger - 2, 0) : link.trigger]
        if link.trigger > len(holders) and chunks[link.trigger - len(holders) - 1].roles & BEFORE_OTHERS:
            return False  # "a crackdown on militants, arresting 70", "killed nine militants and arrested 70"
    words = f" {' '.join(holder.text for holder in holders)} "
    return any(f" {captor} " in words for captor in vocabulary.captors)


def works_there(metric: str, victim: Piece) -> bool:
    """Whether a place is home to a trade, "home to 60 actors", and not to residents."""
    return metric == Metric.POPULATION and not victim.roles & DWELLERS and not named_metric(victim)


def counts_things(chunks: Sequence[Piece], at: int) -> bool:
    """Whether a number is one of animals or things: "the deer population", "the number of dead accounts"."""
    trigger = chunks[at]
    if "toll" not in trigger.roles:
        return False
    last = load_vocabulary("en").words.get(trigger.text.rpartition(" ")[2])
    behind = chunks[at + 1 : at + 3]
    led = len(behind) > 1 and behind[0].pieces and behind[1].roles & {"rise.ed", "reach.ed", "be", "have"}
    if led and last and "state" in last.roles and all(piece.roles == {"lower"} for piece in behind[0].pieces):
        return True
    of_harm = not HARM.isdisjoint(trigger.metrics("toll"))  # "the landslide death toll", not "the deer population"
    owned = max((place for place, piece in enumerate(trigger.pieces) if "poss" in piece.roles), default=-1)
    named = (piece.roles for piece in trigger.pieces[owned + 1 :])  # "the city's population"
    things = {"animal"} if of_harm else {"thing.one", "thing.many"}
    return any(roles & things and "camp" not in roles for roles in named)


def of_owners(metric: str, group: Group | None) -> str:
    """Return what harm to their homes makes of families, counted as homes, and of people, who lost theirs."""
    if metric not in HOMES or group is None or group.unit not in {Unit.HOUSEHOLD, Unit.PERSON}:
        return ""
    if group.unit is Unit.HOUSEHOLD:
        return metric
    return "displaced" if metric == Metric.HOMES_DESTROYED else "affected"


def is_weak(piece: Piece, metric: str = "") -> bool:
    """Whether a verb need not mean harm; of several metrics, whether it need not mean the one."""
    roles = [sense.role for sense in piece.senses if metric in {"", sense.metric}]
    return any(role.startswith("weak") for role in roles) and not any(role.startswith("takes") for role in roles)
