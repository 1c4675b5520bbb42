"""Long tables on a page: the first rows are shown, what is left out is said, and all of them can be taken away."""

import pandas as pd
import streamlit as st

from pages.shared.panels import offer_rows
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


def show_list(table: pd.DataFrame, what: str, filename: str, alt: str) -> None:
    """Show the first rows of a table and offer all of them as CSV; ``what`` names one row."""
    st.dataframe(table.head(MOST_ROWS), hide_index=True, width="stretch", column_config=_COLUMNS, alt=alt)
    left = len(table) - MOST_ROWS
    if left > 0:
        st.caption(f"The first {MOST_ROWS:,} are listed; {left:,} more {pluralize(what, left)} in the CSV.")
    offer_rows(table, what, filename)
