"""Regions: the place, the first-level division and the country that a figure belongs to, with names for their codes."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from parsers.gazetteers import GAZETTEER, Level
from parsers.gazetteers import LEVELS as GAZETTEER_LEVELS
from series.codes import find_first, number_rows

LEVELS = ("country", "admin1", "place")
"""From the widest to the narrowest."""


@cache
def load_names() -> Mapping[str, str]:
    """Return the names of countries and first-level divisions by their codes, out of the gazetteer."""
    query = """
        select coalesce(division.code, country.code), place.name from place
        left join code as division on division.id = place.admin1 left join code as country on country.id = place.country
        where place.level = ? and (place.level = ?) = (division.code is null)
    """
    country, division = (GAZETTEER_LEVELS.index(level) for level in (Level.COUNTRY, Level.DIVISION))
    with closing(sqlite3.connect(f"file:{GAZETTEER}?mode=ro&immutable=1", uri=True)) as gazetteer:
        return dict(
            row for level in (division, country) for row in gazetteer.execute(query, (level, country)).fetchall()
        )


def add_regions(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with the name of each level (``at_country``, ``at_admin1``, ``at_place``) and their own level.

    ``region``, ``region_code`` and ``region_level`` say where the figure itself was counted; a figure without any
    place has the region ``not stated``.
    """
    columns = ["country", "admin1", "place"]
    numbers = number_rows(figures, columns)
    regions = _name_regions(figures.iloc[find_first(numbers)][columns].astype(object))
    kept = isinstance(figures["place"].dtype, pd.CategoricalDtype)
    return figures.assign(
        **{str(name): _spread_out(regions[name], numbers, figures.index, kept=kept) for name in regions}
    )


def _spread_out(names: "pd.Series[Any]", numbers: np.ndarray, index: pd.Index, *, kept: bool) -> "pd.Series[Any]":
    if not kept:
        return pd.Series(names.to_numpy(object)[numbers], index=index, dtype=object)
    codes, words = pd.factorize(names)
    return pd.Series(pd.Categorical.from_codes(codes[numbers], words), index=index)


def _name_regions(places: pd.DataFrame) -> pd.DataFrame:
    country, division, place = (places[column] for column in ("country", "admin1", "place"))
    country, division = (codes.map(load_names()).astype(object).fillna(codes) for codes in (country, division))
    place = place.mask(place.eq(division) | place.eq(country))
    frame = pd.DataFrame({"at_country": country, "at_admin1": division, "at_place": place}, dtype=object)
    frame["region"] = place.fillna(division).fillna(country).fillna("not stated").astype(str)
    frame["region_level"] = "none"
    for level in LEVELS:
        frame.loc[frame[f"at_{level}"].notna(), "region_level"] = level
    code = places["admin1"].where(frame["region_level"].eq("admin1"), places["country"])
    frame["region_code"] = code.where(frame["region_level"].ne("place"))
    return frame


def find_in_region(figures: pd.DataFrame, region: str) -> "pd.Series[bool]":
    """Return which figures lie in the region, given by name or code, at whatever level it stands."""
    found = figures["region"].eq(region)
    for column in ("at_country", "at_admin1", "at_place", "country", "admin1"):
        found |= figures[column].eq(region)
    return found.fillna(value=False).astype(bool)
