"""The filters at the side: they answer at once and live in the address."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from series.bins import Bin
from series.filters import Filters

_NARROWING = ("source", "region", "group", "status", "since", "until")
BASES = ("new", "cumulative", "stock")
_SILENCE = pd.Timedelta(days=270)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader chose: the filters, the width of the bins and the rule for the best number."""

    filters: Filters
    width: Bin
    best: str


def clear_filters() -> None:
    """Let every source, region, group, status and date through again."""
    for name in _NARROWING:
        st.session_state[name] = None if name in {"since", "until"} else []


def suggest_days(figures: pd.DataFrame) -> dict[str, str]:
    """Return the dates to open on, as query parameters: the first view's fullest stretch without a long silence."""
    if figures.empty:
        return {}
    metric, basis, country = _find_fullest(figures)
    first = figures[figures["metric"].eq(metric) & figures["basis"].eq(basis)]
    days = first[first["at_country"].eq(country or "")]["till"].dropna().sort_values()
    episodes = days.groupby(days.diff().gt(_SILENCE).cumsum())
    if episodes.ngroups < 2:  # noqa: PLR2004  # one stretch needs no dates
        return {}
    fullest = episodes.get_group(episodes.size().idxmax())
    return {"since": f"{fullest.min():%Y-%m}-01", "until": f"{fullest.max():%Y-%m-%d}"}


def choose(figures: pd.DataFrame) -> Choices:
    """Show the filters and return what is chosen. At first they stand where the store has most figures to show."""
    metric, basis, country = _find_fullest(figures)
    with st.sidebar:
        metrics = _most_common(figures["metric"])
        st.selectbox(
            "Metric",
            metrics,
            index=metrics.index(metric),
            key="metric",
            on_change=_follow_metric,
            args=(figures,),
            bind="query-params",
        )
        of_metric = figures[figures["metric"].eq(st.session_state.metric)]
        st.segmented_control(
            "Basis",
            BASES,
            default=basis if st.session_state.metric == metric else _most_common(of_metric["basis"])[0],
            key="basis",
            required=True,
            bind="query-params",
            help="new: within the period. cumulative: a running total since a start. stock: people in that state on "
            "a date. They are never mixed on one axis.",
        )
        units = _most_common(of_metric["unit"])
        if len(units) > 1:
            st.segmented_control("Unit", units, key="unit", default=units[0], required=True, bind="query-params")
        _choose_several("Source", "source", _most_common(figures["claimant"]), "All sources")
        _choose_several("Region", "region", _list_regions(figures), "All regions", default=country)
        _choose_several("Group", "group", _most_common(figures["counted_group"]), "All groups")
        _choose_days()
        st.segmented_control(
            "By", list(map(str, Bin)), default="month", key="bin", required=True, bind="query-params", width="stretch"
        )
        best = st.selectbox(
            "Where sources differ",
            ["median", "lowest", "highest"],
            key="best",
            bind="query-params",
            help="Which number stands for a region when several sources count the same thing. The band shows them all.",
        )
        statuses = ["reported", "unverified", "projected", "denied"]
        _choose_several("Status", "status", statuses, "All; reported ones count")
        st.button("Clear filters", on_click=clear_filters, width="stretch", icon=":material/filter_alt_off:")
    return Choices(_read_filters(units), Bin(st.session_state.bin or "month"), best or "median")


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


def _read_filters(units: list[str]) -> Filters:
    state = st.session_state
    unit = state.get("unit") if state.get("unit") in units else None
    return Filters(
        metric=(state.metric,) if state.metric else (),
        basis=(state.basis,) if state.basis else (),
        unit=(unit,) if unit else tuple(units[:1]),
        since=state.since,
        until=state.until,
        **{name: tuple(state[name]) for name in ("source", "region", "group", "status")},
    )


def _choose_several(label: str, key: str, options: list[str], everything: str, default: str | None = None) -> None:
    chosen = [default] if default in options else []
    st.multiselect(label, options, default=chosen, key=key, placeholder=everything, bind="query-params")


def _find_fullest(figures: pd.DataFrame) -> tuple[str, str, str | None]:
    """Return the metric, basis and country that have most figures together."""
    counts = figures.groupby(["metric", "basis", "at_country"], dropna=False).size()
    metric, basis, country = counts.sort_values(ascending=False, kind="stable").index[0]
    return metric, basis, None if pd.isna(country) else country


def _follow_metric(figures: pd.DataFrame) -> None:
    """Change to the basis that has most figures of the metric just chosen, and to all dates where these have none."""
    of_metric = figures[figures["metric"].eq(st.session_state.metric)]
    if Filters(since=st.session_state.since, until=st.session_state.until).apply(of_metric).empty:
        st.session_state.update(since=None, until=None)
    if not of_metric["basis"].eq(st.session_state.basis).any():
        st.session_state.basis = _most_common(of_metric["basis"])[0]


def _list_regions(figures: pd.DataFrame) -> list[str]:
    names = [name for level in ("at_country", "at_admin1", "at_place") for name in _most_common(figures[level])]
    return list(dict.fromkeys(names))


def _most_common(column: "pd.Series[str]") -> list[str]:
    return [str(value) for value in column.value_counts().index]
