"""When: gives each figure the period that its words stand with, and settles its basis."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import regex

from parsers.bases import Cues, find_cues, settle_basis
from parsers.dates import Period
from parsers.records import Basis, Document, Evidence, Precision, Reading, Span, Status
from parsers.times import find_dateline, find_periods
from parsers.timewords import compile_words

__all__ = ["Period", "date_figures", "find_periods"]

_COARSE = {Precision.MONTH, Precision.YEAR}
_FAR = 10_000
_WEAK = 40

_SAID = compile_words(r"(?r)(?<!\w)\L<saying>,?\ (?:(?:\L<statement_words>|\p{Lu}[\w-]*)\ )*\Z")
_STATES = compile_words(r",?+\ (?:[\p{L}'-]++\ ){0,9}?\L<stating>(?!\w)")
_HISTORY = compile_words(r"(?r)(?<!\w)\L<history>\ \Z")
_RELATIVE = compile_words(r"(?<!\w)(?<!(?:\L<stating>|\L<saying>)\ )\L<relatives>(?!\w)")
_LISTED = compile_words(r"\W*+(?:\L<and>)?+\W*+")
_SEGMENT = regex.compile(r"(?r)[^,;:()]*")
_CONTINUES = compile_words(r"\W*+\L<continuations>(?!\w)")
_EVENT = compile_words(r"(?<!\w)\L<event_nouns>(?!\w)")


@dataclass(frozen=True, slots=True)
class Page:
    """A document while its figures are dated: its readings, its day of publication, and the periods found so far."""

    document: Document
    readings: Sequence[Reading]
    now: date | None
    found: dict[int, list[Period]]

    def periods(self, sentence: int) -> list[Period]:
        """Return the periods of a sentence, found once."""
        if sentence not in self.found:
            self.found[sentence] = find_periods(self.document.sentences[sentence], self.now)
        return self.found[sentence]

    def others(self, reading: Reading) -> list[Reading]:
        """Return the other readings of the same sentence."""
        return [other for other in self.readings if other.sentence == reading.sentence and other is not reading]


def date_figures(readings: Sequence[Reading], document: Document) -> list[Reading]:
    """Return the readings, each with its start, end and precision, and its basis settled, with the evidence.

    A figure takes the period of its own clause that stands nearest its number, else one of its sentence, else, where
    the sentence goes on with an event, the period of the sentence before. The date of a statement, of an agreement or
    of other history is none. Without a day of publication that of the dateline serves. Same order and length.

    >>> from parsers.records import Figure, Metric, Qualifier, Sentence
    >>> from reports.records import Report
    >>> text = "Strikes have killed 205 since 1 December."
    >>> document = Document(Report("r", text, date(2020, 2, 2)), text, (Sentence(text, 0, 0),))
    >>> figure = Figure(
    ...     id="f", report="r", metric=Metric.KILLED, value=205, low=205, high=205, qualifier=Qualifier.EXACT,
    ...     quote=text, span=(20, 23), rule="by hand",
    ... )
    >>> dated = date_figures([Reading(figure, 0, (0, len(text)), (13, 19))], document)[0].figure
    >>> str(dated.start), str(dated.end), str(dated.basis)
    ('2019-12-01', '2020-02-02', 'cumulative')
    """
    if not readings:
        return []
    page = Page(document, readings, document.report.published or _dateline(document), {})
    return [_date(reading, page) for reading in readings]


def _dateline(document: Document) -> date | None:
    """Return the day in the dateline of the first sentences, if they have one."""
    days = (find_dateline(sentence) for sentence in document.sentences[:4])
    return next((day for day in days if day), None)


def _date(reading: Reading, page: Page) -> Reading:
    """Return one reading with its period and its basis."""
    others = page.others(reading)
    cues = find_cues(reading, others, page.document)
    own = _own_period(reading, others, page)
    carried = None if own or cues.total or cues.state else _carried_period(reading, page)
    ground = settle_basis(reading, cues, own or carried)
    reading = reading.with_field(Evidence("basis", ground.span, ground.why), basis=ground.basis)
    period = _as_of_too(own, reading, page) if own else carried
    why = "said of the event in a sentence before" if carried else "said with the figure"
    if period is None or (cues.part and not own):
        period, why = _implied_period(ground.basis, cues, page.now)
    return _with_period(reading, period, why)


def _with_period(reading: Reading, period: Period | None, why: str) -> Reading:
    """Return the reading with a period's days, as its basis takes them."""
    if period is None:
        return reading.with_field(Evidence("end", None, why), start=None, end=None, precision=None)
    start, span = period.start, period.span
    # A state has only its date; a toll as it stood on a day began before.
    dated = {
        Basis.STOCK: period.since or start == period.end,
        Basis.CUMULATIVE: not period.since and start == period.end,
    }
    if dated.get(reading.figure.basis):
        start = None
    why = f"{period.rule}: {why}"
    if start:
        reading = reading.with_field(Evidence("start", span, why), start=start)
    if period.end:
        reading = reading.with_field(Evidence("end", span, why), end=period.end)
    return reading.with_field(Evidence("precision", span, why), precision=period.precision)


def _implied_period(basis: Basis, cues: Cues, now: date | None) -> tuple[Period | None, str]:
    """Return the period that no date gives but the words imply: now, for the present tense and "so far"."""
    if now and basis is Basis.STOCK and cues.present and not cues.part:
        return _up_to(now, cues.present, "present tense"), "it is so on the day of publication"
    if now and basis is Basis.CUMULATIVE and cues.so_far:
        return _up_to(now, cues.so_far, "so far"), "counted up to the day of publication"
    return None, "no period is said of the count"


def _up_to(now: date, span: Span, rule: str) -> Period:
    """Return the period that is open before now."""
    return Period(span, None, now, Precision.DAY, since=False, as_of=True, rule=rule)


