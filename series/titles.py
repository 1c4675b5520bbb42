"""The title of a chart and the words under it, wrapped to what a telephone has room for."""

import textwrap

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types

from series.looks import Look

_LONGEST_TITLE, _LONGEST_SUBTITLE = 44, 58
"""In characters."""


def head_chart(chart: go.Figure, title: str, subtitle: str, look: Look) -> int:
    """Put a title and a subtitle on a chart, and return how many pixels they need above it."""
    words = "<br>".join(textwrap.wrap(subtitle, _LONGEST_SUBTITLE))
    heading = "</b><br><b>".join(textwrap.wrap(title, _LONGEST_TITLE))
    small = {"size": 13, "color": look.faint}
    chart.update_layout(title={"text": f"<b>{heading}</b>", "subtitle": {"text": words, "font": small}})
    return 82 + 16 * words.count("<br>") + 22 * heading.count("<br>")
