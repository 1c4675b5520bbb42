"""What a figure takes from the words before its sentence: the same period, since then, another, of these, the event."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile

import regex

from parsers.bases import EVENTS, find_cues
from parsers.clauses import COARSE, Page, as_if, closes, is_history, is_statement
from parsers.dates import PRECISIONS, Period, back
from parsers.phrases import find_times
from parsers.records import Basis, Precision, Reading, Status
from parsers.timewords import COUNT, UNIT, UNITS, compile_words, number_of, unit_named

Echo = tuple[Period, str]

OF_EVENT = "said of the event in a sentence before"
_FAR = 6
_NAMED_WITHIN = 60
_COUNTED_FROM = "<n> <unit> from "

QUIET = 2
"""How many sentences without a number or a day may stand between an event and its count."""
RECENT = timedelta(days=45)
"""How long before its publication a report's event may be, which it need not date again: older days are history."""
FAR_BACK = 20
"""How many sentences back an event may have been told."""
_SAME_DAY = compile_words(r"(?<!\w)(?P<by>\L<until>\ |\L<as_of>\ )?\L<same_days>(?!\w)", cues="same_days")
_DAY_BEFORE = compile_words(r"(?<!\w)\L<days_before>(?!\w)(?!\ \L<days>(?!\w))", cues="days_before")
_DAY_AFTER = compile_words(rf"(?<!\w)(?:\L<days_after>|{COUNT}\ {UNIT}\ \L<later>)(?!\w)(?!\ \L<days>(?!\w))")
_SAME_PERIOD = compile_words(r"(?<!\w)\L<same_periods>(?!\w)", cues="same_periods")
_SINCE_THEN = compile_words(r"(?<!\w)\L<since_thens>(?!\w)", cues="since_thens")
_ADDS = compile_words(r"\W*+\L<additions>(?!\w)")
_OPENS = compile_words(r"\W*+(?i:(?:\L<hedges>|\L<the>)\ )*+")
_OF_THESE = compile_words(r"\ (?:\p{L}++\ )?+\L<parts_of>(?!\w)")
_OTHERS = compile_words(r"\ (?:\p{Ll}++\ ){0,2}?\L<others>(?!\w)")
_ADDED = compile_words(r"(?<!\w)\L<added>(?!\w)", cues="added")
_CONTINUES = compile_words(r"\W*+\L<continuations>(?!\w)")
_EVENT = compile_words(r"(?<!\w)\L<event_nouns>(?!\w)", cues="event_nouns")
_BEGINNING = compile_words(r"(?<!\w)(?:\L<event_nouns>|\L<long_events>)(?!\w)", cues="event_nouns long_events")


def echo_period(reading: Reading, page: Page, *, of_event: bool = True) -> Echo | None:
    """Return the period that a reading takes from before, and why; None where its words point to none.

    ``of_event`` says that it may be counted of the event that the sentences before tell.
    """
    if reading.figure.status is Status.PROJECTED:
        return None
    echoes = (
        _since_then,
        _day_before,
        _day_after,
        _same_day,
        _same_period,
        _added,
        _goes_on,
        _led_in,
        *([_event_before] if of_event else ()),
    )
    return next((found for echo in echoes if (found := echo(reading, page))), None)


def _find(pattern: regex.Pattern[str], reading: Reading, page: Page) -> regex.Match[str] | None:
    """Return where a pattern matches in a reading's sentence."""
    sentence = page.document.sentences[reading.sentence]
    return pattern.search(page.document.text, sentence.start, sentence.end)


def _since_then(reading: Reading, page: Page) -> Echo | None:
    m = _find(_SINCE_THEN, reading, page)
    day = m and page.now and _last_day(reading, page, m.start(), since=True)
    if not m or not day:
        return None
    since = replace(day, span=m.span(), end=page.now, since=True, as_of=False, rule="since then")
    return since, "from the day that was named before"


def _day_before(reading: Reading, page: Page) -> Echo | None:
    m = _find(_DAY_BEFORE, reading, page)
    day = m and _last_day(reading, page, m.start())
    if not m or not day or not day.start:
        return None
    before = day.start - timedelta(days=1)
    return replace(day, span=m.span(), start=before, end=before, since=False), "the day before the one that was named"


def day_before(period: Period, reading: Reading, page: Page) -> Echo | None:
    """Return the day before the one that was named, where the words of a period are "the previous day"."""
    m = _find(_DAY_BEFORE, reading, page)
    within = m is not None and m.start() <= period.span[0] and period.span[1] <= m.end()
    return _day_before(reading, page) if within else None


