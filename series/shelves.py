"""Cells on shelves: a shelf holds the counts of one place and group in the order of their days."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from series.codes import find_runs, join_codes, rank_codes, unfold_ranges
from series.groups import contains_group, measure_depth
from series.territories import Territories

DAYS = 2**24
"""More days than any calendar of reports has."""


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """What lies in what, by number: of each region the wider ones (-1: none), and which group contains which.

    ``regions`` has a column for the region itself, its division, the informal regions that hold it and its country,
    the nearest first; ``shared`` are informal regions that may hold a part of it. ``contains[wider, narrower]``.
    ``depths`` say how narrow a group is (0: everybody). ``paths`` are the lines of each region by level (country,
    division, place), -1 where it does not go down to it.
    """

    regions: np.ndarray
    shared: np.ndarray
    contains: np.ndarray
    depths: np.ndarray
    paths: np.ndarray

    @classmethod
    def of(cls, places: np.ndarray, groups: "np.ndarray[Any, Any]", informal: Territories | None = None) -> "Frames":
        """Return the frames of regions (codes of country, division, place; 0: none) and of the names of groups."""
        names = [str(name) for name in groups]
        informal = informal or Territories.none(len(places))
        own, division, country = _find_wider_places(places).T[:, :, None]
        regions = np.hstack([own, division, informal.own, country, informal.wider])
        contains = np.array([[contains_group(wider, name) for name in names] for wider in names], dtype=bool)
        depths = np.array([measure_depth(name) for name in names])
        return cls(regions, informal.shared, contains, depths, _find_paths(places))


def _find_wider_places(places: np.ndarray) -> np.ndarray:
    sizes = [int(column.max(initial=0)) + 1 for column in places.T]
    own, _ = join_codes(zip(places.T, sizes, strict=True))
    order = np.argsort(own)
    wider = np.full((len(places), 3), -1)
    wider[:, 0] = np.arange(len(places))
    for column, kept in enumerate(([1, 1, 0], [1, 0, 0]), start=1):
        chain = places * np.array(kept)
        asked, _ = join_codes(zip(chain.T, sizes, strict=True))
        at = np.searchsorted(own[order], asked).clip(max=max(len(own) - 1, 0))
        found = order[at]
        there = (own[found] == asked) & (asked > 0) & (found != wider[:, 0]) & (found != wider[:, column - 1])
        wider[:, column] = np.where(there, found, -1)
    return wider


def _find_paths(places: np.ndarray) -> np.ndarray:
    paths = np.full((len(places), 3), -1)
    for level in range(3):
        there = places[:, level] > 0
        known = places[there, : level + 1]
        if len(known):
            sizes = [int(column.max()) + 1 for column in known.T]
            paths[there, level] = rank_codes(*join_codes(zip(known.T, sizes, strict=True)))[0]
    return paths


@dataclass(frozen=True, slots=True, eq=False)
class Shelves:
    """Sorted cells: the ``shelf`` of each, its days, and the shelves with their bucket, region and group."""

    shelf: np.ndarray
    first: np.ndarray
    last: np.ndarray
    bucket: np.ndarray
    region: np.ndarray
    group: np.ndarray
    frames: Frames

    @classmethod
    def of(cls, cells: pd.DataFrame, frames: Frames) -> "Shelves":
        """Return the shelves of cells sorted by bucket, region, group, first day and, the longest first, last day."""
        bucket, region, group = (cells[name].to_numpy(np.int64) for name in ("bucket", "region", "group"))
        key = (bucket * len(frames.regions) + region) * len(frames.contains) + group
        begins, shelf = find_runs(key)
        first, last = (cells[name].to_numpy(np.int64) for name in ("first", "last"))
        shift = int(first.min(initial=0))
        return cls(shelf, first - shift, last - shift, bucket[begins], region[begins], group[begins], frames)

    def pair(self, meets: Sequence[np.ndarray], wider: np.ndarray, there: np.ndarray | None = None) -> list[np.ndarray]:
        """Return for each shelf those of the same bucket in a wider place, where ``meets[group, its group]``.

        ``wider`` has a column for each ``meets``, with a region for each region (as ``Frames.regions``). Each array
        returned has a shelf for each shelf, -1 where there is none; the nearest place comes first, in it the narrowest
        group. ``there`` says which shelves take part.
        """
        rooms = self.bucket * len(self.frames.regions) + self.region
        turns, count = np.zeros(len(rooms), dtype=np.int64), len(rooms)
        pairs: list[tuple[np.ndarray, ...]] = []
        for column, ways in zip(wider.T, meets, strict=True):
            target = column[self.region]
            asks = np.flatnonzero((target >= 0) & (there if there is not None else True))
            asked = self.bucket[asks] * len(self.frames.regions) + target[asks]
            begins = np.searchsorted(rooms, asked, side="left")
            found = np.flatnonzero((begins < count) & (rooms[begins.clip(max=count - 1)] == asked))
            ends = np.searchsorted(rooms, asked[found], side="right")
            owner, other = unfold_ranges(begins[found], ends)
            shelf = asks[found][owner]
            fits = ways[self.group[other], self.group[shelf]] & (other != shelf)
            fits = np.flatnonzero(fits if there is None else fits & there[other])
            shelf, other = shelf[fits], other[fits]
            runs, run = find_runs(shelf)
            pairs.append((turns[shelf] + np.arange(len(shelf)) - runs[run], shelf, other))
            turns += np.bincount(shelf, minlength=count)
        found = np.full((int(turns.max(initial=0)), count), -1)
        for turn, shelf, other in pairs:
            found[turn, shelf] = other
        return list(found)

    def find_parents(self) -> np.ndarray:
        """Return for each cell the nearest one that contains it, -1 where none does."""
        before = self._find_longer()
        found = before.copy()
        starts = self.shelf * DAYS + self.first
        reach = np.maximum.accumulate(self.shelf * DAYS + self.last) if len(starts) else starts
        ways = self.frames.contains | np.eye(len(self.frames.contains), dtype=bool)
        for target in self.pair([ways] * self.frames.regions.shape[1], self.frames.regions):
            cell = np.flatnonzero((found < 0) & (target[self.shelf] >= 0))
            base = target[self.shelf[cell]] * DAYS
            at = np.searchsorted(starts, base + self.first[cell], side="right") - 1
            holds = (at >= 0) & (reach[at] >= base + self.last[cell])
            cell, at = cell[holds], at[holds]
            found[cell] = self._step_back(at, self.last[cell], before)
        return found

    def _find_longer(self) -> np.ndarray:
        """Return for each cell the nearest one before it on its shelf that lasts as long or longer, -1 where none does.

        What stands between a cell and the one it points to ends before it, so pointers are followed, not cells.
        """
        pointer = np.arange(-1, len(self.shelf) - 1)
        pointer[find_runs(self.shelf)[0]] = -1
        short = np.flatnonzero(pointer >= 0)
        while len(short):
            short = short[self.last[pointer[short]] < self.last[short]]
            pointer[short] = pointer[pointer[short]]
            short = short[pointer[short] >= 0]
        return pointer

    def _step_back(self, at: np.ndarray, last: np.ndarray, before: np.ndarray) -> np.ndarray:
        """Return the nearest cell, from ``at`` backwards on its shelf, that lasts until ``last``; there is one."""
        at = at.copy()
        short = np.flatnonzero(self.last[at] < last)
        while len(short):
            at[short] = before[at[short]]
            short = short[self.last[at[short]] < last[short]]
        return at

    def find_meetings(self, standing: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return all pairs of standing cells (positions, sorted) that may count some of the same people.

        They share days; of their places and of their groups, one is the other or contains it, or the places are shared.
        """
        shelf, first, last = self.shelf[standing], self.first[standing], self.last[standing]
        starts = shelf * DAYS + first
        reach = np.maximum.accumulate(shelf * DAYS + last) if len(starts) else starts
        ends = np.searchsorted(starts, shelf * DAYS + last, side="right")
        pairs = [unfold_ranges(np.arange(len(standing)) + 1, ends)]
        there = np.zeros(len(self.bucket), dtype=bool)
        there[shelf] = True
        wider = self.frames.contains
        meets = wider | wider.T | np.eye(len(wider), dtype=bool)
        places = np.hstack([self.frames.regions, self.frames.shared])
        for target in self.pair([wider, *[meets] * (places.shape[1] - 1)], places, there):
            cell = np.flatnonzero(target[shelf] >= 0)
            base = target[shelf[cell]] * DAYS
            begins = np.searchsorted(reach, base + first[cell], side="left")
            ends = np.searchsorted(starts, base + last[cell], side="right")
            owner, other = unfold_ranges(begins, ends)
            one = cell[owner]
            real = last[other] >= first[one]
            pairs.append((one[real], other[real]))
        one, other = (np.concatenate([pair[at] for pair in pairs]) for at in (0, 1))
        return standing[one], standing[other]
