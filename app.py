"""Page set-up and navigation of the dashboard: `streamlit run app.py`."""

import streamlit as st

st.set_page_config(page_title="Who Counts", page_icon="pages/shared/icon.svg", layout="wide")
st.session_state.opened_by_app = True
timeline = st.Page("pages/timeline.py", title="Timeline", icon=":material/timeline:", url_path="timeline")
pages = [
    timeline,
    st.Page("pages/read_a_text.py", title="Read a text", icon=":material/ink_highlighter:", url_path="read_a_text"),
    st.Page("pages/method.py", title="Method", icon=":material/menu_book:", url_path="method"),
]
# The default page has no address of its own, so a page that only leads on stands in: /timeline is a link that works.
door = st.Page(
    lambda: st.switch_page(timeline, query_params=st.query_params),
    url_path="home",
    default=True,
    visibility="hidden",
    title="Who Counts",
)
st.navigation([*pages, door], position="top").run()
