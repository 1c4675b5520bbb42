"""The brush: a slim chart of all days; a stretch that is drawn over it becomes the dates of every chart."""

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types
import streamlit as st

from pages.shared.choices import Choices
from pages.shared.doors import name_revision
from pages.shared.drawn import load_overview
from pages.shared.panels import choose_look
from series.bins import Bin
from series.filters import Filters
from series.looks import Look
from series.overviews import chart_overview
from series.phrases import say_count

KEY = "overview"


def show_overview(choices: Choices) -> None:
    """Show the figures of all days in slim bars; drawing a stretch over them sets the dates."""
    if st.session_state.pop("brushed", False):
        st.rerun()  # the dates are filters of the whole page, and the brush stands in a part of it
    filters = choices.filters
    counts = load_overview(filters, choices.width)
    if len(counts) < 2:  # noqa: PLR2004  # one bar leaves nothing to choose
        return
    st.plotly_chart(
        _load_bars(name_revision(), filters, choices.width, choose_look(), counts),
        key=KEY,
        theme=None,
        config={"displayModeBar": False},
        on_select=_take_days,
        selection_mode="box",
        alt=f"Bars: {say_count(int(counts['figures'].sum()), 'figure')} over all days. The dates are in the filters.",
    )
    st.caption("All days, by number of figures. Draw a stretch over the bars to see only those days.")


@st.cache_resource(max_entries=128, show_spinner=False)
def _load_bars(revision: str, filters: Filters, width: Bin, look: Look, _counts: pd.DataFrame) -> go.Figure:  # noqa: ARG001
    return go.Figure(chart_overview(_counts, filters.since, filters.until, look))


def _take_days() -> None:
    boxes = st.session_state[KEY].selection.box
    if boxes:
        first, last = sorted(pd.Timestamp(day) for day in boxes[0]["x"])
        st.session_state.update(since=first.date(), until=last.date(), brushed=True)
