"""Which of its sentence's periods a figure takes: the one about its count, not the statement's and not history's."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import regex

from parsers.bases import Cues, find_cues
from parsers.dates import Period
from parsers.grammar import CLAIMED, FORMER
from parsers.records import Basis, Document, Precision, Reading, Span, Status
from parsers.times import SIGNED, find_periods
from parsers.timewords import compile_words

COARSE = {Precision.MONTH, Precision.YEAR}
# In characters: what a window without an anchor and a period outside the clause weigh, and how near "In May, 12" is.
_WEAK = 40
_ADJACENT = 25
_HEADING = 70
_OPENING = 6
_GOVERNED = 40
_WITH_EVENT = 60

_SAID = compile_words(r"(?r)(?<!\w)\L<saying>,?\ (?:(?:\L<statement_words>|\p{Lu}[\w-]*)\ )*\Z", cues="saying")
_STATES = compile_words(r",?+\ (?:[\p{L}'-]++\ ){0,9}?(?<!\ \L<one>\ )\L<stating>(?!\w)", cues="stating")
_SAYS = compile_words(r"\ (?!\L<rumoured>(?!\w))\L<stating>(?!\w)", cues="stating")
_STATEMENT = compile_words(r"(?:'s)?+\ (?:\L<statement_words>\ )*?(?:\L<statements>)(?!\w)", cues="statements")
_VERDICT = compile_words(r"(?<!\w)\L<verdicts>(?!\w)", cues="verdicts")
_VERDICT_FOR = compile_words(r"(?<!\w)\L<verdict_for>\ [^.;]*+", cues="verdict_for")
_SETTING = compile_words(r"\W*+(?:\L<settings>\ [^,;:]*+)?+")
_HISTORY = compile_words(r"(?r)(?<!\w)\L<history>\ \Z", cues="history")
_AS_OF = compile_words(r",\ (?:\L<as_of>)\ [^,.;]++\.\Z")
_COMPARED = compile_words(r"\L<compared>\ ")
_RELATIVE = compile_words(r"(?<!\w)(?<!(?:\L<stating>|\L<saying>|\L<and>)\ )\L<relatives>(?!\w)", cues="relatives")
_WHEN = compile_words(r",?+\ \L<within_which>\ ")
_REPORTING = compile_words(r"(?i:(?<!\w)\L<reporting>(?!\w))", cues="reporting")
_SEGMENT = regex.compile(r"(?r)(?:[^,;:().]|[,.](?=\d))*")
_POSSESSED = compile_words(r"'s?+\ (?:[\w'-]++\ ){0,2}?\L<event_nouns>(?!\w)")
_EVENT = compile_words(r"(?<!\w)\L<event_nouns>(?!\w)", cues="event_nouns")
_ADDED = compile_words(r"\ (?:(?:\L<additions>|\L<hedges>)\ )*+")
_TURN = compile_words(r"\W*+\L<turns>(?!\w)")
_CONTRAST = compile_words(r"\W*+(?:\L<turns>|\L<contrasts>)(?!\w)")


@dataclass(frozen=True, slots=True)
class Page:
    """A document while its figures are dated: its readings, its day of publication, and what was found so far."""

    document: Document
    readings: Sequence[Reading]
    now: date | None
    found: dict[int, list[Period]]
    dated: list[tuple[Reading, Period | None]]
    lines: Sequence[int]
    """The sentences that may head others, by their indexes."""
    counted: Mapping[int, Sequence[Reading]]
    """The readings by their sentences."""

    def periods(self, sentence: int) -> list[Period]:
        """Return the periods of a sentence, found once."""
        if sentence not in self.found:
            self.found[sentence] = find_periods(self.document.sentences[sentence], self.now)
        return self.found[sentence]

    def others(self, reading: Reading) -> list[Reading]:
        """Return the other readings of the same sentence."""
        return [other for other in self.counted.get(reading.sentence, ()) if other is not reading]


def choose_period(reading: Reading, others: Sequence[Reading], cues: Cues, page: Page) -> Period | None:
    """Return the period of the sentence that is nearest a reading's number and about its count."""
    periods = [period for period in page.periods(reading.sentence) if _may_date(reading, period, others, page)]
    ranked = sorted(periods, key=lambda period: _distance(reading, period, others, page))
    if not ranked:
        return None
    nearest, since = ranked[0], next((period for period in ranked if period.since), None)
    if since is None or nearest.since:
        return nearest
    # "As of Friday, 12 have died since May": one count, with its start and its end.
    beyond = _distance(reading, since, others, page)[0]
    if nearest.as_of or (cues.total and not beyond and nearest.start == nearest.end):
        return replace(since, end=nearest.end)
    return since if not beyond and _is_before(nearest, reading) and not _is_before(since, reading) else nearest


