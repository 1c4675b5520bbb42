"""On what basis a figure counts: new within its period, running on since a start, or a state at a date."""

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from parsers.dates import Period
from parsers.grammar import FORMER, LEFT
from parsers.records import MOVES, Basis, Document, Metric, Reading, Span
from parsers.timewords import compile_words

EVENTS = {Metric.KILLED, Metric.INJURED, Metric.CASUALTIES, Metric.HOMES_DESTROYED, Metric.HOMES_DAMAGED}
STATES = {Metric.REFUGEES, Metric.POPULATION, Metric.IN_NEED, Metric.TRAPPED, Metric.MISSING, Metric.DETAINED}

_RISEN = compile_words(
    r"""
    (?<!\w)(?: \L<totals>(?!\w)(?!\ \L<no_totals>(?!\w))
      | \L<raising>\ (?:[^\s,;:]++\ ){0,9}?\L<raised_to>\ (?:\L<hedges>\ )?+\Z)""",
    cues="totals raising",
)
_SO_FAR = compile_words(r"(?<!\w)\L<so_far>(?!\w)", cues="so_far")
_SUM = compile_words(r"\L<sums>")
_STATE = compile_words(r"(?<!\w)\L<states>(?!\w)", cues="states")
_PRESENT = compile_words(r"(?<!\w)\L<present>(?!\w)", cues="present")
_PERFECT = compile_words(r"(?<!\w)\L<perfect>\ (?:\p{L}++\ ){0,3}+\Z", cues="perfect")
_EXISTS = compile_words(r"(?<!\w)(?i:\L<existing>)(?!\w)", cues="existing")
_LONG = compile_words(r"(?<!\w)\L<long_events>(?!\w)", cues="long_events")
_STANDS = compile_words(r"(?<!\L<becoming>\ )\L<standing>")
_OF_WHOM = compile_words(r"\ (?:\p{L}++\ ){0,2}?\L<of_whom>(?!\w)")


@dataclass(frozen=True, slots=True)
class Cues:
    """The words around a number that tell its basis, each a span of the document or None."""

    total: Span | None = None
    so_far: Span | None = None
    state: Span | None = None
    present: Span | None = None
    exists: Span | None = None
    perfect: Span | None = None
    long: Span | None = None
    part: bool = False
    stands: bool = False
    sums: bool = False
    """Whether the words of the total only add up, and no count runs on: "a total of"."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A basis, the words that gave it and why."""

    basis: Basis
    span: Span | None
    why: str


def find_cues(reading: Reading, others: Iterable[Reading], document: Document) -> Cues:
    """Return the words of a reading's clause that tell its basis, no further than the next numbers around it."""
    text, number = document.text, reading.figure.span
    before = [other for other in others if other.figure.span[1] <= number[0]]
    after = [other.figure.span[0] for other in others if other.figure.span[0] >= number[1]]
    left = max([other.figure.span[1] for other in before] + [reading.clause[0]])
    right = max(min([*after, reading.clause[1]]), number[1])
    whole = max(before, key=lambda other: other.figure.span, default=None)
    total, so_far = _last(_RISEN, text, left, number[0]), _last(_SO_FAR, text, left, right)
    part = bool(whole and _is_in_stock(reading, whole) and _OF_WHOM.match(text, number[1]))
    return Cues(
        total=total,
        so_far=so_far,
        state=_last(_STATE, text, left, right),
        present=_last(_PRESENT, text, left, right),
        exists=_existing(reading, document),
        perfect=_perfect(reading, text),
        long=_last(_LONG, text, left, right),
        part=part,
        stands=_STANDS.fullmatch(text, *reading.trigger) is not None,
        sums=all(_SUM.fullmatch(text, *span) for span in (total, so_far) if span),
    )


def _perfect(reading: Reading, text: str) -> Span | None:
    """Return the words that put the trigger into the perfect tense: "have been", not "has" of "has 900 refugees"."""
    span, (start, end) = _last(_PERFECT, text, reading.clause[0], reading.trigger[0]), reading.trigger
    owned = start <= reading.figure.span[0] < end
    return None if span and owned and " " not in text[slice(*span)].strip() else span


