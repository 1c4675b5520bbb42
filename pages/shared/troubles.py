"""What a page shows where the store cannot be read: what is wrong, who can mend it, and the way to try again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

import store
from pages.shared.roles import may_write

_LOG = logging.getLogger(__name__)


@contextmanager
def show_troubles() -> Iterator[None]:
    """Show an error of the store instead of what was to be read from it; its reason names files, and is a steward's."""
    try:
        yield
    except store.StoreError as error:
        _LOG.warning("a page could not be shown: %s", error)
        st.error("The store cannot be read now, so nothing is shown. No figure is lost by looking here.")
        why = f"{error}." if may_write() else "Whoever runs this server finds the reason in its log."
        st.caption(why)
        st.button("Try again", key="try_again", icon=":material/refresh:")