def _is_before(period: Period, reading: Reading) -> bool:
    return period.span[1] <= reading.figure.span[0]


def _distance(reading: Reading, period: Period, others: Sequence[Reading], page: Page) -> tuple[bool, bool, int]:
    """Return how far a period is from a reading: beyond another number, outside its clause, in characters."""
    number, span = reading.figure.span, period.span
    gap = _gap(number, span)
    before = _is_before(period, reading)
    beyond = any(gap[0] <= other.figure.span[0] < gap[1] for other in others)
    beyond = beyond or (before and _is_taken(period, others, page))
    near = before and not beyond and _length(gap) <= _ADJACENT
    weak = _WEAK if period.rule == "in <n> <unit>" else 0
    return beyond, not near and not _within(span, reading.clause), _length(gap) + weak


def _is_taken(period: Period, others: Sequence[Reading], page: Page) -> bool:
    """Return whether another number stands before a period in its segment: "killed 760 in April, 509 in May"."""
    first = min((other.figure.span[0] for other in others), default=period.span[0])
    segment = _SEGMENT.match(page.document.text, first, period.span[0]) if first < period.span[0] else None
    start = segment.start() if segment else period.span[0]
    return any(start <= other.figure.span[0] < period.span[0] for other in others)


def _within(span: Span, clause: Span) -> bool:
    return clause[0] <= span[0] and span[1] <= clause[1]


def _gap(first: Span, second: Span) -> Span:
    """Return the span between two spans."""
    return (min(first[1], second[1]), max(first[0], second[0]))


def _may_date(reading: Reading, period: Period, others: Sequence[Reading], page: Page) -> bool:
    """Return whether a period of the sentence may be that of the reading's count."""
    if reading.figure.status is Status.PROJECTED and period.as_of:
        return False
    if is_statement(period, reading, page) or is_history(period, reading, page):
        return False
    if _is_of_another(period, reading, others, page):
        return False
    return _within(period.span, reading.clause) or _reaches(reading, period, others, page)


def _is_of_another(period: Period, reading: Reading, others: Sequence[Reading], page: Page) -> bool:
    """Return whether a period is of another number: "11 died; three more died on Monday", "up from 60 on Monday"."""
    start, end = reading.figure.span[1], period.span[0]
    if period.rule == SIGNED and (end < start or _is_signed_before(period, reading, page)):
        return True
    twins = [other for other in others if other.figure.span == reading.figure.span]
    if twins and _goes_with_twin(period, reading, twins, page):
        return True
    if any(other.figure.rule in FORMER and start <= other.figure.span[0] < end for other in others):
        return True  # "77 dead, up from 60 on Monday"
    ahead = [other.figure.span[0] for other in others if other.figure.span[0] > period.span[1]] if start < end else []
    behind = [
        other for other in others if reading.figure.span[0] > other.figure.span[0] and other.figure.rule in FORMER
    ]
    if behind and behind[-1].figure.span[1] <= period.span[0] and period.span[1] <= reading.figure.span[0]:
        return True  # "fell to 18 from 81 in May; 42 are with friends"
    if ahead and period.start and _ADDED.fullmatch(page.document.text, period.span[1], min(ahead)):
        return True  # "12 died in May and in June another 30"
    stop = page.document.text.find(";", start, end) if start < end else -1
    return stop >= 0 and any(stop < other.figure.span[0] < end for other in others)


