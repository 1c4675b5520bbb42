"""Charts and figures on the page: a chart with its downloads, and the list of figures with their sentences."""

import html
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.doors import load_text
from pages.shared.marks import link, link_figure, mark, point_to_sentence
from series.downloads import write_csv
from series.images import HEIGHT, WIDTH, Words
from series.looks import DARK, LIGHT, Look
from series.phrases import name_counted, say_count
from series.quotes import split_quote
from series.wording import name_day, say_bounds

FIGURES_A_PAGE = 20
PARAPHRASED = "The sample reports are paraphrases of what is printed at the linked addresses: cite those."
_IMAGES = st.components.v2.component(
    "chart_images",
    html='<div class="images"><button data-format="png">PNG</button><button data-format="svg">SVG</button></div>',
    js=Path(__file__).with_name("images.js").read_text(encoding="utf-8"),
    css=Path(__file__).with_name("images.css").read_text(encoding="utf-8"),
)


def choose_look() -> Look:
    """Return the colours for the theme that the reader sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def show_chart(chart: Mapping[str, Any], key: str, *, alt: str, filename: str, select: bool = False) -> list[list[Any]]:
    """Show a chart with buttons that save it as PNG and SVG in the browser, under a name that says what it is.

    With ``select`` a click or a lasso picks marks: their ``customdata`` is returned.
    """
    layout = chart["layout"]
    meta = (layout["meta"] if "meta" in layout else None) or {}  # noqa: SIM401  # a Plotly layout has no get
    height = meta.get("image", {}).get("height", HEIGHT)
    image = {"format": "png", "filename": filename, "width": WIDTH, "height": height, "scale": 2}
    lasso = ["lasso2d", "select2d"] if select else []
    tools = ["zoom2d", "pan2d", *lasso, "resetScale2d", "toImage"]
    if any(trace["type"] == "choropleth" for trace in chart["data"]):
        tools = ["zoomInGeo", "zoomOutGeo", *lasso[:1], "resetGeo", "toImage"]
    config = {
        "topojsonURL": "/app/static/topojson/",  # a map asks for it even where it draws its own shapes
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [tools],
        "toImageButtonOptions": image,
        "scrollZoom": False,
    }
    picked = st.plotly_chart(
        chart, key=key, theme=None, config=config, alt=alt, on_select="rerun" if select else "ignore"
    )
    _IMAGES(key=f"{key}_images", data={"chart": f"st-key-{key}"})
    points = picked.selection.points if select else []  # type: ignore[union-attr]  # with selection it is a state
    return [list(point["customdata"]) for point in points if point.get("customdata")]


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


def write_figures(figures: pd.DataFrame) -> str:
    """Return the figures as HTML: the sentence with the number marked, what it counts, by whom, printed where."""
    return "".join(_write_figure(row) for row in figures.to_dict("records"))


def _write_figure(figure: dict[Any, Any]) -> str:
    spoken = split_quote(figure["quote"], load_text(figure["report"]), figure["span_start"], figure["span_end"])
    quote = html.escape(spoken[0]) + mark(spoken[1]) + html.escape(spoken[2])
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
        f"{name_day(figure['published'])}: {link(address, title)}. {link_figure(figure['id'], 'Check it')}</p></div>"
    )


def _name_period(since: pd.Timestamp, until: pd.Timestamp) -> str:
    return name_day(until) if since == until else f"{name_day(since)} to {name_day(until)}"
