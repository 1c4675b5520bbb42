"""Groups that no person is in twice, and so may be stacked: sides of a conflict, or ages and sexes."""

from collections.abc import Mapping
from functools import cache

import pandas as pd

from parsers.tables import load_rows


@cache
def load_breakdowns() -> Mapping[str, tuple[str, ...]]:
    """Return the groups of each breakdown, in the order of the stack."""
    groups: dict[str, tuple[str, ...]] = {}
    for row in load_rows("breakdowns", ("breakdown", "group")):
        groups[row["breakdown"]] = (*groups.get(row["breakdown"], ()), row["group"])
    return groups


def choose_breakdown(timeline: pd.DataFrame) -> str | None:
    """Return the breakdown that most claims of a timeline by group fall into; None where no two groups share one."""
    claims = timeline.groupby("group", observed=True)["claims"].sum()
    found = {
        name: int(claims.reindex(groups).sum())
        for name, groups in load_breakdowns().items()
        if claims.index.isin(groups).sum() > 1
    }
    return max(found, key=lambda name: found[name]) if found else None
