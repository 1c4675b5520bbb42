"""Evidence: the figures as a queue, each in its report with its words marked; accept, correct, reject, and the log."""

import streamlit as st

from pages.shared.cards import show_reasons, show_words
from pages.shared.doors import load_text
from pages.shared.logs import show_log, show_rules
from pages.shared.marks import note
from pages.shared.queues import choose_queue, find_neighbours, find_open, open_figure, show_queue
from pages.shared.reviewing import show_buttons, show_form
from pages.shared.views import open_view, read_view


def show_report(report: str) -> None:
    """Show a report in which no figure was found."""
    text = load_text(report)
    st.html(note("No figure was read in this report." if text else "No report of this name is kept."))
    if text:
        st.text(text)


def show_evidence() -> None:
    """Show the queue and the figure that is open."""
    view = read_view()
    card, side = st.columns([0.65, 0.35], gap="medium")
    with side:
        if st.query_params.get("report"):
            st.button("Back to the whole queue", key="back", on_click=leave_report, icon=":material/arrow_back:")
        queue = choose_queue(view)
    row = None if st.query_params.get("report") and queue.empty else find_open(queue)
    figure = str(row["id"]) if row else None
    with side:
        show_queue(queue, figure)
    with card:
        if row and figure:
            open_figure(figure)
            before, after = find_neighbours(queue, figure)
            # Each in a place of its own: where a form came or went, the old figure stood for a while below the new one.
            with st.container():
                show_buttons(row, before, after)
            with st.container():
                show_form(row, after)
            with st.container():
                show_words(row)
            with st.container():
                show_reasons(row)
        elif report := st.query_params.get("report"):
            show_report(report)


def leave_report() -> None:
    """Show the whole queue again, not only the figures of one report."""
    st.query_params.pop("report", None)


def parts() -> None:
    """Show the queue, the log or the rules."""
    figures, log, rules = st.tabs(["Figures", "Log", "Rules"], key="part_of_evidence", bind="query-params")
    with figures:
        if figures.open:
            show_evidence()
    with log:
        if log.open:
            show_log()
    with rules:
        if rules.open:
            show_rules()


open_view("Evidence", parts)
