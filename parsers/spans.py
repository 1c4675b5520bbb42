"""Phrases that name longer spans: months and years and their parts, this week, the past three months, in four days."""

from datetime import date, timedelta

import regex

from parsers.dates import MONTHS_A_YEAR, PRECISIONS, When, back, clip, day_of, month_of, part_of, unit_of, year_of
from parsers.records import Precision
from parsers.timewords import (
    COUNT,
    DAY,
    MONTH,
    MONTHS,
    MONTHS_IN,
    NTH,
    NTHS,
    PARTS,
    SEASONS,
    TABLE,
    TO,
    UNIT,
    UNITS,
    WHOLE,
    YEAR,
    Rule,
    named_month,
    named_whole,
    number_of,
    rule,
    single_day,
)

YEARS = regex.compile(r"(?<![\d,.])(?:19|20)\d\d(?!\d|[.,]\d)")


@rule("<part> <month or year>", "months|years|units parts", rf"(?P<part>\L<parts>)(?:-|\ |(?<=-)){WHOLE}")
def _part(m: regex.Match[str], now: date | None) -> When | None:
    # "Early this week" is no more than this week; "the late week" is nothing.
    whole = named_whole(m, now)
    if whole is None or whole.precision is Precision.WEEK:
        return whole and clip(whole, now)
    return clip(part_of(whole, PARTS[m["part"].lower()]), now)


@rule("<month> <year>", "months years", rf"{MONTH},?+\ (?:\L<of>\ )?+{YEAR}")
def _month_year(m: regex.Match[str], now: date | None) -> When | None:
    found = named_month(m, now)
    return found and clip(found, now)


@rule(
    "<month> to <month> <year>",
    "months years",
    rf"""
    (?:\L<range_openers>\ )?+ (?P<first>\L<months>)(?!\w)(?:(?<!\L<full_months>)\.)?+ {TO} {MONTH}
    ,?+\ (?:\L<of>\ )?+{YEAR}""",
)
def _months_year(m: regex.Match[str], now: date | None) -> When | None:
    first, last = MONTHS[m["first"].lower()], MONTHS[m["month"].lower()]
    return clip(month_of(int(m["year"]), first, last - first + 1), now) if first <= last else None


@rule(
    "<month> last year",
    "months units last|this",
    rf"""
    (?: (?P<part>\L<parts>)[\ -] | {DAY}\ (?:\L<day_of>\ )?+ )?+ {MONTH} (?P<year>(?!))?+
    ,?+\ (?:\L<of>\ )?+ (?:(?P<last>\L<last>)|\L<this>)\ {UNIT}""",
)
def _month_last_year(m: regex.Match[str], now: date | None) -> When | None:
    if now is None or UNITS[m["unit"].lower()] != "year":
        return None
    year, number = now.year - (m["last"] is not None), MONTHS[m["month"].lower()]
    if m["day"]:
        return single_day(day_of(year, number, int(m["day"])), now)
    month = month_of(year, number)
    return clip(part_of(month, PARTS[m["part"].lower()]) if m["part"] else month, now)


@rule(
    "in <month>",
    "month_alone",
    r"""
    (?=\p{Lu}) (?: (?<=(?<!\w)(?:\L<on>|\L<openers>|\L<since>|\L<until>|\L<as_of>|\L<range_openers>)\ )
      | (?<=(?<!\w)(?:\L<never>|\L<hedges>|\L<this>|\L<run_up>)\ )
      | ^(?=\L<full_months>\ \p{Ll})
      | (?<=(?:\L<full_months>|\d)\ (?:\L<range_joiners>|\L<and>)\ ) ) (?<!(?:\L<the>|\L<one>)\ )
    (?P<month>\L<full_months>) (?P<year>(?!))?+
    (?!,?+\ (?:\L<of>\ )?+(?:19|20)\d\d(?!\d)) (?!\ \d{1,2}(?!\d)(?!,?+\ (?:\p{Ll}|\d)))""",
)
def _in_month(m: regex.Match[str], now: date | None) -> When | None:
    return _month_year.make(m, now)


