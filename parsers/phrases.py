"""The phrases that name a time: each rule is a phrase with holes, its pattern, and what it means on the calendar.

One rule to an idea, so the module is longer than most; joining and opening dates ("between", "since") is in periods.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import regex

from parsers.dates import (
    MONTHS_A_YEAR,
    PRECISIONS,
    When,
    back,
    clip,
    day_of,
    latest_day,
    month_of,
    part_of,
    unit_of,
    weekday_before,
    year_of,
)
from parsers.records import Precision
from parsers.tables import load_section

Make = Callable[[regex.Match[str], date | None], When | None]

_TABLE = load_section("en", "periods")
_MONTHS = _TABLE.mapping("months")
_WEEKDAYS = {**_TABLE.mapping("short_weekdays"), **_TABLE.mapping("weekdays")}
_UNITS = _TABLE.mapping("units")
_COUNTS = _TABLE.mapping("counts")
_DAYS = _TABLE.mapping("days")
_PARTS = _TABLE.mapping("parts")
_NTH = _TABLE.mapping("nth")
_SEASONS = _TABLE.mapping("seasons")
_MONTHS_IN = {"week": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}


def cased(words: Iterable[str]) -> list[str]:
    """Return the words as a text may write them: small, with a capital, in capitals."""
    return sorted({form for word in words for form in (word, word[:1].upper() + word[1:], word.upper())})


def named(words: Iterable[str]) -> list[str]:
    """Return names, which a text never writes small."""
    return sorted({form for word in words for form in (word.title(), word.upper())})


LISTS = {
    "months": named(_MONTHS),
    "full_months": named(max((name for name in _MONTHS if _MONTHS[name] == n), key=len) for n in range(1, 13)),
    "weekdays": named(_TABLE.mapping("weekdays")),
    "short_weekdays": named(_TABLE.mapping("short_weekdays")),
    "units": cased(_UNITS),
    "counts": cased(_COUNTS),
    "days": cased(_DAYS),
    "parts": cased(_PARTS),
    "nth": cased(_NTH),
    "seasons": cased(_SEASONS),
} | {key: cased(_TABLE.words(key)) for key in _TABLE.content if isinstance(_TABLE.content[key], list)}

# The holes of the phrases.
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:\L<ordinals>)?+(?![\w%])(?![.,]\d)"
_MONTH = r"(?P<month>\L<months>)(?!\w)(?:(?<!\L<full_months>)\.)?+"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w%])(?![,.]\d)(?!-\p{Ll})"
_WEEKDAY = r"(?P<weekday>\L<weekdays>|\L<short_weekdays>(?=\.?+,?+\ \d|\.))(?!\w)\.?+"
COUNT = r"(?P<count>\d{1,3}(?![\d,.])|\L<counts>(?!\w))"
UNIT = r"(?P<unit>\L<units>)(?!\w)"
_DAYPART = r"(?:(?:'s)?+\ (?:\L<early>\ |\L<late>\ |\L<openers>\ ){0,2}+\L<dayparts>(?!\w))?+"
_NTH_HOLE = r"(?P<nth>\L<nth>)(?!\w)"
_TO = r"(?:\s*+[-/]\s*+|\ (?:\L<range_joiners>|\L<and>)\ (?:\L<the>\ )?+)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One phrase with holes; ``keys`` are the kinds of words of which the text must have one."""

    name: str
    keys: frozenset[str]
    pattern: regex.Pattern[str]
    make: Make


@dataclass(frozen=True, slots=True)
class Time:
    """A phrase found in a text, at [start, end) of it, and what it means; ``again`` resolves it on another day."""

    start: int
    end: int
    rule: str
    when: When
    again: Callable[[date | None], When | None]


def compile_words(pattern: str) -> regex.Pattern[str]:
    """Compile a verbose pattern over the words of the tables."""
    used: dict[str, Any] = {name: words for name, words in LISTS.items() if rf"\L<{name}>" in pattern}
    return regex.compile(pattern, regex.VERBOSE, **used)


