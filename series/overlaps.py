"""Counts that contain each other are not added up: the larger whole stands, and its parts explain it."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from parsers.tables import load_rows
from series.figures import WHOLE_GROUP
from series.regions import LEVELS

WITHIN = "within a wider count"
BELOW = "smaller than its parts, which stand instead"


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


def mark_overlaps(claims: pd.DataFrame, same: list[str], *, touching: bool = False) -> pd.DataFrame:
    """Return the claims with those that a wider claim contains marked in ``reason``.

    One claim contains another where both share the columns ``same`` and its period, place and group are as wide or
    wider; with ``touching`` it is enough that the longer period overlaps the other (between sources, so that no day
    is counted twice). A whole smaller than the sum of its parts gives way to them, and they are flagged ``below``.
    """
    claims = claims.assign(below=False)
    live = claims[claims["reason"].eq("")]
    for _, group in live.groupby(same, dropna=False):
        if len(group) > 1:
            covered, undercut, flagged = _find_covered(group, touching=touching)
            claims.loc[group.index[covered], "reason"] = WITHIN
            claims.loc[group.index[undercut], "reason"] = BELOW
            claims.loc[group.index[flagged], "below"] = True
    return claims


def _find_covered(claims: pd.DataFrame, *, touching: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return which claims are covered by a wider one, which wholes give way, and which parts stand for such a whole."""
    contains = _find_containment(claims, touching=touching)
    best = claims["best"].to_numpy(float)
    covered, undercut, flagged = np.zeros((3, len(claims)), dtype=bool)
    for whole in np.argsort(-contains.sum(axis=1), kind="stable"):
        inside = contains[whole] & ~covered & ~undercut
        if covered[whole] or not inside.any():
            continue
        parts = inside & ~contains[inside].any(axis=0)
        if best[whole] >= best[parts].sum():
            covered |= inside
        else:
            undercut[whole] = True
            flagged |= parts
    return covered, undercut, flagged & ~covered


def _find_containment(claims: pd.DataFrame, *, touching: bool) -> np.ndarray:
    """Return a matrix: whether the claim of the row contains the claim of the column (never both ways)."""
    start, end = (claims[column].to_numpy("datetime64[D]") for column in ("from", "till"))
    if touching:
        long = (end - start)[:, None] >= (end - start)
        wide = (start[:, None] <= end) & (end[:, None] >= start) & long
    else:
        wide = (start[:, None] <= start) & (end[:, None] >= end)
    wide &= _contain_regions(claims) & _contain_groups(claims["counted_group"])
    both = wide & wide.T
    if touching:
        best = claims["best"].to_numpy(float)
        rank = np.empty(len(best), dtype=int)
        rank[np.lexsort((np.arange(len(best)), -best))] = np.arange(len(best))
        return np.asarray(wide & (~both | (rank[:, None] < rank)))
    return np.asarray(wide & ~both)


def _contain_regions(claims: pd.DataFrame) -> np.ndarray:
    names = [pd.factorize(claims[f"at_{level}"])[0] for level in LEVELS]
    inside = np.ones((len(claims), len(claims)), dtype=bool)
    for codes in names:
        inside &= (codes[:, None] == codes) | (codes[:, None] < 0)
    nowhere = np.all([codes < 0 for codes in names], axis=0)
    return np.asarray(inside & (~nowhere[:, None] | nowhere))


def _contain_groups(groups: "pd.Series[str]") -> np.ndarray:
    codes, names = pd.factorize(groups)
    chains = [{name, WHOLE_GROUP, *find_wider_groups(str(name))} for name in names]
    table = np.array([[wide in chain for chain in chains] for wide in names], dtype=bool)
    return np.asarray(table[codes][:, codes])
