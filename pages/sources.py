"""Sources: who claims what, where and since when, where sources differ, and who cites whom."""

import streamlit as st

from pages.shared.comparisons import Compared, compare, load_chains, load_coverage
from pages.shared.keys import count_sources, list_keys, name_printed
from pages.shared.lists import show_list
from pages.shared.marks import note
from pages.shared.panels import choose_look, show_chart
from pages.shared.sides import choose_events, write_sides
from pages.shared.views import View, open_view
from series.citations import draw_flow
from series.coverage import count_months
from series.event_charts import chart_events, describe_events
from series.phrases import title_sources
from series.source_charts import chart_flow, chart_months, describe_flow, describe_months
from series.wording import caption_events, name_filters

DRAWN, ENDS = 10, 8


def show_coverage(view: View, compared: Compared) -> None:
    """Show what each source counts, and in which months it was printed."""
    table = load_coverage(view.choices)
    names = table["source"].head(DRAWN).tolist()
    months = count_months(compared.figures, names)
    title = title_here(view, "when each source was printed")
    chart = chart_months(months, names, title=title, subtitle=name_filters(view.choices.filters), look=choose_look())
    alt = describe_months(months, names, title)
    show_chart(chart, "chart_months", alt=alt, filename=view.choices.filters.name_file("sources-by-month", "png")[:-4])
    show_list(
        table,
        "source",
        view.choices.filters.name_file("sources", "csv"),
        "What each source counts, where and since when.",
    )


def show_events(view: View, compared: Compared) -> None:
    """Show event by event what each source says."""
    st.html(note(caption_events(view.choices.filters.basis[0], view.choices.width)))
    events = choose_events(compared, view.choices.filters.source)
    if events.empty:
        st.info("No two sources here count the same people in the same place and period.")
        return
    title, words = title_here(view, "where sources differ"), name_filters(view.choices.filters)
    chart = chart_events(compared.sides, events, title=title, subtitle=words, look=choose_look())
    alt = describe_events(compared.sides, events, title)
    show_chart(chart, "chart_events", alt=alt, filename=view.choices.filters.name_file("events", "png")[:-4])
    st.html(write_sides(compared, events))


def show_chains(view: View) -> None:
    """Show who claims, who passed it on and who printed it."""
    chains = load_chains(view.choices)
    title = title_here(view, "who cites whom")
    flow = draw_flow(chains, ENDS)
    words = f"{name_filters(view.choices.filters)} Width and numbers: figures."
    chart = chart_flow(flow, title=title, subtitle=words, look=choose_look())
    name = view.choices.filters.name_file("citations", "png")[:-4]
    show_chart(chart, "chart_flow", alt=describe_flow(flow, title), filename=name)
    show_list(
        chains,
        "chain",
        view.choices.filters.name_file("citations", "csv"),
        "Source, who passed it on, publisher, and how many figures.",
    )


def title_here(view: View, what: str) -> str:
    """Return the title of a chart of this view."""
    filters = view.choices.filters
    return title_sources(filters.metric[0], filters.basis[0], filters.unit[0], what)


view = open_view("Sources")
if view:
    compared = compare(view.choices)
    st.html(list_keys(count_sources(view.figures, compared.events), *name_printed(view.figures), done="printed"))
    differ, covers, cites = st.tabs(
        ["Where they differ", "What each counts", "Who cites whom"], key="part", bind="query-params"
    )
    with differ:
        if differ.open:
            show_events(view, compared)
    with covers:
        if covers.open:
            show_coverage(view, compared)
    with cites:
        if cites.open:
            show_chains(view)
