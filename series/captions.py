"""What stands below a chart and in its image: whose counts, by which convention, as of when, how to cite it."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from series.conventions import NAMES
from series.filters import Filters
from series.metadata import read_version
from series.options import By, Options, Spread
from series.phrases import say_all, say_count
from series.wording import caption_comparing, name_day

_MOST_NAMES = 7


def name_sources(figures: pd.DataFrame) -> str:
    """Return whose counts a view shows, those with most figures first."""
    names = [str(name) for name, count in figures["claimant"].value_counts().items() if count]
    more = len(names) - _MOST_NAMES
    shown = [*names[:_MOST_NAMES], *([f"{more} more"] if more > 0 else [])]
    return f"Sources: {say_all(shown)}."


def name_conventions(options: Options, basis: str) -> str:
    """Return the conventions that the numbers follow, as sentences.

    >>> name_conventions(Options(by=By.SOURCE), "new")
    'Vague words and ranges count at their low end. Counts of longer periods are spread evenly over their days.'
    """
    vague = NAMES[options.vague]
    parts = [f"{vague[0].upper()}{vague[1:]}."]
    if basis == "new" and options.spread is Spread.EVEN:
        parts.append("Counts of longer periods are spread evenly over their days.")
    elif basis == "new":
        parts.append("Counts of longer periods stand at their end.")
    if basis == "new" and not options.totals:
        parts.append("What running totals grew by is left out.")
    if options.households:
        parts.append("Households are people by the average size of a household.")
    if options.by is not By.SOURCE:
        parts.append(caption_comparing(options.best, basis))
    if options.as_known:
        parts.append(f"As known on {name_day(pd.Timestamp(options.as_known))}.")
    return " ".join(parts)


def cite(title: str, filters: Filters, figures: pd.DataFrame, *, today: date) -> str:
    """Return how to cite a chart: what it is, on what it rests, as of when, and when it was drawn."""
    where = f", {say_all(filters.region)}" if filters.region else ""
    reports = say_count(figures["report"].nunique(), "report")
    last = name_day(figures["published"].max())
    drawn = name_day(pd.Timestamp(today))
    return (
        f"Cite as: “{title}{where}”, Who Counts {read_version()}, {say_count(len(figures), 'figure')} in {reports} "
        f"published until {last}; drawn {drawn}. Cite the reports too: the download lists them."
    )


def write_footer(title: str, filters: Filters, options: Options, figures: pd.DataFrame, today: date) -> Sequence[str]:
    """Return the lines below a chart: sources, conventions, citation."""
    basis = filters.basis[0] if filters.basis else "new"
    return name_sources(figures), name_conventions(options, basis), cite(title, filters, figures, today=today)
