"""The date of a map: it begins at the address, follows the slider, and the address follows it."""

from pathlib import Path

import pandas as pd
import streamlit as st

NAME = "at"
_CLOCK = st.components.v2.component(
    "map_clock", html="<span></span>", js=Path(__file__).with_name("clock.js").read_text(encoding="utf-8")
)


def read_time(starts: pd.DatetimeIndex) -> int:
    """Return the position of the date that the map is opened at: that of the address, else the last one.

    It stays the same while the slider moves, so that the map is not drawn anew.
    """
    opened = st.session_state.setdefault("map_opened", st.query_params.get(NAME, ""))
    return _find(starts, str(opened))


def keep_time(starts: pd.DatetimeIndex, chart: str) -> int:
    """Return the position of the date that the slider stands at now, and write it into the address."""
    clock = _CLOCK(key=f"{chart}_clock", data={"chart": f"st-key-{chart}"}, on_at_change=lambda: None)
    day = str(clock.get("at") or st.session_state.get("map_opened") or "")
    if clock.get("at") and st.query_params.get(NAME) != day:
        st.query_params[NAME] = day
    return _find(starts, day)


def _find(starts: pd.DatetimeIndex, day: str) -> int:
    days = [f"{start:%Y-%m-%d}" for start in starts]
    return days.index(day) if day in days else len(days) - 1
