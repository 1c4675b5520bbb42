"""A Streamlit page with one Plotly chart and nothing else: what the framework costs."""

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types
import streamlit as st

st.set_page_config(layout="wide")
st.title("Empty")
days = [f"2020-{month:02}-01" for month in range(1, 13)]
st.plotly_chart(go.Figure([go.Scatter(x=days, y=list(range(12)), name="one")]), key="chart")
