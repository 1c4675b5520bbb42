"""A page in parts: a filter runs only those anew that it changes, the chart first, and each asks who is looking."""

from collections.abc import Callable, Iterable
from functools import wraps

import streamlit as st

from pages.shared.roles import find_own_role

_ON_PAGE = "parts"


def show_parts(*parts: Callable[[], None], first: str = "") -> None:
    """Show the parts of a page one below the other; ``first`` is the one that a filter draws anew before the others.

    Each part is called by the name of its function.
    """
    names = [part.__name__ for part in parts]
    st.session_state[_ON_PAGE] = sorted(names, key=lambda name: name != first)
    for part in parts:
        show_part(part)


def show_part(part: Callable[[], None]) -> None:
    """Show one part, which may run alone; the page as a whole runs where somebody's role has gone meanwhile."""

    @wraps(part)
    def run() -> None:
        if find_own_role() is None:
            st.rerun()
        part()

    st.fragment(run, key=part.__name__)()


def redraw(widgets: Iterable[str] = ()) -> None:
    """Run the parts of the page anew, and those of the side that ``widgets`` names; a callback ends with it."""
    state = st.session_state
    # A part that is folded up by an expander of its own name shows nothing; opening it runs it.
    shown = [name for name in state[_ON_PAGE] if state.get(name) is not False]
    st.rerun([*shown, *widgets])