@rule("last <month>", "full_months last", r"\L<last>\ (?P<month>\L<full_months>)")
def _last_month(m: regex.Match[str], now: date | None) -> When | None:
    if now is None:
        return None
    month = MONTHS[m["month"].lower()]
    return month_of(now.year - (month >= now.month), month)


@rule(
    "in <year>",
    "years",
    rf"""
    (?=19|20) (?: (?<=(?<!\w)(?:\L<year_openers>|\L<since>|\L<range_openers>)\ (?:\L<hedges>\ )?) {YEAR}
      | (?<=(?<!\w)(?:\L<until>|\L<as_of>|\L<never>)\ ) {YEAR} (?!\ \p{{Ll}}{{3,}})
      | (?<=(?:19|20)\d\d{TO}) {YEAR})""",
)
def _in_year(m: regex.Match[str], now: date | None) -> When | None:
    return clip(year_of(int(m["year"])), now)


@rule(
    "the <year> <event>",
    "years event_nouns|long_events",
    rf"""
    (?: ^(?=\p{{Lu}})\L<the>\  | (?<=(?<!\w)\L<openers>\ )\L<the>\  ) {YEAR}
    (?=\ (?:[\p{{L}}-]++\ ){{0,2}}?(?:\L<event_nouns>|\L<long_events>)(?!\w))""",
)
def _year_of_event(m: regex.Match[str], now: date | None) -> When | None:
    return clip(year_of(int(m["year"])), now)


@rule(
    "<season> of <year>",
    "seasons years",
    rf"""
    (?P<season>\L<seasons>) (?:\ (?:\L<of>\ )?+{YEAR} (?:[-/]\d\d(?:\d\d)?+)?+)""",
)
def _season(m: regex.Match[str], now: date | None) -> When | None:
    return clip(month_of(int(m["year"]), SEASONS[m["season"].lower()], 3), now)


@rule("last <season>", "seasons last|this", r"(?:(?P<last>\L<last>)|\L<this>)\ (?P<season>\L<seasons>)")
def _last_season(m: regex.Match[str], now: date | None) -> When | None:
    if now is None:
        return None
    first = SEASONS[m["season"].lower()]
    for years in range(3):
        span = month_of(now.year - years, first, 3)
        known = span.end if m["last"] else span.start
        if known and known <= now:
            return clip(span, now)
    return None


@rule("Q<n> <year>", "years", rf"(?:(?P<quarter>[Qq][1-4])|(?P<half>[Hh][12]))\ (?:\L<of>\ )?+{YEAR}")
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


@rule(
    "the <nth> <n> <unit> of <month or year>",
    "units|half|quarter nth",
    rf"""
    (?:\L<the>\ )?+ {NTH} \ (?:{COUNT}[\ -])?+
    (?P<run>\L<units>|\L<half>|\L<quarter>) \ \L<of> \ (?:\L<the>\ (?=\L<last>))?+ {WHOLE}""",
)
def _nth(m: regex.Match[str], now: date | None) -> When | None:
    whole, nth, run = named_whole(m, now), NTHS[m["nth"].lower()], m["run"].lower()
    if whole is None:
        return None
    count = number_of(m["count"]) if m["count"] else 1
    unit = UNITS.get(run, "half" if run in TABLE.words("half") else "quarter")
    if unit == "half" and whole.precision is Precision.MONTH and whole.start and whole.end:
        cut = whole.start.replace(day=15)
        span = (whole.start, cut) if nth == 1 else (cut + timedelta(days=1), whole.end)
        return clip(When(*span, Precision.WEEK), now)
    if MONTHS_IN.get(unit):
        found = _nth_months(whole, nth, count * MONTHS_IN[unit])
    else:
        found = _nth_days(whole, nth, count * (7 if unit == "week" else 1), PRECISIONS[unit])
    return found and clip(found, now)


