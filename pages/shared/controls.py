"""The filters at the side: they answer at once and live in the address, each in a part of the page of its own."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from pages.shared.asked import BASES, BESTS, DAYS, FIXED, SEVERAL, STATUSES, load_first_view, read_address
from pages.shared.choices import NARROWING, read_filters
from pages.shared.days import ask_day, read_day
from pages.shared.doors import load_figures
from pages.shared.facets import Facets, load_facets
from pages.shared.parts import redraw, show_part
from pages.shared.presets import show_presets
from pages.shared.trees import show_tree
from series.conventions import NAMES as VAGUE_NAMES
from series.filters import Filters

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
_CONVENTIONS = {
    "vague": "Vague words",
    "spread": "Longer counts",
    "totals": "Running totals",
    "households": "Households",
}


def show_controls(figures: pd.DataFrame) -> None:
    """Show the filters; what they hold is read by ``choices.read_choices``.

    What a widget shows is what stands in the address, so no option is written otherwise than it is called.
    No filter has a default of its own: Streamlit leaves a default out of the address, and a link would then show
    another view where the store has grown. The conventions have fixed ones, and only others stand in the address.
    """
    facets = load_facets()
    read_address(figures, facets)
    with st.sidebar:
        _choose_thing(facets)
        for part in (source, region, group, status, days, preset, width, conventions):
            show_part(part)
        st.button("Clear filters", on_click=clear_filters, width="stretch", icon=":material/filter_alt_off:")


def follow(**changes: object) -> None:
    """Draw the page anew after a change of filters, with the boxes at the side that show it; ends a callback.

    ``changes`` are the new values of filters other than the one whose own callback this is.
    """
    shown = {"since": days, "until": days, **dict.fromkeys(("best", *_CONVENTIONS, "as_known"), conventions)}
    own = {one.__name__: one for one in (source, region, group, status)}
    redraw(dict.fromkeys([*((shown | own)[name].__name__ for name in changes), preset.__name__]), changes)


def clear_filters() -> None:
    """Let every source, region, group, status and date through again."""
    for name in NARROWING:
        st.session_state[name] = [] if name in SEVERAL else None


def source() -> None:
    """Choose sources, by their first letters."""
    _choose_several("Source", load_facets().sources, "All sources")


def region() -> None:
    """Choose regions, by their first letters or in the tree."""
    facets = load_facets()
    _choose_several("Region", facets.regions, "All regions", _follow_region)
    show_tree(facets, lambda chosen: follow(region=chosen))


def group() -> None:
    """Choose who was counted."""
    _choose_several("Group", load_facets().groups, "All groups")


def status() -> None:
    """Choose what is said of how sure a claim is."""
    _choose_several("Status", STATUSES, "All; reported ones count")


def days() -> None:
    """Choose the first and the last day."""
    for column, name in zip(st.columns(2, gap="small"), ("Since", "Until"), strict=True):
        with column:
            _choose_day(name, name.lower())


def preset() -> None:
    """Choose the last month, quarter or year."""
    show_presets(read_filters(), follow)


def width() -> None:
    """Choose how wide a point is."""
    _choose_one("Points", "bin", FIXED["bin"], on_change=follow)


def conventions() -> None:
    """Choose how claims become numbers; what is usual stands first and is left out of the address."""
    with st.expander("Conventions of counting", on_change="ignore"):
        bests = [*BESTS, *load_facets().sources]
        _choose_convention("Where sources differ", "best", bests, index=None)
        for key, label in _CONVENTIONS.items():
            _choose_convention(label, key, FIXED[key])
        _choose_day("As known on", "as_known")


def _choose_thing(facets: Facets) -> None:
    """Choose what is counted: metric, basis and unit. All else depends on it, and so the whole page runs."""
    state = st.session_state
    st.selectbox("Metric", facets.metrics, index=None, key="metric", on_change=_follow_metric, bind="query-params")
    if not state.metric:
        st.rerun()  # going back to a bare address empties the widget; the next run fills it in
    _choose_one("Basis", "basis", BASES)
    units = facets.list_units(state.metric)
    if state.get("unit") not in units:
        state.unit = units[0]
    _choose_one("Unit", "unit", units)


def _choose_one(label: str, key: str, options: Sequence[str], on_change: object = None) -> None:
    st.segmented_control(
        label,
        options,
        key=key,
        required=True,
        bind="query-params",
        help=_EXPLAINED.get(key),
        width="stretch",
        on_change=on_change,  # type: ignore[call-overload]  # a callback or none
    )


def _choose_several(label: str, options: Sequence[str], everything: str, then: Callable[[], None] = follow) -> None:
    st.multiselect(label, options, key=label.lower(), placeholder=everything, bind="query-params", on_change=then)


def _follow_region() -> None:
    """Let the region that came last take the place of those around it and in it, beside which it changes nothing."""
    *others, last = st.session_state.region or [""]
    paths = load_facets().paths
    apart = [one for one in others if one not in paths.get(last, ()) and last not in paths.get(one, ())]
    if len(apart) < len(others):
        follow(region=[*apart, last])
    follow()


def _choose_convention(label: str, key: str, options: Sequence[str], **more: int | None) -> None:
    st.selectbox(
        label,
        options,
        key=key,
        bind="query-params",
        help=_EXPLAINED[key],
        on_change=follow,
        **more,  # type: ignore[call-overload]
    )


def _choose_day(label: str, key: str) -> None:
    ask_day(label, key, bind="query-params", help=_EXPLAINED.get(key), on_change=_complete, args=(key,))


def _complete(key: str) -> None:
    """Write the day out that was written into a box; what is no day is taken out of it, and said."""
    words = st.session_state[key]
    day = read_day(words, last=key != "since")
    if words and day is None:
        st.toast(f"{words} is no day; shown without it.")
    follow(**{key: day.isoformat() if day else None})


def _follow_metric() -> None:
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
