"""The top of every page of figures: its title, the filters, what is on, and the figures that they let through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from pages.shared.addresses import read_address
from pages.shared.chips import show_chips, show_sources
from pages.shared.choices import Choices, read_choices, show_unknown
from pages.shared.controls import show_controls
from pages.shared.doors import load_figures, load_view, name_revision, open_page
from pages.shared.facets import load_facets
from pages.shared.follows import clear_filters
from pages.shared.memories import remember
from pages.shared.parts import Part, show_parts
from series.filters import Filters
from series.phrases import name_counted, say_all, say_count
from series.widths import PANEL, WHOLE, fit_width
from series.wording import name_filters

PANELS = "small multiples"
"""The chart of many small ones, by its name in the address."""


@dataclass(frozen=True, slots=True)
class View:
    """What a page of figures shows: the choices, the figures they let through, and the same figures of all days."""

    choices: Choices
    figures: pd.DataFrame
    of_all_days: pd.DataFrame


def open_view(title: str, *parts: Part, first: Sequence[Part] = ()) -> None:
    """Open a page of figures: its title, the filters, what is on, and its own parts below (``parts.show_parts``)."""
    open_page()
    st.title(title, anchor=False)
    figures = load_figures()
    if figures.empty:
        st.info("The store is empty. Add reports here, or with: python -m reports add PATH")
        st.page_link("pages/add_reports.py", label="Add reports")
        return
    ahead = read_address(figures, load_facets())
    show_parts(show_filters, *parts, beside=show_controls, first=first, ahead=ahead)


def show_filters() -> None:
    """Show what is on, and that nothing is left where nothing is."""
    choices = read_choices()
    show_unknown(choices)
    show_chips(choices.filters, choices.options)
    show_sources(choices.filters)
    view = read_view()
    if view is None:
        show_empty(choices)
    elif view.choices.width != choices.width:
        st.caption(f"Drawn by {view.choices.width}: so long a time has too many {choices.width}s for one chart.")


def read_view() -> View | None:
    """Return what the filters let through now; None where that is nothing, which the page has said."""
    choices = read_choices()
    filters = choices.filters
    figures = know(load_view(filters), choices)
    if figures.empty:
        return None
    most = PANEL if st.session_state.get("chart") == PANELS else WHOLE
    width = fit_width(choices.width, *_find_span(name_revision(), filters), most)
    options = replace(choices.options, width=width)
    return View(Choices(filters, options), figures, load_view(filters.without_days()))


@remember(256)
def _find_span(revision: str, filters: Filters) -> tuple[pd.Timestamp, pd.Timestamp]:  # noqa: ARG001  # the cache's key
    """Return the first and the last day that a chart of these filters can have."""
    figures = load_view(filters)
    days = pd.concat([figures[name] for name in ("from", "start", "till", "published")]).dropna()
    first, last = (pd.Timestamp(day) if day else None for day in (filters.since, filters.until))
    return first or days.min(), last or days.max()


def know(figures: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Return the figures that had been published by the day that the reader looks back from."""
    day = choices.options.as_known
    return figures[figures["published"] <= pd.Timestamp(day)] if day else figures


def show_empty(choices: Choices) -> None:
    """Say that nothing is shown, and offer the way back."""
    filters = choices.filters
    st.info(f"Nothing in the store matches: {choices.title}. {name_filters(filters)}")
    others = load_facets().count_bases(filters.metric)
    if others:
        words = say_all([f"{say_count(count, 'figure')} as {name}" for name, count in others.items()])
        st.caption(f"Of {name_counted(filters.metric[0])}, without the other filters, the store has {words}.")
    st.button("Clear the filters and show what there is", on_click=clear_filters, type="primary", key="way_back")
