"""Accept, correct, reject and take back: the buttons with their keys, and the forms of a correction and a rejection."""

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

import store
from pages.shared.corrections import ask_correction
from pages.shared.panels import write_quote
from pages.shared.queues import open_figure
from pages.shared.roles import LOCAL, may_review, name_visitor, refuse
from pages.shared.verdicts import accept, review, undo
from service.roles import Role

REASONS = (
    "not a count of people or homes",
    "not said in the report",
    "counted twice in the report",
    "not killed, displaced … but something else",
    "a rumour that the report takes back",
)


def show_buttons(row: Mapping[Hashable, Any], before: str | None, after: str | None) -> None:
    """Show who reviews and the buttons with their keys; what a reader may not do is not offered."""
    figure, allowed = str(row["id"]), may_review()
    if not allowed:
        st.caption(f"You may read figures, not change them. {refuse(Role.REVIEWER)}")
    with st.container(horizontal=True, key="review_buttons"):
        if allowed:
            to = (figure, after)
            st.button("Accept", key="accept", shortcut="A", on_click=accept, args=to, icon=":material/check:")
            st.button(
                "Correct", key="correct", shortcut="E", on_click=begin, args=("correct", figure), icon=":material/edit:"
            )
            st.button(
                "Reject", key="reject", shortcut="X", on_click=begin, args=("reject", figure), icon=":material/close:"
            )
            st.button("Undo", key="undo", shortcut="U", on_click=undo, args=(figure,), icon=":material/undo:")
        st.button("Previous", key="previous", shortcut="K", on_click=open_figure, args=(before,), disabled=not before)
        st.button("Next", key="next", shortcut="J", on_click=open_figure, args=(after,), disabled=not after)
    if allowed and name_visitor() == LOCAL:
        st.text_input(
            "Your name, for the log", key="who", persist_state="session", placeholder="needed for each review"
        )
    for kind in ("problem", "done"):
        if words := st.session_state.pop(kind, None):
            st.error(words) if kind == "problem" else st.success(words)


def show_form(row: Mapping[Hashable, Any], after: str | None) -> None:
    """Show the form that was begun for this figure, if one was."""
    doing, figure = st.session_state.get("doing"), str(row["id"])
    if doing not in {("correct", figure), ("reject", figure)} or not may_review():
        return
    # The form stands where it is seen at once, above the report; the sentence is at hand in it.
    st.html(f'<div class="who-figure"><q>{write_quote(row)}</q></div>')
    if doing == ("correct", figure):
        show_correction(row)
    else:
        show_rejection(figure, after)


def begin(doing: str, figure: str) -> None:
    """Open the form of a correction or a rejection for a figure.

    The address does not name it yet where a key is pressed before the browser has heard of the figure that is open.
    """
    st.session_state.doing = (doing, figure)


def show_correction(row: Mapping[Hashable, Any]) -> None:
    """Show the form of a correction, and write what was changed."""
    figure = str(row["id"])
    with st.form(f"correct_{figure}"):
        changes = ask_correction(row)
        why = st.text_input("Why", key=f"why_{figure}", placeholder="what the report says, or who told you")
        with st.container(horizontal=True):
            sent = st.form_submit_button("Save the correction", type="primary", shortcut="Ctrl+Enter")
            left = st.form_submit_button("Leave it", shortcut="Esc")
    if left:
        leave()
    if sent and not changes:
        st.warning("Nothing was changed. To say that the figure is right, accept it.")
    elif sent:
        review(figure, store.Verdict.CORRECT, why, changes, to=figure)
        st.rerun()


def show_rejection(figure: str, after: str | None) -> None:
    """Show the form of a rejection: a reason out of a list, or one of one's own."""
    with st.form(f"reject_{figure}"):
        why = st.selectbox("Why", REASONS, index=None, key=f"why_{figure}", accept_new_options=True)
        with st.container(horizontal=True):
            sent = st.form_submit_button("Reject the figure", type="primary", shortcut="Ctrl+Enter")
            left = st.form_submit_button("Leave it", shortcut="Esc")
    if left:
        leave()
    if sent:
        review(figure, store.Verdict.REJECT, why or "", to=after)
        st.rerun()


def leave() -> None:
    """Close the form that is open, and write nothing."""
    st.session_state.doing = None
    st.rerun()
