"""Views with a few sentences that a new reader is shown first, where the store holds what they tell of."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from parsers.tables import DATA
from series.filters import Filters

STORIES = DATA / "stories.toml"


@dataclass(frozen=True, slots=True)
class Story:
    """A view as query parameters, with a title and a text; it is told where the view has ``least`` figures."""

    title: str
    text: str
    least: int
    view: Mapping[str, list[str]]


@cache
def load_stories() -> tuple[Story, ...]:
    """Return the stories in their order."""
    rows = tomllib.loads(STORIES.read_text(encoding="utf-8"))["stories"]
    return tuple(Story(row["title"], " ".join(row["text"].split()), row["least"], row["view"]) for row in rows)


def choose_story(figures: pd.DataFrame) -> Story | None:
    """Return the first story that the figures can tell; None where they tell none of them."""
    told = (story for story in load_stories() if len(Filters.from_query(story.view).apply(figures)) >= story.least)
    return next(told, None)


def find_story(filters: Filters) -> Story | None:
    """Return the story whose view these filters are."""
    return next((story for story in load_stories() if Filters.from_query(story.view) == filters), None)
