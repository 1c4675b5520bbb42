"""Map: what each country, division and town has at a date, with a slider over time that plays."""

from dataclasses import replace

import streamlit as st

from pages.shared.boards import choose_look, make_sheet, read_picks, show_board
from pages.shared.clocks import keep_time, read_time
from pages.shared.lists import pick_rows
from pages.shared.mapped import find_marks, load_map
from pages.shared.marks import explain_classes, note
from pages.shared.panels import offer_rows, show_words
from pages.shared.picked import show_picked
from pages.shared.views import View, open_view, read_view
from series.looks import DARK
from series.options import By
from series.shadings import list_classes
from series.timelines import COLUMNS

KEY = "chart_map"


def switch() -> None:
    """Show the switch of the map, where there is something to add up."""
    view = read_view()
    if view and view.choices.filters.basis == ("new",):
        st.toggle("Added up to the date", key="added", bind="query-params", on_change=_draw_again)


def _draw_again() -> None:
    st.rerun(["chart", "rows_of_map"])


def is_added(view: View) -> bool:
    """Tell whether the counts of each date are added up to it."""
    return view.choices.filters.basis == ("new",) and bool(st.session_state.get("added"))


def chart() -> None:
    """Show the map with its slider; a click shows the claims of a region, and leads into it."""
    if view := read_view():
        show_map(view)


def show_map(view: View) -> None:
    """Show the map of a view."""
    filters, options, added = view.choices.filters, replace(view.choices.options, by=By.REGION), is_added(view)
    drawn = load_map(view, added=added, opened=read_time(), look=choose_look())
    if drawn is None:
        st.info("No counted claim of this view has a place.")
        return
    show_words(drawn.words)
    sheet = make_sheet(drawn.chart)
    picks = read_picks(KEY, sheet)
    left, *right = st.columns([3, 2] if picks else 1)
    with left:
        look = choose_look()
        st.html(explain_classes(list_classes(drawn.chart, look), night=look is DARK))
        name = filters.name_file(f"map-{options.width}", "png").removesuffix(".png")
        left_at = show_board(sheet, KEY, alt=drawn.alt, filename=name, pick="marks")
    now = keep_time(drawn.starts, left_at, drawn.at)
    days = [f"{start:%Y-%m-%d}" for start in drawn.starts[0 if added else now : now + 1]]
    for side in right:
        with side:
            points = None if added else drawn.points
            show_picked(
                view, options, {(str(name), day) for name, *_ in picks for day in days}, into=True, points=points
            )
    st.html("".join(note(line) for line in (drawn.lacking, *drawn.words.footer) if line))


def rows_of_map() -> None:
    """Show the rows of the map, made only where somebody looks, with the claims behind those picked."""
    view = read_view()
    if view is None:
        return
    with st.expander("The rows of this map", key="rows_of_map", on_change="rerun") as table:
        drawn = load_map(view, added=is_added(view), opened=read_time(), look=choose_look()) if table.open else None
        if drawn is None:
            return
        picked = pick_rows(drawn.points[COLUMNS], "rows_of_map")
        if len(picked):
            show_picked(view, replace(view.choices.options, by=By.REGION), find_marks(drawn, picked), what="row")
        offer_rows(drawn.points[COLUMNS], "row", view.choices.filters.name_file(f"map-{view.choices.width}", "csv"))


open_view("Map", switch, chart, rows_of_map, first=(switch, chart))
