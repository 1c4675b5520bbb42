"""Cells on shelves: a shelf holds the counts of one place and group in the order of their days."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from series.codes import DAYS, join_codes, rank_codes
from series.groups import contains_group, measure_depth
from series.memories import Memory
from series.rows import Rows
from series.runs import find_runs, mark_first, unfold_ranges
from series.territories import Territories

_NESTS = 8
"""Of so many tables of cells: the counts and stocks of a few views, and their comparisons at each level."""


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """What lies in what, by number: of each region the wider ones (-1: none), and which group contains which.

    ``regions`` has a column for the region itself, its division, the informal regions that hold it and its country,
    the nearest first; ``shared`` are informal regions that may hold a part of it. ``contains[wider, narrower]``.
    Nobody is counted in regions of two ``families``. ``depths`` say how narrow a group is (0: everybody), ``levels`` to
    how many levels a region goes down. ``paths`` are the lines of each region by level (country, division, place), -1
    where it does not go down to it. ``nests`` remembers what lies in what of the largest tables of
    cells (``series.overlaps``).
    """

    regions: np.ndarray
    shared: np.ndarray
    families: np.ndarray
    contains: np.ndarray
    depths: np.ndarray
    levels: np.ndarray
    paths: np.ndarray
    nests: Memory = field(default_factory=lambda: Memory(_NESTS))

    @classmethod
    def of(cls, places: np.ndarray, groups: "np.ndarray[Any, Any]", informal: Territories | None = None) -> "Frames":
        """Return the frames of regions (codes of country, division, place; 0: none) and of the names of groups."""
        names = [str(name) for name in groups]
        informal = informal or Territories.none(len(places))
        own, division, country = _find_wider_places(places).T[:, :, None]
        regions = np.hstack([own, division, informal.own, country, informal.wider])
        contains = np.array([[contains_group(wider, name) for name in names] for wider in names], dtype=bool)
        depths = np.array([measure_depth(name) for name in names])
        paths = _find_paths(places)
        families = _find_families(np.hstack([regions, informal.shared]))
        return cls(regions, informal.shared, families, contains, depths, (paths >= 0).sum(axis=1), paths)


def _find_families(others: np.ndarray) -> np.ndarray:
    """Return a number for each region that all share which are linked by any ``others`` (by region, -1: none).

    >>> _find_families(np.array([[0, -1], [1, 0], [2, -1], [3, 1]])).tolist()
    [0, 0, 2, 0]
    """
    region, other = np.nonzero(others >= 0)
    other = others[region, other]
    family = np.arange(len(others))
    while (family[region] != family[other]).any():
        least = np.minimum(family[region], family[other])
        np.minimum.at(family, region, least)
        np.minimum.at(family, other, least)
    return family


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
class Spans:
    """The first and the last day of what stands on each shelf; where nothing does, no day is among them."""

    since: np.ndarray
    until: np.ndarray

    @classmethod
    def of(cls, first: np.ndarray, last: np.ndarray, ends: np.ndarray) -> "Spans":
        """Return the spans of the rows between each two ends, which stand there in the order of their first days.

        >>> spans = Spans.of(np.array([3, 4]), np.array([9, 5]), np.array([0, 0, 2]))
        >>> spans.since.tolist(), spans.until.tolist()
        ([16777216, 3], [-1, 9])
        """
        since, until = np.full(len(ends) - 1, DAYS, dtype=first.dtype), np.full(len(ends) - 1, -1, dtype=last.dtype)
        there = np.flatnonzero(ends[1:] > ends[:-1])
        if len(there):
            since[there] = first[ends[there]]
            until[there] = np.maximum.reduceat(last, ends[there])
        return cls(since, until)

    def touch(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Return which pairs of shelves have days in common."""
        return np.asarray((self.since[one] <= self.until[other]) & (self.since[other] <= self.until[one]))


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Shelves that may count some of the same people: of each ``shelf`` an ``other`` in the same or a wider place.

    ``holds`` says where the other is as wide in group too. The nearest place comes first, in it the narrowest group.
    """

    shelf: np.ndarray
    other: np.ndarray
    holds: np.ndarray

    @classmethod
    def of(cls, bucket: np.ndarray, region: np.ndarray, group: np.ndarray, frames: Frames, spans: "Spans") -> "Pairs":
        """Return the pairs of shelves, which are sorted by bucket, region and group, whose days have any in common."""
        room = bucket * len(frames.regions) + region
        begins, own = find_runs(room)
        rooms, ends = room[begins], np.append(begins, len(room))
        holds = frames.contains | np.eye(len(frames.contains), dtype=bool)
        pairs = []
        for at, column in enumerate((*frames.regions.T, *frames.shared.T)):
            target = column[region]
            asks = np.flatnonzero(target >= 0)
            asked = bucket[asks] * len(frames.regions) + target[asks]
            found = np.searchsorted(rooms, asked) if at else own
            there = np.flatnonzero(rooms[found.clip(max=len(rooms) - 1)] == asked) if len(rooms) else asks
            owner, other = unfold_ranges(ends[found[there]], ends[found[there] + 1])
            shelf = asks[there][owner]
            wide = holds[group[other], group[shelf]]
            # A pair of one place is met from its narrower side, of two places from that of the narrower place.
            meets = np.flatnonzero(
                (wide if not at else wide | holds[group[shelf], group[other]])
                & (other != shelf)
                & spans.touch(shelf, other)
            )
            is_held = wide[meets] & (at < frames.regions.shape[1])
            pairs.append((shelf[meets], other[meets], is_held))
        return cls(*(np.concatenate(each) for each in zip(*pairs, strict=True)))


@dataclass(frozen=True, slots=True, eq=False)
class Shelves:
    """Sorted cells: the ``shelf`` of each, its days; where each shelf ``begins``, region, group, days and pairs."""

    shelf: np.ndarray
    first: np.ndarray
    last: np.ndarray
    begins: np.ndarray
    region: np.ndarray
    group: np.ndarray
    spans: Spans
    pairs: Pairs
    frames: Frames

    @classmethod
    def of(cls, cells: Rows, frames: Frames) -> "Shelves":
        """Return the shelves of cells sorted by bucket, region, group, first day and, the longest first, last day."""
        bucket, region, group = (cells[name].astype(np.int64, copy=False) for name in ("bucket", "region", "group"))
        begins, shelf = find_runs((bucket * len(frames.regions) + region) * len(frames.contains) + group)
        shift = int(cells["first"].min(initial=0))
        first, last = ((cells[name] - shift).astype(np.int32) for name in ("first", "last"))
        bucket, region, group = bucket[begins], region[begins], group[begins]
        begins = np.append(begins, len(shelf))
        spans = Spans.of(first, last, begins)
        pairs = Pairs.of(bucket, region, group, frames, spans)
        return cls(shelf, first, last, begins, region, group, spans, pairs, frames)

    def find_parents(self) -> np.ndarray:
        """Return for each cell the nearest one that contains it, -1 where none does."""
        found = self._find_longer()
        before = found.copy()
        starts = self.shelf * DAYS + self.first
        reach = np.maximum.accumulate(self.shelf * DAYS + self.last) if len(starts) else starts
        pairs = np.flatnonzero(self.pairs.holds)
        narrow, wide = self.pairs.shelf[pairs], self.pairs.other[pairs]
        pair, cell = unfold_ranges(self.begins[narrow], self.begins[narrow + 1])
        since, until = self.spans.since, self.spans.until
        alone = np.flatnonzero(
            (before[cell] < 0) & (self.first[cell] >= since[wide][pair]) & (self.last[cell] <= until[wide][pair])
        )
        cell, base = cell[alone], wide[pair[alone]] * DAYS
        at = np.searchsorted(starts, base + self.first[cell], side="right") - 1
        holds = np.flatnonzero((at >= 0) & (reach[at] >= base + self.last[cell]))[::-1]
        nearest = np.full(len(before), -1)
        nearest[cell[holds]] = at[holds]  # of several the first, which is written last
        cell = np.flatnonzero(nearest >= 0)
        found[cell] = self._step_back(nearest[cell], self.last[cell], before)
        return found

    def _find_longer(self) -> np.ndarray:
        """Return for each cell the nearest one before it on its shelf that lasts as long or longer, -1 where none does.

        What stands between a cell and the one it points to ends before it, so pointers are followed, not cells.
        """
        pointer = np.arange(-1, len(self.shelf) - 1)
        pointer[mark_first(self.shelf)] = -1
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
        one, other = unfold_ranges(
            np.arange(len(standing)) + 1, np.searchsorted(starts, shelf * DAYS + last, side="right")
        )
        ends = np.append(0, np.cumsum(np.bincount(shelf, minlength=len(self.region))))
        spans = Spans.of(first, last, ends)
        pairs = np.flatnonzero(spans.touch(self.pairs.shelf, self.pairs.other))
        narrow, wide = self.pairs.shelf[pairs], self.pairs.other[pairs]
        pair, cell = unfold_ranges(ends[narrow], ends[narrow + 1])
        near = np.flatnonzero((first[cell] <= spans.until[wide][pair]) & (last[cell] >= spans.since[wide][pair]))
        cell, base = cell[near], wide[pair[near]] * DAYS
        begins = np.searchsorted(reach, base + first[cell], side="left")
        owner, met = unfold_ranges(begins, np.searchsorted(starts, base + last[cell], side="right"))
        real = np.flatnonzero(last[met] >= first[cell[owner]])
        one, other = np.append(one, cell[owner[real]]), np.append(other, met[real])
        return standing[one], standing[other]
