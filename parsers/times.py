"""The times that a sentence names, joined and opened by the small words around them: "between", "since", "as of"."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import regex

from parsers.dates import Period, When, back, coarsest
from parsers.phrases import Time, find_times
from parsers.records import Precision, Sentence
from parsers.tables import load_rows
from parsers.timewords import COUNT, UNIT, compile_words, number_of, unit_named

_LEAD_CHARACTERS = 80
_SINCE_CHARACTERS = 400
_SINCE_WORDS = 14
_RUNNING = "from <time> as of <time>"

_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?(?:\ ?\L<clocks>)?,?\ )"
_CHAIN = r"(?:(?:\L<openers>|\L<early>|\L<late>|(?:\L<never>\ )?\L<dayparts>)\ )"

# The small words before a date, read from the date backwards, and which of them change its meaning.
_LEAD = compile_words(rf"""(?r)
    (?<!\w)(?: (?P<within>(?:\L<openers>\ )*(?:\L<the>\ )?)(?:{COUNT}\ )?{UNIT}
        \ (?:(?P<up>\L<run_up>)|(?P<on>\L<run_on>))\ {_CHAIN}*
      | (?P<since>\L<since>)\ (?:\L<hedges>\ )*{_CHAIN}*
      | (?P<as_of>\L<as_of>)\ (?:\L<hedges>\ )*{_CLOCK}?{_CHAIN}*
      | (?P<between>\L<range_openers>)\ (?:(?:\L<the>\ )?\L<beginnings>\ \L<of>\ )?(?:\L<hedges>\ )*{_CHAIN}*
      | (?P<until>\L<until>)\ (?:\L<hedges>\ )*{_CHAIN}*
      | (?P<never>\L<never>)\ (?:\L<hedges>\ )*(?:\L<on>\ )?
      | (?:(?<brief>(?:\L<brief>),?\ (?:\L<relatives>\ )?))?(?P<begun>\L<begun>)\ {_CHAIN}*
      | {_CHAIN}+ )\Z""")
_JOIN = compile_words(rf"""
    \s*+[-/]\s*+
    | ,?+\ (?:(?P<running>\L<running_joiners>)|\L<range_joiners>|(?P<and>\L<and>))\ (?:\L<the>\ )?+{_CHAIN}*+""")
_MORE = compile_words(r"\ \L<additions>(?!\w)", cues="additions")
_ONWARDS = compile_words(r"\ \L<onwards>(?!\w) | \ (?:\L<until>)\ \L<now>(?!\w)")
_SINCE_EVENT = compile_words(
    rf"""
    (?<!\w)\L<since>\ (?:[\w.'-]++\ ){{0,{_SINCE_WORDS}}}?
    \L<beginnings>(?!\w)(?:(?:\ (?:\L<of>|\L<the>)){{0,2}}+\ (?:[\p{{L}}'-]++\ )?\L<beginnings>(?!\w))*+
    (?P<rest>(?:\ [\p{{L}}'-]++){{0,8}})""",
    cues="since",
)
_SIGNER = regex.compile(r"\((?P<who>[^(),\d]{2,60}+),\ \Z")
SIGNED = "(X, <time>)"
"""The rule of a date behind who counted, in brackets: it dates what stands before it."""
_SUPERLATIVE = compile_words(r"(?r)(?<!\w)\L<superlatives>,?\ (?:[\p{L}'-]+\ ){0,2}\Z", cues="superlatives")
_AFTER = compile_words(r"\L<on_after>")
_OF_EVENT = compile_words(r"'s?+\ (?:[\w'-]++\ ){0,2}?\L<event_nouns>(?!\w)")
_OF_EVENTS = frozenset({"weekend <event>", "the <feast> <event>"})
"""Rules of times that only say when the event behind them was: "after weekend floods"."""
_DATELINE_BEFORE = regex.compile(r"\W*+(?:\p{Lu}[\p{L}.'-]*+[ ,()/]++){1,8}+")
_DATELINE_DASH = regex.compile(r"(?:[-–—|]|\)\s*+:)\s")
_DATELINE_AFTER = regex.compile(
    r"[\s,)]*+(?:\([^)]{1,60}+\)\s*+:|(?:\([^)]{1,60}+\)|\p{Lu}{2,}+)?+\s*+(?:--?+|[–—|]))\s"
)


def find_periods(sentence: Sentence, published: date | None) -> list[Period]:
    """Return the periods that a sentence names, in its order, resolved against the day of publication.

    A date of the future, a dateline and a time before or after something give none; without a day of publication
    only whole dates are resolved. Spans are in characters of the document.

    >>> sentence = Sentence("The fighting over the past week has killed 205.", 0, 0)
    >>> [(str(p.start), str(p.end), p.rule) for p in find_periods(sentence, date(2020, 2, 2))]
    [('2020-01-26', '2020-02-02', 'over the past <n> <unit>')]
    """
    text = sentence.text
    times = _join(text, _find_times(text, published))
    read = [_open(text, time, published) for time in times]
    periods = [period for period in read if period]
    periods += list(_since_events(text, periods, published))
    return sorted((_shift(period, sentence.start) for period in periods), key=lambda period: period.span)


def find_dateline(sentence: Sentence) -> date | None:
    """Return the day of a dateline, which is the day of publication: "IDLIB, 2 Feb 2020 (AFP) -".

    >>> find_dateline(Sentence("IDLIB, 2 Feb 2020 (AFP) - Five people died.", 0, 0))
    datetime.date(2020, 2, 2)
    """
    if not (_DATELINE_BEFORE.match(sentence.text) and _DATELINE_DASH.search(sentence.text)):
        return None
    for time in find_times(sentence.text, None):
        lead = _lead(sentence.text, time.start)
        if _is_dateline(sentence.text, lead.start() if lead else time.start, time):
            return time.when.end
    return None


def _find_times(text: str, now: date | None) -> list[Time]:
    """Return the times of a text; without a now, half dates only where a whole one beside them completes them."""
    times = find_times(text, now)
    if now is not None or not times or times[-1].when.end is None:
        return times
    whole = {time.start for time in times}
    near = find_times(text, times[-1].when.end)
    return [
        time for time in near if time.start in whole or any(_JOIN.fullmatch(text, time.end, start) for start in whole)
    ]


def _join(text: str, times: list[Time]) -> list[Time]:
    """Return the times with each pair that names one period made one: "from 5 to 9 May", "Monday and Tuesday"."""
    joined: list[Time] = []
    for time in times:
        both = joined and _joined(text, joined[-1], time)
        if both:
            joined[-1] = both
        else:
            joined.append(time)
    return joined


def _joined(text: str, first: Time, last: Time) -> Time | None:
    """Return the period from the first time to the last, None where the words between do not join them."""
    m = _JOIN.fullmatch(text, first.end, last.start)
    earlier = m and last.when.end and first.again(last.when.end)
    if m and m["and"] and _MORE.match(text, last.end):
        return None  # "12 on Monday and on Tuesday another nine"
    if not m or not earlier or not earlier.start or not last.when.start or earlier.start > last.when.start:
        return None
    lead = _lead(text, first.start)
    between = lead is not None and lead["between"] is not None
    apart = earlier.end is None or last.when.start - earlier.end > timedelta(days=1)
    if m["and"] and not between and (apart or earlier.precision is not last.when.precision):
        return None
    when = When(earlier.start, last.when.end, coarsest(earlier.precision, last.when.precision))
    rule = "between <time> and <time>" if m["and"] else _RUNNING if m["running"] else "from <time> to <time>"
    return replace(last, start=first.start, rule=rule, when=when)


def _lead(text: str, start: int) -> regex.Match[str] | None:
    """Return the small words that stand right before a position."""
    return _LEAD.match(text, max(0, start - _LEAD_CHARACTERS), start)


def _open(text: str, time: Time, now: date | None) -> Period | None:
    """Return the period that a time and the words before it make; None where they make none."""
    m = _lead(text, time.start)
    start = m.start() if m else time.start
    event = _since_before(text, start)
    opened = event if event is not None else start if m and m["since"] else None
    names_event = time.rule in _OF_EVENTS or _OF_EVENT.match(text, time.end)
    after_event = m and m["never"] and _AFTER.match(m["never"]) and names_event
    if (
        _is_dateline(text, start, time)
        or _is_heading(text, start, end=time.end)
        or (m and m["never"] and not after_event)
    ):
        return None
    if opened is not None and _SUPERLATIVE.match(text, 0, opened):
        return None  # "the deadliest day since the war that ended in 1990"
    when, rule, since, as_of = time.when, time.rule.removeprefix("in "), False, False
    end = time.end
    after = _ONWARDS.match(text, time.end)
    if after or event is not None or (m and (m["since"] or (m["begun"] and not m["brief"]))):
        joined = time.rule.startswith(("between", "from"))
        when, since = When(when.point or when.start, when.end if joined else now, when.precision), True
        rule = f"since <event> on {rule}" if event is not None else f"since {rule}"
        start, end = event if event is not None else start, after.end() if after else end
    elif m and (m["as_of"] or m["until"]) and not (m["as_of"] and _OF_EVENT.match(text, time.end)):
        when, as_of = When(None, when.point or when.end, when.precision), bool(m["as_of"])
        rule = f"{'as of' if as_of else 'until'} {rule}"
    elif m and (m["up"] or m["on"]) and not time.rule.startswith(("between", "from")):
        run = _run(m, when)
        if run is None:
            return None
        when, rule = run, f"<n> <unit> to {rule}" if m["up"] else f"<n> <unit> from {rule}"
    elif _is_signed(text, start, end):
        when, as_of, rule = When(None, when.point or when.end, when.precision), True, SIGNED
    else:
        rule, since = time.rule, time.rule == _RUNNING
    return Period((start, end), when.start, when.end, when.precision, since, as_of, rule)


@cache
def _speakers() -> frozenset[str]:
    """Return the listed sources by all their names, in lower case."""
    columns = ("code", "name", "kind", "country", "aliases", "short_aliases")
    names = (name for row in load_rows("sources", columns) for name in (row["name"], *row["aliases"].split("|")))
    return frozenset(name.lower() for name in names if name)


def _is_signed(text: str, start: int, end: int) -> bool:
    """Tell whether a date stands behind who counted, in brackets: "(OCHA, 12 May)", but "(Goma, 12 May)"."""
    m = _SIGNER.search(text, max(0, start - _LEAD_CHARACTERS), start)
    return m is not None and text[end : end + 1] == ")" and m["who"].lower() in _speakers()


def _is_heading(text: str, start: int, *, end: int) -> bool:
    """Tell whether a date stands behind who speaks at the head of a report: "ACAPS, 12 June: floods have"."""
    who = text[:start].rstrip(", ")
    return text[end : end + 1] == ":" and 0 < len(who) < start <= _LEAD_CHARACTERS and who.lower() in _speakers()


def _run(m: regex.Match[str], when: When) -> When | None:
    """Return the days that "the <n> <unit> to" or "from" a time span; "two days after" it is that day."""
    count, unit = number_of(m["count"]) if m["count"] else 1, unit_named(m["unit"])
    if when.start is None or when.end is None:
        return None
    if m["up"]:
        whole_months = unit == "month" and when.precision is Precision.MONTH
        start = back(when.start, count - 1, unit) if whole_months else back(when.end, count, unit)
        return When(start, when.end, when.precision)
    after = back(when.start, -count, unit)
    if m["within"]:
        return When(when.start, after - timedelta(days=1), when.precision)
    return When(after, after, when.precision)


def _since_before(text: str, start: int) -> int | None:
    """Return where "since the war began" starts if it runs right up to a position, within its clause."""
    for m in _SINCE_EVENT.finditer(text, max(0, start - _SINCE_CHARACTERS), start):
        if m.end() >= start - 1:
            return m.start()
    return None


def _since_events(text: str, periods: list[Period], now: date | None) -> Iterator[Period]:
    """Yield the counts that run on since an event without a date."""
    for m in _SINCE_EVENT.finditer(text):
        span = (m.start(), m.start("rest"))
        if _SUPERLATIVE.match(text, 0, m.start()):
            continue
        if all(period.span[1] <= span[0] or m.end() <= period.span[0] for period in periods):
            yield Period(span, None, now, Precision.DAY, since=True, as_of=False, rule="since <event>")


def _is_dateline(text: str, start: int, time: Time) -> bool:
    """Return whether a date heads the text with the place and the agency: "IDLIB, 2 Feb 2020 (AFP) -"."""
    before = _DATELINE_BEFORE.fullmatch(text, 0, start)
    return bool(before and before.end() and _DATELINE_AFTER.match(text, time.end))


def _shift(period: Period, offset: int) -> Period:
    """Return a period of a sentence as one of the document."""
    return replace(period, span=(period.span[0] + offset, period.span[1] + offset))