@rule("the <nth> quarter", "quarter nth", rf"(?<=(?<!\w)\L<openers>\ )\L<the>\ {NTH}\ \L<quarter>(?!\ \L<of>(?!\w))")
def _quarter(m: regex.Match[str], now: date | None) -> When | None:
    # Of the year that the sentence has named before, else the latest that has begun.
    years = [int(year) for year in YEARS.findall(m.string, 0, m.start())]
    nth = NTHS[m["nth"].lower()]
    if now is None or not 1 <= nth <= MONTHS_A_YEAR // MONTHS_IN["quarter"]:
        return None
    first = MONTHS_IN["quarter"] * (nth - 1) + 1
    year = years[-1] if years else now.year - (first > now.month)
    return clip(month_of(year, first, MONTHS_IN["quarter"]), now)


@rule("this <unit>", "units this", rf"(?<!\L<next>\ |\L<later>\ )\L<this>\ {UNIT}")
def _this(m: regex.Match[str], now: date | None) -> When | None:
    return clip(unit_of(now, UNITS[m["unit"].lower()]), now) if now else None


@rule("last <unit>", "units last", rf"\L<last>\ {UNIT}")
def _last(m: regex.Match[str], now: date | None) -> When | None:
    unit = UNITS[m["unit"].lower()]
    return unit_of(back(now, 1, unit), unit) if now else None


@rule("the <unit> before last", "before_last", rf"\L<the>\ {UNIT}\ \L<before_last>(?!\w)")
def _before_last(m: regex.Match[str], now: date | None) -> When | None:
    unit = UNITS[m["unit"].lower()]
    return unit_of(back(now, 2, unit), unit) if now else None


@rule(
    "over the past <n> <unit>",
    "units past|recent",
    rf"""
    (?: \L<the>\ \L<past>(?:\ (?:{COUNT}|(?P<vague>(?:\L<counts>\ )?+\L<vague>)))?+
      | (?:\L<the>\ )?+ \L<past>\ (?:{COUNT}|(?P<vague>(?:\L<counts>\ )?+\L<vague>))
      | (?:\L<the>\ )?+ {COUNT}\ \L<past>
      | \L<recent>(?P<vague>) ) \ {UNIT} (?!\ \L<of>\ (?!\L<fighting>))""",
)
def _past(m: regex.Match[str], now: date | None) -> When | None:
    unit = UNITS[m["unit"].lower()]
    if now is None:
        return None
    if m["vague"] is not None or (not m["count"] and m["unit"].lower().endswith("s")):
        return When(None, now, PRECISIONS[unit])
    return When(back(now, number_of(m["count"]) if m["count"] else 1, unit), now, PRECISIONS[unit])


@rule("the past fortnight", "fortnight past", r"(?:\L<the>\ )?+\L<past>\ \L<fortnight>")
def _fortnight(_: regex.Match[str], now: date | None) -> When | None:
    return When(back(now, 2, "week"), now, Precision.WEEK) if now else None


@rule("year to date", "to_date", r"\L<to_date>")
def _to_date(_: regex.Match[str], now: date | None) -> When | None:
    return clip(year_of(now.year), now) if now else None


@rule("<n> <unit> ago", "units ago", rf"{COUNT}\ {UNIT}\ \L<ago>")
def _ago(m: regex.Match[str], now: date | None) -> When | None:
    unit = UNITS[m["unit"].lower()]
    return unit_of(back(now, number_of(m["count"]), unit), unit) if now else None


@rule(
    "in <n> <unit>",
    "units windows",
    rf"""
    (?<!\L<lengths>\ ) \L<windows>\ (?!\L<the>\ )(?:(?:\L<hedges>|\L<one>)\ ){{0,2}}? {COUNT}
    (?: \ {UNIT} (?:\ \L<of>\ \L<fighting>(?!\w) | (?!\ (?:\L<of>|\L<ago>|\L<apart>)(?!\w)))
      | -{UNIT}\ \L<spells> )""",
)
def _window(m: regex.Match[str], now: date | None) -> When | None:
    unit = UNITS[m["unit"].lower()]
    return When(back(now, number_of(m["count"]), unit), now, PRECISIONS[unit]) if now else None


RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
