"""Days of publication as people and programs write them, where exactly one day can be meant."""

import calendar
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import regex

_MONTHS = {
    name.lower(): at for names in (calendar.month_name, calendar.month_abbr) for at, name in enumerate(names) if name
}
_WRITTEN = regex.compile(
    r"""\b(?:
        (?P<day>\d{1,2})(?:st|nd|rd|th)?\ (?P<month>\L<months>)\.?,?\ (?P<year>(?:19|20)\d\d)
      | (?P<month>\L<months>)\.?\ (?P<day>\d{1,2})(?:st|nd|rd|th)?,?\ (?P<year>(?:19|20)\d\d)
      | (?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)
    )\b""",
    regex.X | regex.I,
    months=list(_MONTHS),
)
_COMPACT = regex.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>\d\d)[-_.]?(?P<day>\d\d)(?!\d)")
_SLASHED = regex.compile(r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20)\d\d)(?:\ .*)?")
_MONTHS_OF_YEAR = 12


def find_day(text: str) -> date | None:
    """Return the one day that a text writes out, None where it writes none or several.

    >>> find_day("Situation Report No. 12, as of 14 March 2024")
    datetime.date(2024, 3, 14)
    >>> find_day("From 1 March 2024 to 14 March 2024")
    """
    days = {
        _build(m["year"], _MONTHS.get((m["month"] or "").lower()) or m["number"], m["day"])
        for m in _WRITTEN.finditer(text)
    }
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def find_day_in_name(name: str) -> date | None:
    """Return the one day that the name of a file holds.

    >>> find_day_in_name("flood_sitrep_20240314.pdf")
    datetime.date(2024, 3, 14)
    """
    days = {_build(m["year"], m["month"], m["day"]) for m in _COMPACT.finditer(name)} - {None}
    return days.pop() if len(days) == 1 else None


def read_day(value: object, *, day_first: bool | None = None) -> date | None:
    """Return the day of a date, a time or the words for one, None where the words do not say one day.

    ``day_first`` says how 3/4/2024 is meant; None leaves what may be either unread.

    >>> read_day("Thu, 14 Mar 2024 08:00:00 +0000"), read_day("14/03/2024"), read_day("03/04/2024")
    (datetime.date(2024, 3, 14), datetime.date(2024, 3, 14), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = str(value if value is not None else "").strip()
    with suppress(ValueError):
        return datetime.fromisoformat(words).date()
    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(words).date()
    if m := _SLASHED.fullmatch(words):
        return _read_slashed(int(m["first"]), int(m["second"]), m["year"], day_first=day_first)
    return find_day(words)


def read_timestamp(seconds: float) -> date:
    """Return the day of seconds since 1970, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).date()


def tell_day_first(values: Iterable[str]) -> bool | None:
    """Return how a column writes 3/4/2024, by its days after the twelfth; None where nothing shows it.

    >>> tell_day_first(["03/04/2024", "03/25/2024"])
    False
    """
    for words in values:
        if m := _SLASHED.fullmatch(words.strip()):
            if int(m["first"]) > _MONTHS_OF_YEAR:
                return True
            if int(m["second"]) > _MONTHS_OF_YEAR:
                return False
    return None


def _read_slashed(first: int, second: int, year: str, *, day_first: bool | None) -> date | None:
    if day_first is None and first <= _MONTHS_OF_YEAR and second <= _MONTHS_OF_YEAR and first != second:
        return None
    by_size = first > _MONTHS_OF_YEAR
    day, month = (first, second) if (by_size if day_first is None else day_first) else (second, first)
    return _build(year, month, day)


def _build(year: str, month: str | int, day: str | int) -> date | None:
    with suppress(ValueError):
        return date(int(year), int(month), int(day))
    return None
