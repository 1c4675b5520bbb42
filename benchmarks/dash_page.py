"""The timeline in Dash: the same figures, series and chart, with a key number, the sources to click and a list.

It is run by the benchmark: ``python -m benchmarks.dash_page PORT QUERY``, with the store in WHO_COUNTS_DATABASE.
"""

import sys
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
from dash import Dash, Input, Output, dcc, html  # type: ignore[import-not-found,unused-ignore]

import store
from series.charts import chart_by_source
from series.claims import find_claims, number_claims
from series.figures import prepare_figures
from series.filters import Filters
from series.images import Words
from series.looks import LIGHT
from series.options import USUAL
from series.timelines import draw_points

MOST_SOURCES, MOST_FIGURES = 8, 20
VIEW = Filters.from_query(parse_qs(sys.argv[2]))
FIGURES = prepare_figures(store.read_figures(store.connect()))
ALL = "All sources"
app = Dash(__name__, serve_locally=True)


def choose(source: str) -> Filters:
    """Return the filters of a click."""
    return VIEW if source == ALL else replace(VIEW, source=(source,))


@lru_cache(maxsize=64)
def load_view(filters: Filters) -> pd.DataFrame:
    """Return the figures that the filters let through."""
    return filters.apply(FIGURES)


@lru_cache(maxsize=64)
def load_points(filters: Filters) -> pd.DataFrame:
    """Return the points of the main chart."""
    return filters.clip(draw_points(load_view(filters.without_days()), USUAL))


@app.callback(Output("chart", "figure"), Input("only", "value"))  # type: ignore[untyped-decorator,unused-ignore]
def draw(source: str) -> Any:
    """Return the main chart."""
    words = Words("Timeline", source, ())
    return chart_by_source(load_points(choose(source)), words=words, width=USUAL.width, look=LIGHT)


@app.callback(Output("keys", "children"), Input("only", "value"))  # type: ignore[untyped-decorator,unused-ignore]
def count(source: str) -> str:
    """Return the key numbers."""
    view = load_view(choose(source))
    claims = find_claims(number_claims(view), options=USUAL)
    return f"{len(view):,} figures, {int(claims['reason'].eq('').sum()):,} claims"


@app.callback(Output("list", "children"), Input("only", "value"))  # type: ignore[untyped-decorator,unused-ignore]
def list_figures(source: str) -> list[Any]:
    """Return the newest figures."""
    rows = load_view(choose(source)).sort_values(["till", "published"], ascending=False, kind="stable")
    rows = rows.head(MOST_FIGURES)
    return [html.P(f"{quote} {claimant}") for quote, claimant in zip(rows["quote"], rows["claimant"], strict=True)]


names = [ALL, *load_view(VIEW)["claimant"].value_counts().index[:MOST_SOURCES]]
app.layout = html.Main(
    [
        html.H1("Timeline"),
        dcc.RadioItems([str(name) for name in names], ALL, id="only", inline=True),
        html.P(id="keys"),
        dcc.Graph(id="chart"),
        html.Div(id="list"),
    ]
)

if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)
