"""The calendar that the time expressions of a text are resolved on: spans of days, and how finely they are meant."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from parsers.records import Precision, Span

MONDAY_TO_SUNDAY = 7
MONTHS_A_YEAR = 12
HOURS_A_DAY = 24
PRECISIONS = {"hour": Precision.DAY, "day": Precision.DAY} | {
    unit: Precision(unit) for unit in ("week", "month", "year")
}


@dataclass(frozen=True, slots=True)
class When:
    """A span of days, both included, with None for an open side.

    ``point`` is the one day that "since" and "by" mean where the words name a part of a month or a year: the first
    day of early, the last of late.
    """

    start: date | None
    end: date | None
    precision: Precision
    point: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A time expression, resolved: where it stands in the document, and the days that it covers.

    ``since`` marks a count that runs on from ``start`` (None where only an event is named), ``as_of`` a state or a
    toll at ``end``. ``rule`` is the phrase with holes that read it.
    """

    span: Span
    start: date | None
    end: date | None
    precision: Precision
    since: bool
    as_of: bool
    rule: str


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_day(month: int, day: int, now: date) -> date | None:
    """Return the latest such day that is not after now; 29 February may be years back.

    >>> latest_day(12, 31, date(2020, 2, 2))
    datetime.date(2019, 12, 31)
    """
    days = (day_of(now.year - back, month, day) for back in range(9))
    return next((found for found in days if found and found <= now), None)


def weekday_before(weekday: int, now: date) -> date:
    """Return the last such weekday on or before now; Monday is 0."""
    return now - timedelta(days=(now.weekday() - weekday) % MONDAY_TO_SUNDAY)


def months_back(day: date, months: int) -> date:
    """Return the same day so many months before, or the last day of a shorter month."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 - months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def back(day: date, count: int, unit: str) -> date:
    """Return the day so many hours, days, weeks, months or years before; part of a day counts as one.

    >>> back(date(2020, 2, 2), 36, "hour")
    datetime.date(2020, 1, 31)
    """
    match unit:
        case "hour":
            return day - timedelta(days=-(-count // HOURS_A_DAY))
        case "day":
            return day - timedelta(days=count)
        case "week":
            return day - timedelta(weeks=count)
        case "month":
            return months_back(day, count)
        case _:
            return months_back(day, count * MONTHS_A_YEAR)


def month_of(year: int, month: int, months: int = 1) -> When:
    """Return the whole of a month, or of so many from its first day."""
    first = date(year, month, 1)
    return When(first, months_back(first, -months) - timedelta(days=1), Precision.MONTH)


def year_of(year: int) -> When:
    """Return the whole of a year."""
    return When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def unit_of(day: date, unit: str) -> When:
    """Return the day, the week from its Monday, the month or the year that the day is in."""
    match unit:
        case "week":
            monday = weekday_before(0, day)
            return When(monday, monday + timedelta(days=6), Precision.WEEK)
        case "month":
            return month_of(day.year, day.month)
        case "year":
            return year_of(day.year)
        case _:
            return When(day, day, Precision.DAY)


def part_of(whole: When, part: int) -> When:
    """Return the beginning (0), the early (1), middle (2) or late third (3), or the end (4) of a month or a year."""
    if whole.start is None or whole.end is None:
        return whole
    first, last = whole.start, whole.end
    if whole.precision is Precision.YEAR:
        cuts = (date(first.year, 5, 1), date(first.year, 9, 1), date(first.year, 7, 1))
        precision = Precision.MONTH
    else:
        cuts = (first.replace(day=11), first.replace(day=21), first.replace(day=15))
        precision = Precision.WEEK
    one = timedelta(days=1)
    starts = (first, first, cuts[0], cuts[1], last)
    ends = (first, cuts[0] - one, cuts[1] - one, last, last)
    points = (first, first, cuts[2], last, last)
    return When(starts[part], ends[part], precision, points[part])


def clip(when: When, now: date | None) -> When | None:
    """Return the span cut off at now; None where it all lies in the future."""
    if now is None:
        return when
    if when.start and when.start > now:
        return None
    return replace(when, end=now) if when.end and when.end > now else when


def coarsest(*precisions: Precision) -> Precision:
    """Return the coarsest of some precisions."""
    return max(precisions, key=list(Precision).index)
