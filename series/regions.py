"""Regions: the place, the first-level division and the country that a figure belongs to, with names for their codes."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache

import pandas as pd

from parsers.gazetteers import GAZETTEER, Level
from parsers.gazetteers import LEVELS as GAZETTEER_LEVELS

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
    country, division, place = (figures[column].astype(object) for column in ("country", "admin1", "place"))
    country, division = (codes.map(load_names()).astype(object).fillna(codes) for codes in (country, division))
    place = place.mask(place.eq(division) | place.eq(country))
    frame = figures.assign(at_country=country, at_admin1=division, at_place=place)
    frame["region"] = place.fillna(division).fillna(country).fillna("not stated").astype(str)
    frame["region_level"] = "none"
    for level in LEVELS:
        frame.loc[frame[f"at_{level}"].notna(), "region_level"] = level
    code = figures["admin1"].where(frame["region_level"].eq("admin1"), figures["country"])
    frame["region_code"] = code.where(frame["region_level"].ne("place"))
    return frame


def find_in_region(figures: pd.DataFrame, region: str) -> "pd.Series[bool]":
    """Return which figures lie in the region, given by name or code, at whatever level it stands."""
    found = figures["region"].eq(region)
    for column in ("at_country", "at_admin1", "at_place", "country", "admin1"):
        found |= figures[column].eq(region)
    return found.fillna(value=False).astype(bool)
