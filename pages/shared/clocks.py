"""The date of a map: it begins at the address, follows the slider, and the address follows it."""

import pandas as pd
import streamlit as st

NAME = "at"


def read_time(starts: pd.DatetimeIndex) -> int:
    """Return the position of the date that the map is opened at: that of the address, else the last one.

    It stays the same while the slider moves, so that the map is not drawn anew.
    """
    opened = st.session_state.setdefault("map_opened", st.query_params.get(NAME, ""))
    return _find(starts, str(opened))


def keep_time(starts: pd.DatetimeIndex, left_at: str | None) -> int:
    """Return the position of the date that the slider stands at now, and write it into the address."""
    day = left_at or str(st.session_state.get("map_opened") or "")
    if left_at and st.query_params.get(NAME) != left_at:
        st.query_params[NAME] = left_at
    return _find(starts, day)


def _find(starts: pd.DatetimeIndex, day: str) -> int:
    days = [f"{start:%Y-%m-%d}" for start in starts]
    return days.index(day) if day in days else len(days) - 1
