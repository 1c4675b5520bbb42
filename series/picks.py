"""What stands behind the marks that a reader picks on a chart: the figures that made them, and those left out."""

from collections.abc import Collection

import pandas as pd

from series.lines import part_unverified

Pick = tuple[str, str]
"""The name of a line and the first day of a bin, as a mark of a chart has them."""


def find_behind(estimates: pd.DataFrame, line: str, picks: Collection[Pick]) -> tuple[list[str], dict[str, str]]:
    """Return the ids of the figures behind the marks, and of those left out with why (``series.estimates``)."""
    parted = part_unverified(estimates, line)
    marks = zip(parted[line].astype(str), parted["start"].dt.strftime("%Y-%m-%d"), strict=True)
    rows = parted[[mark in set(picks) for mark in marks]]
    used = [one for ids in rows["used"] for one in ids.split("; ") if one]
    left = [one.partition(": ") for ids in rows["left_out"] for one in ids.split("; ") if one]
    return list(dict.fromkeys(used)), {name: why for name, _, why in left if name not in used}
