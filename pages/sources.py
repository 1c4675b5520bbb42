"""Sources: who claims what, where and since when, where sources differ, and who cites whom."""

import streamlit as st

from pages.shared.boards import choose_look
from pages.shared.comparisons import Compared, compare, load_chains, load_coverage
from pages.shared.framed import show_drawing, write_words
from pages.shared.keys import count_sources, list_keys, name_printed
from pages.shared.lists import show_list
from pages.shared.marks import note
from pages.shared.sides import choose_events, write_sides
from pages.shared.sought import find_by_chain, find_by_source, find_cited, find_claims, find_printed
from pages.shared.views import View, open_view, read_view
from series.citations import draw_flow
from series.coverage import count_months
from series.event_charts import chart_events, describe_events, say_scale
from series.phrases import say_count
from series.source_charts import chart_flow, chart_months, describe_flow, describe_months
from series.wording import caption_events

DRAWN, ENDS = 10, 8
ORDER = (
    *("source", "figures", "claims", "first", "last", "shared", "ratio", "agrees", "higher", "lower"),
    *("reports", "publishers", "places", "metrics"),
)
"""The columns of the table of sources: what they count and how that lies to the others, then where it is from."""


def show_events(view: View, compared: Compared) -> None:
    """Show event by event what each source says."""
    st.html(note(caption_events(view.choices.filters.basis[0], view.choices.width)))
    events, sides = choose_events(compared, view.choices.filters.source), compared.sides
    if events.empty:
        st.info("No two sources here count the same people in the same place and period.")
        return
    words = write_words(view, "where sources differ", say_scale(sides, events))
    chart = chart_events(sides, events, words=words, look=choose_look())
    with st.container(key="drawn_events"):  # on paper it stands below the table, which leaves no room for it
        show_drawing(view, chart, words, "events", describe_events(sides, events), find_claims(compared))
    with st.container(key="sides"):
        st.html(write_sides(compared, events, view.choices.address))


def show_coverage(view: View, compared: Compared) -> None:
    """Show what each source counts, and in which months it was printed."""
    table = load_coverage(view.choices)
    names = table["source"].head(DRAWN).tolist()
    months = count_months(compared.figures, names)
    said = f"{say_most(len(table), 'source', 'sources')} The larger a mark, the more figures in that month.".strip()
    words = write_words(view, "when each source was printed", said)
    chart = chart_months(months, names, words=words, look=choose_look())
    show_drawing(view, chart, words, "months", describe_months(months, names), find_printed(compared))
    name = view.choices.filters.name_file("sources", "csv")
    show_list(table, "source", name, "What each source counts, since when.", find_by_source(compared), order=ORDER)


def show_chains(view: View) -> None:
    """Show who claims, who passed it on and who printed it."""
    chains = load_chains(view.choices)
    flow = draw_flow(chains, ENDS)
    words = write_words(view, "who cites whom", "Numbers and the width of the lines are figures.")
    chart = chart_flow(flow, words=words, look=choose_look())
    show_drawing(view, chart, words, "citations", describe_flow(flow), find_cited(view.figures, flow))
    name = view.choices.filters.name_file("citations", "csv")
    show_list(chains, "chain", name, "Source, publisher, and between.", find_by_chain(view.figures))


def say_most(number: int, word: str, words: str) -> str:
    """Say which of many are drawn."""
    return f"The {DRAWN} {words} with most figures, of {say_count(number, word)}." if number > DRAWN else ""


def parts() -> None:
    """Show who is there, and one of the three charts."""
    view = read_view()
    if view is None:
        return
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


open_view("Sources", parts)