def _day_after(reading: Reading, page: Page) -> Echo | None:
    m = _find(_DAY_AFTER, reading, page)
    day = m and _last_day(reading, page, m.start())
    if not m or not day or day.since:
        return None
    last = _last_dated(reading, page)
    if last and day.span < last.span and last.start == last.end:
        day = last  # "The following day six died. Three days later ..."
    if day.start is None:
        return None
    unit = unit_named(m["unit"]) if m["unit"] else "day"
    after = back(day.start, -number_of(m["count"]) if m["count"] else -1, unit)
    if PRECISIONS[unit] not in {Precision.DAY, Precision.WEEK} or (page.now and after > page.now):
        return None
    return replace(day, span=m.span(), start=after, end=after), "so long after the day that was named"


def _same_day(reading: Reading, page: Page) -> Echo | None:
    m = _find(_SAME_DAY, reading, page)
    if m and m["by"] and (last := _last_dated(reading, page)):
        up_to = last if last.since else replace(last, start=None, as_of=True)
        return up_to, "up to the same day as the figure before"
    day = m and _last_day(reading, page, m.start())
    return (replace(day, since=False, end=day.start), "on the day that was named before") if day else None


def _same_period(reading: Reading, page: Page) -> Echo | None:
    m = _find(_SAME_PERIOD, reading, page)
    if not m:
        return None
    precision = PRECISIONS.get(UNITS.get(m.group().split()[-1].lower(), ""))
    last = _last_dated(reading, page, precision if precision in COARSE else None)
    if last:
        return last, "the same period as the figure before"
    named = _last_named(reading, page, precision) if precision in COARSE else None
    return (named, "the period that was named before") if named else None


def _last_named(reading: Reading, page: Page, precision: Precision) -> Period | None:
    """Return the last whole month or year that a sentence before names, whatever for."""
    for at in range(reading.sentence - 1, max(-1, reading.sentence - _FAR), -1):
        for period in reversed(page.periods(at)):
            if period.start and not period.since and period.precision is precision:
                return period
    return None


def _added(reading: Reading, page: Page) -> Echo | None:
    text, sentence = page.document.text, page.document.sentences[reading.sentence]
    last = _last_dated(reading, page)
    if last and (_ADDS.match(sentence.text) or _OF_THESE.match(text, reading.figure.span[1])):
        return last, "it goes on from the figure before"
    near = [other for other, _ in page.dated[-3:] if reading.sentence - other.sentence == 1]
    if last and near and (_find(_ADDED, reading, page) or _OTHERS.match(text, reading.figure.span[1])):
        return last, "it is added to the figure before"
    return None


def _goes_on(reading: Reading, page: Page) -> Echo | None:
    """Return the period of the count just before, where a sentence opens with a number of the same place and source."""
    figure, sentence = reading.figure, page.document.sentences[reading.sentence]
    if figure.metric not in EVENTS or not page.dated or not page.now or page.periods(reading.sentence):
        return None
    other, last = page.dated[-1]
    near = page.document.sentences[other.sentence]
    if last is None or last.since or last.as_of or last.start is None or other.figure.basis is not Basis.NEW:
        return None
    if reading.sentence - other.sentence > 1 or near.paragraph != sentence.paragraph or near.headline:
        return None
    if not _OPENS.fullmatch(page.document.text, sentence.start, figure.span[0]):
        return None
    same = (figure.place, figure.country, figure.source) == (
        other.figure.place,
        other.figure.country,
        other.figure.source,
    )
    perfect = find_cues(reading, page.others(reading), page.document).perfect
    return (last, "it goes on from the count before") if same and not perfect else None


def _last_dated(reading: Reading, page: Page, precision: Precision | None = None) -> Period | None:
    """Return the period of the last figure that has one (of a precision), a few sentences back at most."""
    for other, period in reversed(page.dated):
        if reading.sentence - other.sentence > _FAR:
            return None
        if period and precision in (None, period.precision):
            return period
    return None


def _last_day(reading: Reading, page: Page, before: int, *, since: bool = False) -> Period | None:
    """Return the last day or start that stands before a position, be it a statement's."""
    days = [
        period
        for at in range(reading.sentence, max(-1, reading.sentence - _FAR), -1)
        for period in reversed(page.periods(at))
        if period.span[1] <= before and period.start and (period.since or period.start == period.end)
    ]
    starts = [period for period in days if period.since] if since else []
    day = next(iter([*starts, *days]), None)
    return _counted_from(day, page) if day and day.rule.startswith(_COUNTED_FROM) else day


def _counted_from(day: Period, page: Page) -> Period:
    """Return the day itself of "two years after 7 October"."""
    times = find_times(page.document.text[slice(*day.span)], page.now)
    return replace(day, start=times[-1].when.start, end=times[-1].when.end) if times else day


