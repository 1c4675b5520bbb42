"""What there is to choose from in the store: metrics, sources, groups and the tree of regions, counted once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pages.shared.doors import load_figures, name_revision
from pages.shared.memories import remember
from series.codes import find_first, number_rows
from series.regions import name_towns

LEVELS = ("at_country", "at_admin1", "at_place")


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of each filter, the most common first; the regions as a tree, country before division before town.

    ``paths`` holds each region with its parents, the widest first. ``kinds`` has one row for each metric, basis and
    unit, with how many figures it has. ``first`` and ``last`` are the days that the store covers.
    """

    kinds: pd.DataFrame
    sources: tuple[str, ...]
    groups: tuple[str, ...]
    paths: dict[str, tuple[str, ...]]
    first: pd.Timestamp
    last: pd.Timestamp

    @property
    def metrics(self) -> list[str]:
        """The metrics, the most common first."""
        return _order(self.kinds, "metric")

    @property
    def regions(self) -> list[str]:
        """The regions in the order of the tree."""
        return list(self.paths)

    def list_bases(self, metric: str) -> list[str]:
        """Return the bases that a metric is counted on, the most common first."""
        return _order(self.kinds[self.kinds["metric"].eq(metric)], "basis")

    def count_bases(self, metrics: Collection[str]) -> dict[str, int]:
        """Return how many figures of these metrics there are on each basis, the most common first."""
        counts = self.kinds[self.kinds["metric"].isin(metrics)].groupby("basis")["figures"].sum()
        ordered = counts.sort_values(ascending=False, kind="stable")
        return {str(basis): int(count) for basis, count in ordered.items() if count}

    def list_units(self, metric: str) -> list[str]:
        """Return the units that a metric is counted in, the most common first."""
        return _order(self.kinds[self.kinds["metric"].eq(metric)], "unit")

    def list_children(self, region: str | None) -> list[str]:
        """Return the regions right below one, of the root (None) the countries."""
        parents = (*self.paths[region], region) if region in self.paths else ()
        return [name for name, path in self.paths.items() if path == parents]


def load_facets() -> Facets:
    """Return what there is to choose from; counted again only when the store has changed."""
    return _load_facets(name_revision())


@remember(2)
def _load_facets(revision: str) -> Facets:  # noqa: ARG001  # the cache's key
    return make_facets(load_figures())


def make_facets(figures: pd.DataFrame) -> Facets:
    """Return what there is to choose from in figures with the columns of ``prepare_figures``."""
    kinds = figures.groupby(["metric", "basis", "unit"], observed=True).size().rename("figures").reset_index()
    return Facets(
        kinds=kinds.astype({"metric": object, "basis": object, "unit": object}),
        sources=tuple(list_common(figures["claimant"])),
        groups=tuple(list_common(figures["counted_group"])),
        paths=_grow_tree(figures),
        first=figures["from"].min(),
        last=figures["till"].max(),
    )


def list_common(column: "pd.Series[str]") -> list[str]:
    """Return the values of a column, the most common first."""
    counts = column.value_counts()
    return [str(value) for value in counts.index[counts.to_numpy() > 0]]


def _order(kinds: pd.DataFrame, column: str) -> list[str]:
    counts = kinds.groupby(column)["figures"].sum().sort_values(ascending=False, kind="stable")
    return [str(name) for name in counts.index]


def _grow_tree(figures: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return each region with its parents, in the order of the tree: the fullest country first, in it the fullest.

    Towns of one name say where they lie. Another name that stands at several places of the tree is kept at the
    fullest: the filter lets all of them through.
    """
    levels = list(LEVELS)
    number = number_rows(figures, levels)
    places = figures.iloc[find_first(number)][levels].astype(object).assign(figures=np.bincount(number))
    places["at_place"] = name_towns(*(places[level] for level in levels))
    for at, level in enumerate(levels):
        weight = places.groupby(levels[: at + 1], dropna=False)["figures"].transform("sum")
        places[f"{level} weight"] = -weight.where(places[level].notna())
    order = [column for level in levels for column in (f"{level} weight", level)]
    paths: dict[str, tuple[str, ...]] = {}
    for names in places.sort_values(order, na_position="first")[levels].itertuples(index=False):
        _add_path(paths, [name for name in names if isinstance(name, str)])
    return paths


def _add_path(paths: dict[str, tuple[str, ...]], names: Iterable[str]) -> None:
    parents: tuple[str, ...] = ()
    for name in names:
        paths.setdefault(name, parents)
        parents = (*parents, name)
