"""The date of a map: it begins at the address, follows the slider, and the address follows it."""

import pandas as pd
import streamlit as st

from pages.shared.mapped import find_time

NAME = "at"


def read_time() -> str:
    """Return the day that the map is opened at: that of the address, "" for the last one.

    It stays the same while the slider moves, so that the map is not drawn anew.
    """
    return str(st.session_state.setdefault("map_opened", st.query_params.get(NAME, "")))


def keep_time(starts: pd.DatetimeIndex, left_at: str | None, opened: int) -> int:
    """Return the position of the date that the slider stands at now, and write it into the address.

    ``opened`` is the position that it began at.
    """
    if left_at and st.query_params.get(NAME) != left_at:
        st.query_params[NAME] = left_at
    return find_time(starts, left_at or "", opened)
