"""Feasts by which reports date a count: Christmas Day, Easter Monday, Ramadan, the second day of Eid."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import regex
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Gregorian, Hijri

from parsers.dates import When, clip
from parsers.records import Precision
from parsers.tables import load_section
from parsers.timewords import NTHS, YEAR, Rule, rule

NEAR = timedelta(days=200)
"""A feast without a year is the latest one, where that lies no farther back."""
DATE = regex.compile(
    r"(?P<calendar>gregorian|hijri)\ (?P<month>\d\d)(?:-(?P<day>\d\d)(?:\ (?P<days>\d+))?)?"
    r"|(?P<calendar>easter|orthodox)\ (?P<offset>[+-]\d+)(?:\ (?P<days>\d+))?"
)


@dataclass(frozen=True, slots=True)
class Feast:
    """When a feast is kept: a calendar, its first day (of Easter: so many days on), how many days (0: a month)."""

    calendar: str
    month: int
    day: int
    offset: int
    days: int


@cache
def load_feasts() -> dict[str, tuple[Feast, ...]]:
    """Load the feasts of ``[periods.feasts]`` by name; raises TableError. "Eid" is either of two."""
    section = load_section("en", "periods.feasts")
    feasts: dict[str, tuple[Feast, ...]] = {}
    for key in section.content:
        m = DATE.fullmatch(key)
        if m is None:
            raise section.refuse(key, 'is no date of a feast; write it as "gregorian 12-25", "easter -2" or "hijri 09"')
        days = int(m["days"] or (1 if m["day"] or m["offset"] else 0))
        feast = Feast(m["calendar"], int(m["month"] or 0), int(m["day"] or 1), int(m["offset"] or 0), days)
        for name in section.words(key):
            feasts[name] = (*feasts.get(name, ()), feast)
    return feasts


def keep(feast: Feast, year: int) -> Iterator[When]:
    """Yield the days on which a feast is kept that begin in a year of our calendar.

    Easter is computed; the Islamic months are those of the Umm al-Qura calendar, 1924 to 2077, which countries that
    watch the moon may follow a day later: their days are said to the week, and Ramadan's to the month.

    >>> [str(when.start) for when in keep(load_feasts()["eid al-fitr"][0], 2024)]
    ['2024-04-10']
    """
    if feast.calendar == "hijri":
        yield from _keep_islamic(feast, year)
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