def _led_in(reading: Reading, page: Page) -> Echo | None:
    led = _lead_in(reading, page)
    return (led, "said in the line that leads in") if led else None


def _lead_in(reading: Reading, page: Page) -> Period | None:
    """Return the period of the line that leads in a list: "Between 15 and 23 January:"."""
    for at in range(reading.sentence - 1, max(-1, reading.sentence - 2 * _FAR), -1):
        text = page.document.sentences[at].text.rstrip()
        periods = [period for period in page.periods(at) if not is_statement(period, as_if(reading, at), page)]
        if text.endswith(":"):
            since = next((closes(period, page, at) for period in periods if period.since), None)
            return since or (periods[-1] if periods else None)
        if periods or (not text.endswith((";", ",", "and")) and at != reading.sentence - 1):
            return None
    return None


def _event_before(reading: Reading, page: Page) -> Echo | None:
    """Return the day of the event that the sentences before tell, where this one plainly goes on with it."""
    sentence = page.document.sentences[reading.sentence]
    if reading.figure.basis is Basis.STOCK or sentence.headline:
        return None
    continues = bool(_CONTINUES.match(sentence.text.lower()))
    for at in _sentences_before(reading.sentence, page, continues=continues):
        told = continues or _EVENT.search(page.document.sentences[at].text)
        if told and (period := _event_day(at, reading, page)):
            return period, OF_EVENT
    return None


def _sentences_before(index: int, page: Page, *, continues: bool) -> Iterator[int]:
    """Yield the sentences that may tell the event: the paragraph's, nearest first, then the first paragraph's."""
    sentences = page.document.sentences
    near = range(index - 1, max(index - FAR_BACK, 0) - 1, -1)
    same = [at for at in near if sentences[at].paragraph == sentences[index].paragraph]
    quiet = takewhile(lambda at: not page.periods(at) and at not in page.counted, same[:QUIET])
    yield from same if continues else same[: 1 + len(list(quiet))]
    if continues:
        first = next((sentence.paragraph for sentence in sentences if not sentence.headline), 0)
        opening = range(min(index, FAR_BACK) - 1, -1, -1)
        yield from (at for at in opening if at not in same and sentences[at].paragraph <= first)


def _event_day(at: int, reading: Reading, page: Page) -> Period | None:
    """Return the last period of a sentence that dates an event, not a statement or a running count."""
    there = as_if(reading, at)
    for period in reversed(page.periods(at)):
        dated = period.start is not None and not period.since and period.precision not in COARSE
        old = period.start is not None and page.now is not None and page.now - period.start > RECENT
        if dated and not old and not is_statement(period, there, page) and not is_history(period, there, page):
            return period
    return None


def resolve_event(period: Period, reading: Reading, page: Page) -> Period:
    """Return "since the quake" with its start, where the report says on what day the quake was."""
    if period.start is not None or not period.since:
        return period
    nouns = {m.group().lower().rstrip("s") for m in _BEGINNING.finditer(page.document.text, *period.span)}
    days = ((at, day) for at in range(len(page.document.sentences)) for day in page.periods(at))
    named = next((day for at, day in days if _names(day, nouns, page) and not _is_said(day, at, page)), None)
    start = named or _last_dated(reading, page)
    if start is None or start.start is None or not (named or start.since):
        return period
    return replace(period, start=start.start, rule=f"{period.rule}, {start.rule.removeprefix('since ')}")


def _is_said(day: Period, at: int, page: Page) -> bool:
    return is_statement(day, as_if(page.readings[0], at), page)


def _names(day: Period, nouns: set[str], page: Page) -> bool:
    """Return whether a period is a day that stands with one of the nouns: "the quake that hit on 6 February"."""
    if day.start is None or day.precision is not Precision.DAY or not (day.since or day.start == day.end):
        return False
    near = page.document.text[max(0, day.span[0] - _NAMED_WITHIN) : day.span[1] + _NAMED_WITHIN // 3].lower()
    return any(noun in near for noun in nouns)


def since_before(period: Period, reading: Reading, page: Page) -> Period:
    """Return a toll "by Sunday" with the start that the figure just before it counts from."""
    if period.start is not None or not period.as_of or reading.figure.basis is Basis.STOCK:
        return period
    for other, last in page.dated[-1:]:
        if last and last.since and last.start and reading.sentence - other.sentence == 1:
            return replace(last, span=period.span, end=period.end, rule=period.rule)
    return period


def same_end(period: Period, reading: Reading, page: Page) -> Period:
    """Return a count since a start closed by "as of the same date", the end of the figure before."""
    m = _find(_SAME_DAY, reading, page)
    last = _last_dated(reading, page)
    if not (m and m["by"] and period.since and period.start and last and last.end and last.end >= period.start):
        return period
    return replace(period, end=last.end)
