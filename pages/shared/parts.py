"""A page in parts: a filter runs only those anew that it changes, the chart first, and each asks who is looking."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.roles import find_own_role
from pages.shared.troubles import show_troubles

_ON_PAGE, _CHANGES = "parts", "changes"

Part = Callable[[], None]


def show_parts(*parts: Part, beside: Part, first: Sequence[Part] = (), ahead: bool = False) -> None:
    """Show the parts of a page one below the other, and what stands ``beside`` them.

    Each part is called by the name of its function. The last of ``first`` is what a reader waits for: a filter draws it
    anew before the others. Where ``ahead`` says that these need nothing of what stands beside, the page begins with
    them too.
    """
    st.session_state[_ON_PAGE] = [part.__name__ for part in sorted(parts, key=lambda part: part not in first[-1:])]
    places = {part: st.container() for part in parts}
    begun = first if ahead else ()
    for part in begun:
        _show_in(places[part], part)
    beside()
    for part in parts:
        if part not in begun:
            _show_in(places[part], part)


def _show_in(place: DeltaGenerator, part: Part) -> None:
    with place:
        show_part(part)


def show_part(part: Part) -> None:
    """Show one part, which may run alone; the page as a whole runs where somebody's role has gone meanwhile."""

    @wraps(part)
    def run() -> None:
        if find_own_role() is None:
            st.rerun()
        _take_changes()
        with show_troubles():
            part()

    st.fragment(run, key=part.__name__)()


def redraw(widgets: Iterable[str] = (), changes: Mapping[str, object] | None = None) -> None:
    """Run the parts of the page anew, and those of the side that ``widgets`` names; a callback ends with it.

    ``changes`` are values of widgets. What a callback itself writes into them is lost on the browser's side when it
    asks for parts alone (Streamlit 1.67): the first part that runs writes them.
    """
    state = st.session_state
    state[_CHANGES] = dict(changes or {})
    # A part that is folded up by an expander of its own name shows nothing; opening it runs it.
    shown = [name for name in state[_ON_PAGE] if state.get(name) is not False]
    st.rerun([*shown, *widgets])


def _take_changes() -> None:
    for name, value in st.session_state.pop(_CHANGES, {}).items():
        st.session_state[name] = value
