"""A verdict on a figure: what it does to the store, who gives it, and what the page says of it."""

import streamlit as st

import store
from pages.shared.cards import load_log
from pages.shared.doors import name_revision
from pages.shared.queues import open_figure
from pages.shared.roles import LOCAL, RoleError, name_visitor, open_as
from service.roles import Role
from store.reviews import find_last

SEEN = "the words say so"
"""The reason of an acceptance for which none is given."""


def accept(figure: str, after: str | None) -> None:
    """Accept a figure and open the next."""
    review(figure, store.Verdict.ACCEPT, SEEN, to=after)


def review(
    figure: str, verdict: store.Verdict, why: str, changes: dict[str, object] | None = None, *, to: str | None
) -> None:
    """Write a review, remember it for the undo, and open the figure ``to``; say what went wrong where it could not."""
    state = st.session_state
    try:
        line = store.add_review(open_as(Role.REVIEWER), figure, verdict, who=name_reviewer(), why=why, changes=changes)
    except (store.StoreError, RoleError) as error:
        state.problem = str(error)
        return
    state.doing = None
    state.setdefault("reviewed", []).append((figure, line))
    said = {"accept": "Accepted", "correct": "Corrected", "reject": "Rejected"}[str(verdict)]
    state.done = f"{said}. The charts show it. Undo with U."
    open_figure(to)


def name_reviewer() -> str:
    """Return who reviews: as the provider says where people sign in, else as they say themselves."""
    return str(st.session_state.get("who") or "") if name_visitor() == LOCAL else name_visitor()


def undo(figure: str) -> None:
    """Take the last review of this session back, else that of the open figure, and open its figure."""
    state = st.session_state
    lines = find_last(load_log(name_revision(), figure))
    reviewed = state.get("reviewed") or ([(figure, lines[-1])] if lines else [])
    if not reviewed:
        state.problem = "There is nothing to undo."
        return
    last, line = reviewed[-1]
    try:
        store.withdraw_review(open_as(Role.REVIEWER), line, who=name_reviewer(), why="undone on the page")
    except (store.StoreError, RoleError) as error:
        state.problem = str(error)
        return
    reviewed.pop()
    state.done = "Undone: the figure is as before. The log keeps both."
    open_figure(last)
