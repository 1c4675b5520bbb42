"""The names of the lines of a timeline: what each counts, of whom, where, and who says so."""

import numpy as np
import pandas as pd

from series.countings import Counted
from series.figures import WHOLE_GROUP
from series.numberings import BASES, REGION
from series.options import By
from series.points import Points
from series.regions import LEVELS
from series.rows import Rows


def name_lines(points: Points, counted: Counted) -> pd.DataFrame:
    """Return the name of each line, in the order of their numbers (the index): metric, unit, basis, status, and whose.

    ``all`` stands where the lines are not split. A running total names its group and its place also where its line
    does not say so.
    """
    heads = points.heads.sort_index()
    live, coded = counted.judged.live.pick(heads.to_numpy()), counted.ledger.coded
    names = {name: coded.names[name][live[name]] for name in ("metric", "unit", "status")}
    lines = pd.DataFrame(names, index=heads.index).assign(
        basis=np.array(BASES, dtype=object)[heads.index.to_numpy() % len(BASES)],
        group="all",
        region="all",
        region_code=None,
        region_level="all",
        source="all",
    )
    lines = lines.astype(object)
    if counted.options.by is By.SOURCE:
        lines["source"] = coded.names["claimant"][live["claimant"]]
    elif counted.options.by is By.GROUP:
        lines["group"] = coded.names["group"][live["group"]]
    else:
        at = LEVELS.index(points.level)
        lines["region"] = coded.names[REGION[at]][coded.places[live["region"], at]]
        lines["region_level"] = points.level
        if points.level != "place":
            lines["region_code"] = _find_codes(points.level, live, counted)
    return _name_totals(lines, points, counted)


def _find_codes(level: str, live: Rows, counted: Counted) -> np.ndarray:
    codes = counted.ledger.figures[level].iloc[live["head"]].astype(object)
    return np.asarray(codes.where(codes.notna(), None), dtype=object)


def _name_totals(lines: pd.DataFrame, points: Points, counted: Counted) -> pd.DataFrame:
    """Return the lines with the group and the place that running totals count, where the line does not say so."""
    own, coded = counted.judged.live.pick(points.shown.to_numpy()), counted.ledger.coded
    index = points.shown.index
    codes = coded.places[own["region"]]
    if counted.options.by is not By.REGION:
        for at, level in enumerate(LEVELS):
            there = codes[:, at] > 0
            lines.loc[index[there], "region"] = coded.names[REGION[at]][codes[there, at]]
            lines.loc[index[there], "region_level"] = level
    if counted.options.by is not By.GROUP:
        group = coded.names["group"][own["group"]]
        narrow = group != WHOLE_GROUP
        lines.loc[index[narrow], "group"] = group[narrow]
    return lines