def _is_in_stock(reading: Reading, whole: Reading) -> bool:
    """Whether some of a stock can be a stock themselves: "12 missing, two of them girls"; not "two found dead"."""
    one, metric = whole.figure, reading.figure.metric
    return one.basis is Basis.STOCK and (metric not in EVENTS or metric is one.metric)


def _existing(reading: Reading, document: Document) -> Span | None:
    """Return the words by which people are somewhere: "there were 61,000 IDPs", "some 14,000 displaced people"."""
    text, trigger = document.text, document.text[slice(*reading.trigger)]
    there = _last(_EXISTS, text, reading.clause[0], reading.figure.span[0])
    return reading.trigger if not there and trigger in (reading.figure.group_text or "") else there


def _last(pattern: regex.Pattern[str], text: str, start: int, end: int) -> Span | None:
    """Return the last match within the bounds, or None."""
    found = None
    for m in pattern.finditer(text, start, max(start, end)):
        found = m.span()
    return found


def settle_basis(reading: Reading, cues: Cues, period: Period | None, *, of_event: bool = False) -> Ground:
    """Return the basis of a reading from its cues, else from its period, else as the verb gave it."""
    metric = reading.figure.metric
    standing = reading.figure.basis is Basis.STOCK and metric not in EVENTS
    within = cues.sums and period is not None and period.start is not None and not (period.since or period.as_of)
    total = None if standing or within else cues.total or cues.so_far
    if cues.part:
        return Ground(Basis.STOCK, reading.trigger, "it is a part of a stock")
    if total and not (period and of_event and not cues.so_far):
        return Ground(Basis.CUMULATIVE, total, "the words give a running total")
    dated = period.as_of if period else cues.present
    there = cues.exists if metric in MOVES and dated else None
    if there is None and metric in MOVES and period and period.as_of and cues.stands and not cues.perfect:
        there = reading.trigger
    caused = reading.figure.rule == LEFT and period is not None and period.start is not None and not period.as_of
    if (there or cues.state) and metric not in EVENTS and not caused:
        return Ground(Basis.STOCK, there or cues.state, "the words tell a state")
    if period:
        return _by_period(reading, period, standing=standing and not caused, of_event=of_event)
    return _by_verb(reading, cues, standing=standing)


def _by_verb(reading: Reading, cues: Cues, *, standing: bool) -> Ground:
    """Return the basis that the verb gives where no period is said."""
    metric, guess = reading.figure.metric, reading.figure.basis
    if reading.figure.rule in FORMER:
        return Ground(guess, reading.trigger, "as the number that it was before")
    if not standing and cues.perfect and (metric in MOVES or cues.long):
        return Ground(Basis.CUMULATIVE, cues.perfect, "the perfect tense, and no period is said")
    if guess is Basis.CUMULATIVE and metric in EVENTS:
        return Ground(Basis.NEW, reading.trigger, "a count, which no words call a running total")
    return Ground(guess, reading.trigger, f"the verb counts {guess.value} where nothing else is said")


def _by_period(reading: Reading, period: Period, *, standing: bool, of_event: bool) -> Ground:
    """Return the basis that a period gives: since a start, up to a date, or within days."""
    if standing and not (period.since and reading.figure.metric in MOVES):
        return Ground(Basis.STOCK, reading.trigger, "it is a state, at the end of the period")
    if period.since:
        return Ground(Basis.CUMULATIVE, period.span, "counted since a start")
    if period.start is None and period.end:
        basis = Basis.NEW if period.rule.startswith("over the past") else Basis.CUMULATIVE
        return Ground(basis, period.span, "counted up to a date")
    single = period.start == period.end
    if of_event:
        return Ground(Basis.NEW, period.span, "counted of the event of that day")
    if single and reading.figure.basis is Basis.CUMULATIVE and reading.figure.metric in EVENTS:
        return Ground(Basis.CUMULATIVE, reading.trigger, "a toll, as it stood on that day")
    return Ground(Basis.NEW, period.span, "counted within a stated period")
