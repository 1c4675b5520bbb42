"""Which of four charts the timeline draws: the switches above it, and what they stand at."""

from dataclasses import dataclass, replace

import streamlit as st

from pages.shared.views import View
from series.options import By, Options

KINDS = {"sources": By.SOURCE, "regions": By.REGION, "small multiples": By.REGION, "groups": By.GROUP}
ROWS = "rows_of_chart"
"""The part of the page below the chart that lists what it draws."""


@dataclass(frozen=True, slots=True)
class Plot:
    """Which chart is drawn (one of ``KINDS``), whether its counts are added up, and by which options."""

    kind: str
    added: bool
    options: Options

    @property
    def line(self) -> str:
        """What a line of the chart is."""
        return str(self.options.by)


def choose_plot(view: View) -> None:
    """Show the switches of the chart; what they stand at lives in the address (``read_plot``)."""
    with st.container(horizontal=True, vertical_alignment="center"):
        kind = st.segmented_control(
            "Chart",
            list(KINDS),
            default="sources",
            required=True,
            key="chart",
            bind="query-params",
            label_visibility="collapsed",
            on_change=_draw_again,
        )
        if view.choices.filters.basis == ("new",) and kind != "groups":
            st.toggle("Added up", key="added", bind="query-params", on_change=_draw_again)


def _draw_again() -> None:
    st.rerun(["chart", "switches", "below", ROWS])


def read_plot(view: View) -> Plot:
    """Return what the switches of the chart stand at."""
    state = st.session_state
    kind = state.get("chart") or "sources"
    added = view.choices.filters.basis == ("new",) and kind != "groups" and bool(state.get("added"))
    return Plot(kind, added, replace(view.choices.options, by=KINDS[kind]))
