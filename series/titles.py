"""The names of the lines of a timeline: what each counts, of whom, where, and who says so."""

import numpy as np
import pandas as pd

from series.countings import Counted
from series.figures import WHOLE_GROUP
from series.numberings import BASES, REGION, Coded
from series.options import By
from series.points import Points
from series.regions import LEVELS, name_towns
from series.rows import Rows


def name_lines(points: Points, counted: Counted) -> pd.DataFrame:
    """Return the name of each line, in the order of their numbers (the index): metric, unit, basis, status, and whose.

    ``all`` stands where the lines are not split. A running total names its group and its place also where its line
    does not say so.
    """
    heads = points.heads.sort_index()
    live, coded = counted.judged.live.pick(heads.to_numpy()), counted.ledger.coded
    lines = {name: coded.names[name][live[name]] for name in ("metric", "unit", "status")}
    lines["basis"] = np.array(BASES, dtype=object)[heads.index.to_numpy() % len(BASES)]
    lines |= {name: np.full(len(heads), "all", dtype=object) for name in ("group", "region", "region_level", "source")}
    lines["region_code"] = np.full(len(heads), None)
    if counted.options.by is By.SOURCE:
        lines["source"] = coded.names["claimant"][live["claimant"]]
    elif counted.options.by is By.GROUP:
        lines["group"] = coded.names["group"][live["group"]]
    else:
        at = LEVELS.index(points.level)
        lines["region"] = _name_regions(coded, at)[live["region"]]
        lines["region_level"][:] = points.level
        if points.level != "place":
            lines["region_code"] = _find_codes(points.level, live, counted)
    _name_totals(lines, heads.index.get_indexer(points.shown.index), points, counted)
    return pd.DataFrame(lines, index=heads.index, dtype=object)


def _name_regions(coded: Coded, level: int) -> np.ndarray:
    """Return the name of each region of all figures at a level: no filter changes it, and no two have one."""
    names = [coded.names[REGION[at]][coded.places[:, at]] for at in range(level + 1)]
    return name_towns(*names) if level == LEVELS.index("place") else names[level]


def _find_codes(level: str, live: Rows, counted: Counted) -> np.ndarray:
    codes = counted.ledger.figures[level].iloc[live["head"]].astype(object)
    return np.asarray(codes.where(codes.notna(), None), dtype=object)


def _name_totals(lines: dict[str, np.ndarray], at: np.ndarray, points: Points, counted: Counted) -> None:
    """Name the group and the place that running totals (the lines ``at``) count, where their line does not say so."""
    own, coded = counted.judged.live.pick(points.shown.to_numpy()), counted.ledger.coded
    if counted.options.by is not By.REGION:
        codes = coded.places[own["region"]]
        for column, level in enumerate(LEVELS):
            there = codes[:, column] > 0
            lines["region"][at[there]] = _name_regions(coded, column)[own["region"][there]]
            lines["region_level"][at[there]] = level
    if counted.options.by is not By.GROUP:
        group = coded.names["group"][own["group"]]
        narrow = group != WHOLE_GROUP
        lines["group"][at[narrow]] = group[narrow]
