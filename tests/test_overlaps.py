"""Which counts stand: the fast way that the series takes, beside the slow one of comparing every two of them."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from series.flows import sort_cells
from series.groups import contains_group
from series.overlaps import IN_WIDER, SHARES, STANDS, UNDERCUT, grow_forest, resolve_overlaps
from series.rows import Rows
from series.shelves import Frames
from series.territories import find_territories

GROUPS = np.array(["children", "women and children", "civilians", "military", "all people"], dtype=object)
NAMES = {
    "at_country": np.array([None, "Sudan", "Mali"], dtype=object),
    "at_admin1": np.array([None, "North Darfur", "Khartoum", "Gao"], dtype=object),
    "at_place": np.array([None, "Tina", "Kutum", "Darfur", "the Sahel", "Jebel Marra", "Liptako-Gourma"], dtype=object),
}
PLACES = np.array(
    [
        *([1, 0, 0], [1, 1, 0], [1, 2, 0], [1, 1, 1], [1, 1, 2], [1, 0, 3], [2, 0, 0]),
        *([0, 0, 4], [1, 0, 5], [2, 3, 0], [0, 0, 6]),
    ]
)
FRAMES = Frames.of(PLACES, GROUPS, find_territories(PLACES, NAMES))
INSIDE = {
    "Darfur": ["North Darfur", "Jebel Marra"],
    "the Sahel": ["Mali", "Liptako-Gourma"],
}
SHARED = {"Liptako-Gourma": ["Mali"], "the Sahel": ["Sudan"]}
COLUMNS = ["bucket", "region", "group", "first", "last"]
Cell = tuple[int, ...]

cells = st.tuples(
    st.integers(0, 1), st.integers(0, len(PLACES) - 1), st.integers(0, len(GROUPS) - 1), st.integers(0, 9)
).flatmap(lambda cell: st.tuples(*map(st.just, cell), st.integers(cell[-1], 12)))
worlds = st.dictionaries(cells, st.integers(0, 40), min_size=1, max_size=14)


def make(world: dict[Cell, int]) -> Rows:
    columns = np.array(list(world), dtype=np.int64).reshape(-1, len(COLUMNS)).T
    rows = Rows(dict(zip(COLUMNS, columns, strict=True)))
    return sort_cells(rows.assign(best=np.array(list(world.values()), dtype=float)), COLUMNS)[0]


def is_within(place: Any, wider: Any) -> bool:
    """Whether a place, as country, division and town, is another one or lies in it."""
    if all(one in (0, other) for one, other in zip(wider, place, strict=True)):
        return True
    return is_among(place, INSIDE.get(name_places(wider)[-1], []))


def shares(place: Any, other: Any) -> bool:
    """Whether a place lies in what another, an informal region, has some part of."""
    return is_among(place, SHARED.get(name_places(other)[-1], []))


def is_among(place: Any, names: list[str]) -> bool:
    return bool(set(name_places(place)) & set(names))


def name_places(place: Any) -> list[str]:
    """The names of a place and of what it lies in, the widest first."""
    return [str(names[code]) for names, code in zip(NAMES.values(), place, strict=True) if code]


def contains(one: Cell, other: Cell) -> bool:
    """Whether the first cell is as wide as the second in place, group and days, and not the same."""
    group = one[2] == other[2] or contains_group(GROUPS[one[2]], GROUPS[other[2]])
    days = one[3] <= other[3] and one[4] >= other[4]
    return one != other and one[0] == other[0] and is_within(PLACES[other[1]], PLACES[one[1]]) and group and days


def meets(one: Cell, other: Cell) -> bool:
    """Whether two cells may hold the same people."""
    groups = [GROUPS[one[2]], GROUPS[other[2]]]
    group = groups[0] == groups[1] or contains_group(*groups) or contains_group(*reversed(groups))
    places = [PLACES[one[1]], PLACES[other[1]]]
    place = any(is_within(*pair) or shares(*pair) for pair in (places, places[::-1]))
    return one[0] == other[0] and place and group and one[3] <= other[4] and other[3] <= one[4]


def read(rows: Rows) -> list[Cell]:
    return list(zip(*(rows[name].tolist() for name in COLUMNS), strict=True))


@settings(max_examples=120, deadline=None)
@given(worlds)
def test_overlaps_have_direct_containers_for_parents(world: dict[Cell, int]) -> None:
    rows = make(world)
    known, parents = read(rows), grow_forest(rows, FRAMES).groves[0].nests.parent
    for cell, parent in zip(known, parents, strict=True):
        wider = [one for one in known if contains(one, cell)]
        assert (parent >= 0) == bool(wider)
        if wider:
            own = known[parent]
            assert own in wider
            assert not [one for one in wider if contains(own, one)]


@settings(max_examples=120, deadline=None)
@given(worlds, st.sampled_from([None, 1, 2]))
def test_overlaps_never_let_two_counts_of_the_same_people_stand(world: dict[Cell, int], level: int | None) -> None:
    rows = make(world)
    known = read(rows)
    inside = np.array([level is None or PLACES[cell[1]][level] > 0 for cell in known])
    state, _, shared = resolve_overlaps(grow_forest(rows, FRAMES), np.where(inside, 0, -1))
    standing = [at for at in np.flatnonzero(inside) if state[at] == STANDS]
    assert not [pair for pair in combinations(standing, 2) if meets(*(known[at] for at in pair))]
    best = rows["best"]
    for at in np.flatnonzero(inside):
        rivals = [one for one in standing if one != at and meets(known[one], known[at])]
        if state[at] == SHARES:
            assert any(best[one] >= best[at] and shared[one] for one in rivals)
        if state[at] == IN_WIDER:
            assert [one for one in known if contains(one, known[at])]


@settings(max_examples=120, deadline=None)
@given(worlds)
def test_overlaps_of_towns_and_provinces_do_not_hang_on_the_country(world: dict[Cell, int]) -> None:
    rows = make(world)
    inside = np.array([PLACES[cell[1]][1] > 0 for cell in read(rows)])
    own = rows.pick(inside)
    if not len(own):
        return
    alone = [part.tolist() for part in resolve_overlaps(grow_forest(own, FRAMES))]
    both = [part[inside].tolist() for part in resolve_overlaps(grow_forest(rows, FRAMES), np.where(inside, 0, -1))]
    assert both == alone


@settings(max_examples=120, deadline=None)
@given(worlds)
def test_overlaps_do_not_hang_on_how_many_cells_are_at_hand(world: dict[Cell, int]) -> None:
    rows = make(world)
    whole = [part.tolist() for part in resolve_overlaps(grow_forest(rows, FRAMES))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("series.overlaps._AT_HAND", 1)
        forest = grow_forest(rows, FRAMES)
    assert len(forest.groves) == len(set(rows["bucket"].tolist()))
    assert [part.tolist() for part in resolve_overlaps(forest)] == whole


@settings(max_examples=80, deadline=None)
@given(worlds)
def test_overlaps_of_wholes_that_say_less_than_their_parts(world: dict[Cell, int]) -> None:
    rows = make(world)
    known, forest = read(rows), grow_forest(rows, FRAMES)
    state, _, _ = resolve_overlaps(forest)
    (grove,) = forest.groves
    parents, narrowed = grove.nests.parent, grove.nests.way
    best = rows["best"].tolist()

    def weigh(at: int) -> int:
        return int(max(best[at], *[sum(parts) for parts in list_parts(at)], 0))

    def list_parts(at: int) -> list[list[int]]:
        own = [one for one in range(len(known)) if parents[one] == at]
        ways = [[one for one in own if narrowed[one] == way] for way in {narrowed[one] for one in own}]
        return [[weigh(one) for one in take_largest(way)] for way in ways]

    def take_largest(parts: list[int]) -> list[int]:
        taken: list[int] = []
        for at in sorted(parts, key=lambda one: (-weigh(one), one)):
            one, others = known[at], [known[other] for other in taken]
            if not any(other[:3] == one[:3] and meets(one, other) for other in others):
                taken.append(at)
        return taken

    for at in range(len(known)):
        parts = max([sum(one) for one in list_parts(at)], default=0)
        assert bool(grove.undercut[at]) == (parts > best[at])
        if state[at] == UNDERCUT:
            assert parts > best[at]


@pytest.mark.parametrize(
    ("one", "other", "stand"),
    [
        ((0, 3, 2, 0, 6), (0, 1, 2, 6, 6), 1),  # a town's week, and a day of it in the whole province
        ((0, 1, 0, 0, 0), (0, 3, 2, 0, 0), 1),  # a province's children, and the civilians of one of its towns
        ((0, 3, 2, 0, 0), (0, 4, 2, 0, 0), 2),  # two towns
        ((0, 3, 2, 0, 0), (0, 3, 3, 0, 0), 2),  # civilians and soldiers
        ((0, 3, 2, 0, 2), (0, 3, 2, 2, 4), 1),  # two periods with a day in common
        ((0, 3, 2, 0, 2), (1, 3, 2, 0, 4), 2),  # two sources
    ],
)
def test_overlaps_of_two_counts(one: Cell, other: Cell, stand: int) -> None:
    state, _, _ = resolve_overlaps(grow_forest(make({one: 5, other: 7}), FRAMES))
    assert (state == STANDS).sum() == stand
