"""What became of reports: what was saved or counts only once, and what could not be read or kept, with the remedy."""

from collections.abc import Iterable

import streamlit as st

from pages.shared.marks import list_lines
from pages.shared.savings import Saving
from series.phrases import say_count

_MOST_LISTED = 100


def show_saving(saving: Saving) -> None:
    """Say what was saved, what counts once, and what could not be kept."""
    if saving.tally.added or saving.tally.there:
        st.success(f"Saved: {saving.tally}.")
    show_failures(saving.errors, "kept")
    for words in saving.notes:
        st.warning(words)
    if saving.copies:
        st.html(list_lines(f"{say_count(len(saving.copies), 'report')} of one text, counted once:", saving.copies))
    st.page_link("pages/timeline.py", label="Go to the timeline", icon=":material/timeline:")


def show_failures(lines: Iterable[str], done: str) -> None:
    """List what could not be ``done`` (read, kept), each with the reason and the remedy."""
    told = list(dict.fromkeys(lines))
    if not told:
        return
    more = [f"and {len(told) - _MOST_LISTED:,} more"] if len(told) > _MOST_LISTED else []
    if len(told) == 1:
        st.error(told[0])
    else:
        st.error(f"{say_count(len(told), 'thing')} could not be {done}:")
        st.html(list_lines("", told[:_MOST_LISTED] + more))
