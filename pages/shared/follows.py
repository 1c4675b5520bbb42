"""What follows where a filter changes: which boxes at the side are drawn anew, and which other filters give way."""

import streamlit as st

from pages.shared.asked import CONVENTIONS, DAYS, SEVERAL, load_first_view
from pages.shared.choices import NARROWING
from pages.shared.days import read_day
from pages.shared.doors import load_figures
from pages.shared.facets import load_facets
from pages.shared.parts import redraw
from series.filters import Filters

_SHOWN_BY = {"since": "days", "until": "days", **dict.fromkeys(CONVENTIONS, "conventions")}
"""The box at the side (``controls``) that shows a filter, where it has another name."""


def follow(**changes: object) -> None:
    """Draw the page anew after a change of filters, with the boxes at the side that show it; ends a callback.

    ``changes`` are the new values of filters other than the one whose own callback this is.
    """
    redraw(dict.fromkeys([*(_SHOWN_BY.get(name, name) for name in changes), "preset"]), changes)


def clear_filters() -> None:
    """Let every source, region, group, status and date through again."""
    for name in NARROWING:
        st.session_state[name] = [] if name in SEVERAL else None


def follow_region() -> None:
    """Let the region that came last take the place of those around it and in it, beside which it changes nothing."""
    *others, last = st.session_state.region or [""]
    paths = load_facets().paths
    apart = [one for one in others if one not in paths.get(last, ()) and last not in paths.get(one, ())]
    if len(apart) < len(others):
        follow(region=[*apart, last])
    follow()


def complete_day(key: str) -> None:
    """Write the day out that was written into a box; what is no day is taken out of it, and said."""
    words = st.session_state[key]
    day = read_day(words, last=key != "since")
    if words and day is None:
        st.toast(f"{words} is no day; shown without it.")
    follow(**{key: day.isoformat() if day else None})


def follow_metric() -> None:
    """Free the region and the dates of the first view, and change to what the metric just chosen is counted in."""
    state, figures = st.session_state, load_figures()
    of_metric = figures[figures["metric"].eq(state.metric)]
    if of_metric.empty:
        return
    first = load_first_view(figures)
    if state.region == first.get("region"):
        state.region = []
    chosen = Filters(since=read_day(state.since), until=read_day(state.until))
    same = all((state[name] or None) == next(iter(first.get(name, [None]))) for name in sorted(DAYS - {"as_known"}))
    if same or chosen.apply(of_metric).empty:
        state.update(since=None, until=None)
    for name in ("basis", "unit"):
        if not of_metric[name].eq(state[name]).any():
            state[name] = str(of_metric[name].value_counts().index[0])
        of_metric = of_metric[of_metric[name].eq(state[name])]
