"""Feasts by which reports date a count: Christmas Day, Easter Monday, Ramadan, the second day of Eid, Diwali."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import regex
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Gregorian, Hijri

from parsers.dates import When, clip
from parsers.records import Precision
from parsers.tables import TableError, load_rows, load_section
from parsers.timewords import NTHS, YEAR, Rule, rule

NEAR = timedelta(days=200)
"""A feast without a year is the latest one, where that lies no farther back."""
DATE = regex.compile(
    r"(?P<calendar>gregorian|hijri)\ (?P<month>\d\d)(?:-(?P<day>\d\d)(?:\ (?P<days>\d+))?)?"
    r"|(?P<calendar>easter|orthodox)\ (?P<offset>[+-]\d+)(?:\ (?P<days>\d+))?"
    r"|(?P<calendar>kept)\ (?P<kept>[a-z\ -]+?)(?:\ (?P<days>\d+))?"
)


@dataclass(frozen=True, slots=True)
class Feast:
    """When a feast is kept: a calendar, its first day (of Easter: so many days on), how many days (0: a month).

    ``kept`` is the name that a feast of the Hindu, Hebrew or Chinese calendar has in ``data/feasts.csv``.
    """

    calendar: str
    month: int
    day: int
    offset: int
    days: int
    kept: str = ""


@cache
def load_kept() -> dict[str, tuple[date, ...]]:
    """Load ``data/feasts.csv``, the first days on which feasts of moving calendars were kept; raises TableError."""
    days: dict[str, tuple[date, ...]] = {}
    for row in load_rows("feasts", ("feast", "first_day")):
        try:
            days[row["feast"]] = (*days.get(row["feast"], ()), date.fromisoformat(row["first_day"]))
        except ValueError:
            day = row["first_day"]
            raise TableError(f"feasts.csv: {row['feast']}: {day!r} is no day; write it as 2024-10-31") from None
    return days


@cache
def load_feasts() -> dict[str, tuple[Feast, ...]]:
    """Load the feasts of ``[periods.feasts]`` by name; raises TableError. "Eid" is either of two."""
    section = load_section("en", "periods.feasts")
    feasts: dict[str, tuple[Feast, ...]] = {}
    for key in section.content:
        m = DATE.fullmatch(key)
        if m is None or (m["kept"] and m["kept"] not in load_kept()):
            shapes = '"gregorian 12-25", "easter -2", "hijri 09", or "kept" and a name in data/feasts.csv'
            raise section.refuse(key, f"is no date of a feast; write it as {shapes}")
        days = int(m["days"] or (0 if m["month"] and not m["day"] else 1))
        first = int(m["month"] or 0), int(m["day"] or 1), int(m["offset"] or 0)
        feast = Feast(m["calendar"], *first, days, m["kept"] or "")
        for name in section.words(key):
            feasts[name] = (*feasts.get(name, ()), feast)
    return feasts


def keep(feast: Feast, year: int) -> Iterator[When]:
    """Yield the days on which a feast is kept that begin in a year of our calendar.

    Easter is computed; the Islamic months are those of the Umm al-Qura calendar, 1924 to 2077, which countries that
    watch the moon may follow a day later: their days are said to the week, and Ramadan's to the month. So are the days
    of the Hindu, Hebrew and Chinese feasts, which begin on the eve or differ by a day from region to region.

    >>> [str(when.start) for when in keep(load_feasts()["eid al-fitr"][0], 2024)]
    ['2024-04-10']
    """
    if feast.calendar == "hijri":
        yield from _keep_islamic(feast, year)
        return
    if feast.kept:
        last = timedelta(days=feast.days - 1)
        yield from (When(day, day + last, Precision.WEEK) for day in load_kept()[feast.kept] if day.year == year)
        return
    if feast.calendar == "gregorian":
        start = date(year, feast.month, feast.day)
    else:
        orthodox = feast.calendar == "orthodox"
        sunday = easter(year, EASTER_ORTHODOX) if orthodox else easter(year, EASTER_WESTERN)
        start = sunday + timedelta(days=feast.offset)
    yield When(start, start + timedelta(days=feast.days - 1), Precision.DAY)


def _keep_islamic(feast: Feast, year: int) -> Iterator[When]:
    try:
        last = Gregorian(year, 12, 31).to_hijri().year
        kept = [Hijri(islamic, feast.month, feast.day) for islamic in (last - 1, last)]
    except OverflowError:
        return
    for day in kept:
        start = date.fromordinal(day.to_gregorian().toordinal())  # a plain day, none of the library's
        if start.year == year:
            end = start + timedelta(days=(feast.days or day.month_length()) - 1)
            yield When(start, end, Precision.WEEK if feast.days else Precision.MONTH)


def _find_kept(name: str, year: int | None, now: date | None, *, past: bool) -> When | None:
    """Return when a feast was kept: of its year, else the latest time before now that is near, or of the past year."""
    feasts = load_feasts()[name]
    if year is None and now and past:
        year = now.year - 1
    if year is not None:
        found = [when for feast in feasts for when in keep(feast, year)]
        return found[0] if len(found) == 1 else None  # Eid, twice a year
    if now is None:
        return None
    years = (now.year - 1, now.year)
    begun = [when for feast in feasts for one in years for when in keep(feast, one) if when.start and when.start <= now]
    latest = max(begun, key=lambda when: when.start or now, default=None)
    return latest if latest and latest.start and now - latest.start <= NEAR else None


_PHRASE = r"""
    (?: (?:\L<the>\ )?+ (?P<nth>\L<nth>) \ \L<day> \ \L<of>\ (?:\L<the>\ )?+ )?+ (?:(?P<year>(?:19|20)\d\d)\ )?+
    (?=\p{Lu}) (?P<feast>(?i:\L<feasts>)) (?!\w|\ (?i:\L<feast_things>)(?!\w))"""
_YEARED = rf"(?: ,?+\ (?:\L<of>\ )?+{YEAR} | \ (?P<past>\L<last_year>) )?+"


def _make(m: regex.Match[str], now: date | None) -> When | None:
    """Return the days of the feast that a match names, or the one of them that it counts."""
    when = _find_kept(m["feast"].lower(), int(m["year"]) if m["year"] else None, now, past=m["past"] is not None)
    if when is None or when.start is None or when.end is None or m["nth"] is None:
        return clip(when, now) if when else None
    nth = int(NTHS[m["nth"].lower()])
    day = when.start + timedelta(days=nth - 1) if nth > 0 else when.end
    return clip(When(day, day, Precision.WEEK), now)


# A name that says that it is a day stands by itself; Christmas and Eid also name trees and prayers.
RULES: tuple[Rule, ...] = (
    rule("<feast day>", "feasts", rf"{_PHRASE} (?<=(?<!\w)(?i:\L<feast_days>)) {_YEARED}")(_make),
    rule("at <feast>", "feasts", rf"(?<=(?<!\w)\L<feast_leads>\ (?:\L<the>\ )?) {_PHRASE} {_YEARED}")(_make),
    rule(
        "the <feast> <event>",
        "feasts",
        rf"{_PHRASE} {_YEARED} (?=(?:'s?+)?\ (?:[\w'-]++\ ){{0,2}}?\L<event_nouns>(?!\w))",
    )(_make),
)
