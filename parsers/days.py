"""Phrases that name days: dates in all their spellings, days of the week, yesterday, the weekend."""

from datetime import date, timedelta

import regex

from parsers.dates import When, back, clip, day_of, unit_of, weekday_before
from parsers.records import Precision
from parsers.timewords import DAY, DAYPART, DAYS, MONTH, TO, WEEKDAY, WEEKDAYS, YEAR, Rule, dated_day, rule, single_day


@rule(
    "<day> <month> <year>",
    "day_month",
    rf"""
    (?=[\d\p{{Lu}}]) (?:{WEEKDAY}{DAYPART},?+\ (?:\L<the>\ )?+)?+ {DAY} [\ -](?:\L<day_of>\ )?+ {MONTH}
    (?:,?+\ {YEAR} | -{YEAR} | \ '?(?P<year>[7-9]\d)(?![\w,]) )?+ {DAYPART}""",
)
def _day_month(m: regex.Match[str], now: date | None) -> When | None:
    return single_day(dated_day(m, now), now)


@rule(
    "<month> <day>, <year>",
    "month_day",
    rf"""
    (?=\p{{Lu}}) (?:{WEEKDAY}{DAYPART},?+\ )?+ (?P<within>(?<=\L<in>\ ))?+ {MONTH} \ (?:\L<the>\ )?+ {DAY}
    (?!\ \L<full_months>) (?:,?+\ {YEAR})?+ {DAYPART}""",
)
def _month_day(m: regex.Match[str], now: date | None) -> When | None:
    # "In May 12 people died" counts twelve people; no day is said.
    if m["within"] is not None and not m["year"]:
        return None
    return single_day(dated_day(m, now), now)


def _days_together(m: regex.Match[str], now: date | None) -> When | None:
    """Return the days from the first to the last that a match names, of one month."""
    last = dated_day(m, now)
    first = last and day_of(last.year, last.month, int(m["first"]))
    if not first or not last or first > last:
        return None
    return clip(When(first, last, Precision.DAY), now)


_FIRST = r"(?P<first>0?[1-9]|[12]\d|3[01])(?:\L<ordinals>)?+(?!\w)"

_days_month = rule(
    "<day> to <day> <month> <year>",
    "day_month",
    rf"""
    (?:\L<range_openers>\ )?+ (?:\L<the>\ )?+ {_FIRST} (?:,\ \d\d?+)*+ {TO} {DAY} \ (?:\L<day_of>\ )?+ {MONTH}
    (?:,?+\ {YEAR})?+""",
)(_days_together)

_month_days = rule(
    "<month> <day> to <day>, <year>",
    "month_day",
    rf"""
    (?:\L<range_openers>\ )?+ {MONTH} \ {_FIRST} (?:,\ \d\d?+)*+ {TO} {DAY} (?!\ \L<full_months>) (?:,?+\ {YEAR})?+
    """,
)(_days_together)


@rule(
    "the week of <day> <month>",
    "day_month|month_day week",
    rf"(?:\L<the>\ )?+\L<week>\ \L<of>\ (?: {DAY}\ (?:\L<day_of>\ )?+{MONTH} | {MONTH}\ {DAY} ) (?:,?+\ {YEAR})?+",
)
def _week_of(m: regex.Match[str], now: date | None) -> When | None:
    first = dated_day(m, now)
    return clip(When(first, first + timedelta(days=6), Precision.WEEK), now) if first else None


@rule("since <daypart>", "since dayparts", r"(?<=(?<!\w)\L<since>\ )\L<dayparts>(?!\ (?:on|of)\ )")
def _since_daypart(_: regex.Match[str], now: date | None) -> When | None:
    return single_day(now, now)


@rule("<year>-<month>-<day>", "years", r"(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])[-/](?P<day>[0-3]\d)")
def _iso(m: regex.Match[str], now: date | None) -> When | None:
    return single_day(day_of(int(m["year"]), int(m["month"]), int(m["day"])), now)


