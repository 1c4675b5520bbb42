"""The first minute: a story above the chart, and a tour in four steps, which a click takes away."""

import html

import streamlit as st

from pages.shared.choices import Choices
from series.stories import find_story

_STEPS = (
    (
        "Ask one source",
        "Click a name under “Only one source”: its line stands alone. A second click goes back.",
    ),
    ("Doubt a point", "Click it, or draw a lasso around several: the sentences behind it appear beside the chart."),
    (
        "Change the rule",
        "In “Conventions of counting”: what “dozens” is, which number stands where sources differ.",
    ),
    ("Take it away", "Save the chart, or open “Download”. The address of this page is the view: send it."),
)


def show_story(choices: Choices) -> None:
    """Tell the story of the view, if it has one, with the tour; until the reader closes it."""
    story = find_story(choices.filters)
    if story is None or st.session_state.get("tour_closed"):
        return
    with st.container(border=True, key="story"):
        st.html(f'<h2 class="who-story">{html.escape(story.title)}</h2><p>{html.escape(story.text)}</p>')
        steps = "".join(f"<li><b>{html.escape(what)}.</b> {html.escape(how)}</li>" for what, how in _STEPS)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<details><summary>A tour in four steps</summary><ol class="who-steps">{steps}</ol></details>')
            st.page_link("pages/add_reports.py", label="Paste a report of your own", icon=":material/note_add:")
            st.button("Close", on_click=_close, key="close_tour", icon=":material/close:", type="tertiary")


def _close() -> None:
    st.session_state.tour_closed = True