def _goes_with_twin(period: Period, reading: Reading, twins: Sequence[Reading], page: Page) -> bool:
    """Return whether a period goes with another verb of the same people: "two men seized on Monday were found dead"."""
    told = (reading, *twins)
    owner = _owner(period, told, page)
    own = (_owner(other, told, page) is reading for other in page.periods(reading.sentence))
    return owner is not reading if owner else any(own)


def _owner(period: Period, told: Sequence[Reading], page: Page) -> Reading | None:
    """Return whose verb a period stands first behind, of several readings of the same people."""
    last = max((one for one in told if one.trigger[1] <= period.span[0]), key=lambda one: one.trigger, default=None)
    periods = page.periods(told[0].sentence)
    first = last is None or not any(last.trigger[1] <= other.span[0] < period.span[0] for other in periods)
    return last if first else None


def _is_signed_before(period: Period, reading: Reading, page: Page) -> bool:
    """Return whether another date in brackets stands between: each is of the numbers behind the one before it."""
    start, end = reading.figure.span[1], period.span[0]
    return any(other.rule == SIGNED and start <= other.span[0] < end for other in page.periods(reading.sentence))


def _reaches(reading: Reading, period: Period, others: Sequence[Reading], page: Page) -> bool:
    """Return whether a period outside a reading's clause governs it: no other clause's, or shared by a list."""
    owners = [other for other in others if _within(period.span, other.clause) and other.clause != reading.clause]
    if not owners or _distance(reading, period, others, page)[:2] == (False, False):
        return True
    text, owner = page.document.text, min(owners, key=lambda other: _length(_gap(other.clause, reading.clause)))
    if _is_before(period, reading):
        return not _TURN.match(text, *reading.clause)
    if _CONTRAST.match(text, min(reading.clause[1], owner.clause[0]), owner.clause[1]):
        return False
    return not find_cues(owner, page.others(owner), page.document).total


def _length(span: Span) -> int:
    return span[1] - span[0]


def is_statement(period: Period, reading: Reading, page: Page) -> bool:
    """Return whether a period dates a statement: "said on Friday", "On Friday, the ministry said"."""
    text, sentence = page.document.text, page.document.sentences[reading.sentence]
    if period.since or period.start is None:
        return False
    if _is_verdict(period, reading, sentence.start, text):
        return True
    if _SAID.match(text, sentence.start, period.span[0]) or _STATEMENT.match(text, period.span[1], sentence.end):
        return True
    said = _SAYS.match(text, period.span[1], sentence.end)
    if said and not (reading.figure.rule == CLAIMED and 0 <= reading.figure.span[0] - said.end() <= _ADJACENT):
        return True  # "on 1 January claimed 260 lives" states nothing
    m = _STATES.match(text, period.span[1], sentence.end)
    if not m or m.end() > min(reading.figure.span[0], reading.trigger[0]):
        return False
    return bool(_SETTING.fullmatch(text, sentence.start, period.span[0]))


def _is_verdict(period: Period, reading: Reading, start: int, text: str) -> bool:
    """Return whether a period is the day of a verdict, not of the deed: "sentenced on Monday for killing 12"."""
    if period.span[1] > min(reading.trigger[0], reading.figure.span[0]):
        return False
    m = _VERDICT.search(text, start, period.span[0])
    return m is not None and _VERDICT_FOR.search(text, period.span[1], reading.trigger[0]) is not None


