"""The top of every page of figures: its title, the filters, what is on, and the figures that they let through."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from pages.shared.chips import show_chips, show_sources
from pages.shared.choices import Choices, choose, clear_filters, show_unknown
from pages.shared.doors import load_figures, load_view, open_page
from series.phrases import name_counted, say_all, say_count
from series.wording import name_filters


@dataclass(frozen=True, slots=True)
class View:
    """What a page of figures shows: the choices, the figures they let through, and the same figures of all days."""

    choices: Choices
    figures: pd.DataFrame
    of_all_days: pd.DataFrame


def open_view(title: str) -> View | None:
    """Open a page of figures and return its view; None where there is nothing to show, which the page then says."""
    open_page()
    st.title(title)
    figures = load_figures()
    if figures.empty:
        st.info("The store is empty. Add reports here, or with: python -m reports add PATH")
        st.page_link("pages/add_reports.py", label="Add reports")
        return None
    choices = choose(figures)
    show_unknown(choices)
    filters = choices.filters
    show_chips(filters, choices.options)
    show_sources(load_view(replace(filters, source=())), filters)
    view = View(choices, know(load_view(filters), choices), load_view(filters.without_days()))
    if view.figures.empty:
        show_empty(figures, choices)
        return None
    return view


def know(figures: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Return the figures that had been published by the day that the reader looks back from."""
    day = choices.options.as_known
    return figures[figures["published"] <= pd.Timestamp(day)] if day else figures


def show_empty(figures: pd.DataFrame, choices: Choices) -> None:
    """Say that nothing is shown, and offer the way back."""
    filters = choices.filters
    st.info(f"Nothing in the store matches: {choices.title}. {name_filters(filters)}")
    others = figures[figures["metric"].isin(filters.metric)]["basis"].value_counts()
    others = others[others.gt(0)]
    if len(others):
        words = say_all([f"{say_count(count, 'figure')} as {name}" for name, count in others.items()])
        st.caption(f"Of {name_counted(filters.metric[0])}, without the other filters, the store has {words}.")
    st.button("Clear the filters and show what there is", on_click=clear_filters, type="primary", key="way_back")
