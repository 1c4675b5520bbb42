"""Figures on the page: the words over a chart, rows to take away, and the list of figures with their sentences."""

import html
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.doors import load_text
from pages.shared.marks import link, link_figure, mark, point_to_sentence
from series.downloads import write_csv
from series.images import Words
from series.phrases import name_counted, say_count
from series.quotes import split_quote
from series.wording import name_day, say_bounds

FIGURES_A_PAGE = 20
PARAPHRASED = "The sample reports are paraphrases of what is printed at the linked addresses: cite those."


def show_words(words: Words) -> None:
    """Show what a chart counts, as its heading; an image of it carries the same words."""
    said = f'<p class="who-said">{html.escape(words.subtitle)}</p>' if words.subtitle else ""
    st.html(f'<h2 class="who-title">{html.escape(words.title)}</h2>{said}')


def offer_rows(
    table: pd.DataFrame, what: str, filename: str, select: Callable[[pd.DataFrame], pd.DataFrame] = pd.DataFrame
) -> None:
    """Offer exactly the rows of a table as CSV, its columns selected and written when the button is pressed."""
    st.download_button(
        f"Download {say_count(len(table), what)} (CSV)",
        data=lambda: write_csv(select(table)),
        file_name=filename,
        mime="text/csv",
        on_click="ignore",
        key=filename,
        icon=":material/download:",
    )


def show_figures(count: int, load_leaf: Callable[[int], str]) -> None:
    """Show so many figures, a page at a time; ``load_leaf`` gives the HTML of a page by its number, from 1."""
    pages = max(1, -(-count // FIGURES_A_PAGE))
    if st.session_state.get("leaf", 1) > pages:
        st.session_state.leaf = 1
    below = st.container()
    leaf = st.pagination(pages, key="leaf") if pages > 1 else 1
    below.html(load_leaf(int(leaf)))


def write_figures(figures: pd.DataFrame, view: str) -> str:
    """Return the figures as HTML: the sentence with the number marked, what it counts, by whom, printed where.

    ``view`` is the address of the view from which one goes to check them.
    """
    return "".join(_write_figure(row, view) for row in figures.to_dict("records"))


def write_quote(figure: Mapping[Any, Any]) -> str:
    """Return the sentence of a figure as HTML, with the number marked."""
    spoken = split_quote(figure["quote"], load_text(figure["report"]), figure["span_start"], figure["span_end"])
    return html.escape(spoken[0]) + mark(spoken[1]) + html.escape(spoken[2])


def _write_figure(figure: dict[Any, Any], view: str) -> str:
    quote = write_quote(figure)
    count = say_bounds(figure["low"], figure["best"], figure["high"])
    period = "period not stated" if figure["undated"] else _name_period(figure["from"], figure["till"])
    what = [name_counted(figure["metric"], figure["unit"]), count, figure["counted_group"], figure["region"], period]
    if figure["reason"]:
        what.append(f"not counted here: {figure['reason']}")
    title = figure["title"] if isinstance(figure["title"], str) else "report"
    printed = f"{figure['publisher']}, " if isinstance(figure["publisher"], str) else ""
    address = figure["url"] if isinstance(figure["url"], str) else ""
    if not figure.get("paraphrased"):  # a paraphrase does not stand on the page that it paraphrases
        address = point_to_sentence(address, figure["quote"])
    return (
        f'<div class="who-figure{" uncounted" if figure["reason"] else ""}"><q>{quote}</q>'
        f"<p>{html.escape(' · '.join(map(str, what)))}</p>"
        f"<p>Source: <b>{html.escape(figure['claimant'])}</b>. Printed by {html.escape(printed)}"
        f"{name_day(figure['published'])}: {link(address, title)}. "
        f"{link_figure(figure['id'], 'Check it', view)}</p></div>"
    )


def _name_period(since: pd.Timestamp, until: pd.Timestamp) -> str:
    return name_day(until) if since == until else f"{name_day(since)} to {name_day(until)}"
