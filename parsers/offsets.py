"""A count that is so long before or after another day: "killed 19 on Sunday, two weeks after 43 people died"."""

from dataclasses import replace
from datetime import date, timedelta

import regex

from parsers.clauses import Page
from parsers.dates import PRECISIONS, Period, back
from parsers.records import Reading
from parsers.timewords import COUNT, UNIT, YEAR, compile_words, number_of, unit_named

_APART = compile_words(rf"""
    \W*+ (?:\L<hedges>\ )*+ {COUNT}\ {UNIT} \ (?:(?P<after>\L<on_after>)|\L<on_before>)
    (?:\ (?:[\p{{L}}'-]++)){{0,5}}?\ (?:\L<hedges>\ )*+""")


_BEFORE = compile_words(rf"""
    (?:\ [\p{{L}}'-]++){{0,4}}? ,?+ \ (?:\L<in>\ )?+
    (?: \L<the>\ \L<previous>\ {UNIT} | (?:\L<the>|\L<one>)\ {UNIT}\ \L<before_that> )
    (?=\ *+(?:[.,;:)]|\L<and>\ |\Z))""")


_SAME = compile_words(rf"""
    (?:\ (?:[\p{{L}}'-]++|\d[\d,]*+)){{0,8}}? ,?+ \ \L<windows>\ \L<same>\ (?:\L<of>\ )?+
    (?:{YEAR}|\L<last_year>(?!\w))""")


def find_before(reading: Reading, page: Page) -> Period | None:
    """Return the period of a count set beside the one before it: "1,260 last week, down from 3,480 the week before"."""
    text, sentence = page.document.text, page.document.sentences[reading.sentence]
    near = (reading.sentence - 1, reading.sentence)
    before, last = next(((other, period) for other, period in page.dated[-1:] if other.sentence in near), (None, None))
    if before is None or last is None or last.start is None or last.end is None:
        return None
    if same := _SAME.match(text, reading.figure.span[1], sentence.end):
        return last if last.span[1] == same.end() else _years_before(last, same)
    beside = before.sentence == reading.sentence and not last.since
    m = _BEFORE.match(text, reading.figure.span[1], sentence.end) if beside else None
    if m is None or last.span[1] > m.start():  # both were counted the day before
        return None
    unit = unit_named(m["unit"])
    start = back(last.start, 1, unit)
    whole = PRECISIONS[unit] is last.precision or back(last.end, 1, unit) < last.start
    end = last.start - timedelta(days=1) if whole else back(last.end, 1, unit)
    return replace(last, span=m.span(), start=start, end=end, rule="the <unit> before <time>")


def _years_before(last: Period, m: regex.Match[str]) -> Period | None:
    """Return a period moved to another year: "1,047 in the same period of 2022"."""
    if last.start is None or last.end is None:
        return None
    years = last.end.year - int(m["year"]) if m["year"] else 1
    start, end = back(last.start, years, "year"), back(last.end, years, "year")
    return replace(last, span=m.span(), start=start, end=end, since=False, rule="the same period of <year>")


def set_apart(period: Period, reading: Reading, page: Page) -> Period:
    """Return the period of a count that the words set apart from a day named before it, else the period itself."""
    text, number = page.document.text, reading.figure.span[0]
    m = _APART.fullmatch(text, period.span[1], number) if period.span[1] < number else None
    if m is None or period.start is None or period.end is None or period.since:
        return period
    unit = unit_named(m["unit"])
    start, end = (_shift(day, m, unit) for day in (period.start, period.end))
    return replace(period, start=start, end=end, precision=PRECISIONS[unit], rule="<n> <unit> apart from <time>")


def _shift(day: date, m: regex.Match[str], unit: str) -> date:
    """Return the day so many units before another, or after it; "after 43 died" means that they died before."""
    count = number_of(m["count"])
    return back(day, count if m["after"] else -count, unit)
