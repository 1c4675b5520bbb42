"""When: gives each figure the period that its words stand with, and settles its basis."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from parsers.bases import Cues, find_cues, settle_basis
from parsers.beginnings import begin_tolls
from parsers.clauses import Page, choose_period, closes, event_day, find_lines, heading, is_state, reporting
from parsers.dates import Period
from parsers.echoes import OF_EVENT, day_before, echo_period, resolve_event, same_end, since_before
from parsers.offsets import find_before, set_apart
from parsers.records import Basis, Document, Evidence, Precision, Reading, Span
from parsers.times import find_dateline, find_periods

__all__ = ["Period", "date_figures", "find_periods"]

_LONG_AGO = 7


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
    counted: dict[int, list[Reading]] = {}
    for reading in readings:
        counted.setdefault(reading.sentence, []).append(reading)
    now = document.report.published or _dateline(document)
    page = Page(document, readings, now, {}, [], find_lines(document), counted)
    return begin_tolls([_date(reading, page) for reading in readings], page)


def _dateline(document: Document) -> date | None:
    """Return the day in the dateline of the first sentences, if they have one."""
    days = (find_dateline(sentence) for sentence in document.sentences[:4])
    return next((day for day in days if day), None)


def _date(reading: Reading, page: Page) -> Reading:
    """Return one reading with its period and its basis."""
    others = page.others(reading)
    cues = find_cues(reading, others, page.document)
    period, why = choose_period(reading, others, cues, page), "said with the figure"
    if before := find_before(reading, page):
        period, why = before, "set beside the figure before"
    elif period and (day := day_before(period, reading, page)):
        period, why = day
    if period is None and not cues.part and (echo := _echo(reading, cues, page)):
        period, why = echo
    if period is None and not cues.part and (led := _led(reading, page)):
        period, why = led
    if period and is_state(reading) and cues.present and _is_past(period, page.now):
        period = None
    of_event = period is not None and (why == OF_EVENT or event_day(period, reading, cues, page))
    ground = settle_basis(reading, cues, period, of_event=of_event)
    if period and of_event and page.now and ground.basis is Basis.CUMULATIVE:
        period = replace(period, end=page.now, since=True)
    reading = reading.with_field(Evidence("basis", ground.span, ground.why), basis=ground.basis)
    if period is None:
        period, why = _implied_period(ground.basis, cues, page, reading.sentence)
    else:
        period = _complete(period, reading, page)
    page.dated.append((reading, period))
    return _with_period(reading, period, why)


def _complete(period: Period, reading: Reading, page: Page) -> Period:
    """Return a period with the start or the end that its own words leave to others."""
    period = resolve_event(since_before(set_apart(period, reading, page), reading, page), reading, page)
    return same_end(closes(period, page, reading.sentence), reading, page)


def _echo(reading: Reading, cues: Cues, page: Page) -> tuple[Period, str] | None:
    """Return what the sentences before say of the period, unless the words tell a state or a total of their own."""
    if cues.state and is_state(reading):
        return None
    longer = cues.total or cues.so_far or (cues.perfect and cues.long)
    return echo_period(reading, page, of_event=not longer)


def _led(reading: Reading, page: Page) -> tuple[Period, str] | None:
    """Return what a line above says of all that follows: as of when a list counts, what days the report covers."""
    item = page.document.sentences[reading.sentence].text.rstrip()[-1:] not in (".", "!", "?", '"')
    if item and (head := heading(page, reading.sentence)):
        return head, "said in the line that heads the list"
    covered = None if is_state(reading) or reading.figure.basis is Basis.CUMULATIVE else reporting(page)
    return (covered, "the period that the report says it covers") if covered else None


def _is_past(period: Period, now: date | None) -> bool:
    """Return whether a period is one day long gone, which dates no state that holds now."""
    single = period.start == period.end and not period.as_of
    return bool(now and single and period.end and (now - period.end).days > _LONG_AGO)


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
    fields: dict[str, Any] = {"start": start, "end": period.end, "precision": period.precision}
    known = {field: value for field, value in fields.items() if value}
    evidence = tuple(Evidence(field, span, why) for field in known)
    return reading.with_field(*evidence, **known)


def _implied_period(basis: Basis, cues: Cues, page: Page, sentence: int) -> tuple[Period | None, str]:
    """Return the period that no date gives but the words imply: now, for the present tense and "so far"."""
    head = heading(page, sentence)
    if head and not cues.part and (basis is Basis.CUMULATIVE or cues.state):
        return head, "said in the line that heads the list"
    if page.now and basis is Basis.STOCK and cues.present and not cues.part:
        return _up_to(page.now, cues.present, "present tense"), "it is so on the day of publication"
    if page.now and basis is Basis.CUMULATIVE and cues.so_far:
        return _up_to(page.now, cues.so_far, "so far"), "counted up to the day of publication"
    return None, "no period is said of the count"


def _up_to(now: date, span: Span, rule: str) -> Period:
    """Return the period that is open before now."""
    return Period(span, None, now, Precision.DAY, since=False, as_of=True, rule=rule)
