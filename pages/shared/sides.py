"""Events on the page: which are shown, in which order, and what each source says of them, with the way to its words."""

import html
from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.comparisons import Compared
from pages.shared.marks import link_figure
from series.event_charts import EVENTS_A_PAGE
from series.event_names import name_event, say_side
from series.phrases import pluralize, say_count
from series.wording import name_day

ORDERS = {"widest gap": "gap", "most times apart": "ratio", "newest": "till", "most sources": "sources"}
_HEAD = ("event", "source", "number", "as of", "to the others", "evidence")


def choose_events(compared: Compared, sources: tuple[str, ...]) -> pd.DataFrame:
    """Show how many events there are and the choice of their order; return those of the page that is open.

    Of the chosen sources' events those that two of them count stand first.
    """
    own = compared.sides[compared.sides["claimant"].isin(sources)] if sources else compared.sides
    chosen = own.groupby("event")["claimant"].nunique().reindex(compared.events.index, fill_value=0)
    events = compared.events.assign(together=chosen.ge(2))[chosen.gt(0)]
    if events.empty:
        return events
    st.markdown(_say_events(events, apart=len(sources) > 1))
    by = st.segmented_control(
        "Order", list(ORDERS), default="widest gap", key="order", required=True, bind="query-params"
    )
    pages = -(-len(events) // EVENTS_A_PAGE)
    if st.session_state.get("events", 1) > pages:
        st.session_state.events = 1
    at = st.pagination(pages, key="events") if pages > 1 else 1
    order = ["together", ORDERS[by or "widest gap"]]
    ordered = events.sort_values(order, ascending=False, kind="stable", na_position="first")
    return ordered.iloc[(at - 1) * EVENTS_A_PAGE : at * EVENTS_A_PAGE]


def _say_events(events: pd.DataFrame, *, apart: bool) -> str:
    """Return how many events there are, in how many sources agree and, ``apart``, how many two chosen ones count."""
    agree, both = int(events["agree"].sum()), int(events["together"].sum())
    said = f"**{say_count(len(events), 'event')}** that several sources count; in {agree:,} their words agree."
    told = f"{both:,} {pluralize('is', both)}" if both else "None is"
    first = ", listed first" if both else ""
    return f"{said} {told} counted by two of the sources chosen{first}." if apart else said


def write_sides(compared: Compared, events: pd.DataFrame, view: str) -> str:
    """Return the sides of the events as an HTML table, each with a link to a figure that says it (``link_figure``)."""
    sides = compared.sides[compared.sides["event"].isin(events.index)]
    figures = compared.figures
    said = figures.loc[figures["claim"].isin(sides["claim"]), ["claim", "id"]].drop_duplicates("claim")
    figure = said.set_index("claim")["id"]
    rows = []
    for number, event in zip(events.index, events.to_dict("records"), strict=True):
        own = sides[sides["event"].eq(number)].sort_values("best", ascending=False, kind="stable")
        head = f'<th scope="rowgroup" rowspan="{len(own)}">{html.escape(name_event(event))}</th>'
        cells = [
            _write_side(side, link_figure(str(figure[side["claim"]]), "read its words", view))
            for side in own.to_dict("records")
        ]
        rows.append(f"<tbody><tr>{head}{'</tr><tr>'.join(cells)}</tr></tbody>")
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEAD)
    return f'<table class="who-table grouped"><thead><tr>{head}</tr></thead>{"".join(rows)}</table>'


def _write_side(side: dict[Hashable, Any], evidence: str) -> str:
    times = f"{side['ratio']:.2f} times, " if pd.notna(side["ratio"]) else ""
    cells = {
        "source": html.escape(str(side["claimant"])),
        "count": html.escape(say_side(side)),
        "period": name_day(side["till"]),
        "ratio": f"{times}{side['verdict']}",
        "evidence": evidence,
    }
    return "".join(f'<td data-of="{name}">{cell}</td>' for name, cell in cells.items())