def is_history(period: Period, reading: Reading, page: Page) -> bool:
    """Return whether a period dates something else: "set up in 2018", "the city, which the army lost in 2015"."""
    text, sentence = page.document.text, page.document.sentences[reading.sentence]
    if period.since:
        return False
    if period.precision in COARSE and _COMPARED.match(text, *period.span):
        return True
    if _HISTORY.match(text, sentence.start, period.span[0]):
        return True
    counted = (reading.figure.span, reading.trigger)
    tells = _WHEN.match(text, period.span[1]) and period.span[1] < min(span[0] for span in counted)
    if period.precision not in COARSE or tells:
        return False  # "slowed in May, when 3,400 went back"
    near = min((_gap(span, period.span) for span in counted), key=_length)
    if near[0] < near[1] and _RELATIVE.search(text, *near):
        return True
    segment = _SEGMENT.match(text, sentence.start, period.span[0])
    which = _RELATIVE.search(text, segment.start(), period.span[0]) if segment else None
    spans = [*counted, *(other.figure.span for other in page.others(reading))]
    return bool(which and all(not which.start() < span[0] < period.span[0] for span in spans))


def closes(period: Period, page: Page, sentence: int) -> Period:
    """Return a count since a start closed by the "as of" of its sentence, or of a line that heads the list."""
    if not period.since or period.start is None:
        return period
    ends = [other.end for other in page.periods(sentence) if other.start is None and not other.since]
    head = heading(page, sentence) if period.end == page.now else None
    for end in [*ends, head.end if head else None]:
        if end and end >= period.start:
            return replace(period, end=end)
    return period


def heading(page: Page, sentence: int) -> Period | None:
    """Return the "as of" of a line of its own before a sentence: "Figures as of 9 December"."""
    before = bisect_left(page.lines, sentence)
    for at in reversed(page.lines[:before]):
        if found := next((period for period in page.periods(at) if period.as_of), None):
            return found
    return None


def find_lines(document: Document) -> list[int]:
    """Return the sentences that are short lines of their own and may head what follows."""
    texts = [sentence.text.rstrip() for sentence in document.sentences]
    lines = [at for at, text in enumerate(texts) if len(text) <= _HEADING and text[-1:] not in (".", ";", "!", "?")]
    return [*([0] if texts and 0 not in lines and _AS_OF.search(texts[0]) else []), *lines]


def reporting(page: Page) -> Period | None:
    """Return the period that a line at the head says the report covers: "Reporting period: 6 to 19 January"."""
    for at in range(min(_OPENING, len(page.document.sentences))):
        if _REPORTING.search(page.document.sentences[at].text):
            return next((period for period in page.periods(at) if period.start and not period.as_of), None)
    return None


def is_state(reading: Reading) -> bool:
    """Return whether a reading's verb counts a state."""
    return reading.figure.basis is Basis.STOCK


def event_day(period: Period, reading: Reading, cues: Cues, page: Page) -> bool:
    """Return whether a single day is that of the event counted, not of the toll: "the toll of Monday's raid"."""
    text = page.document.text
    if period.start is None or period.start != period.end or period.as_of:
        return False
    if _POSSESSED.match(text, period.span[1]):
        return True
    ends = [reading.figure.span[1], period.span[0] - _GOVERNED, cues.total[1] if cues.total else 0]
    floor = max(end for end in ends if end <= period.span[0])
    return any(True for _ in _EVENT.finditer(text, floor, period.span[0]))


def stands_with_event(period: Period, sentence: int, page: Page) -> bool:
    """Return whether a period stands with an event, right before or behind it: "a quake struck on Monday"."""
    here, text = page.document.sentences[sentence], page.document.text
    near = max(here.start, period.span[0] - _WITH_EVENT), min(here.end, period.span[1] + _WITH_EVENT)
    return _EVENT.search(text, *near) is not None


def as_if(reading: Reading, at: int) -> Reading:
    """Return the reading as if it stood behind another sentence."""
    far: Span = (2**60, 2**60)
    return Reading(reading.figure.change(span=far), at, reading.clause, far)
