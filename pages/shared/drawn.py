"""What charts are drawn from, made once for everybody who looks at the same view: points, estimates, bars of time."""

import pandas as pd

from pages.shared.doors import load_ledger, load_view, name_revision
from pages.shared.memories import remember
from series.bins import Bin, bin_ends, bin_numbers, bin_starts
from series.drawings import draw_view, estimate_view
from series.filters import Filters
from series.options import By, Options
from series.timelines import choose_level


def load_points(filters: Filters, options: Options) -> pd.DataFrame:
    """Return the points of a view, made of all days and clipped to those asked for; of regions those of one level."""
    rows = load_regions(filters, options)
    return rows[rows["region_level"].eq(choose_level(rows))] if options.by is By.REGION else rows


def load_regions(filters: Filters, options: Options) -> pd.DataFrame:
    """Return the points of a view, of regions those of every level."""
    return _load_points(name_revision(), filters, options)


@remember(64, "Adding up")
def _load_points(revision: str, filters: Filters, options: Options) -> pd.DataFrame:  # noqa: ARG001  # the cache's key
    return draw_view(load_ledger(options.as_known), filters, options)


def load_estimates(filters: Filters, options: Options) -> pd.DataFrame:
    """Return the estimates of a view: its points with the figures that made each, and those left out."""
    return _load_estimates(name_revision(), filters, options)


@remember(16, "Looking up the claims")
def _load_estimates(revision: str, filters: Filters, options: Options) -> pd.DataFrame:  # noqa: ARG001  # the cache's key
    return estimate_view(load_ledger(options.as_known), filters, options)


def load_overview(filters: Filters, width: Bin) -> pd.DataFrame:
    """Return how many figures there are in each bin of all days (columns start, end, figures)."""
    return _load_overview(name_revision(), filters.without_days(), width)


@remember(64)
def _load_overview(revision: str, filters: Filters, width: Bin) -> pd.DataFrame:  # noqa: ARG001  # the cache's key
    days = load_view(filters)["till"].dropna()
    counts = pd.Series(bin_numbers(days, width)).value_counts().sort_index()
    bins = counts.index.to_numpy()
    return pd.DataFrame({"start": bin_starts(bins, width), "end": bin_ends(bins, width), "figures": counts.to_numpy()})
