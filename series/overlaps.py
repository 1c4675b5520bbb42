"""Counts that contain each other are not added up: the larger whole stands, and its parts explain it."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from series.codes import DAYS, find_first, join_codes, name_rows, order_rows, rank_codes, shift_numbers, sort_codes
from series.memories import Memory
from series.rows import Rows, stack_rows
from series.runs import mark_first, part_runs, unfold_ranges
from series.shelves import Frames, Shelves
from series.touches import find_shared, settle_pairs

WITHIN = "within a wider count"
BELOW = "smaller than its parts, which stand instead"
SHARED = "may count some of the same people as a larger count"
OTHER_PLACES = "counts other places than the sources compared here"
OTHER_DEFINITION = "counts another group or place, or since another day, than the line drawn"
EARLIER = "an earlier number than the last of its source in this bin"
NOT_PREFERRED = "the preferred source counts some of the same people"
REASONS = ("", WITHIN, BELOW, SHARED, OTHER_PLACES, OTHER_DEFINITION, EARLIER, NOT_PREFERRED)
STANDS, IN_WIDER, UNDERCUT, SHARES, COUNTS_ELSEWHERE, IS_DEFINED_OTHERWISE, IS_EARLIER, IS_NOT_PREFERRED = range(8)
_WAYS = 8
_CELL = ("bucket", "region", "group", "first", "last")


_RESOLVED = 5
"""The families of cells, and what stands on the lines by source and by region at each of three levels."""
_MANY = 10_000
"""So many cells are worth remembering."""
_AT_HAND = 2**15
"""So many cells, with all that is worked out of them, fill the memory near a core."""


@dataclass(frozen=True, slots=True, eq=False)
class Nests:
    """What lies in what among cells, whatever they count: see ``Grove``."""

    shelves: Shelves
    parent: np.ndarray
    layers: list[np.ndarray]
    way: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Grove:
    """Cells of some buckets with what contains each: ``parent`` (a cell, -1: none), by depth (``layers``).

    ``undercut`` are those that are smaller than the sum of what lies in them, broken down in the way that says most
    (``heaviest``); ``way`` is how a cell is narrower than its parent: by place, group, days, or several of them. Towns
    and children both break a province's count down, in two ways: they are never added to each other.
    """

    cells: Rows
    nests: Nests
    undercut: np.ndarray
    heaviest: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """All cells, a few buckets to a grove, in their order: the memory for a few is near, and used again.

    ``resolved`` remembers which cells stand on the lines of a few kinds.

    A cell has ``bucket`` (only cells of one bucket meet), ``region``, ``group``, ``first`` and ``last`` (days) and
    ``best`` (a missing one is nobody); they stand in that order, no two are alike in the first five.
    """

    groves: list[Grove]
    resolved: Memory = field(default_factory=lambda: Memory(_RESOLVED))

    def __len__(self) -> int:
        """Return how many cells there are."""
        return sum(len(grove.cells) for grove in self.groves)


def grow_forest(cells: Rows, frames: Frames) -> Forest:
    """Return the forest of sorted cells: one contains another where its region, group and days are as wide or wider.

    The nearest container is the parent: of the same place and group before a wider group, that before a wider place.
    The parents of the towns' and the provinces' counts are therefore the same with and without the country's.
    """
    cells = cells.assign(best=np.nan_to_num(cells["best"]))
    parts = [cells.slice(*ends) for ends in pairwise(part_runs(cells["bucket"], _AT_HAND))]
    nests = _remember_nests(cells, parts, frames)
    return Forest([_weigh(part, own) for part, own in zip(parts, nests, strict=True)])


def _weigh(cells: Rows, nests: Nests) -> Grove:
    shelves, parent, layers, way = nests.shelves, nests.parent, nests.layers, nests.way
    best = cells["best"]
    heaviest, worth = np.zeros(len(cells), dtype=np.int8), best.copy()
    # From the inside out; most cells hold nothing, so only those that hold the layer below are weighed.
    for layer in reversed(layers[1:]):
        added = layer[~_find_crossing(layer, shelves, parent, worth)]
        holders, holder = _find_holders(parent[added], len(cells))
        inside = np.bincount(holder * _WAYS + way[added], worth[added], minlength=len(holders) * _WAYS)
        parts = inside.reshape(-1, _WAYS)
        heaviest[holders] = parts.argmax(axis=1)
        worth[holders] = np.maximum(best[holders], parts.max(axis=1))
    return Grove(cells, nests, worth > best, heaviest)


def _remember_nests(cells: Rows, parts: list[Rows], frames: Frames) -> list[Nests]:
    """Return what lies in what; another convention or rule for best changes only what the same cells count."""
    if len(cells) < _MANY:
        return [_find_nests(part, frames) for part in parts]
    name = name_rows([cells[name] for name in _CELL])
    return frames.nests.find(name, lambda: [_find_nests(part, frames) for part in parts])


def _find_nests(cells: Rows, frames: Frames) -> Nests:
    shelves = Shelves.of(cells, frames)
    parent = shelves.find_parents()
    return Nests(shelves, parent, _find_layers(parent), _find_ways(cells, parent))


def _find_holders(parent: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which cells hold any of some others, and for each of those which of these holds it."""
    holds = np.zeros(size, dtype=bool)
    holds[parent] = True
    return np.flatnonzero(holds), (np.cumsum(holds) - 1)[parent]