@rule("<day>/<month>/<year>", "years", r"(?P<day>\d\d?)(?P<sep>[/.-])(?P<month>\d\d?)(?P=sep)(?P<year>(?:19|20)\d\d)")
def _slashed(m: regex.Match[str], now: date | None) -> When | None:
    # Day first, as most of the world writes; month first where only that gives a day that has been.
    year, first, second = int(m["year"]), int(m["day"]), int(m["month"])
    days = (day_of(year, second, first), day_of(year, first, second))
    return next((when for day in days if (when := single_day(day, now))), None)


@rule("<weekday>", "weekdays|short_weekdays", rf"(?=\p{{Lu}})(?<!\L<named_days>\ ){WEEKDAY}{DAYPART}")
def _weekday(m: regex.Match[str], now: date | None) -> When | None:
    return single_day(weekday_before(WEEKDAYS[m["weekday"].lower()], now), now) if now else None


@rule(
    "last <weekday>", "weekdays|short_weekdays last|past", rf"(?:\L<this>\ )?+(?:\L<last>|\L<past>)\ {WEEKDAY}{DAYPART}"
)
def _last_weekday(m: regex.Match[str], now: date | None) -> When | None:
    return _weekday.make(m, now - timedelta(days=1)) if now else None


@rule(
    "<weekday> of last week",
    "weekdays|short_weekdays last|this week",
    rf"""
    {WEEKDAY}{DAYPART} \ (?:\L<of>\ (?:\L<the>\ (?=\L<last>))?+)?+ (?:(?P<last>\L<last>)|\L<this>)
    \ (?P<unit>\L<week>)""",
)
def _weekday_of(m: regex.Match[str], now: date | None) -> When | None:
    if now is None:
        return None
    week = unit_of(back(now, 1, "week") if m["last"] else now, "week")
    return single_day(weekday_before(WEEKDAYS[m["weekday"].lower()], week.end), now) if week.end else None


@rule("overnight to <weekday>", "weekdays|short_weekdays overnight_to", rf"\L<overnight_to>\ {WEEKDAY}")
def _overnight_to(m: regex.Match[str], now: date | None) -> When | None:
    day = _weekday.make(m, now)
    return When(back(day.start, 1, "day"), day.start, Precision.DAY) if day and day.start else None


@rule("overnight", "overnight", r"\L<overnight>(?!\ (?:(?:\L<on>|\L<range_joiners>)\ )?+\L<weekdays>)")
def _overnight(m: regex.Match[str], now: date | None) -> When | None:  # noqa: ARG001
    return When(back(now, 1, "day"), now, Precision.DAY) if now else None


@rule(
    "today or yesterday",
    "days",
    rf"""
    (?<!\L<later>\ )(?P<named>\L<days>)
    (?!'s\ (?!(?:[\w-]++\ ){{0,2}}?\L<event_nouns>)\p{{Ll}}) {DAYPART}""",
)
def _named(m: regex.Match[str], now: date | None) -> When | None:
    return single_day(back(now, DAYS[m["named"].lower()], "day"), now) if now else None


def _find_weekend(m: regex.Match[str], now: date | None) -> When | None:
    if now is None:
        return None
    named = m.groupdict()
    # On a Saturday "over the weekend" is the one before; "last weekend" is over since a day or more.
    days = 2 if named.get("last") else 0 if named.get("this") else 1
    saturday = weekday_before(5, back(now, days, "day"))
    return clip(When(saturday, saturday + timedelta(days=1), Precision.DAY), now)


_weekend = rule(
    "the weekend",
    "weekend",
    r"(?:(?P<last>\L<last>)|(?P<this>\L<this>)|\L<the>|\L<past>|\L<the>\ \L<past>)\ \L<weekend>",
)(_find_weekend)

_weekend_event = rule("weekend <event>", "weekend", r"\L<weekend>(?=\ (?:[\w'-]++\ ){0,2}?\L<event_nouns>(?!\w))")(
    _find_weekend
)


RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
