"""The filters at the side: they answer at once and live in the address, each in a part of the page of its own."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pages.shared.asked import BASES, BESTS, FIXED, STATUSES
from pages.shared.choices import read_filters
from pages.shared.days import ask_day
from pages.shared.facets import Facets, load_facets
from pages.shared.follows import clear_filters, complete_day, follow, follow_metric, follow_region
from pages.shared.parts import show_part
from pages.shared.presets import show_presets
from pages.shared.trees import show_tree
from series.conventions import NAMES as VAGUE_NAMES

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


def show_controls() -> None:
    """Show the filters; what they hold is read by ``choices.read_choices``.

    What a widget shows is what stands in the address, so no option is written otherwise than it is called.
    No filter has a default of its own: Streamlit leaves a default out of the address, and a link would then show
    another view where the store has grown. The conventions have fixed ones, and only others stand in the address.
    """
    facets = load_facets()
    with st.sidebar:
        _choose_thing(facets)
        for part in (source, region, group, status, days, preset, width, conventions):
            show_part(part)
        st.button("Clear filters", on_click=clear_filters, width="stretch", icon=":material/filter_alt_off:")


def source() -> None:
    """Choose sources, by their first letters."""
    _choose_several("Source", load_facets().sources, "All sources")


def region() -> None:
    """Choose regions, by their first letters or in the tree."""
    facets = load_facets()
    _choose_several("Region", facets.regions, "All regions", follow_region)
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
    st.selectbox("Metric", facets.metrics, index=None, key="metric", on_change=follow_metric, bind="query-params")
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
    ask_day(label, key, bind="query-params", help=_EXPLAINED.get(key), on_change=complete_day, args=(key,))