def _find_crossing(layer: np.ndarray, shelves: Shelves, parent: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """Return which cells of one depth share days with a larger one of the same place, group and parent.

    They are not added when their parent is weighed: two overlapping periods say no more together than the larger.
    """
    order, _ = sort_codes(parent[layer] + 1, len(parent) + 1)
    cells = layer[order]
    new = np.ones(len(cells), dtype=bool)
    new[1:] = (parent[cells[1:]] != parent[cells[:-1]]) | (shelves.shelf[cells[1:]] != shelves.shelf[cells[:-1]])
    group = np.cumsum(new)
    ends = np.searchsorted(group * DAYS + shelves.first[cells], group * DAYS + shelves.last[cells], side="right")
    one, other = unfold_ranges(np.arange(len(cells)) + 1, ends)
    crossing = np.zeros(len(layer), dtype=bool)
    if len(one):
        rank = _rank_met(cells, worth, one, other)
        crossing[order] = settle_pairs(one, other, rank, len(cells))[0]
    return crossing


def _rank_met(cells: np.ndarray, worth: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the place of each cell that is in a pair among these, the one that is worth most last."""
    met = np.zeros(len(cells), dtype=bool)
    met[one] = met[other] = True
    at = np.flatnonzero(met)
    rank = np.zeros(len(cells), dtype=np.int64)
    rank[at[order_rows(worth[cells[at]], -cells[at])]] = np.arange(len(at))
    return rank


def _find_layers(parent: np.ndarray) -> list[np.ndarray]:
    """Return the cells of each depth, those that nothing contains first."""
    depth = np.zeros(len(parent), dtype=np.int64)
    below = np.flatnonzero(parent >= 0)
    above = parent[below]
    while len(below):
        depth[below] += 1
        above = parent[above]
        below, above = below[above >= 0], above[above >= 0]
    order = np.argsort(depth.astype(np.uint16), kind="stable")
    return np.split(order, np.flatnonzero(mark_first(depth[order]))[1:])


def _find_ways(cells: Rows, parent: np.ndarray) -> np.ndarray:
    own = np.where(parent < 0, np.arange(len(cells)), parent)
    columns = [cells[name] for name in ("region", "group", "first", "last")]
    place, group, first, last = (column != column[own] for column in columns)
    return np.asarray(place + 2 * group + 4 * (first | last), dtype=np.int8)


def resolve_overlaps(forest: Forest, lines: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for each cell its state, whether it stands for a whole ``below`` its parts, and whether it beat another.

    ``lines`` say on which line each cell is drawn (-1: none; without them all are on one); a whole that is on another
    line holds nothing. Wholes are weighed from the inside out: one that is smaller than the sum of what stands in it
    gives way to that. What then may still count some of the same people as another gives way to the larger.
    """
    ends = np.cumsum([0, *(len(grove.cells) for grove in forest.groves)]).tolist()
    line = np.zeros(ends[-1], dtype=np.int64) if lines is None else lines
    resolved = [_resolve(grove, line[slice(*own)]) for grove, own in zip(forest.groves, pairwise(ends), strict=True)]
    state, below, shared = (np.concatenate(each) for each in zip(*resolved, strict=True))
    return state, below, shared


def resolve_lines(forest: Forest, lines: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what ``resolve_overlaps`` does, remembered: lines by source and by country are mostly weighed as one.

    Cells of different families never meet, so a line tells something only where those of one family are on several.
    """
    family = forest.resolved.find("families", lambda: _number_families(forest))
    parted = np.zeros(len(family), dtype=bool)
    parted[family[lines != lines[find_first(family)][family]]] = True
    alike = np.where(parted[family], lines, np.minimum(lines, 0))
    return forest.resolved.find(name_rows([alike]), lambda: resolve_overlaps(forest, alike))


def _number_families(forest: Forest) -> np.ndarray:
    """Return a number for each cell; cells of one bucket whose regions may have people in common share it."""
    cells = stack_rows(*(Rows({name: grove.cells[name] for name in ("bucket", "region")}) for grove in forest.groves))
    families = forest.groves[0].nests.shelves.frames.families
    return rank_codes(*join_codes([shift_numbers(cells["bucket"]), shift_numbers(families[cells["region"]])]))[0]


def _resolve(grove: Grove, line: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    nests, undercut = grove.nests, grove.undercut
    free, root = np.zeros((2, len(line)), dtype=bool)
    # Nothing holds the cells of the first layer, which are most of all.
    free[nests.layers[0]] = root[nests.layers[0]] = line[nests.layers[0]] >= 0
    for layer in nests.layers[1:]:
        cells = layer[line[layer] >= 0]
        above = nests.parent[cells]
        alone = line[above] != line[cells]
        root[cells] = alone
        free[cells] = alone | (free[above] & undercut[above] & (nests.way[cells] == grove.heaviest[above]))
    state = np.where(free, np.where(undercut, UNDERCUT, STANDS), IN_WIDER).astype(np.int8)
    loses, shared = find_shared(grove.cells, nests.shelves, line, np.flatnonzero((line >= 0) & (state == STANDS)))
    state[loses] = SHARES
    return state, free & ~root & (state == STANDS), shared


def name_states(states: np.ndarray) -> "np.ndarray[Any, Any]":
    """Return the reasons for which counts were left out of a line, in words."""
    return np.asarray(np.array(REASONS, dtype=object)[states])
