"""What a search of the sentences and reports finds: the reports are listed, the figures narrow the queue."""

import pandas as pd
import streamlit as st

import store
from pages.shared.doors import name_revision, open_store
from series.phrases import say_count
from series.wording import name_day

_LISTED, _MOST = 10, 200


def show_hits(words: str) -> list[str]:
    """Show the reports that hold the words, and return the figures whose sentence does."""
    found, reports = _search(name_revision(), words.strip())
    more = " or more" if len(reports) == _MOST else ""
    if reports:
        with st.expander(f"{say_count(len(reports), 'report')}{more} with these words"):
            for hit in reports[:_LISTED]:
                day = name_day(pd.Timestamp(hit.published)) if hit.published else "no date"
                label = f"{hit.publisher or 'publisher unknown'}, {day}: {hit.title or 'report'}"
                st.page_link("pages/evidence.py", label=label, query_params={"report": hit.report})
    else:
        st.caption("No report holds all these words.")
    return [hit.figure for hit in found if hit.figure]


@st.cache_data(max_entries=64, show_spinner="Searching")
def _search(revision: str, words: str) -> tuple[list[store.Hit], list[store.Hit]]:  # noqa: ARG001  # cache key
    database = open_store()
    return store.search_quotes(database, words, limit=_MOST), store.search_reports(database, words, limit=_MOST)
