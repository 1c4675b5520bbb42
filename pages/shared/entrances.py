"""Signing in and out, where people do, and what somebody sees who may not look."""

import streamlit as st

from pages.shared.marks import note
from pages.shared.roles import find_own_role, name_visitor
from service.settings import load_settings


def let_in() -> bool:
    """Tell whether the person at the page may look; say who they are, or offer to sign in."""
    role = find_own_role()
    if role is None:
        _ask_in()
    elif load_settings().sign_in:
        with st.sidebar.container(horizontal=True, vertical_alignment="center", key="visitor"):
            if st.user.is_logged_in:
                st.html(note(f"{name_visitor()}, {role}"))
                st.button("Sign out", on_click=st.logout, type="tertiary")
            else:
                st.caption("You may look. To judge figures, sign in.")
                st.button("Sign in", on_click=st.login, type="tertiary")
    return role is not None


def _ask_in() -> None:
    st.title("Who Counts", anchor=False)
    if load_settings().sign_in is None:
        st.error(
            "This server listens beyond its own machine without sign-in: nothing is shown. Start it with server.py."
        )
        return
    if st.user.is_logged_in:
        st.info(f"You have signed in as {name_visitor()}, who may not look here, or did so too long ago.")
    else:
        st.write("Casualty and displacement figures out of reports, charted by who says so.")
        st.write("The figures on this server are shown to people who have signed in.")
    st.button("Sign in", on_click=st.login, type="primary")
    if st.user.is_logged_in:
        st.button("Sign out", on_click=st.logout)