def _rule(name: str, keys: str, pattern: str) -> Callable[[Make], Rule]:
    """Make a function a rule; a pattern that matches nothing at all is refused."""
    compiled = compile_words(rf"(?<!\w)(?:{pattern})(?!\w)")
    if compiled.fullmatch(""):
        raise ValueError(f"the rule {name!r} matches the empty text; give it a word")
    return lambda make: Rule(name, frozenset(keys.split()), compiled, make)


def number_of(text: str) -> int:
    """Return the count that digits or a word of the table say."""
    return int(text) if text.isdigit() else int(_COUNTS[text.lower()])


def unit_named(text: str) -> str:
    """Return the unit of time that a word of the table names."""
    return str(_UNITS[text.lower()])


def _single(day: date | None, now: date | None) -> When | None:
    """Return one day as a span."""
    return clip(When(day, day, Precision.DAY), now) if day else None


def _dated(m: regex.Match[str], now: date | None, day: str = "day") -> date | None:
    """Return the day of a month that a match holds, of its year or of the latest not after now."""
    month, found = _MONTHS[m["month"].lower()], int(m[day])
    if m["year"]:
        return day_of(_full_year(m["year"]), month, found)
    return latest_day(month, found, now) if now else None


def _full_year(text: str) -> int:
    """Return the year; wires of the last century wrote two figures."""
    return int(text) if len(text) > 2 else 1900 + int(text)  # noqa: PLR2004


def _month(m: regex.Match[str], now: date | None) -> When | None:
    """Return the month that a match names, of its year or the latest that has begun."""
    month = _MONTHS[m["month"].lower()]
    if m["year"]:
        return month_of(int(m["year"]), month)
    if now is None:
        return None
    return month_of(now.year - (month > now.month), month)


def _whole(m: regex.Match[str], now: date | None) -> When | None:
    """Return the month or the year that a match speaks of: by name, or as this, last or the one."""
    if m["month"]:
        return _month(m, now)
    if m["year"]:
        return year_of(int(m["year"]))
    if now is None:
        return None
    unit = _UNITS[m["unit"].lower()]
    return unit_of(back(now, 1, unit) if m["last"] else now, unit)


_WHOLE = rf"""(?: {_MONTH} (?:,?+\ (?:\L<of>\ )?+{_YEAR})?+ | {_YEAR}
              | (?:(?P<last>\L<last>)|\L<this>|\L<the>)\ {UNIT} )"""


@_rule(
    "<day> <month> <year>",
    "month",
    rf"""
    (?:{_WEEKDAY}{_DAYPART},?+\ (?:\L<the>\ )?+)?+ {_DAY} [\ -](?:\L<of>\ )?+ {_MONTH}
    (?:,?+\ {_YEAR} | -{_YEAR} | \ '?(?P<year>[7-9]\d)(?![\w,]) )?+ {_DAYPART}""",
)
def _day_month(m: regex.Match[str], now: date | None) -> When | None:
    return _single(_dated(m, now), now)


@_rule(
    "<month> <day>, <year>",
    "month",
    rf"""
    (?:{_WEEKDAY}{_DAYPART},?+\ )?+ (?P<within>(?<=(?:in|In|IN)\ ))?+ {_MONTH} \ (?:\L<the>\ )?+ {_DAY}
    (?!\ \L<full_months>) (?:,?+\ {_YEAR})?+ {_DAYPART}""",
)
def _month_day(m: regex.Match[str], now: date | None) -> When | None:
    # "In May 12 people died" counts twelve people; no day is said.
    if m["within"] is not None and not m["year"]:
        return None
    return _single(_dated(m, now), now)


def _days_together(m: regex.Match[str], now: date | None) -> When | None:
    """Return the days from the first to the last that a match names, of one month."""
    last = _dated(m, now)
    first = last and day_of(last.year, last.month, int(m["first"]))
    if not first or not last or first > last:
        return None
    return clip(When(first, last, Precision.DAY), now)


