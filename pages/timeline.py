"""Timeline: the claims of all sources side by side, charted by source and by region, with the figures behind them."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared.choices import Choices
from pages.shared.keys import count_keys, list_keys, name_span
from pages.shared.marks import note
from pages.shared.panels import PARAPHRASED, choose_look, offer_rows, show_chart, show_figures
from pages.shared.views import View, open_view
from series.charts import chart_by_region, chart_by_source
from series.claims import find_claims, number_claims
from series.downloads import select_figures
from series.lines import choose_lines, describe_chart
from series.looks import MOST_LINES
from series.phrases import pluralize, say_left_out
from series.timelines import COLUMNS, By, choose_level, draw_points
from series.wording import BOUNDS_CAPTION, caption_comparing, caption_counting, name_filters


def make_rows(view: pd.DataFrame, choices: Choices, by: By) -> pd.DataFrame:
    """Return the points of one chart; of regions those of one level."""
    filters = choices.filters
    rows = filters.clip(draw_points(view, replace(choices.options, by=by)))
    return rows[rows["region_level"].eq(choose_level(rows))] if by is By.REGION else rows


def show_line(rows: pd.DataFrame, choices: Choices, by: By) -> None:
    """Show one chart with its captions and the download of its rows."""
    filters, width = choices.filters, choices.width
    if rows.empty:
        st.caption(f"No counted claim of this view has a {by}; what was found is listed below.")
        return
    line, title = str(by), choices.title
    draw = chart_by_source if by is By.SOURCE else chart_by_region
    chart = draw(rows, title=title, subtitle=f"By {by}. {name_filters(filters)}", width=width, look=choose_look())
    image = filters.name_file(f"{width}-by-{line}", "png").removesuffix(".png")
    show_chart(chart, f"chart_{line}", alt=describe_chart(rows, line, width, f"{title}, by {by}"), filename=image)
    who = "Each line is one source." if by is By.SOURCE else caption_comparing(choices.best, filters.basis[0])
    left = rows[line].nunique() - len(choose_lines(rows, line))
    most = f"The {MOST_LINES} with most claims are drawn; {say_left_out(left)}" if left else ""
    st.html(note(f"{who} {most}"))
    with st.expander(f"The rows of this chart ({len(rows):,})"):
        st.dataframe(rows[COLUMNS], hide_index=True, width="stretch")
        offer_rows(rows[COLUMNS], "row", filters.name_file(f"timeline-{width}-by-{line}", "csv"))


def show_view(shown: View) -> None:
    """Show what is in the view: key numbers, the two charts, the captions, the figures."""
    choices, view = shown.choices, shown.figures
    filters = choices.filters
    numbered = number_claims(view)
    claims = find_claims(numbered, options=choices.options)
    rows = {by: make_rows(shown.of_all_days, choices, by) for by in (By.SOURCE, By.REGION)}
    st.html(list_keys(count_keys(view, claims), *name_span(rows[By.SOURCE], filters)))
    for by, points in rows.items():
        show_line(points, choices, by)
    st.html(note(f"{caption_counting(filters.basis[0], choices.width)} {BOUNDS_CAPTION}"))
    st.subheader(f"The {pluralize('figure', len(view))} behind it ({len(view):,})")
    if view["paraphrased"].any():
        st.html(note(PARAPHRASED))
    offer_rows(select_figures(view), "figure", filters.name_file("figures", "csv"))
    show_figures(numbered.merge(claims[["claim", "reason"]], on="claim"))


view = open_view("Timeline")
if view:
    show_view(view)
