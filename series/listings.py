"""What there is to choose from: the sources and the regions of some figures, with how much stands behind each."""

from typing import Any

import pandas as pd

from parsers.claimants import find_claimant
from series.figures import prepare_figures
from series.regions import LEVELS, name_towns

_COUNTED = ["figures", "reports", "publishers", "metrics", "start", "end"]
SOURCE_COLUMNS = ["source", "kind", "country", *_COUNTED]
REGION_COLUMNS = ["region", "region_code", "region_level", "admin1", "country", *_COUNTED]


def list_sources(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row a source, those with most figures first, with the columns ``SOURCE_COLUMNS``.

    ``kind`` and ``country`` (ISO 3166 alpha-3) are those of ``data/sources.csv``, missing for a source that is not
    listed there; ``start`` and ``end`` are the first and last day that its figures count for.
    """
    rows = _count(prepare_figures(figures), ["claimant"]).rename(columns={"claimant": "source"})
    listed = [find_claimant(name) for name in rows["source"]]
    rows["kind"] = [str(claimant.kind) if claimant else None for claimant in listed]
    rows["country"] = [claimant.country or None if claimant else None for claimant in listed]
    return _order(rows, "source")[SOURCE_COLUMNS]


def list_regions(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row a region at each level, countries first, with the columns ``REGION_COLUMNS``.

    A figure counts for its place, for its division and for its country; ``admin1`` and ``country`` are the names of
    what a region lies in. A place has no code; of places that share a name each says where it lies.
    """
    frame = prepare_figures(figures)
    levels = [_count_level(frame, level) for level in LEVELS]
    return pd.concat(levels, ignore_index=True)[REGION_COLUMNS]


def list_towns(figures: pd.DataFrame) -> list[str]:
    """Return the names of the towns of figures, as ``list_regions`` has them."""
    towns = prepare_figures(figures)[[f"at_{level}" for level in LEVELS]].drop_duplicates().dropna(subset="at_place")
    return [str(name) for name in name_towns(*(towns[column] for column in towns))]


def _count_level(frame: pd.DataFrame, level: str) -> pd.DataFrame:
    at = [f"at_{one}" for one in LEVELS[: LEVELS.index(level) + 1]]
    code = [level] if level != "place" else []
    rows = _count(frame[frame[f"at_{level}"].notna()], [*at, *code])
    names = name_towns(*(rows[one] for one in at)) if level == "place" else rows[f"at_{level}"]
    rows = rows.assign(region=names, region_level=level, region_code=rows[level] if code else None)
    for above in ("admin1", "country"):
        rows[above] = rows[f"at_{above}"] if f"at_{above}" in at and above != level else None
    return _order(rows, "region")


def _count(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return one row for each of the keys, with what stands behind it."""
    groups = frame.groupby(keys, dropna=False, observed=True, sort=False)
    counted = groups.agg(
        figures=("metric", "size"),
        reports=("report", "nunique"),
        publishers=("publisher", "nunique"),
        metrics=("metric", _name_metrics),
        start=("from", "min"),
        end=("till", "max"),
    )
    rows = counted.reset_index()
    return rows.assign(**{name: rows[name].astype(object) for name in keys})


def _name_metrics(metrics: "pd.Series[Any]") -> str:
    return " ".join(sorted(map(str, metrics.unique())))


def _order(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows.sort_values(["figures", name], ascending=[False, True], kind="stable").reset_index(drop=True)
