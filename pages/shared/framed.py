"""A chart of the page Sources between its words, with the figures behind the marks that are picked."""

from datetime import UTC, datetime

import streamlit as st

from pages.shared.boards import make_sheet, read_picks, show_board
from pages.shared.marks import note
from pages.shared.panels import show_words
from pages.shared.picked import Find, show_rows
from pages.shared.views import View
from series.captions import write_footer
from series.charts import Chart
from series.images import Words
from series.phrases import title_sources
from series.wording import name_filters


def write_words(view: View, what: str, said: str = "") -> Words:
    """Return the words around a chart of this view."""
    filters, options = view.choices.filters, view.choices.options
    title = title_sources(filters.metric[0], filters.basis[0], filters.unit[0], what)
    footer = write_footer(title, filters, options, view.figures, datetime.now(UTC).date())
    return Words(title, f"{name_filters(filters)} {said}".strip(), footer)


def show_drawing(view: View, chart: Chart, words: Words, key: str, alt: str, find: Find | None = None) -> None:
    """Show a chart under its words; below it what is below its image. ``find`` gives the figures behind its marks."""
    show_words(words)
    name = view.choices.filters.name_file(key, "png").removesuffix(".png")
    sheet = make_sheet(chart)
    picks = read_picks(f"chart_{key}", sheet) if find else []
    show_board(sheet, f"chart_{key}", alt=f"{words.title}. {alt}", filename=name, pick="marks" if find else None)
    if find and picks:
        show_rows(find(picks), len(picks))
    st.html("".join(map(note, words.footer)))
