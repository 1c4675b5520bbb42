"""Counts that contain each other are not added up: the larger whole stands, and its parts explain it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from parsers.tables import load_rows
from series.codes import find_first, number_rows
from series.figures import WHOLE_GROUP
from series.touches import find_shared

WITHIN = "within a wider count"
BELOW = "smaller than its parts, which stand instead"
SHARED = "shares days with a larger count"
REASONS = ("", WITHIN, BELOW, SHARED)
STANDS, IN_WIDER, UNDERCUT, SHARES = range(4)
_DAYS = 2**20
_WAYS = 8
_REGION = ["at_country", "at_admin1", "at_place"]


@cache
def load_parents() -> Mapping[str, str]:
    """Return the wider group of each group that has one.

    >>> load_parents()["children"]
    'civilians'
    """
    rows = load_rows("groups", ("code", "parent", "words"))
    return {row["code"]: row["parent"] for row in rows if row["parent"]}


def find_wider_groups(group: str) -> list[str]:
    """Return the groups that contain a group, the nearest first.

    >>> find_wider_groups("military")
    ['combatants']
    """
    parents = load_parents()
    chain: list[str] = []
    while (wider := parents.get(group)) and wider not in chain:
        chain.append(wider)
        group = wider
    return chain


def _contains_group(wider: str, group: str) -> bool:
    """Tell whether a group lies in another: by the tree, as everybody does, or as children in women and children."""
    return wider == WHOLE_GROUP or wider in find_wider_groups(group) or group in wider.split(" and ")


@dataclass(frozen=True, slots=True)
class Frames:
    """What lies in what: for each region and each group, by number, those that are as wide or wider (-1: none)."""

    regions: np.ndarray
    groups: np.ndarray

    @classmethod
    def of(cls, claims: pd.DataFrame, region: np.ndarray, group: np.ndarray) -> "Frames":
        """Return the frames of claims with the columns of regions and ``counted_group``, numbered as given."""
        places = claims.iloc[find_first(region)][_REGION].astype(object).reset_index(drop=True)
        names = claims.iloc[find_first(group)]["counted_group"].astype(str).tolist()
        return cls(_find_wider_places(places), _find_wider_numbers(names))


def _find_wider_places(places: pd.DataFrame) -> np.ndarray:
    keys = {
        tuple(None if pd.isna(one) else one for one in row): at for at, row in enumerate(places.itertuples(index=False))
    }
    wider = np.full((len(places), 3), -1)
    for (country, admin1, place), at in keys.items():
        chain = [(country, admin1, place), (country, admin1, None), (country, None, None)]
        found = [keys.get(one, -1) for one in dict.fromkeys(chain) if any(one) or one == chain[0]]
        wider[at, : len(found)] = found
    return wider


def _find_wider_numbers(names: list[str]) -> np.ndarray:
    chains = [
        [at, *(other for other, wider in enumerate(names) if other != at and _contains_group(wider, name))]
        for at, name in enumerate(names)
    ]
    wider = np.full((len(names), max(map(len, chains), default=1)), -1)
    for at, chain in enumerate(chains):
        wider[at, : len(chain)] = chain
    return wider


@dataclass(frozen=True, slots=True)
class Shelves:
    """Cells sorted for the question which one reaches over a day: by shelf (bucket, region and group) and first day."""

    shelf: np.ndarray
    targets: list[np.ndarray]

    @classmethod
    def of(cls, cells: pd.DataFrame, frames: Frames) -> "Shelves":
        """Return the shelf of each cell and, for each way to be wider, the shelf of the wider ones (-1: none)."""
        shelf = number_rows(cells, ["bucket", "region", "group"])
        one = cells.iloc[find_first(shelf)]
        bucket, region, group = (one[name].to_numpy(np.int64) for name in ("bucket", "region", "group"))
        regions, groups = len(frames.regions), len(frames.groups)
        keys = (bucket * regions + region) * groups + group
        order = np.argsort(keys)
        targets = []
        for wider_region in frames.regions.T:
            for wider_group in frames.groups.T:
                there, who = wider_region[region], wider_group[group]
                asked = (bucket * regions + there) * groups + who
                at = np.searchsorted(keys[order], asked).clip(max=len(keys) - 1)
                found = order[at]
                targets.append(np.where((there >= 0) & (who >= 0) & (keys[found] == asked), found, -1))
        return cls(shelf, [target for target in targets if (target >= 0).any()])


def find_containers(cells: pd.DataFrame, shelves: Shelves, alive: np.ndarray) -> np.ndarray:
    """Return for each living cell (by position) one that contains it, -1 where none does."""
    first, last = cells["first"].to_numpy()[alive], cells["last"].to_numpy()[alive]
    shelf = shelves.shelf[alive]
    order = np.lexsort((first, shelf))
    starts = shelf[order] * _DAYS + first[order]
    reach = np.maximum.accumulate(shelf[order] * _DAYS + last[order])
    found = np.full(len(alive), -1)
    for target in shelves.targets:
        open_ = np.flatnonzero((found < 0) & (target[shelf] >= 0))
        if not len(open_):
            continue
        asked = target[shelf[open_]]
        own = asked == shelf[open_]
        at = np.searchsorted(starts, asked * _DAYS + first[open_], side="right") - 1
        end = asked * _DAYS + last[open_]
        holds = (at >= 0) & (reach[at] // _DAYS == asked) & np.where(own, reach[at] > end, reach[at] >= end)
        if own.any():
            before = np.searchsorted(starts, asked * _DAYS + first[open_], side="left") - 1
            early = own & ~holds & (before >= 0) & (reach[before] // _DAYS == asked) & (reach[before] >= end)
            at, holds = np.where(early, before, at), holds | early
        who = order[np.searchsorted(reach, reach[at[holds]], side="left")]
        found[open_[holds]] = alive[who]
    return found


def resolve_overlaps(cells: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    """Return for each cell its ``state`` and whether it stands for a whole that is ``below`` its parts or ``shared``.

    A cell has ``bucket`` (only cells of one bucket meet), ``region``, ``group``, ``first`` and ``last`` (days), and
    ``best``; no two are alike in the first five. One contains another where its region, group and days are as wide
    or wider. Wholes are weighed from the inside out: one that is smaller than the sum of what stands in it gives way.
    What then still shares days with another of the same or a wider place and group gives way to the larger.
    """
    state = np.full(len(cells), STANDS, dtype=np.int8)
    below, shared = np.zeros((2, len(cells)), dtype=bool)
    if len(cells) > 1:
        shift = cells["first"].min()
        cells = cells.assign(first=cells["first"] - shift, last=cells["last"] - shift)
        shelves = Shelves.of(cells, frames)
        parent, layer = _find_layers(cells, shelves)
        state, below = _weigh(cells["best"].to_numpy(float), parent, layer, _find_ways(cells, parent))
        loses, shared = find_shared(cells, shelves, np.flatnonzero(state == STANDS))
        state[loses] = SHARES
    return pd.DataFrame({"state": state, "below": below & (state == STANDS), "shared": shared}, index=cells.index)


def _find_layers(cells: pd.DataFrame, shelves: Shelves) -> tuple[np.ndarray, np.ndarray]:
    """Return one direct container of each cell and how deep it lies: 0 for the widest, which nothing contains."""
    parent, layer = np.full(len(cells), -1), np.zeros(len(cells), dtype=np.int64)
    alive, depth = np.arange(len(cells)), 0
    while len(alive):
        container = find_containers(cells, shelves, alive)
        inside = container >= 0
        layer[alive[~inside]] = depth
        parent[alive[inside]] = container[inside]
        alive, depth = alive[inside], depth + 1
    return parent, layer


def _find_ways(cells: pd.DataFrame, parent: np.ndarray) -> np.ndarray:
    """Return for each cell how it is narrower than its container: by place, group, days, or several of them (0 to 7).

    Towns and children both break a province's count down, in two ways: they are never added to each other.
    """
    own = np.where(parent < 0, np.arange(len(cells)), parent)
    place, group = (cells[name].to_numpy() != cells[name].to_numpy()[own] for name in ("region", "group"))
    days = [cells[name].to_numpy() != cells[name].to_numpy()[own] for name in ("first", "last")]
    return np.asarray(place + 2 * group + 4 * (days[0] | days[1]))


def _weigh(best: np.ndarray, parent: np.ndarray, layer: np.ndarray, way: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the state of each cell, and which stand for a whole below them; a loop over depths, not over cells."""
    stated, inside = np.nan_to_num(best), np.zeros((len(best), _WAYS))
    depths = [np.flatnonzero(layer == depth) for depth in range(int(layer.max()) + 1)]
    for cells in reversed(depths[1:]):
        worth = np.maximum(stated[cells], inside[cells].max(axis=1))
        np.add.at(inside, (parent[cells], way[cells]), worth)
    undercut, chosen = inside.max(axis=1) > stated, inside.argmax(axis=1)
    free = layer == 0
    for cells in depths[1:]:
        above = parent[cells]
        free[cells] = free[above] & undercut[above] & (way[cells] == chosen[above])
    state = np.where(free, np.where(undercut, UNDERCUT, STANDS), IN_WIDER).astype(np.int8)
    return state, free & (layer > 0)


def name_states(states: np.ndarray) -> "np.ndarray[Any, Any]":
    """Return the reasons for which cells were left out, in words."""
    return np.asarray(np.array(REASONS, dtype=object)[states])
