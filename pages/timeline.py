"""Timeline: the claims of all sources side by side over time, with what stands behind every mark."""

from functools import partial

import streamlit as st

from pages.shared.kinds import choose_plot
from pages.shared.listed import load_keys, load_leaf
from pages.shared.marks import note
from pages.shared.panels import PARAPHRASED, offer_rows, show_figures
from pages.shared.plots import show_below, show_plot, show_rows
from pages.shared.tours import show_story
from pages.shared.views import open_view, read_view
from series.downloads import select_figures
from series.phrases import pluralize
from series.wording import BOUNDS_CAPTION, caption_counting


def top() -> None:
    """Tell the story of the view, if it has one, and its key numbers."""
    if view := read_view():
        show_story(view.choices)
        st.html(load_keys(view))


def switches() -> None:
    """Show the switches of the chart."""
    if view := read_view():
        choose_plot(view)


def chart() -> None:
    """Show the chart; a filter draws it before all else."""
    if view := read_view():
        show_plot(view)


def below() -> None:
    """Show the brush, and the words below the image of the chart."""
    if view := read_view():
        show_below(view)
        st.html(note(f"{caption_counting(view.choices.filters.basis[0], view.choices.width)} {BOUNDS_CAPTION}"))


def rows_of_chart() -> None:
    """Show the rows of the chart; a click on one shows the claims behind it."""
    if view := read_view():
        show_rows(view)


def behind() -> None:
    """Show the figures behind the chart, a page at a time."""
    view = read_view()
    if view is None:
        return
    figures, filters = view.figures, view.choices.filters
    st.subheader(f"The {pluralize('figure', len(figures))} behind it ({len(figures):,})", anchor=False)
    if figures["paraphrased"].any():
        st.html(note(PARAPHRASED))
    offer_rows(figures, "figure", filters.name_file("figures", "csv"), select=select_figures)
    show_figures(len(figures), partial(load_leaf, view))


open_view("Timeline", top, switches, chart, below, rows_of_chart, behind, first=(switches, chart))