def _as_of_too(period: Period, reading: Reading, page: Page) -> Period:
    """Return a count since a start closed by the "as of" that its sentence gives."""
    if not period.since or period.start is None:
        return period
    for other in page.periods(reading.sentence):
        if other.start is None and other.end and not other.since and other.end >= period.start:
            return replace(period, end=other.end)
    return period


def _own_period(reading: Reading, others: Sequence[Reading], page: Page) -> Period | None:
    """Return the period of the sentence that is nearest a reading's number and about its count."""
    periods = [period for period in page.periods(reading.sentence) if _may_date(reading, period, others, page)]
    # "As of Friday, 12 had died since May" runs from May; its other end is found later.
    starts = [period for period in periods if period.since] if any(period.as_of for period in periods) else []
    return min(starts or periods, key=lambda period: _distance(reading, period, others), default=None)


def _distance(reading: Reading, period: Period, others: Sequence[Reading]) -> tuple[bool, bool, int]:
    """Return how far a period is from a reading: outside its clause, beyond another number, in characters."""
    number, span = reading.figure.span, period.span
    outside = not _within(span, reading.clause)
    gap = _gap(number, span)
    beyond = any(gap[0] <= other.figure.span[0] < gap[1] for other in others)
    weak = _WEAK if period.rule == "in <n> <unit>" else 0
    return outside, beyond, gap[1] - gap[0] + weak


def _within(span: Span, clause: Span) -> bool:
    return clause[0] <= span[0] and span[1] <= clause[1]


def _gap(first: Span, second: Span) -> Span:
    """Return the span between two spans."""
    return (min(first[1], second[1]), max(first[0], second[0]))


def _may_date(reading: Reading, period: Period, others: Sequence[Reading], page: Page) -> bool:
    """Return whether a period of the sentence may be that of the reading's count."""
    if reading.figure.status is Status.PROJECTED and period.as_of:
        return False
    if _is_statement(period, reading, page) or _is_history(period, reading, page):
        return False
    return _within(period.span, reading.clause) or _reaches(reading, period, others, page)


def _reaches(reading: Reading, period: Period, others: Sequence[Reading], page: Page) -> bool:
    """Return whether a period outside a reading's clause governs it: no other clause's, or shared by a list."""
    owners = [other for other in others if _within(period.span, other.clause) and other.clause != reading.clause]
    if not owners:
        return True
    if period.since or period.as_of:
        return False
    number = reading.figure.span
    if all(period.span[1] <= other.figure.span[0] for other in [reading, *others]):
        return not any(number[0] < other.figure.span[0] for other in owners)
    if period.span[0] < number[1]:
        return False
    between = page.document.text[reading.clause[1] : min(owner.clause[0] for owner in owners)]
    return bool(_LISTED.fullmatch(between))


def _is_statement(period: Period, reading: Reading, page: Page) -> bool:
    """Return whether a period dates a statement: "said on Friday", "On Friday, the ministry said"."""
    text, sentence = page.document.text, page.document.sentences[reading.sentence]
    if period.since or period.start is None:
        return False
    if _SAID.search(text, sentence.start, period.span[0]):
        return True
    if text[sentence.start : period.span[0]].strip(" \"'"):
        return False
    m = _STATES.match(text, period.span[1], sentence.end)
    return bool(m and m.end() <= min(reading.figure.span[0], reading.trigger[0]))


def _is_history(period: Period, reading: Reading, page: Page) -> bool:
    """Return whether a period dates something else: "set up in 2018", "the war, which drew in others in 2015"."""
    text, sentence = page.document.text, page.document.sentences[reading.sentence]
    if period.since:
        return False
    if _HISTORY.search(text, sentence.start, period.span[0]):
        return True
    if period.precision not in _COARSE:
        return False
    counted = (reading.figure.span, reading.trigger)
    near = min((_gap(span, period.span) for span in counted), key=lambda gap: gap[1] - gap[0])
    if near[0] < near[1] and _RELATIVE.search(text, *near):
        return True
    segment = _SEGMENT.match(text, sentence.start, period.span[0])
    which = _RELATIVE.search(text, segment.start(), period.span[0]) if segment else None
    return bool(which and all(not which.start() < span[0] < period.span[0] for span in counted))


def _carried_period(reading: Reading, page: Page) -> Period | None:
    """Return the day of the event that the sentences before tell, where this one plainly goes on with it."""
    sentence = page.document.sentences[reading.sentence]
    if reading.figure.basis is not Basis.NEW or reading.figure.status is Status.PROJECTED or sentence.headline:
        return None
    continues = bool(_CONTINUES.match(sentence.text.lower()))
    before = range(reading.sentence - 1, -1, -1)
    same = [at for at in before if page.document.sentences[at].paragraph == sentence.paragraph]
    first = [at for at in before if at not in same and page.document.sentences[at].paragraph <= _first_paragraph(page)]
    for at in [*(same if continues else same[:1]), *(first if continues else [])]:
        if (continues or _EVENT.search(page.document.sentences[at].text)) and (period := _event_day(at, reading, page)):
            return period
    return None


def _first_paragraph(page: Page) -> int:
    """Return the first paragraph that is no headline."""
    return next((s.paragraph for s in page.document.sentences if not s.headline), 0)


def _event_day(at: int, reading: Reading, page: Page) -> Period | None:
    """Return the last period of a sentence that dates an event, not a statement or a running count."""
    there = replace(reading, sentence=at, figure=replace(reading.figure, span=(_FAR**2, _FAR**2)))
    for period in reversed(page.periods(at)):
        dated = period.start is not None and not period.since and period.precision not in _COARSE
        if dated and not _is_statement(period, there, page) and not _is_history(period, there, page):
            return period
    return None
