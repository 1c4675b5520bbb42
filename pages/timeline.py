"""Timeline: the claims of all sources side by side over time, with what stands behind every mark."""

from functools import partial

import streamlit as st

from pages.shared.drawn import load_points
from pages.shared.listed import load_keys, load_leaf
from pages.shared.marks import note
from pages.shared.panels import PARAPHRASED, offer_rows, show_figures
from pages.shared.plots import choose_plot, show_plot
from pages.shared.tours import show_story
from pages.shared.views import View, open_view
from series.downloads import select_figures
from series.phrases import pluralize
from series.wording import BOUNDS_CAPTION, caption_counting


@st.fragment
def show_main(view: View) -> None:
    """Show the chart with its switches; only this is drawn again when one of them is used."""
    plot = choose_plot(view)
    rows = load_points(view.choices.filters, plot.options)
    show_plot(view, plot, rows)


@st.fragment
def show_behind(view: View) -> None:
    """Show the figures behind the chart, a page at a time."""
    figures, filters = view.figures, view.choices.filters
    st.subheader(f"The {pluralize('figure', len(figures))} behind it ({len(figures):,})")
    if figures["paraphrased"].any():
        st.html(note(PARAPHRASED))
    offer_rows(figures, "figure", filters.name_file("figures", "csv"), select=select_figures)
    show_figures(len(figures), partial(load_leaf, view))


view = open_view("Timeline")
if view:
    show_story(view.choices)
    st.html(load_keys(view))
    show_main(view)
    st.html(note(f"{caption_counting(view.choices.filters.basis[0], view.choices.width)} {BOUNDS_CAPTION}"))
    show_behind(view)
