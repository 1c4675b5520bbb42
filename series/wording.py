"""The words of titles and captions: what is counted, by whom, since when, by which convention."""

import pandas as pd

from series.bins import Bin
from series.filters import Filters

METRICS = {
    "in_need": "in need",
    "homes_destroyed": "homes destroyed",
    "homes_damaged": "homes damaged",
    "casualties": "casualties (killed and injured together)",
}
UNITS = {"person": "people", "household": "households", "dwelling": "homes"}
BASES = {
    "new": "new in each period",
    "cumulative": "running totals",
    "stock": "people in that state on a date",
}
_DATE_FORMATS = {Bin.DAY: "%-d %B %Y", Bin.WEEK: "week of %-d %B %Y", Bin.MONTH: "%B %Y", Bin.YEAR: "%Y"}


def name_metric(metric: str) -> str:
    """Return the metric in words.

    >>> name_metric("homes_destroyed")
    'homes destroyed'
    """
    return METRICS.get(metric, metric)


def name_bin(start: pd.Timestamp, width: Bin) -> str:
    """Return the bin in words.

    >>> name_bin(pd.Timestamp("2020-02-03"), Bin.WEEK)
    'week of 3 February 2020'
    """
    return start.strftime(_DATE_FORMATS[width])


def name_day(day: pd.Timestamp) -> str:
    """Return a day in words.

    >>> name_day(pd.Timestamp("2020-02-03"))
    '3 Feb 2020'
    """
    return "no date" if pd.isna(day) else day.strftime("%-d %b %Y")


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
    """Return the filters of a view as a phrase for a subtitle.

    >>> name_filters(Filters(region=("Idlib",), source=("OCHA",)))
    'Source: OCHA. Region: Idlib.'
    """
    parts = [
        f"{name.capitalize()}: {', '.join(values)}."
        for name, values in filters.to_query().items()
        if name not in {"metric", "basis", "unit"}
    ]
    return " ".join(parts) or "All regions, all sources, all groups."


def caption_counting(basis: str, metric: str, width: Bin) -> str:
    """Return how the numbers of one basis are put together, for the caption of a chart."""
    words = name_metric(metric)
    if basis == "new":
        return (
            f"Counted: {words}, new in each {width}. A source's claims for different places and days are added up; "
            "one claim printed by many publishers counts once, a later number replaces an earlier one, and what a "
            f"wider count contains is not added to it. A count stands in the {width} in which its period ends; one "
            f"longer than a {width} is spread evenly over its days; one without a stated period stands on its day "
            "of publication."
        )
    what = "running totals as the source gave them" if basis == "cumulative" else f"people {words} on a date"
    return (
        f"Counted: {what}, {words}. They are never added up: the last claim in each {width} stands. Where a source "
        "counts several places, groups or starting dates, the count that it gives most often is drawn and the "
        "others are only listed."
    )


BOUNDS_CAPTION = (
    "Shading and whiskers run from the lowest to the highest number that the words support. An arrow marks an open "
    "bound: up for “at least”, down for “up to”. A hollow marker has neither bound (“about”). Vague words (“dozens”) "
    "count at their low end. Projected and denied figures are never counted."
)
BEST_RULES = {
    "median": "the median of the sources",
    "lowest": "the lowest source",
    "highest": "the highest source",
}


def caption_comparing(best: str) -> str:
    """Return how sources are compared where a line is not one source."""
    rule = BEST_RULES.get(best, f"{best}, and the median where it is silent")
    return (
        "Sources are compared, never added: for the same group, place and period the point is "
        f"{rule}, the band runs from the lowest to the highest. Counts of different days and places are added up; "
        "what a wider count contains is not added to it."
    )
