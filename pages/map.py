"""Map: what each country, division and town has at a date, with a slider over time that plays."""

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from pages.shared.boards import choose_look, make_sheet, read_picks, show_board
from pages.shared.clocks import keep_time, read_time
from pages.shared.drawn import load_regions
from pages.shared.grounds import Scene, set_scene
from pages.shared.marks import explain_classes, note
from pages.shared.panels import offer_rows, show_words
from pages.shared.picked import show_picked
from pages.shared.views import View, open_view, read_view
from series.accruals import add_up
from series.captions import write_footer
from series.images import Words
from series.maps import chart_map
from series.options import By
from series.phrases import say_all
from series.shadings import list_classes
from series.shapes import DISCLAIMER
from series.steps import Steps, make_steps
from series.timelines import COLUMNS
from series.wording import name_bin, name_filters

KEY = "chart_map"


def chart() -> None:
    """Show the map with its slider; a click shows the claims of a region, and leads into it."""
    if view := read_view():
        show_map(view)


def show_map(view: View) -> None:
    """Show the map of a view."""
    filters, options = view.choices.filters, replace(view.choices.options, by=By.REGION)
    new = filters.basis == ("new",)
    added = new and st.toggle("Added up to the date", key="added", bind="query-params")
    points = load_regions(filters, options)
    points = add_up(points) if added else points
    steps = make_steps(points, options.width, running=added)
    if not len(steps.starts):
        st.info("No counted claim of this view has a place.")
        return
    region = filters.region[0] if len(filters.region) == 1 else None
    scene = set_scene(points, view.of_all_days, region)
    words = write_words(view, steps, scene, added=added)
    show_words(words)
    opened = read_time(steps.starts)
    drawn = chart_map(steps, scene.ground, words=words, width=options.width, at=opened, look=choose_look())
    sheet = make_sheet(drawn)
    picks = read_picks(KEY, sheet)
    left, *right = st.columns([3, 2] if picks else 1)
    with left:
        st.html(explain_classes(list_classes(drawn, choose_look())))
        name = filters.name_file(f"map-{options.width}", "png").removesuffix(".png")
        left_at = show_board(sheet, KEY, alt=describe(steps, opened, words), filename=name, pick="marks")
    now = keep_time(steps.starts, left_at)
    days = [f"{start:%Y-%m-%d}" for start in (steps.starts[: now + 1] if added else steps.starts[now : now + 1])]
    for side in right:
        with side:
            show_picked(view, options, {(str(name), day) for name, *_ in picks for day in days}, into=True)
    st.html("".join(note(line) for line in (say_lacking(scene), *words.footer) if line))
    with st.expander(f"The rows of this map ({len(points):,})"):
        st.dataframe(points[COLUMNS], hide_index=True, width="stretch")
        offer_rows(points[COLUMNS], "row", filters.name_file(f"map-{options.width}", "csv"))


def write_words(view: View, steps: Steps, scene: Scene, *, added: bool) -> Words:
    """Return the words around the map."""
    filters, width = view.choices.filters, view.choices.width
    title = view.choices.title
    if added:
        title = title.replace(f"new in each {width}", f"added up since {name_bin(steps.starts[0], width)}")
    shaded = {"country": "Countries", "admin1": "First-level divisions, and towns as circles"}[scene.level]
    today = datetime.now(UTC).date()
    options = replace(view.choices.options, by=By.REGION)
    footer = [*write_footer(title, filters, options, view.figures, today), DISCLAIMER]
    return Words(title, f"{shaded}. {name_filters(filters)}", footer)


def say_lacking(scene: Scene) -> str:
    """Return which regions have claims but no place on the map."""
    if not scene.lacking:
        return ""
    return f"In the table, but without a shape or a place on this map: {say_all(scene.lacking)}."


def describe(steps: Steps, at: int, words: Words) -> str:
    """Return what a reader who cannot see the map should know of it."""
    best = pd.Series(steps.best[:, at], index=steps.regions["region"]).dropna().sort_values(ascending=False)
    told = say_all([f"{name} {number:,.0f}" for name, number in best.head(5).items()])
    return f"Map: {words.title}. {words.subtitle} {told or 'No claim'}. The rows are in the table below the map."


open_view("Map", chart)