_FIRST = r"(?P<first>0?[1-9]|[12]\d|3[01])(?:\L<ordinals>)?+(?!\w)"

_days_month = _rule(
    "<day> to <day> <month> <year>",
    "month",
    rf"""
    (?:\L<range_openers>\ )?+ (?:\L<the>\ )?+ {_FIRST} (?:,\ \d\d?+)*+ {_TO} {_DAY} \ (?:\L<of>\ )?+ {_MONTH}
    (?:,?+\ {_YEAR})?+""",
)(_days_together)

_month_days = _rule(
    "<month> <day> to <day>, <year>",
    "month",
    rf"""
    (?:\L<range_openers>\ )?+ {_MONTH} \ {_FIRST} (?:,\ \d\d?+)*+ {_TO} {_DAY} (?!\ \L<full_months>) (?:,?+\ {_YEAR})?+
    """,
)(_days_together)


@_rule("<part> <month or year>", "month year unit", rf"(?P<part>\L<parts>)(?:-|\ |(?<=-)){_WHOLE}")
def _part(m: regex.Match[str], now: date | None) -> When | None:
    # "Early this week" is no more than this week; "the late week" is nothing.
    whole = _whole(m, now)
    if whole is None or whole.precision is Precision.WEEK:
        return whole and clip(whole, now)
    return clip(part_of(whole, _PARTS[m["part"].lower()]), now)


@_rule("<month> <year>", "month", rf"{_MONTH},?+\ (?:\L<of>\ )?+{_YEAR}")
def _month_year(m: regex.Match[str], now: date | None) -> When | None:
    found = _month(m, now)
    return found and clip(found, now)


@_rule(
    "in <month>",
    "month",
    r"""
    (?: (?<=(?<!\w)(?:\L<on>|\L<openers>|\L<since>|\L<until>|\L<as_of>|\L<range_openers>)\ )
      | (?<=(?<!\w)(?:\L<never>|\L<hedges>|\L<this>)\ )
      | (?<=(?:\L<full_months>|\d)\ (?:\L<range_joiners>|\L<and>)\ ) ) (?<!(?:\L<the>|\L<one>)\ )
    (?P<month>\L<full_months>) (?P<year>(?!))?+
    (?!,?+\ (?:\L<of>\ )?+(?:19|20)\d\d(?!\d)) (?!\ \d{1,2}(?!\d)(?!,?+\ (?:\p{Ll}|\d)))""",
)
def _in_month(m: regex.Match[str], now: date | None) -> When | None:
    return _month_year.make(m, now)


@_rule("last <month>", "month", r"\L<last>\ (?P<month>\L<full_months>)")
def _last_month(m: regex.Match[str], now: date | None) -> When | None:
    if now is None:
        return None
    month = _MONTHS[m["month"].lower()]
    return month_of(now.year - (month >= now.month), month)


@_rule(
    "in <year>",
    "year",
    rf"""
    (?: (?<=(?<!\w)(?:\L<year_openers>|\L<since>|\L<range_openers>)\ (?:\L<hedges>\ )?) {_YEAR}
      | (?<=(?<!\w)(?:\L<until>|\L<as_of>|\L<never>)\ ) {_YEAR} (?!\ \p{{Ll}}{{3,}})
      | (?<=(?:19|20)\d\d{_TO}) {_YEAR})""",
)
def _in_year(m: regex.Match[str], now: date | None) -> When | None:
    return clip(year_of(int(m["year"])), now)


@_rule("<year>-<month>-<day>", "year", r"(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])[-/](?P<day>[0-3]\d)")
def _iso(m: regex.Match[str], now: date | None) -> When | None:
    return _single(day_of(int(m["year"]), int(m["month"]), int(m["day"])), now)


