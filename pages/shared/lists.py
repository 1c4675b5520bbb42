"""Long tables on a page: the first rows are shown, what is left out is said, and all of them can be taken away."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.panels import offer_rows
from pages.shared.picked import show_rows
from series.phrases import pluralize

MOST_ROWS = 500
_COLUMNS = {
    "figures": st.column_config.NumberColumn(format="localized"),
    "claims": st.column_config.NumberColumn(format="localized"),
    "first": st.column_config.DateColumn("first report", format="D MMM YYYY"),
    "last": st.column_config.DateColumn("last report", format="D MMM YYYY"),
    "via": st.column_config.TextColumn("passed on by"),
    "copies": st.column_config.NumberColumn(help="Figures in a paper's copy of a text that another printed too."),
    "metrics": st.column_config.TextColumn("counts", help="All that the source counts in the store, not only here."),
    "shared": st.column_config.NumberColumn("events shared", help="Events that another source counts too."),
    "ratio": st.column_config.NumberColumn(
        "to the others",
        format="%.2f",
        help="Its number over the median of the others', in the middle one of its events.",
    ),
}


FindRows = Callable[[pd.DataFrame], pd.DataFrame]
"""What gives the figures behind rows of a table."""


def show_list(
    table: pd.DataFrame,
    what: str,
    filename: str,
    alt: str,
    find: FindRows | None = None,
    *,
    order: Sequence[str] | None = None,
) -> None:
    """Show the first rows of a table and offer all of them as CSV; ``what`` names one row.

    With ``find`` the figures behind the rows that are picked are shown below it. ``order`` is that of the columns on
    the page, where those that matter most should be seen without scrolling.
    """
    shown = table.head(MOST_ROWS)
    look = {"column_config": _COLUMNS, "column_order": order, "alt": alt, "placeholder": ""}
    if find is None:
        st.dataframe(shown, hide_index=True, width="stretch", **look)  # type: ignore[call-overload]  # as above
    elif len(rows := pick_rows(shown, what, **look)):
        show_rows(find(rows), len(rows), what="row")
    left = len(table) - MOST_ROWS
    if left > 0:
        st.caption(f"The first {MOST_ROWS:,} are listed; {left:,} more {pluralize(what, left)} in the CSV.")
    offer_rows(table, what, filename)


def pick_rows(table: pd.DataFrame, name: str, **look: Any) -> pd.DataFrame:
    """Show a table whose rows can be picked, by a click or the space bar, and return those that are.

    It is known by its content: what was picked in another is forgotten.
    """
    content = int(pd.util.hash_pandas_object(table, index=False).sum())
    state = st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        key=f"pick_{name}_{content:x}",
        on_select="rerun",
        selection_mode="multi-row",
        **look,
    )
    return table.iloc[[at for at in state["selection"]["rows"] if at < len(table)]]
