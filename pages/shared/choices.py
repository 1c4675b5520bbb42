"""The filters at the side: they answer at once and live in the address, all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from pages.shared.asked import BASES, BESTS, FIXED, SEVERAL, STATUSES, load_first_view, read_address, say_unknown
from pages.shared.facets import Facets, load_facets
from pages.shared.presets import choose_preset
from pages.shared.trees import show_tree
from series.bins import Bin
from series.conventions import NAMES as VAGUE_NAMES
from series.filters import Filters
from series.options import By, Options, Spread, Vague
from series.phrases import title_view

NARROWING = ("source", "region", "group", "status", "since", "until")
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_EXPLAINED: Mapping[str, str] = {
    "basis": "new: within the period. cumulative: a running total since a start. stock: people in that state on a "
    "date. They are never mixed on one axis.",
    "best": "Which number stands where several sources count the same thing: their median, the lowest, the highest, "
    "or a source that you prefer. The band shows them all.",
    "vague": "What “dozens” or “40 to 50” count as. "
    + " ".join(f"{name}: {words}." for name, words in VAGUE_NAMES.items()),
    "spread": "Where a count stands whose days lie in several bins: evenly over its days, or at its end.",
    "totals": "new: what a running total grew by counts as new. apart: running totals are left out of new counts.",
    "households": "apart: households are counted by themselves. people: they become people by the average size of a "
    "household in that country.",
    "as_known": "Only what had been published by the end of that day: what was known then.",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader chose: the filters, and the conventions of counting."""

    filters: Filters
    options: Options

    @property
    def width(self) -> Bin:
        """How wide a point of the timeline is."""
        return self.options.width

    @property
    def best(self) -> str:
        """Which number stands where sources differ."""
        return self.options.best

    @property
    def title(self) -> str:
        """What the view counts, in words."""
        filters = self.filters
        return title_view(filters.metric[0], filters.basis[0], filters.unit[0], str(self.width))


def clear_filters() -> None:
    """Let every source, region, group, status and date through again."""
    for name in NARROWING:
        st.session_state[name] = [] if name in SEVERAL else None


def choose(figures: pd.DataFrame) -> Choices:
    """Show the filters and return what is chosen.

    What a widget shows is what stands in the address, so no option is written otherwise than it is called.
    No filter has a default of its own: Streamlit leaves a default out of the address, and a link would then show
    another view where the store has grown. The conventions have fixed ones, and only others stand in the address.
    """
    facets = load_facets()
    read_address(figures, facets)
    with st.sidebar:
        _choose_thing(figures, facets)
        _choose_several("Source", "source", facets.sources, "All sources")
        _choose_several("Region", "region", facets.regions, "All regions")
        show_tree(facets)
        _choose_several("Group", "group", facets.groups, "All groups")
        _choose_several("Status", "status", STATUSES, "All; reported ones count")
        for label in ("Since", "Until"):
            _choose_day(label, label.lower())
        choose_preset(_read_filters())  # below all that it depends on
        _choose_one("Points", "bin", FIXED["bin"])
        with st.expander("Conventions of counting"):
            _choose_conventions(facets)
        st.button("Clear filters", on_click=clear_filters, width="stretch", icon=":material/filter_alt_off:")
    return Choices(_read_filters(), _read_options())


def _choose_thing(figures: pd.DataFrame, facets: Facets) -> None:
    """Choose what is counted: metric, basis and unit."""
    state = st.session_state
    st.selectbox(
        "Metric",
        facets.metrics,
        index=None,
        key="metric",
        on_change=_follow_metric,
        args=(figures,),
        bind="query-params",
    )
    if not state.metric:
        st.rerun()  # going back to a bare address empties the widget; the next run fills it in
    _choose_one("Basis", "basis", BASES)
    units = facets.list_units(state.metric)
    if state.get("unit") not in units:
        state.unit = units[0]
    _choose_one("Unit", "unit", units)


def _choose_one(label: str, key: str, options: Sequence[str]) -> None:
    st.segmented_control(
        label, options, key=key, required=True, bind="query-params", help=_EXPLAINED.get(key), width="stretch"
    )


def _choose_several(label: str, key: str, options: Sequence[str], everything: str) -> None:
    st.multiselect(label, options, key=key, placeholder=everything, bind="query-params")


def _choose_day(label: str, key: str) -> None:
    st.date_input(
        label,
        value=None,
        key=key,
        min_value=EARLIEST,
        max_value=LATEST,
        format="YYYY-MM-DD",
        bind="query-params",
        help=_EXPLAINED.get(key),
    )


def _choose_conventions(facets: Facets) -> None:
    """Choose how claims become numbers; what is usual stands first and is left out of the address."""
    bests = [*BESTS, *facets.sources]
    st.selectbox("Where sources differ", bests, index=None, key="best", bind="query-params", help=_EXPLAINED["best"])
    for label, key in (
        ("Vague words", "vague"),
        ("Longer counts", "spread"),
        ("Running totals", "totals"),
        ("Households", "households"),
    ):
        names = FIXED[key]
        st.selectbox(label, names, key=key, bind="query-params", help=_EXPLAINED[key])
    _choose_day("As known on", "as_known")


def _read_filters() -> Filters:
    state = st.session_state
    one = {name: (state[name],) if state.get(name) else () for name in ("metric", "basis", "unit")}
    several = {name: tuple(state.get(name) or ()) for name in SEVERAL}
    return Filters(since=state.get("since"), until=state.get("until"), **one, **several)


def _read_options() -> Options:
    state = st.session_state
    return Options(
        by=By.SOURCE,
        width=Bin(state.bin or Bin.MONTH),
        best=state.best or "median",
        vague=Vague(state.vague),
        spread=Spread(state.spread),
        statuses=tuple(state.status),
        totals=state.totals == "new",
        households=state.households == "people",
        as_known=state.as_known,
    )


def _follow_metric(figures: pd.DataFrame) -> None:
    """Free the region and the dates of the first view, and change to what the metric just chosen is counted in."""
    state = st.session_state
    of_metric = figures[figures["metric"].eq(state.metric)]
    if of_metric.empty:
        return
    first = load_first_view(figures)
    if state.region == first.get("region"):
        state.region = []
    days = {name: [state[name].isoformat()] if state[name] else None for name in ("since", "until")}
    chosen = Filters(since=state.since, until=state.until)
    if all(days[name] == first.get(name) for name in days) or chosen.apply(of_metric).empty:
        state.update(since=None, until=None)
    for name in ("basis", "unit"):
        if not of_metric[name].eq(state[name]).any():
            state[name] = str(of_metric[name].value_counts().index[0])
        of_metric = of_metric[of_metric[name].eq(state[name])]


def show_unknown(choices: Choices) -> None:
    """Name what the address asked for in vain, for as long as the view is the one that it led to."""
    if not st.session_state.get("unknown"):
        return
    if st.session_state.setdefault("unknown_in", choices) == choices:
        st.warning(say_unknown(st.session_state.unknown))
    else:
        del st.session_state.unknown, st.session_state.unknown_in
