"""Presets of dates: one click to the last month, quarter or year of what the other filters let through, or to all."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from pages.shared.doors import load_view
from series.filters import Filters
from series.wording import name_day

_MONTHS = {"1 month": 1, "3 months": 3, "1 year": 12}
ALL = "all"

Then = Callable[..., None]
"""What draws the page anew with other values of filters."""


def list_presets(last: pd.Timestamp) -> dict[str, tuple[date | None, date | None]]:
    """Return each preset's first and last day; they count back from the last day that there is.

    >>> list_presets(pd.Timestamp("2020-03-31"))["3 months"]
    (datetime.date(2020, 1, 1), datetime.date(2020, 3, 31))
    """
    if pd.isna(last):
        return {ALL: (None, None)}
    spans = {
        name: ((last - pd.DateOffset(months=months) + pd.Timedelta(days=1)).date(), last.date())
        for name, months in _MONTHS.items()
    }
    return spans | {ALL: (None, None)}


def show_presets(filters: Filters, then: Then) -> None:
    """Show the presets for what the other filters let through; the one that the dates are at is marked."""
    last = load_view(filters.without_days())["till"].max()
    presets = list_presets(last)
    at = (filters.since, filters.until)
    st.session_state.preset = next((name for name, days in presets.items() if days == at), None)
    st.pills(
        "The last",
        list(presets),
        key="preset",
        on_change=_take_preset,
        args=(presets, then),
        help=f"Counted back from the last day of what the other filters let through: {name_day(last)}.",
    )


def _take_preset(presets: dict[str, tuple[date | None, date | None]], then: Then) -> None:
    then(**write_days(*presets[st.session_state.preset or ALL]))


def write_days(since: date | None, until: date | None) -> dict[str, str | None]:
    """Return two days as the filters hold them."""
    return {name: day.isoformat() if day else None for name, day in (("since", since), ("until", until))}
