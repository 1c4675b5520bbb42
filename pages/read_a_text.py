"""The old address of the page that reads a pasted text, which leads to Add reports."""

import streamlit as st

from pages.shared.doors import open_page

open_page()
st.switch_page("pages/add_reports.py")