@_rule("<day>/<month>/<year>", "year", r"(?P<day>\d\d?)(?P<sep>[/.-])(?P<month>\d\d?)(?P=sep)(?P<year>(?:19|20)\d\d)")
def _slashed(m: regex.Match[str], now: date | None) -> When | None:
    # Day first, as most of the world writes; month first where only that gives a day.
    year, first, second = int(m["year"]), int(m["day"]), int(m["month"])
    return _single(day_of(year, second, first) or day_of(year, first, second), now)


@_rule(
    "<season> of <year>",
    "season",
    rf"""
    (?P<season>\L<seasons>) (?:\ (?:\L<of>\ )?+{_YEAR} (?:[-/]\d\d(?:\d\d)?+)?+)""",
)
def _season(m: regex.Match[str], now: date | None) -> When | None:
    return clip(month_of(int(m["year"]), _SEASONS[m["season"].lower()], 3), now)


@_rule("last <season>", "season", r"(?:(?P<last>\L<last>)|\L<this>)\ (?P<season>\L<seasons>)")
def _last_season(m: regex.Match[str], now: date | None) -> When | None:
    if now is None:
        return None
    first = _SEASONS[m["season"].lower()]
    for years in range(3):
        span = month_of(now.year - years, first, 3)
        known = span.end if m["last"] else span.start
        if known and known <= now:
            return clip(span, now)
    return None


@_rule("Q<n> <year>", "year", rf"(?:(?P<quarter>[Qq][1-4])|(?P<half>[Hh][12]))\ (?:\L<of>\ )?+{_YEAR}")
def _q(m: regex.Match[str], now: date | None) -> When | None:
    months = 3 if m["quarter"] else 6
    nth = int((m["quarter"] or m["half"])[1])
    return clip(month_of(int(m["year"]), months * (nth - 1) + 1, months), now)


def _nth_months(whole: When, nth: int, months: int) -> When | None:
    """Return the nth run of so many months of a year; -1 is the last."""
    first = months * (nth - 1) + 1 if nth > 0 else MONTHS_A_YEAR - months + 1
    if whole.start is None or whole.precision is not Precision.YEAR or first + months - 1 > MONTHS_A_YEAR:
        return None
    return month_of(whole.start.year, first, months)


def _nth_days(whole: When, nth: int, days: int, precision: Precision) -> When | None:
    """Return the nth run of so many days of a month or a year; -1 is the last."""
    if whole.start is None or whole.end is None:
        return None
    start = whole.start + timedelta(days=days * (nth - 1)) if nth > 0 else whole.end - timedelta(days=days - 1)
    end = start + timedelta(days=days - 1)
    return When(start, end, precision) if whole.start <= start and end <= whole.end else None


@_rule(
    "the <nth> <n> <unit> of <month or year>",
    "unit half",
    rf"""
    (?:\L<the>\ )?+ {_NTH_HOLE} \ (?:{COUNT}[\ -])?+
    (?P<run>\L<units>|\L<half>|\L<quarter>) \ \L<of> \ (?:\L<the>\ (?=\L<last>))?+ {_WHOLE}""",
)
def _nth(m: regex.Match[str], now: date | None) -> When | None:
    whole, nth, run = _whole(m, now), _NTH[m["nth"].lower()], m["run"].lower()
    if whole is None:
        return None
    count = number_of(m["count"]) if m["count"] else 1
    unit = _UNITS.get(run, "half" if run in _TABLE.words("half") else "quarter")
    if unit == "half" and whole.precision is Precision.MONTH and whole.start and whole.end:
        cut = whole.start.replace(day=15)
        span = (whole.start, cut) if nth == 1 else (cut + timedelta(days=1), whole.end)
        return clip(When(*span, Precision.WEEK), now)
    if _MONTHS_IN.get(unit):
        found = _nth_months(whole, nth, count * _MONTHS_IN[unit])
    else:
        found = _nth_days(whole, nth, count * (7 if unit == "week" else 1), PRECISIONS[unit])
    return found and clip(found, now)


