"""The words of time and the holes of the phrases, out of the table; a rule is its name, its pattern, what it means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import regex

from parsers.dates import When, back, clip, day_of, latest_day, month_of, unit_of, year_of
from parsers.patterns import compile_late
from parsers.records import Precision
from parsers.tables import load_section
from parsers.tries import compile_lists

Make = Callable[[regex.Match[str], date | None], When | None]

TABLE = load_section("en", "periods")
MONTHS = TABLE.mapping("months")
WEEKDAYS = {**TABLE.mapping("short_weekdays"), **TABLE.mapping("weekdays")}
UNITS = TABLE.mapping("units")
COUNTS = TABLE.mapping("counts")
DAYS = TABLE.mapping("days")
PARTS = TABLE.mapping("parts")
NTHS = TABLE.mapping("nth")
SEASONS = TABLE.mapping("seasons")
MONTHS_IN = {"week": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}


def cased(words: Iterable[str]) -> list[str]:
    """Return the words as a text may write them: small, with a capital, in capitals."""
    return sorted({form for word in words for form in (word, word[:1].upper() + word[1:], word.upper())})


def named(words: Iterable[str]) -> list[str]:
    """Return names, which a text never writes small."""
    return sorted({form for word in words for form in (word.title(), word.upper())})


LISTS = {
    "months": named(MONTHS),
    "full_months": named(max((name for name in MONTHS if MONTHS[name] == n), key=len) for n in range(1, 13)),
    "weekdays": named(TABLE.mapping("weekdays")),
    "short_weekdays": named(TABLE.mapping("short_weekdays")),
    "units": cased(UNITS),
    "counts": cased(COUNTS),
    "days": cased(DAYS),
    "parts": cased(PARTS),
    "nth": cased(NTHS),
    "seasons": cased(SEASONS),
    "feasts": named({name for names in TABLE.mapping("feasts").values() for name in names}),
} | {key: cased(TABLE.words(key)) for key in TABLE.content if isinstance(TABLE.content[key], list)}

# The holes of the phrases.
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:\L<ordinals>)?+(?![\w%])(?![.,]\d)"
MONTH = r"(?P<month>\L<months>)(?!\w)(?:(?<!\L<full_months>)\.)?+"
YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w%])(?![,.]\d)(?!-\p{Ll})"
WEEKDAY = r"(?P<weekday>\L<weekdays>|\L<short_weekdays>(?=\.?+,?+\ \d|\.))(?!\w)\.?+"
COUNT = r"(?P<count>\d{1,3}(?![\d,.])|\L<counts>(?!\w))"
UNIT = r"(?P<unit>\L<units>)(?!\w)"
DAYPART = r"(?:(?:'s)?+\ (?:\L<early>\ |\L<late>\ |\L<openers>\ ){0,2}+\L<dayparts>(?!\w))?+"
NTH = r"(?P<nth>\L<nth>)(?!\w)"
TO = r"(?:\s*+[-/]\s*+|\ (?:\L<range_joiners>|\L<and>)\ (?:\L<the>\ )?+)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One phrase with holes; of each of its ``keys``, which are names of lists, the text must have a phrase."""

    name: str
    keys: tuple[frozenset[str], ...]
    pattern: regex.Pattern[str]
    make: Make


def compile_words(pattern: str, cues: str = "") -> regex.Pattern[str]:
    """Compile a verbose pattern over the words of the tables.

    ``cues`` names the lists of which each match holds a phrase; without one of their phrases it is not tried.
    """
    phrases = [phrase for name in cues.split() for phrase in LISTS[name]]
    return compile_late(lambda: compile_lists(pattern, regex.VERBOSE, **LISTS), (lambda: phrases) if cues else None)


def rule(name: str, keys: str, pattern: str) -> Callable[[Make], Rule]:
    """Make a function a rule; a pattern that matches nothing at all is refused, at the first text it is tried on.

    ``keys`` names the lists without whose words the text has no such phrase: "weekdays last|past" asks for a day of the
    week and for one of two more lists. "years" are numbers from 1900 to 2099; "day_month" is a month behind a number,
    "month_day" one before a number, "month_alone" one that no number stands right before.
    """

    def compiled() -> regex.Pattern[str]:
        ready = compile_words(rf"(?<!\w)(?:{pattern})(?!\w)")
        if ready.fullmatch(""):
            raise ValueError(f"the rule {name!r} matches the empty text; give it a word")
        return ready

    needed = tuple(frozenset(key.split("|")) for key in keys.split())
    return lambda make: Rule(name, needed, compile_late(compiled), make)


def number_of(text: str) -> int:
    """Return the count that digits or a word of the table say."""
    return int(text) if text.isdigit() else int(COUNTS[text.lower()])


def unit_named(text: str) -> str:
    """Return the unit of time that a word of the table names."""
    return str(UNITS[text.lower()])


def single_day(day: date | None, now: date | None) -> When | None:
    """Return one day as a span."""
    return clip(When(day, day, Precision.DAY), now) if day else None


def dated_day(m: regex.Match[str], now: date | None, day: str = "day") -> date | None:
    """Return the day of a month that a match holds, of its year or of the latest not after now."""
    month, found = MONTHS[m["month"].lower()], int(m[day])
    if m["year"]:
        return day_of(_full_year(m["year"]), month, found)
    return latest_day(month, found, now) if now else None


def _full_year(text: str) -> int:
    """Return the year; wires of the last century wrote two figures."""
    return int(text) if len(text) > 2 else 1900 + int(text)  # noqa: PLR2004


def named_month(m: regex.Match[str], now: date | None) -> When | None:
    """Return the month that a match names, of its year or the latest that has begun."""
    month = MONTHS[m["month"].lower()]
    if m["year"]:
        return month_of(int(m["year"]), month)
    if now is None:
        return None
    return month_of(now.year - (month > now.month), month)


def named_whole(m: regex.Match[str], now: date | None) -> When | None:
    """Return the month or the year that a match speaks of: by name, or as this, last or the one."""
    if m["month"]:
        return named_month(m, now)
    if m["year"]:
        return year_of(int(m["year"]))
    if now is None:
        return None
    unit = UNITS[m["unit"].lower()]
    return unit_of(back(now, 1, unit) if m["last"] else now, unit)


WHOLE = rf"""(?: {MONTH} (?:,?+\ (?:\L<of>\ )?+{YEAR})?+ | {YEAR}
              | (?:(?P<last>\L<last>)|\L<this>|\L<the>)\ {UNIT} )"""
