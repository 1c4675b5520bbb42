"""Reaches: how far the words of a speaker go in a sentence, and where those of the next begin."""

from dataclasses import dataclass, replace
from enum import StrEnum

from parsers.claimants import Kind
from parsers.hearings import Speaker
from parsers.phrasings import Phrasings
from parsers.records import Span

SHORT_OPENING = 4
"""An opening of so few words without a number ("In Idlib on Friday") is no clause."""


class Reach(StrEnum):
    """Which way from its verb an attribution reaches."""

    BACKWARD = "backward"
    FORWARD = "forward"
    BOTH = "both"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One attribution in a sentence: ``start`` and ``end`` hold it whole, in characters of the sentence."""

    speaker: Speaker
    start: int
    end: int
    reach: Reach
    rule: str
    via: str | None = None
    is_count: bool = False
    governed: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that say whose a claim is: ``span`` holds the words that name the source, ``governed`` what is theirs.

    ``name`` is the canonical name of a listed claimant, else the words; ``text`` the words as written. Spans
    count characters of the document; ``governed`` is empty for a speaker of other things.
    """

    sentence: int
    span: Span
    governed: Span
    name: str
    text: str
    via: str | None
    kind: Kind | None
    rule: str
    is_count: bool = False


def reach_beside(text: str, start: int, end: int, phrasings: Phrasings) -> Reach:
    """Tell which way an adverbial attribution reaches: an opening one forward, a closing one backward."""
    before = text[:start]
    if not before.strip(' "') or (not phrasings.number.search(before) and len(before.split()) <= SHORT_OPENING):
        return Reach.FORWARD
    rest = phrasings.rest.match(text, end)
    end = rest.end() if rest else end
    after = text[end:].lstrip(" ,")
    return Reach.BOTH if after.strip(".\"' )") else Reach.BACKWARD


def skipped(text: str, position: int) -> int:
    """Return the first place from a position on that is no space or comma."""
    while position < len(text) and text[position] in " ,":
        position += 1
    return position


def reach_around(text: str, start: int, end: int, phrasings: Phrasings) -> Reach:
    """Tell which way a subject and its verb reach: forward to its clause, or back to the clause it closes."""
    lead = text[:start].rstrip()
    rest = phrasings.rest.match(text, end)
    finish = rest.end() if rest else end
    after = text[finish:]
    closes = lead.endswith((",", '"', " -", ";"))
    if not closes:
        return Reach.FORWARD
    ended = not after.strip(" .\"')") or after.lstrip()[0] in ",;)"
    counted_before = phrasings.number.search(lead) is not None
    counted_after = phrasings.number.search(after) is not None
    if ended and (counted_before or not counted_after or lead.endswith('"')):
        return Reach.BOTH if counted_after else Reach.BACKWARD
    if counted_before and not phrasings.complement.match(after):
        return Reach.BOTH if counted_after else Reach.BACKWARD
    return Reach.FORWARD


def govern(text: str, found: list[Utterance], phrasings: Phrasings) -> list[Utterance]:
    """Give each attribution the stretch of the sentence that it governs; clauses part those of two speakers."""
    governed: list[Utterance] = []
    for one in found:
        utterance = one
        left, right = 0, len(text)
        if governed:
            first, left = _part(text, governed.pop(), utterance, phrasings)
            governed.append(first)
            utterance = _passed_on(text, first, utterance)
        if utterance.reach is Reach.FORWARD:
            left = utterance.start
        elif utterance.reach is Reach.BACKWARD:
            right = utterance.end
        elif utterance.reach is Reach.NOWHERE:
            left = right = utterance.start
        governed.append(replace(utterance, governed=(left, max(left, right))))
    return governed


def _part(text: str, first: Utterance, second: Utterance, phrasings: Phrasings) -> tuple[Utterance, int]:
    """Part two neighbours: return the first with its end drawn in, and where the second may begin to govern."""
    start, end = first.governed
    if second.reach in {Reach.FORWARD, Reach.NOWHERE}:
        return replace(first, governed=(start, min(end, second.start))), second.start
    if first.reach in {Reach.BACKWARD, Reach.NOWHERE}:
        return replace(first, governed=(start, min(end, second.start))), first.end
    marks = [m.start() for m in phrasings.contrast.finditer(text, first.end, max(first.end, second.start))]
    if marks:
        return replace(first, governed=(start, marks[-1])), marks[-1]
    if first.reach is Reach.BOTH:
        return replace(first, governed=(start, first.end)), first.end
    if _is_passed_on(first, second):
        return replace(first, governed=(start, start)), start
    # "The ministry said 12 people died, AFP reported": the words are the ministry's, AFP passed them on.
    via = first.via or (second.speaker.name if second.speaker.kind is Kind.MEDIA else None)
    return replace(first, governed=(start, second.start), via=via), second.start


def _is_passed_on(first: Utterance, second: Utterance) -> bool:
    """Tell that an outlet only passes on: "Reuters reports that 12 people died, according to the ministry"."""
    outlet = first.speaker.kind is Kind.MEDIA and second.speaker.kind not in {None, Kind.MEDIA}
    return outlet and first.reach is Reach.FORWARD and second.rule == "according to X" and second.via is None


def _passed_on(text: str, first: Utterance, second: Utterance) -> Utterance:
    """Note the outer speaker of "the UN said the ministry counted 12"."""
    if _is_passed_on(first, second) and first.governed[0] == first.governed[1]:
        return replace(second, via=first.speaker.name)
    between = text[first.end : second.start].strip(" ,").lower()
    outer = first.reach is Reach.FORWARD and second.reach is Reach.FORWARD and second.via is None
    if outer and between in {"", "that"} and first.speaker.name != second.speaker.name:
        return replace(second, via=first.speaker.name)
    return second
