"""The words of titles and captions: what is counted, by whom, since when, by which convention."""

import pandas as pd
from pandas.api.typing import NaTType

from series.bins import Bin
from series.filters import Filters
from series.phrases import say_all

_DATE_FORMATS = {Bin.DAY: "%-d %B %Y", Bin.WEEK: "week of %-d %B %Y", Bin.MONTH: "%B %Y", Bin.YEAR: "%Y"}


def name_bin(start: pd.Timestamp, width: Bin) -> str:
    """Return the bin in words.

    >>> name_bin(pd.Timestamp("2020-02-03"), Bin.WEEK)
    'week of 3 February 2020'
    """
    return start.strftime(_DATE_FORMATS[width])


def name_day(day: pd.Timestamp | NaTType) -> str:
    """Return a day in words.

    >>> name_day(pd.Timestamp("2020-02-03"))
    '3 Feb 2020'
    """
    return "no date" if isinstance(day, NaTType) else day.strftime("%-d %b %Y")


def say_bounds(low: float, best: float, high: float) -> str:
    """Return a count with what it leaves open.

    >>> say_bounds(17, 17, float("nan"))
    'at least 17'
    >>> say_bounds(40, 40, 50)
    '40 (40 to 50)'
    """
    number = f"{best:,.0f}" if pd.notna(best) else "no number"
    match (pd.isna(low), pd.isna(high)):
        case (True, True):
            return f"about {number}"
        case (False, True):
            return f"at least {number}" if low == best else f"{number} (at least {low:,.0f})"
        case (True, False):
            return f"at most {number}" if high == best else f"{number} (at most {high:,.0f})"
        case _:
            return number if low == high else f"{number} ({low:,.0f} to {high:,.0f})"


def name_filters(filters: Filters) -> str:
    """Return where, by whom and when a view looks, as a phrase for a subtitle.

    >>> from datetime import date
    >>> name_filters(Filters(region=("Idlib",), source=("OCHA", "IOM"), since=date(2020, 1, 1)))
    'Idlib. OCHA and IOM. From 1 Jan 2020.'
    """
    since, until = (pd.Timestamp(day) if day else pd.NaT for day in (filters.since, filters.until))
    days = f"{name_day(since)} to {name_day(until)}" if filters.since and filters.until else ""
    days = days or (f"from {name_day(since)}" if filters.since else f"until {name_day(until)}" if filters.until else "")
    status = f"{say_all(filters.status)} figures" if filters.status else ""
    parts = [say_all(filters.region) or "All regions", say_all(filters.source), say_all(filters.group), status, days]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts if part)


def caption_counting(basis: str, width: Bin) -> str:
    """Return how the numbers of one basis are put together, for the caption of a chart."""
    if basis == "new":
        return (
            "A source's claims for different places and days are added up; one claim printed by many publishers "
            "counts once, a later number replaces an earlier one, and what a wider count contains is not added to "
            f"it. A count whose days lie in more than one {width} is spread evenly over them; one without a stated "
            "period stands on its day of publication. Counts that share only some of their days are not added: the "
            "larger stands."
        )
    return (
        f"Never added up over time: the last claim in each {width} stands, a stock for 90 days. Only claims of the "
        "same group, place and start are set side by side. Of each source the count of everybody is drawn, or of the "
        "widest group that it counts; children or aid workers among them are parts, drawn when you choose that group. "
        "Other places and starting dates are only listed."
    )


BOUNDS_CAPTION = (
    "Shading and whiskers run from the lowest to the highest number that the words support. An arrow marks an open "
    "bound: up for “at least”, down for “up to”. A hollow marker has neither bound (“about”). A small marker on a "
    "dotted line rests on a longer period's count, spread evenly. An asterisk marks a point that is flagged. "
    "Projected and denied figures never count."
)


def caption_events(basis: str, width: Bin) -> str:
    """Return what is compared where sources stand side by side event by event."""
    same = {
        "new": "the same group and place on the very same days",
        "cumulative": "the same group and place since the same day and up to the same day",
        "stock": f"the same group and place; the last number of each source in each {width} is compared",
    }[basis]
    return (
        f"An event is what two sources or more count: {same}. Sources agree where their ranges share a number: “at "
        "least 17” agrees with 20. Bars run from the lowest to the highest number that the words support; an arrow is "
        "an open bound, a hollow marker “about”. Sources that differ may have counted different people: read both."
    )


BEST_RULES = {
    "median": "the median of the sources",
    "lowest": "the lowest source",
    "highest": "the highest source",
}


def caption_comparing(best: str, basis: str) -> str:
    """Return how sources are compared where a line is not one source."""
    rule = BEST_RULES.get(best, f"{best}, and the median where it is silent")
    same = "the same group, place and " + ("period" if basis == "new" else "start")
    added = " Counts of different days and places are added up." if basis == "new" else ""
    return f"Sources are compared, never added: for {same} the point is {rule}; the band shows all of them.{added}"
