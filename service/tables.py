"""The tables behind the addresses of the data API, made of the store's figures and kept until the store changes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

import store
from series.downloads import FIGURE_COLUMNS, select_figures
from series.drawings import estimate_view
from series.estimates import COLUMNS
from series.ledgers import Ledger, make_ledger
from series.listings import REGION_COLUMNS, SOURCE_COLUMNS, list_regions, list_sources, list_towns
from series.options import Options
from series.regions import load_names
from series.sources import RULES
from series.timelines import keep_known
from service.parameters import CHOICES, Resource
from service.queries import Query, refuse_value
from service.shelves import Shelf

FIGURES = Resource("figures", "The figures: one claim a row, with its words, source, place and period.",
                   tuple(FIGURE_COLUMNS))  # fmt: skip
ESTIMATES = Resource(
    "estimates",
    "What the figures come to for each metric, line and bin of time: low, best, high, the figures used and left out.",
    tuple(COLUMNS),
    CHOICES,
)
SOURCES = Resource("sources", "Who claims the figures, and how many each.", tuple(SOURCE_COLUMNS))
REGIONS = Resource("regions", "Where the figures were counted: countries, divisions, places.", tuple(REGION_COLUMNS))
RESOURCES = (FIGURES, ESTIMATES, SOURCES, REGIONS)

_REGION_COLUMNS = ("region", "at_country", "at_admin1", "at_place", "country", "admin1")
_TRIES = 5
_ROOM, _LEDGERS = 24, 2


@dataclass(frozen=True, slots=True)
class Kept:
    """Where figures come from: the open store, and its figures made ready for the series, with what they made."""

    open_store: Callable[[], store.Store]
    load_figures: Callable[[], pd.DataFrame]
    shelf: Shelf = field(default_factory=lambda: Shelf(_ROOM))
    ledgers: Shelf = field(default_factory=lambda: Shelf(_LEDGERS))

    def revision(self) -> int:
        """Return the revision that the store is at."""
        return store.revision(self.open_store())

    def load(self) -> tuple[int, pd.DataFrame]:
        """Return the figures with the revision that they are of, though somebody may be writing."""
        for _ in range(_TRIES):
            before, figures = self.revision(), self.load_figures()
            if before == self.revision():
                break
        return before, figures


def make_rows(kept: Kept, resource: Resource, query: Query) -> tuple[int, pd.DataFrame, int]:
    """Return the revision, the rows of the page asked for, and how many rows there are; raises ProblemError."""
    revision, figures = kept.load()
    known = kept.shelf.find(revision, "known", lambda: _list_known(figures))
    check_known(known, query)
    until = query.offset + query.limit
    if resource is FIGURES:
        key = (query.filters, query.options.as_known)
        found = kept.shelf.find(revision, key, lambda: _find(figures, query))
        return revision, select_figures(figures.iloc[found[query.offset : until]]), len(found)
    made = (resource.name, query.filters, query.options)
    table = kept.shelf.find(revision, made, lambda: _make(kept, revision, figures, resource, query))
    return revision, table.iloc[query.offset : until], len(table)


def check_known(known: Mapping[str, Collection[str]], query: Query) -> None:
    """Refuse a source, a region or a group that the store does not have: a misspelt name must not read as nobody."""
    asked = {name: getattr(query.filters, name) for name in known}
    if query.options.best not in RULES:
        asked["best"] = (query.options.best,)
    listed = {
        "source": "/api/sources lists them all",
        "region": "/api/regions lists them all",
        "group": f"there are {', '.join(sorted(known['group']))}",
        "best": f"there are {', '.join(RULES)}, and the sources that /api/sources lists",
    }
    for name, values in asked.items():
        among = known["source" if name == "best" else name]
        for value in values:
            if value not in among:
                raise refuse_value(name, value, sorted(among), listed=listed[name])


def _list_known(figures: pd.DataFrame) -> dict[str, frozenset[str]]:
    names = {"source": ("claimant",), "region": _REGION_COLUMNS, "group": ("counted_group",)}
    known = {
        name: frozenset(str(value) for column in columns for value in figures[column].dropna().unique())
        for name, columns in names.items()
    }
    # A name that several divisions have asks for all of them, a town of such a name may say where it lies.
    divisions = {load_names()[code] for code in known["region"] & load_names().keys()}
    return known | {"region": known["region"] | divisions | set(list_towns(figures))}


def _find(figures: pd.DataFrame, query: Query) -> np.ndarray:
    """Return the positions of the figures that are asked for: a page copies no more than its rows."""
    return np.asarray(_view(figures.reset_index(drop=True), query).index, dtype=np.int64)


def _view(figures: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return the figures that the filters let through, and that had been published by the day asked for."""
    view = query.filters.apply(figures)
    day = query.options.as_known
    return view[view["published"] <= pd.Timestamp(day)] if day else view


def _make(kept: Kept, revision: int, figures: pd.DataFrame, resource: Resource, query: Query) -> pd.DataFrame:
    if resource is ESTIMATES:
        return estimate_view(_find_ledger(kept, revision, figures, query.options), query.filters, query.options)
    return (list_sources if resource is SOURCES else list_regions)(_view(figures, query))


def _find_ledger(kept: Kept, revision: int, figures: pd.DataFrame, options: Options) -> Ledger:
    """Return the ledger of all figures, of those known on the day asked for: made once, whatever is picked from it."""
    return kept.ledgers.find(revision, options.as_known, lambda: make_ledger(keep_known(figures, options)))
