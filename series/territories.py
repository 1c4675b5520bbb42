"""Informal regions: the divisions and countries that lie in Darfur or the Sahel, so that nobody is counted in both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from parsers.tables import DATA, TableError, load_rows
from series.regions import load_countries, load_labels

WHOLE, PART = "whole", "part"
_TABLE = DATA / "region_members.csv"
Names = tuple[str | None, str | None, str | None]
"""Country, division and place, each None where there is none."""


@dataclass(frozen=True, slots=True)
class Members:
    """What lies in an informal region: ``whole`` or only in ``part``."""

    whole: frozenset[Names]
    part: frozenset[Names]


@dataclass(frozen=True, slots=True, eq=False)
class Territories:
    """Of regions, by number: informal ones of their ``own`` country and ``wider`` ones that hold them, smallest first.

    ``shared`` are those that may hold a part of them: north-west Syria has some of Aleppo, and the Sahel some of Chad.
    Each array has a row for each region and as many columns as are needed, -1: none.
    """

    own: np.ndarray
    wider: np.ndarray
    shared: np.ndarray

    @classmethod
    def none(cls, size: int) -> "Territories":
        """Return that so many regions lie in no informal one."""
        return cls(*(np.zeros((size, 0), dtype=np.int64) for _ in range(3)))


@cache
def load_members() -> Mapping[str, Members]:
    """Return what lies in each informal region; what lies in a region that lies in it does too.

    >>> ("Sudan", "South Darfur", None) in load_members()["Darfur"].whole
    True
    """
    found: dict[str, dict[str, set[Names]]] = {}
    for row in load_rows("region_members", ("region", "member", "extent")):
        if row["extent"] not in (WHOLE, PART):
            raise TableError(f"{_TABLE}: {row['region']}: {row['extent']!r} is no extent; write whole or part")
        extents = found.setdefault(row["region"], {WHOLE: set(), PART: set()})
        extents[row["extent"]].add(_name_member(row["member"]))
    return {name: Members(frozenset(_close(name, found)), frozenset(own[PART])) for name, own in found.items()}


def _close(name: str, found: Mapping[str, Mapping[str, set[Names]]]) -> set[Names]:
    whole = set(found[name][WHOLE])
    for inner in [place for *_, place in whole if place in found]:
        whole |= _close(str(inner), found)
    return whole


def _name_member(member: str) -> Names:
    """Return the names of a country or division by its code, or of an informal region by its name."""
    names, countries = load_labels(), load_countries()
    if member in countries:
        return names[countries[member]], names[member], None
    if member in names:
        return names[member], None, None
    if member in _load_regions():
        return None, None, member
    raise TableError(f"{_TABLE}: {member!r} is no code of a country or division; mend it, or name a row of regions.csv")


@cache
def _load_regions() -> frozenset[str]:
    rows = load_rows("regions", ("name", "aliases", "admin1", "country", "latitude", "longitude"))
    return frozenset(row["name"] for row in rows)


def find_territories(places: np.ndarray, names: Mapping[str, "np.ndarray[Any, Any]"]) -> Territories:
    """Return which regions (codes of country, division and place, 0: none) lie in which informal ones among them."""
    levels = [
        {name: code for code, name in enumerate(names[level])} for level in ("at_country", "at_admin1", "at_place")
    ]
    informal = [
        (at, members) for name, members in load_members().items() for at in _find_rows(places, levels, name, members)
    ]
    if not informal:
        return Territories.none(len(places))
    holds = {at: _find_within(places, levels, members.whole) for at, members in informal}
    for at, held in holds.items():
        held[at] = False
    parts = {at: _find_within(places, levels, members.part) for at, members in informal}
    own, wider, shared = [], [], []
    for at in sorted(holds, key=lambda at: int(holds[at].sum())):
        inside = holds[at] & (places[:, 0] == places[at, 0])
        own.append((at, inside))
        wider.append((at, holds[at] & ~inside))
        shared.append((at, _find_shared(at, places, holds, parts)))
    return Territories(*(_put_in_columns(each, len(places)) for each in (own, wider, shared)))


def _find_rows(places: np.ndarray, levels: list[dict[str, int]], name: str, members: Members) -> list[int]:
    """Return which regions an informal one is: those of its name in no division, with no country or one of its own."""
    countries = [levels[0].get(str(country), 0) for country, *_ in members.whole | members.part]
    named = (places[:, 2] == levels[2].get(name, -1)) & (places[:, 1] == 0)
    return [int(at) for at in np.flatnonzero(named & np.isin(places[:, 0], [0, *countries]))]


def _find_within(places: np.ndarray, levels: list[dict[str, int]], members: Iterable[Names]) -> np.ndarray:
    """Return which regions are one of the members or lie in one."""
    within = np.zeros(len(places), dtype=bool)
    for member in members:
        codes = [level.get(name, -1) if name else None for level, name in zip(levels, member, strict=True)]
        found = np.ones(len(places), dtype=bool)
        for at, code in enumerate(codes):
            if code is not None:
                found &= places[:, at] == code
        within |= found
    return within


def _find_shared(
    at: int, places: np.ndarray, holds: Mapping[int, np.ndarray], parts: Mapping[int, np.ndarray]
) -> np.ndarray:
    """Return which regions may have some of the same people as an informal one, though none holds the other.

    These are what lies in it in part, the countries out of which it has divisions, and other informal regions that
    hold some of what it holds.
    """
    shared = parts[at].copy()
    touched = np.unique(places[holds[at] | parts[at], 0])
    country = (places[:, 1] == 0) & (places[:, 2] == 0) & (places[:, 0] != places[at, 0])
    shared |= country & np.isin(places[:, 0], touched[touched > 0])
    for other, held in holds.items():
        shared[other] |= bool((held & (holds[at] | parts[at])).any() or (holds[at] & parts[other]).any())
        shared[other] &= not held[at]
    shared &= ~holds[at]
    shared[at] = False
    return shared


def _put_in_columns(each: list[tuple[int, np.ndarray]], size: int) -> np.ndarray:
    filled = np.zeros(size, dtype=np.int64)
    columns = np.full((size, len(each)), -1)
    for at, there in each:
        columns[there, filled[there]] = at
        filled += there
    return columns[:, : int(filled.max(initial=0))]
