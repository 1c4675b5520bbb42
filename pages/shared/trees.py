"""The tree of regions: country, division, town, one click a level down and one back up."""

from collections.abc import Callable

import streamlit as st

from pages.shared.facets import Facets

_DOWN, _UP = "tree_down", "tree_up"
MOST_CHILDREN = 60

Then = Callable[[list[str]], None]
"""What draws the page anew for other regions."""


def show_tree(facets: Facets, then: Then) -> None:
    """Show the regions inside the one that is chosen, and those that it lies in; a click goes there.

    Several regions at once are chosen in the box with type-ahead; the tree then begins at the root.
    """
    chosen = st.session_state.region
    at = chosen[0] if len(chosen) == 1 else None
    path = (*facets.paths.get(at, ()), at) if at else ()
    children = facets.list_children(at)[:MOST_CHILDREN]
    with st.popover("Region tree", icon=":material/account_tree:", width="stretch"):
        if path:
            st.session_state[_UP] = None
            st.pills("Back up to", ["everywhere", *path[:-1]], key=_UP, on_change=_go_up, args=(then,))
        if children:
            st.session_state[_DOWN] = None
            st.pills(f"In {at}" if at else "Countries", children, key=_DOWN, on_change=_go_down, args=(then,))
        else:
            st.caption(f"The store has nothing narrower in {at}.")


def _go_down(then: Then) -> None:
    if st.session_state[_DOWN]:
        then([st.session_state[_DOWN]])


def _go_up(then: Then) -> None:
    if name := st.session_state[_UP]:
        then([] if name == "everywhere" else [name])
