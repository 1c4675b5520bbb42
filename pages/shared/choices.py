"""The filters at the side: they answer at once and live in the address, all of them."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from pages.shared.asked import (
    BASES,
    BESTS,
    STATUSES,
    list_common,
    list_regions,
    read_address,
    say_unknown,
    suggest_view,
)
from series.bins import Bin
from series.filters import Filters
from series.phrases import title_view

_NARROWING = ("source", "region", "group", "status", "since", "until")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader chose: the filters, the width of the bins and the rule for the best number."""

    filters: Filters
    width: Bin
    best: str

    @property
    def title(self) -> str:
        """What the view counts, in words."""
        filters = self.filters
        return title_view(filters.metric[0], filters.basis[0], filters.unit[0], str(self.width))


def clear_filters() -> None:
    """Let every source, region, group, status and date through again."""
    for name in _NARROWING:
        st.session_state[name] = None if name in {"since", "until"} else []


def choose(figures: pd.DataFrame) -> Choices:
    """Show the filters and return what is chosen.

    No widget has a default of its own: Streamlit leaves a default out of the address, and a link would then show
    another view where the store has grown.
    """
    read_address(figures)
    with st.sidebar:
        metrics = list_common(figures["metric"])
        st.selectbox(
            "Metric",
            metrics,
            index=None,
            key="metric",
            on_change=_follow_metric,
            args=(figures,),
            bind="query-params",
        )
        if not st.session_state.metric:
            st.rerun()  # going back to a bare address empties the widget; the next run fills it in
        _choose_one(
            "Basis",
            "basis",
            BASES,
            "new: within the period. cumulative: a running total since a start. stock: people in that state on a "
            "date. They are never mixed on one axis.",
        )
        _choose_unit(figures)
        _choose_several("Source", "source", list_common(figures["claimant"]), "All sources")
        _choose_several("Region", "region", list_regions(figures), "All regions")
        _choose_several("Group", "group", list_common(figures["counted_group"]), "All groups")
        _choose_days()
        _choose_one("By", "bin", tuple(map(str, Bin)))
        _choose_one(
            "Where sources differ",
            "best",
            BESTS,
            "Which number stands for a region when several sources count the same thing. The band shows them all.",
        )
        _choose_several("Status", "status", list(STATUSES), "All; reported ones count")
        st.button("Clear filters", on_click=clear_filters, width="stretch", icon=":material/filter_alt_off:")
    state = st.session_state
    return Choices(_read_filters(), Bin(state.bin or "month"), state.best or "median")


def _choose_one(label: str, key: str, options: "tuple[str, ...] | list[str]", explained: str | None = None) -> None:
    st.segmented_control(label, options, key=key, required=True, bind="query-params", help=explained, width="stretch")


def _choose_several(label: str, key: str, options: list[str], everything: str) -> None:
    st.multiselect(label, options, key=key, placeholder=everything, bind="query-params")


def _choose_unit(figures: pd.DataFrame) -> None:
    units = list_common(figures.loc[figures["metric"].eq(st.session_state.metric), "unit"])
    if st.session_state.get("unit") not in units:
        st.session_state.unit = units[0]
    _choose_one("Unit", "unit", units)


def _choose_days() -> None:
    for label in ("Since", "Until"):
        st.date_input(
            label,
            value=None,
            key=label.lower(),
            min_value=_EARLIEST,
            max_value=_LATEST,
            format="YYYY-MM-DD",
            bind="query-params",
        )


def _read_filters() -> Filters:
    state = st.session_state
    one = {name: (state[name],) if state[name] else () for name in ("metric", "basis", "unit")}
    several = {name: tuple(state[name]) for name in ("source", "region", "group", "status")}
    return Filters(since=state.since, until=state.until, **one, **several)


def _follow_metric(figures: pd.DataFrame) -> None:
    """Free the region and the dates of the first view, and change to what the metric just chosen is counted in."""
    state = st.session_state
    of_metric = figures[figures["metric"].eq(state.metric)]
    if of_metric.empty:
        return
    first = suggest_view(figures)
    if state.region == first.get("region"):
        state.region = []
    days = {name: [state[name].isoformat()] if state[name] else None for name in ("since", "until")}
    if all(days[name] == first.get(name) for name in days) or _read_dates().apply(of_metric).empty:
        state.update(since=None, until=None)
    for name in ("basis", "unit"):
        if not of_metric[name].eq(state[name]).any():
            state[name] = list_common(of_metric[name])[0]
        of_metric = of_metric[of_metric[name].eq(state[name])]


def _read_dates() -> Filters:
    return Filters(since=st.session_state.since, until=st.session_state.until)


def show_unknown(choices: Choices) -> None:
    """Name what the address asked for in vain, for as long as the view is the one that it led to."""
    if not st.session_state.get("unknown"):
        return
    if st.session_state.setdefault("unknown_in", choices) == choices:
        st.warning(say_unknown(st.session_state.unknown))
    else:
        del st.session_state.unknown, st.session_state.unknown_in
