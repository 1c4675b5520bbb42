"""The address and the filters, kept alike: what it asks for is put into them, and what they hold is put into it."""

from collections.abc import Sequence
from contextlib import suppress

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitAPIException

from pages.shared.asked import CONVENTIONS, FIXED, NAMES, SEVERAL, Query, load_completed
from pages.shared.doors import name_revision
from pages.shared.facets import Facets

_USUAL = {name: FIXED[name][0] for name in CONVENTIONS if name in FIXED}


def read_address(figures: pd.DataFrame, facets: Facets) -> bool:
    """Put the view that the address asks for in the filters and in the address; run it before the filters are drawn.

    Streamlit reads the parameters that are there into the widgets; those that are missing are added here. On the way
    from page to page the address is bare and the widgets are new ones: what they held is handed on. Return whether
    the filters hold the whole view already, so that what depends on it need not wait for them.
    """
    state = st.session_state
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    given = {name: values for name, values in asked.items() if name in NAMES}
    if state.get("metric"):
        if not given:
            _show(_list_held(), asked)
        return not given
    key = tuple(sorted((name, tuple(values)) for name, values in given.items()))
    shown, unknown = map(dict, load_completed(name_revision(), key, figures, facets))
    if unknown or shown.get("region") != given.get("region", shown.get("region")):
        if unknown:
            state.unknown = unknown
        others = {name: values for name, values in asked.items() if name not in NAMES}
        st.switch_page(state.opened_page, query_params=others | shown)
    _show(shown, asked)
    return True


def _show(view: Query, asked: Query) -> None:
    """Put a view in the filters, and in the address."""
    for name in NAMES:
        st.session_state[name] = read_value(name, view.get(name, ()))
    # Where the filters are on the page already they write the address themselves, and let nobody else.
    with suppress(StreamlitAPIException):
        st.query_params.from_dict(asked | view)


def _list_held() -> Query:
    """Return what the filters hold, as an address has it: a convention only where it is not the usual one."""
    held = {name: st.session_state.get(name) for name in NAMES}
    return {
        name: value if isinstance(value, list) else [str(value)]
        for name, value in held.items()
        if value and value != _USUAL.get(name)
    }


def read_value(name: str, values: Sequence[str]) -> object:
    """Return the value of a filter's widget for the values that an address gives it."""
    if name in SEVERAL:
        return list(values)
    return values[-1] if values else _USUAL.get(name)
