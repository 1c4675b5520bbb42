"""The main chart of the timeline: what a click on it shows, what stands below it, and its rows."""

import pandas as pd
import streamlit as st

from pages.shared.boards import read_picks, show_board
from pages.shared.drawn import load_points
from pages.shared.kinds import ROWS, Plot, read_plot
from pages.shared.lists import pick_rows
from pages.shared.marks import note
from pages.shared.overview import show_overview
from pages.shared.panels import offer_rows, show_words
from pages.shared.picked import show_picked
from pages.shared.plotted import load_plot
from pages.shared.views import View
from series.accruals import add_up
from series.lines import part_unverified
from series.timelines import COLUMNS


def show_plot(view: View) -> None:
    """Show the chart with its words; beside it what stands behind the marks that were picked."""
    plot = read_plot(view)
    drawn = load_plot(view, plot)
    if drawn is None:
        st.info(_say_nothing(plot, load_points(view.choices.filters, plot.options)))
        return
    show_words(drawn.words)
    key = f"chart_{plot.kind.replace(' ', '_')}"
    image = view.choices.filters.name_file(f"{plot.options.width}-by-{plot.line}", "png").removesuffix(".png")
    picks = read_picks(key, drawn.sheet)
    left, *right = st.columns([3, 2] if picks else 1)
    with left:
        show_board(drawn.sheet, key, alt=drawn.alt, filename=image, pick="marks")
    for side in right:
        with side:
            points = load_points(view.choices.filters, plot.options)
            points = add_up(points) if plot.added else points
            show_picked(view, plot.options, {(str(line), str(day)) for line, day in picks}, points=points)


def show_below(view: View) -> None:
    """Show the brush, and what is said below the image of the chart."""
    if drawn := load_plot(view, read_plot(view)):
        show_overview(view.choices)
        st.html("".join(note(line) for line in drawn.words.footer))


def _say_nothing(plot: Plot, rows: pd.DataFrame) -> str:
    if plot.kind == "groups" and len(rows):
        return "No two groups of this view can be stacked: only sides of a conflict, or ages and sexes, never overlap."
    return f"No counted claim of this view has a {plot.line}; what was found is listed below."


def show_rows(view: View) -> None:
    """Show the rows of the chart as a table, made only where somebody looks, with the claims behind those picked."""
    with st.expander("The rows of this chart", key=ROWS, on_change="rerun") as table:
        if not table.open:
            return
        plot = read_plot(view)
        rows = load_points(view.choices.filters, plot.options)
        rows = add_up(rows) if plot.added else rows
        picked = pick_rows(rows[COLUMNS], ROWS)
        if len(picked):
            lines = part_unverified(rows, plot.line).loc[picked.index, plot.line].astype(str)
            days = picked["start"].dt.strftime("%Y-%m-%d")
            show_picked(view, plot.options, set(zip(lines, days, strict=True)), what="row")
        name = view.choices.filters.name_file(f"timeline-{plot.options.width}-by-{plot.line}", "csv")
        offer_rows(rows[COLUMNS], "row", name)