@_rule("<weekday>", "weekday", rf"(?<!\L<named_days>\ ){_WEEKDAY}{_DAYPART}")
def _weekday(m: regex.Match[str], now: date | None) -> When | None:
    return _single(weekday_before(_WEEKDAYS[m["weekday"].lower()], now), now) if now else None


@_rule("last <weekday>", "weekday", rf"(?:\L<this>\ )?+(?:\L<last>|\L<past>)\ {_WEEKDAY}{_DAYPART}")
def _last_weekday(m: regex.Match[str], now: date | None) -> When | None:
    return _weekday.make(m, now - timedelta(days=1)) if now else None


@_rule(
    "<weekday> of last week",
    "weekday",
    rf"""
    {_WEEKDAY}{_DAYPART} \ (?:\L<of>\ (?:\L<the>\ (?=\L<last>))?+)?+ (?:(?P<last>\L<last>)|\L<this>)
    \ (?P<unit>\L<week>)""",
)
def _weekday_of(m: regex.Match[str], now: date | None) -> When | None:
    if now is None:
        return None
    week = unit_of(back(now, 1, "week") if m["last"] else now, "week")
    return _single(weekday_before(_WEEKDAYS[m["weekday"].lower()], week.end), now) if week.end else None


@_rule("overnight to <weekday>", "weekday", rf"\L<overnight_to>\ {_WEEKDAY}")
def _overnight_to(m: regex.Match[str], now: date | None) -> When | None:
    day = _weekday.make(m, now)
    return When(back(day.start, 1, "day"), day.start, Precision.DAY) if day and day.start else None


@_rule("overnight", "word", r"\L<overnight>(?!\ (?:(?:\L<on>|\L<range_joiners>)\ )?+\L<weekdays>)")
def _overnight(m: regex.Match[str], now: date | None) -> When | None:  # noqa: ARG001
    return When(back(now, 1, "day"), now, Precision.DAY) if now else None


@_rule("today or yesterday", "word", rf"(?<!\L<later>\ )(?P<named>\L<days>)(?!'s\ \p{{Ll}}){_DAYPART}")
def _named(m: regex.Match[str], now: date | None) -> When | None:
    return _single(back(now, _DAYS[m["named"].lower()], "day"), now) if now else None


@_rule("the weekend", "word", r"(?:(?P<last>\L<last>)|\L<this>|\L<the>|\L<past>|\L<the>\ \L<past>)\ \L<weekend>")
def _weekend(m: regex.Match[str], now: date | None) -> When | None:
    if now is None:
        return None
    saturday = weekday_before(5, back(now, 2 if m["last"] else 0, "day"))
    return clip(When(saturday, saturday + timedelta(days=1), Precision.DAY), now)


@_rule("this <unit>", "unit", rf"(?<!\L<next>\ |\L<later>\ )\L<this>\ {UNIT}")
def _this(m: regex.Match[str], now: date | None) -> When | None:
    return clip(unit_of(now, _UNITS[m["unit"].lower()]), now) if now else None


@_rule("last <unit>", "unit", rf"\L<last>\ {UNIT}")
def _last(m: regex.Match[str], now: date | None) -> When | None:
    unit = _UNITS[m["unit"].lower()]
    return unit_of(back(now, 1, unit), unit) if now else None


@_rule(
    "over the past <n> <unit>",
    "unit",
    rf"""
    (?: \L<the>\ \L<past>(?:\ (?:{COUNT}|(?P<vague>(?:\L<counts>\ )?+\L<vague>)))?+
      | (?:\L<the>\ )?+ \L<past>\ (?:{COUNT}|(?P<vague>(?:\L<counts>\ )?+\L<vague>))
      | (?:\L<the>\ )?+ {COUNT}\ \L<past>
      | \L<recent>(?P<vague>) ) \ {UNIT} (?!\ \L<of>\ (?!\L<fighting>))""",
)
def _past(m: regex.Match[str], now: date | None) -> When | None:
    unit = _UNITS[m["unit"].lower()]
    if now is None:
        return None
    if m["vague"] is not None or (not m["count"] and m["unit"].lower().endswith("s")):
        return When(None, now, PRECISIONS[unit])
    return When(back(now, number_of(m["count"]) if m["count"] else 1, unit), now, PRECISIONS[unit])


