"""The main chart of a view, drawn once for everybody who looks at it: its words and which lines it has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from pages.shared.boards import Sheet, choose_look, make_sheet
from pages.shared.doors import name_revision
from pages.shared.drawn import load_points
from pages.shared.kinds import Plot
from pages.shared.memories import remember
from pages.shared.views import View
from series.accruals import add_up
from series.breakdowns import choose_breakdown
from series.captions import write_footer
from series.charts import Chart, chart_by_region, chart_by_source
from series.filters import Filters
from series.images import Words
from series.lines import choose_lines, describe_chart, part_unverified, say_lines, say_usual
from series.looks import MOST_LINES, Look
from series.panels import MOST_PANELS, chart_panels, chart_stack
from series.ranges import list_ends
from series.wording import name_day, name_filters

_SAID = {"sources": "By source", "regions": "By region", "small multiples": "By region", "groups": "By group, stacked"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart ready to be shown, with the words around it and below it, and what it says to who cannot see it."""

    sheet: Sheet
    words: Words
    alt: str


def load_chart(view: View, plot: Plot, points: pd.DataFrame) -> Drawn:
    """Return the chart of a view, drawn once for everybody who looks at it in the same colours on the same day."""
    today = datetime.now(UTC).date()
    return _load_chart(name_revision(), view.choices.filters, plot, choose_look(), today, view, points)


@remember(128)
def _load_chart(
    revision: str,  # noqa: ARG001  # a part of the cache's key
    filters: Filters,  # noqa: ARG001
    plot: Plot,
    look: Look,
    today: date,
    _view: View,
    _points: pd.DataFrame,
) -> Drawn:
    rows, named = add_up(_points) if plot.added else _points, find_named(plot, _points)
    words = write_words(_view, plot, rows, named, today)
    alt = describe_chart(
        _keep_drawn(plot, rows, named), plot.line, plot.options.width, f"{words.title}. {words.subtitle}"
    )
    return Drawn(make_sheet(draw_plot(plot, rows, named, words, look)), words, alt)


def find_named(plot: Plot, points: pd.DataFrame) -> tuple[str, ...]:
    """Return the lines that a chart may not leave out: those of the first key number, else that with the most."""
    ends = list_ends(part_unverified(points, plot.line), plot.line)
    return tuple(ends if plot.kind == "sources" else ends[:1])


def write_words(view: View, plot: Plot, rows: pd.DataFrame, named: tuple[str, ...], today: date) -> Words:
    """Return the words around the chart; below it first which lines are drawn."""
    filters = view.choices.filters
    title = view.choices.title
    if plot.added:
        title = title.replace(f"new in each {plot.options.width}", f"added up since {name_day(rows['start'].min())}")
    usual = say_usual(part_unverified(rows, plot.line), plot.line)
    footer = [_say_drawn(plot, rows, named), *write_footer(title, filters, plot.options, view.figures, today)]
    said = f"{_SAID[plot.kind]}. {name_filters(filters)} {usual}".strip()
    return Words(title, said, [line for line in footer if line])


def draw_plot(plot: Plot, rows: pd.DataFrame, named: tuple[str, ...], words: Words, look: Look) -> Chart:
    """Return the chart."""
    draws: dict[str, Callable[..., Chart]] = {
        "sources": chart_by_source,
        "regions": chart_by_region,
        "small multiples": chart_panels,
        "groups": chart_stack,
    }
    more: dict[str, Any] = {"breakdown": choose_breakdown(rows)} if plot.kind == "groups" else {"named": named}
    running = True if plot.added else None
    return draws[plot.kind](rows, words=words, width=plot.options.width, look=look, running=running, **more)


def load_plot(view: View, plot: Plot) -> Drawn | None:
    """Return the chart that the switches ask for; None where there is nothing that it could draw."""
    rows = load_points(view.choices.filters, plot.options)
    if rows.empty or (plot.kind == "groups" and choose_breakdown(rows) is None):
        return None
    return load_chart(view, plot, rows)


def _count_room(plot: Plot) -> int:
    return MOST_PANELS if plot.kind == "small multiples" else MOST_LINES


def _keep_drawn(plot: Plot, rows: pd.DataFrame, named: tuple[str, ...]) -> pd.DataFrame:
    if plot.kind == "groups":
        return rows
    lines = part_unverified(rows, plot.line)
    return lines[lines[plot.line].isin(choose_lines(lines, plot.line, _count_room(plot), named))]


def _say_drawn(plot: Plot, rows: pd.DataFrame, named: tuple[str, ...]) -> str:
    if plot.kind == "groups":
        return f"Stacked are {choose_breakdown(rows)}, which no person is in twice; other groups are in the table."
    said = say_lines(part_unverified(rows, plot.line), plot.line, _count_room(plot), named)
    return f"Each line is one source. {said}".strip() if plot.kind == "sources" else said
