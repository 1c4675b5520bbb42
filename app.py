"""Page set-up and navigation of the dashboard, which `server.py` serves."""

from pathlib import Path

import streamlit as st

from pages.shared.asked import load_first_view
from pages.shared.doors import load_figures
from pages.shared.entrances import let_in
from pages.shared.openings import wait_for_store
from pages.shared.roles import find_own_role
from pages.shared.troubles import show_troubles

timeline = st.Page("pages/timeline.py", title="Timeline", icon=":material/timeline:", url_path="timeline")


def lead_on() -> None:
    """Lead from the root to the timeline, which has an address of its own because it is not the default page."""
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    st.switch_page(timeline, query_params=asked or load_first_view(load_figures()))


map_ = st.Page("pages/map.py", title="Map", icon=":material/map:", url_path="map")
sources = st.Page("pages/sources.py", title="Sources", icon=":material/compare_arrows:", url_path="sources")
evidence = st.Page("pages/evidence.py", title="Evidence", icon=":material/fact_check:", url_path="evidence")
download = st.Page("pages/download.py", title="Download", icon=":material/download:", url_path="download")
add = st.Page("pages/add_reports.py", title="Add reports", icon=":material/note_add:", url_path="add_reports")
read = st.Page("pages/read_a_text.py", title="Read a text", url_path="read_a_text", visibility="hidden")
method = st.Page("pages/method.py", title="Method", icon=":material/menu_book:", url_path="method")
door = st.Page(lead_on, title="Who Counts", default=True, visibility="hidden")
icon = Path(__file__).parent / "pages" / "shared" / "icon.svg"
st.set_page_config(page_title="Who Counts", page_icon=icon, layout="wide")
st.session_state.opened_by_app = True
everything = [timeline, map_, sources, evidence, add, download, method, read, door]
page = st.navigation(everything, position="top" if find_own_role() else "hidden")
st.session_state.opened_page = page
if let_in() and wait_for_store():
    with show_troubles():
        page.run()
