"""What a page shows while an older store is brought up to date: how far that is, and the way to stop it."""

import time

import streamlit as st

from pages.shared.roles import may_write
from pages.shared.upgrades import OLDER, Upgrade, find_upgrade
from pages.shared.warmups import warm_up

_OFTEN = 0.2
"""Seconds between two looks at the work."""


def wait_for_store() -> bool:
    """Tell whether the pages may open the store; before that show how far it is, or that somebody stopped it."""
    upgrade = find_upgrade()
    if upgrade.is_running:
        _show_progress(upgrade)
    if upgrade.is_stopped:
        _offer_again(upgrade)
    return not upgrade.is_stopped


def _show_progress(upgrade: Upgrade) -> None:
    place = st.empty()
    with place.container():
        st.title("Who Counts", anchor=False)
        st.info(OLDER)
        bar = st.progress(0.0)
        if may_write():
            st.button("Stop", key="stop_upgrade", on_click=upgrade.stop)
        while upgrade.is_running:
            bar.progress(upgrade.pace.share(upgrade.done), upgrade.pace.say(upgrade.done))
            time.sleep(_OFTEN)
    place.empty()


def _offer_again(upgrade: Upgrade) -> None:
    st.title("Who Counts", anchor=False)
    st.warning(
        "An older version made the store, and somebody stopped bringing it up to date. Nothing in it was changed, and "
        "nothing can be shown before it is done."
    )
    if may_write():
        st.button("Bring it up to date", key="upgrade", type="primary", on_click=_begin_again, args=[upgrade])


def _begin_again(upgrade: Upgrade) -> None:
    upgrade.allow()
    warming = warm_up()
    while warming.is_alive() and not upgrade.is_running:  # until there is something to show
        time.sleep(_OFTEN / 10)
