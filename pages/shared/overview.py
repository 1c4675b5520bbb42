"""The brush: a slim chart of all days; a stretch that is drawn over it becomes the dates of every chart."""

import pandas as pd
import streamlit as st

from pages.shared.boards import Sheet, choose_look, make_sheet, show_board
from pages.shared.choices import Choices
from pages.shared.doors import name_revision
from pages.shared.drawn import load_overview
from pages.shared.follows import follow
from pages.shared.memories import remember
from pages.shared.presets import write_days
from series.bins import Bin
from series.filters import Filters
from series.looks import Look
from series.overviews import chart_overview
from series.phrases import say_count

KEY = "overview"


def show_overview(choices: Choices) -> None:
    """Show the figures of all days in slim bars; drawing a stretch over them sets the dates."""
    filters = choices.filters
    counts = load_overview(filters, choices.width)
    if len(counts) < 2:  # noqa: PLR2004  # one bar leaves nothing to choose
        return
    alt = f"Bars: {say_count(int(counts['figures'].sum()), 'figure')} over all days. The dates are in the filters."
    sheet = _load_bars(name_revision(), filters, choices.width, choose_look(), counts)
    show_board(sheet, KEY, alt=alt, pick="days", on_days=_take_days)
    with st.container(key="overview_words"):
        st.caption("All days, by number of figures. Draw a stretch over the bars to see only those days.")


@remember(128)
def _load_bars(revision: str, filters: Filters, width: Bin, look: Look, _counts: pd.DataFrame) -> Sheet:  # noqa: ARG001
    return make_sheet(chart_overview(_counts, filters.since, filters.until, look))


def _take_days() -> None:
    if stretch := st.session_state[KEY].get("days"):
        first, last = sorted(pd.Timestamp(day) for day in stretch)
        follow(**write_days(first.date(), last.date()))
