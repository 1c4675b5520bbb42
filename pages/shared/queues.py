"""The queue at the side: which figures wait, in which order, one of them open; the address names it."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.choices import Choices
from pages.shared.comparisons import compare
from pages.shared.doors import load_figures, load_view, name_revision
from pages.shared.hits import show_hits
from pages.shared.memories import remember
from pages.shared.views import View, know
from series.filters import Filters
from series.options import USUAL, Options
from series.phrases import name_counted, say_count
from series.queues import EVERYTHING, OPEN, REVIEWED, Order, choose_state, find_place, order_figures
from series.wording import name_day, say_bounds

A_PAGE = 10


def choose_queue(view: View | None) -> pd.DataFrame:
    """Show the search, the order and the state; return the queue, or the figures of the report that is asked for."""
    words = st.text_input("Search the sentences and reports", key="q", bind="query-params", type="search")
    with st.container(horizontal=True):
        order = st.selectbox("First", list(map(str, Order)), key="first", bind="query-params", width=160)
        state = st.selectbox("Show", [OPEN, REVIEWED, EVERYTHING], key="state", bind="query-params", width=130)
    report = st.query_params.get("report")
    found = tuple(show_hits(words)) if words and words.strip() else None
    if report:
        return _order_queue(name_revision(), Filters(), USUAL, order, EVERYTHING, report, found)
    if not view:
        return load_figures().iloc[:0]
    return _order_queue(name_revision(), view.choices.filters, view.choices.options, order, state, None, found)


@remember(8)
def _order_queue(  # all of them are the cache's key
    revision: str,  # noqa: ARG001
    filters: Filters,
    options: Options,
    order: str,
    state: str,
    report: str | None,
    found: tuple[str, ...] | None,
) -> pd.DataFrame:
    """Return the figures that the filters let through, or those of a report, in the order asked for."""
    choices = Choices(filters, options)
    pool = know(load_view(filters), choices)
    if report:
        pool = pool[pool["report"].eq(report)]
    if found is not None:
        pool = pool[pool["id"].isin(found)]
    disputes = compare(choices).find_disputes() if order == Order.DISPUTE else None
    return order_figures(choose_state(pool, state), Order(order), disputes)


def find_open(queue: pd.DataFrame) -> dict[Hashable, Any] | None:
    """Return the figure that the address asks for, in whatever filters it stands, else the first of the queue."""
    asked = st.query_params.get("figure")
    figures = load_figures()
    found = figures[figures["id"].eq(asked)] if asked else queue.head(1)
    if asked and found.empty:
        st.warning(f"No figure {asked} counts now. An older version of its report may have had it.")
        found = queue.head(1)
    rows = found.to_dict("records")
    return rows[0] if rows else None


def open_figure(figure: str | None) -> None:
    """Let the address name the figure that is open."""
    if figure:
        st.query_params["figure"] = figure
    else:
        st.query_params.pop("figure", None)


def find_neighbours(queue: pd.DataFrame, figure: str) -> tuple[str | None, str | None]:
    """Return the figures before and after one in the queue; for one that is not in it, nothing and the first."""
    at = find_place(queue, figure)
    ids = queue["id"]
    if at is None:
        return None, str(ids.iloc[0]) if len(queue) else None
    before = str(ids.iloc[at - 1]) if at else None
    return before, str(ids.iloc[at + 1]) if at + 1 < len(queue) else None


def show_queue(queue: pd.DataFrame, figure: str | None) -> None:
    """Show the page of the queue that the open figure is on; a click opens another."""
    at = find_place(queue, figure)
    st.markdown(
        f"**{say_count(len(queue), 'figure')}** in the queue"
        + (f", this is number {at + 1:,}" if at is not None else "")
    )
    if queue.empty:
        st.caption("Nothing waits here. Show all, or change the filters.")
        return
    first = (at or 0) // A_PAGE * A_PAGE
    rows = queue.iloc[first : first + A_PAGE].to_dict("records")
    ids = [str(row["id"]) for row in rows]
    st.session_state.picked = figure if figure in ids else None
    st.radio(
        "The queue",
        ids,
        key="picked",
        format_func={
            one: name_row(row, first + at) for at, (one, row) in enumerate(zip(ids, rows, strict=True), 1)
        }.get,
        captions=[explain_row(row) for row in rows],
        on_change=_open_picked,
        label_visibility="collapsed",
    )
    left = len(queue) - first - len(rows)
    if left > 0:
        st.caption(f"{left:,} more after these.")


def _open_picked() -> None:
    open_figure(st.session_state.picked)


def name_row(row: dict[Hashable, Any], place: int) -> str:
    """Return a figure as one line: its place in the queue, so that no two read the same, number, what, where."""
    number = say_bounds(row["low"], row["best"], row["high"])
    return f"{place:,} · **{number}** {name_counted(row['metric'], row['unit'])}, {_plain(row['region'])}"


def explain_row(row: dict[Hashable, Any]) -> str:
    """Return who claims a figure and when it was printed, how certain its rule is, and what became of it."""
    sure = f"{row['confidence']:.0%}" if pd.notna(row["confidence"]) else "never measured"
    parts = [_plain(row["claimant"]), name_day(row["published"]), f"rule\N{NO-BREAK SPACE}{sure}"]
    return " · ".join([*parts, row["review"]] if isinstance(row["review"], str) else parts)


def _plain(words: object) -> str:
    """Return words that Markdown leaves as they are."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>()#+-.!|~:$" else letter for letter in str(words))