@_rule("<n> <unit> ago", "unit", rf"{COUNT}\ {UNIT}\ \L<ago>")
def _ago(m: regex.Match[str], now: date | None) -> When | None:
    unit = _UNITS[m["unit"].lower()]
    return unit_of(back(now, number_of(m["count"]), unit), unit) if now else None


@_rule(
    "in <n> <unit>",
    "unit",
    rf"""
    (?<!\L<lengths>\ ) \L<windows>\ (?:(?:\L<hedges>|\L<the>|\L<one>)\ ){{0,2}}? {COUNT}
    (?: \ {UNIT} (?:\ \L<of>\ \L<fighting>(?!\w) | (?!\ (?:\L<of>|\L<ago>|\L<apart>)(?!\w)))
      | -{UNIT}\ \L<spells> )""",
)
def _window(m: regex.Match[str], now: date | None) -> When | None:
    unit = _UNITS[m["unit"].lower()]
    return When(back(now, number_of(m["count"]), unit), now, PRECISIONS[unit]) if now else None


RULES: tuple[Rule, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Rule))

_WORD = regex.compile(r"\w++")
_YEAR_WORD = regex.compile(r"(?:19|20)\d\d")
_KINDS = {
    "month": LISTS["months"],
    "weekday": LISTS["weekdays"] + LISTS["short_weekdays"],
    "unit": LISTS["units"],
    "season": LISTS["seasons"],
    "half": LISTS["half"] + LISTS["quarter"],
    "word": [phrase.split()[-1] for phrase in LISTS["days"] + LISTS["overnight"] + LISTS["weekend"]],
}
_KEYS = {
    word: frozenset(kind for kind in _KINDS if word in _KINDS[kind]) for words in _KINDS.values() for word in words
}


def _find_keys(text: str) -> set[str]:
    """Return the kinds of time words that a text has: most sentences have none, and cost no more than this."""
    keys: set[str] = set()
    for word in _WORD.findall(text):
        if word in _KEYS:
            keys |= _KEYS[word]
        elif _YEAR_WORD.fullmatch(word):
            keys.add("year")
    return keys


def find_times(text: str, now: date | None) -> list[Time]:
    """Return the times that a text names, in its order; of two that overlap the longer stays.

    >>> [(t.rule, str(t.when.start)) for t in find_times("hit on Friday and 26 January", date(2020, 2, 2))]
    [('<weekday>', '2020-01-31'), ('<day> <month> <year>', '2020-01-26')]
    """
    keys = _find_keys(text)
    if not keys:
        return []
    found = sorted(_read(text, keys, now), key=lambda time: (time.start - time.end, time.start))
    kept: list[Time] = []
    for time in found:
        if all(time.end <= other.start or other.end <= time.start for other in kept):
            kept.append(time)
    return sorted(kept, key=lambda time: time.start)


def _read(text: str, keys: set[str], now: date | None) -> Iterator[Time]:
    """Yield what every rule whose words are there makes of the text."""
    for rule in RULES:
        if rule.keys.isdisjoint(keys):
            continue
        for m in rule.pattern.finditer(text):
            again = _again(rule, m)
            if when := again(now):
                yield Time(m.start(), m.end(), rule.name, when, again)


def _again(rule: Rule, m: regex.Match[str]) -> Callable[[date | None], When | None]:
    """Return the rule's production over a match, to be resolved on any day."""
    return lambda now: rule.make(m, now)
