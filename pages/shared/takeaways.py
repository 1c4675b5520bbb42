"""What can be taken away from a view: tables, the chart bundle, and the addresses that give them again."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st

from pages.shared.choices import Choices
from pages.shared.doors import load_figures, load_ledger, name_revision
from pages.shared.drawn import load_points
from pages.shared.kinds import KINDS, Plot
from pages.shared.mapped import load_map
from pages.shared.memories import remember
from pages.shared.plotted import draw_plot, find_named, write_words
from pages.shared.views import View, know
from series.bases import list_bases
from series.breakdowns import choose_breakdown
from series.bundles import describe_bundle, pack_bundle, write_readme
from series.charts import Chart
from series.filters import Filters
from series.images import Words
from series.looks import Look
from series.options import By, Options
from series.pictures import NO_BROWSER, PictureError, draw_pictures, find_browser
from series.tables import Table, make_table
from series.timelines import COLUMNS

BUNDLES = (*KINDS, "map")
"""The charts that a bundle may hold."""

FORMATS = ("png", "svg", "pdf")
API = {Table.FIGURES: "api/figures", Table.ESTIMATES: "api/estimates"}


def load_table(name: str, choices: Choices, options: Options) -> pd.DataFrame:
    """Return the table of a view by its name (``series.tables.Table``)."""
    return _load_table(name_revision(), name, choices.filters, options)


@remember(8, "Making the table")
def _load_table(revision: str, name: str, filters: Filters, options: Options) -> pd.DataFrame:  # noqa: ARG001  # the cache's key
    return make_table(know(load_figures(), Choices(filters, options)), name, filters, options)


def find_address(path: str, choices: Choices, **more: str) -> str:
    """Return the whole address of a page on this server, for this view."""
    parts = urlsplit(st.context.url or "http://127.0.0.1:8501/")
    query = urlencode(choices.to_query() | {name: [value] for name, value in more.items()}, doseq=True)
    return f"{parts.scheme}://{parts.netloc}/{path}?{query}"


def find_data(table: Table, choices: Choices, by: str) -> str | None:
    """Return the whole address of the data API for a table of this view; None where the API does not serve it."""
    if table not in API:
        return None
    if table is Table.ESTIMATES:
        return find_address(API[table], choices, by=by)
    known = choices.options.as_known
    plain = Choices(choices.filters, Options(as_known=known))
    whole, _, query = find_address(API[table], plain).partition("?")
    kept = [pair for pair in query.split("&") if not pair.startswith("bin=")]
    return f"{whole}?{'&'.join(kept)}"


def say_bundle() -> str:
    """Return the words of the button of the bundle: without a browser on the server it has no pictures."""
    return (
        "Chart bundle: PNG, SVG, PDF, data, README (ZIP)" if find_browser() else "Chart bundle without pictures (ZIP)"
    )


def make_bundle(view: View, kind: str, address: str, look: Look) -> bytes:
    """Return the bundle of one of ``BUNDLES``; where no picture can be drawn the README says so.

    ``address`` leads to the same view, and ``look`` has the reader's colours: a button that is pressed knows neither.
    """
    chart, words, rows, options = _draw(view, kind, look)
    note, pictures = "", {}
    try:
        pictures = draw_pictures(chart, FORMATS) if chart and find_browser() else {}
        note = "" if pictures else NO_BROWSER
    except PictureError as error:
        note = str(error)
    behind = list_bases(load_ledger(options.as_known), view.choices.filters, options)
    readme = write_readme(words, rows, behind, address=address, note=note)
    described = describe_bundle(rows[COLUMNS], behind, view.choices.filters, options)
    return pack_bundle(pictures, rows[COLUMNS], behind, readme=readme, described=described)


def _draw(view: View, kind: str, look: Look) -> tuple[Chart | None, Words, pd.DataFrame, Options]:
    """Return a chart with its words, its rows and its options; of new counts a map shows them added up."""
    by = KINDS.get(kind, By.REGION)
    plot = Plot(kind, added=False, options=replace(view.choices.options, by=by))
    if kind == "map":
        drawn = load_map(view, added=view.choices.filters.basis == ("new",), opened="", look=look)
        if drawn:
            return drawn.chart, drawn.words, drawn.points, plot.options
        plot = replace(plot, kind="regions")
    rows = load_points(view.choices.filters, plot.options)
    named = find_named(plot, rows)
    words = write_words(view, plot, rows, named, datetime.now(UTC).date())
    empty = rows.empty or (kind == "groups" and choose_breakdown(rows) is None)
    return None if empty else draw_plot(plot, rows, named, words, look), words, rows, plot.options
