"""Timeline: the claims of all sources side by side, charted by source and by region, with the figures behind them."""

import pandas as pd
import streamlit as st

from pages.shared.choices import Choices, choose, clear_filters
from pages.shared.doors import load_figures, open_page
from pages.shared.marks import list_keys, note
from pages.shared.panels import choose_look, offer_rows, show_chart, show_figures
from series.charts import chart_by_region, chart_by_source, choose_lines, describe_chart
from series.claims import find_claims, number_claims
from series.downloads import select_figures
from series.timelines import By, choose_level, make_timeline
from series.wording import BOUNDS_CAPTION, caption_comparing, caption_counting, name_day, name_filters, name_metric


def show_empty(figures: pd.DataFrame, choices: Choices) -> None:
    """Say that nothing is shown, and offer the way back."""
    metric, basis = choices.filters.metric, choices.filters.basis
    st.info(f"Nothing in the store matches: {' '.join([*metric, *basis])}. {name_filters(choices.filters)}")
    others = figures[figures["metric"].isin(metric)]["basis"].value_counts()
    if len(others):
        words = ", ".join(f"{count} figures as {name}" for name, count in others.items())
        st.caption(f"Of {metric[0]}, without the other filters, there are {words}.")
    st.button("Clear the filters and show what there is", on_click=clear_filters, type="primary", key="way_back")


def show_line(view: pd.DataFrame, choices: Choices, by: By) -> None:
    """Show one chart with its captions and the download of its rows."""
    filters, width = choices.filters, choices.width
    rows = filters.clip(make_timeline(view, by=by, width=width, best=choices.best, statuses=filters.status))
    if by is By.REGION:
        rows = rows[rows["region_level"].eq(choose_level(rows))]
    if rows.empty:
        st.caption(f"No counted claim of this view has a {by}; what was found is listed below.")
        return
    line, drawn = str(by), choose_lines(rows, str(by))
    metric, basis = filters.metric[0], filters.basis[0]
    title = f"{name_metric(metric).capitalize()} ({basis}) by {width}, by {line}"
    draw = chart_by_source if by is By.SOURCE else chart_by_region
    chart = draw(rows, title=title, subtitle=name_filters(filters), width=width, look=choose_look())
    image = filters.name_file(f"{width}-by-{line}", "png").removesuffix(".png")
    show_chart(chart, f"chart_{line}", alt=describe_chart(rows, line, width), filename=image)
    left = rows[line].nunique() - len(drawn)
    more = f" The {len(drawn)} {line}s with most claims are drawn; {left} more are in the table." if left else ""
    who = "Each line is one source." if by is By.SOURCE else caption_comparing(choices.best)
    st.html(note(who + more))
    with st.expander(f"The rows of this chart ({len(rows)})"):
        st.dataframe(rows, hide_index=True, width="stretch")
        offer_rows(rows, "rows", filters.name_file(f"timeline-{width}-by-{line}", "csv"))


def show_view(view: pd.DataFrame, choices: Choices) -> None:
    """Show what is in the view: key numbers, the two charts, the captions, the figures."""
    filters = choices.filters
    numbered = number_claims(view)
    claims = find_claims(numbered, statuses=filters.status)
    counted = claims[claims["reason"].eq("")]
    keys: dict[str, object] = {
        "figures": len(view),
        "claims counted": len(counted),
        "sources": view["claimant"].nunique(),
    }
    keys |= {"publishers": view["publisher"].nunique(), "reports": view["report"].nunique()}
    keys |= {"from": name_day(counted["from"].min()), "to": name_day(counted["till"].max())}
    st.html(list_keys(keys))
    if view["paraphrased"].any():
        st.html(note("Some of these reports are paraphrases, in our own words, of facts cited at their addresses."))
    show_line(view, choices, By.SOURCE)
    show_line(view, choices, By.REGION)
    st.html(note(caption_counting(filters.basis[0], filters.metric[0], choices.width) + " " + BOUNDS_CAPTION))
    st.subheader(f"The figures behind it ({len(view)})")
    offer_rows(select_figures(view), "figures", filters.name_file("figures", "csv"))
    show_figures(numbered.merge(claims[["claim", "reason"]], on="claim"))


open_page()
st.title("Timeline")
figures = load_figures()
if figures.empty:
    st.info("The store is empty. Read a text, or add reports with: python -m reports add PATH")
    st.page_link("pages/read_a_text.py", label="Read a text")
else:
    choices = choose(figures)
    view = choices.filters.apply(figures)
    if view.empty:
        show_empty(figures, choices)
    else:
        show_view(view, choices)
