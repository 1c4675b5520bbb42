"""The map of a view, drawn once for everybody who looks at it: its words, its steps in time and what has no place."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from pages.shared.doors import name_revision
from pages.shared.drawn import load_regions
from pages.shared.grounds import Scene, set_scene
from pages.shared.memories import remember
from pages.shared.views import View
from series.accruals import add_up
from series.captions import write_footer
from series.charts import Chart
from series.filters import Filters
from series.images import Words
from series.layers import Ground
from series.lines import part_unverified
from series.looks import Look
from series.maps import chart_map
from series.options import By, Options
from series.phrases import say_all
from series.picks import Pick
from series.shapes import DISCLAIMER
from series.steps import Steps, make_steps
from series.wording import name_bin, name_filters


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map with the words around it, the rows that it draws and the regions that it has no place for."""

    chart: Chart
    words: Words
    alt: str
    lacking: str
    points: pd.DataFrame
    starts: pd.DatetimeIndex
    at: int
    added: bool


def load_map(view: View, *, added: bool, opened: str, look: Look) -> Mapped | None:
    """Return the map of a view, which begins at the day ``opened``, else at the last that it draws something at.

    None where nothing has a place. With ``added`` the new counts of each date are added up to it.
    """
    options = replace(view.choices.options, by=By.REGION)
    today = datetime.now(UTC).date()
    return _load_map(name_revision(), view.choices.filters, options, added, opened, look, today, view)


@remember(32)
def _load_map(
    revision: str,  # noqa: ARG001  # a part of the cache's key
    filters: Filters,
    options: Options,
    added: bool,  # noqa: FBT001
    opened: str,
    look: Look,
    today: date,
    _view: View,
) -> Mapped | None:
    points = load_regions(filters, options)
    points = add_up(points) if added else points
    steps = make_steps(points, options.width, running=added)
    if not len(steps.starts):
        return None
    region = filters.region[0] if len(filters.region) == 1 else None
    scene = set_scene(points, _view.of_all_days, region)
    words = _write_words(_view, steps, scene, today, added=added)
    at = find_time(steps.starts, opened, find_last(steps, scene.ground))
    chart = chart_map(steps, scene.ground, words=words, width=options.width, at=at, look=look)
    return Mapped(chart, words, _describe(steps, at, words), _say_lacking(scene), points, steps.starts, at, added)


def find_time(starts: pd.DatetimeIndex, day: str, usual: int) -> int:
    """Return the position of a day among the dates of a map, the usual one where it is none of them."""
    days = [f"{start:%Y-%m-%d}" for start in starts]
    return days.index(day) if day in days else usual


def find_last(steps: Steps, ground: Ground) -> int:
    """Return the position of the last date at which a map draws something, of the last of all where it never does."""
    placed = steps.regions["region"].isin([*ground.shapes, *ground.towns])
    told = np.flatnonzero(steps.has_any(np.flatnonzero(placed).tolist()))
    return int(told[-1]) if len(told) else len(steps.starts) - 1


def find_marks(drawn: Mapped, picked: pd.DataFrame) -> set[Pick]:
    """Return region and day of what rows of the map count: where counts are added up, of all days before too."""
    named = part_unverified(drawn.points, "region").loc[picked.index, "region"].astype(str)
    ends = zip(named, picked["start"], strict=True)
    spans = [(name, drawn.starts[drawn.starts <= end] if drawn.added else [end]) for name, end in ends]
    return {(name, f"{day:%Y-%m-%d}") for name, days in spans for day in days}


def _write_words(view: View, steps: Steps, scene: Scene, today: date, *, added: bool) -> Words:
    filters, width = view.choices.filters, view.choices.width
    title = view.choices.title
    if added:
        title = title.replace(f"new in each {width}", f"added up since {name_bin(steps.starts[0], width)}")
    shaded = {"country": "Countries", "admin1": "First-level divisions, and towns as circles"}[scene.level]
    options = replace(view.choices.options, by=By.REGION)
    footer = [*write_footer(title, filters, options, view.figures, today), DISCLAIMER]
    return Words(title, f"{shaded}. {name_filters(filters)}", footer)


def _say_lacking(scene: Scene) -> str:
    if not scene.lacking:
        return ""
    return f"In the table, but without a shape or a place on this map: {say_all(scene.lacking)}."


def _describe(steps: Steps, at: int, words: Words) -> str:
    """Return what a reader who cannot see the map should know of it."""
    best = pd.Series(steps.best[:, at], index=steps.regions["region"]).dropna().sort_values(ascending=False)
    told = say_all([f"{name} {number:,.0f}" for name, number in best.head(5).items()])
    return f"Map: {words.title}. {words.subtitle} {told or 'No claim'}. The rows are in the table below the map."
