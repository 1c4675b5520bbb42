"""Regions: the place, the first-level division and the country that a figure belongs to, with names for their codes."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from parsers.gazetteers import GAZETTEER, Level
from parsers.gazetteers import LEVELS as GAZETTEER_LEVELS
from series.codes import find_first, number_rows

LEVELS = ("country", "admin1", "place")
"""From the widest to the narrowest."""

TOWN = " (town)"
"""What tells a town from the division that has its name."""

_DEGREE = 100_000
"""The gazetteer keeps degrees as whole numbers, in so many parts."""
_NEAR = 0.005
"""In degrees: half a kilometre."""


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


@cache
def load_countries() -> Mapping[str, str]:
    """Return the code of the country of each first-level division, by its code."""
    query = """
        select distinct division.code, country.code from place
        join code as division on division.id = place.admin1 join code as country on country.id = place.country
    """
    with closing(sqlite3.connect(f"file:{GAZETTEER}?mode=ro&immutable=1", uri=True)) as gazetteer:
        return dict(gazetteer.execute(query).fetchall())


@cache
def load_labels() -> Mapping[str, str]:
    """Return the names of countries and divisions by their codes, so that no two divisions have one.

    A name that several countries use says in which, one that a country uses twice says the code: of two counts in
    Kyiv one is the city's, the other the province's.

    >>> [load_labels()[code] for code in ("SY-ID", "UA-30", "UA-32", "CO-AMA")]
    ['Idlib', 'Kyiv (UA-30)', 'Kyiv (UA-32)', 'Amazonas (Colombia)']
    """
    names, countries = load_names(), load_countries()
    owners = defaultdict(list)
    for code in names.keys() & countries.keys():
        owners[names[code]].append(countries[code])
    return {code: _label(code, owners[name]) if code in countries else name for code, name in names.items()}


def _label(code: str, owners: Sequence[str]) -> str:
    """Return the name of a division whose name divisions of these countries have."""
    names, country = load_names(), load_countries()[code]
    if len(owners) == 1:
        return names[code]
    return f"{names[code]} ({code if owners.count(country) > 1 else names[country]})"


@cache
def load_centres() -> pd.DataFrame:
    """Return where the gazetteer puts each first-level division (latitude, longitude in degrees), by its code."""
    query = """
        select code.code, place.latitude, place.longitude from place join code on code.id = place.admin1
        where place.level = ?
    """
    level = GAZETTEER_LEVELS.index(Level.DIVISION)
    with closing(sqlite3.connect(f"file:{GAZETTEER}?mode=ro&immutable=1", uri=True)) as gazetteer:
        rows = gazetteer.execute(query, (level,)).fetchall()
    frame = pd.DataFrame(rows, columns=["code", "latitude", "longitude"]).drop_duplicates("code").set_index("code")
    return frame / _DEGREE


def find_regions(figures: pd.DataFrame) -> dict[str, "pd.Series[Any]"]:
    """Return columns with the name of each level (``at_country``, ``at_admin1``, ``at_place``) and their own level.

    ``region``, ``region_code`` and ``region_level`` say where the figure itself was counted; a figure without any
    place has the region ``not stated``.
    """
    columns = ["country", "admin1", "place"]
    town = _find_towns(figures)
    known = figures[columns].assign(town=town)
    numbers = number_rows(known, [*columns, "town"])
    heads = find_first(numbers)
    regions = _name_regions(figures[columns].iloc[heads].astype(object), town[heads])
    kept = isinstance(figures["place"].dtype, pd.CategoricalDtype)
    return {str(name): _spread_out(regions[name], numbers, figures.index, kept=kept) for name in regions}


def _spread_out(names: "pd.Series[Any]", numbers: np.ndarray, index: pd.Index, *, kept: bool) -> "pd.Series[Any]":
    if not kept:
        return pd.Series(names.to_numpy(object)[numbers], index=index, dtype=object)
    codes, words = pd.factorize(names)
    return pd.Series(pd.Categorical.from_codes(codes, words).take(numbers), index=index)


def _find_towns(figures: pd.DataFrame) -> np.ndarray:
    """Return which figures were counted in a town that has the name of its division: their places lie elsewhere.

    Idlib city's dead are a part of Idlib province's, never another event of the same place.
    """
    town = np.zeros(len(figures), dtype=bool)
    if "latitude" not in figures or not len(figures):
        return town
    located = np.flatnonzero(figures["latitude"].notna().to_numpy() & figures["admin1"].notna().to_numpy())
    rows = figures.iloc[located]
    division = rows["admin1"].astype(object)
    same = np.flatnonzero(rows["place"].astype(object).eq(division.map(load_names())).to_numpy(bool))
    centres = load_centres().reindex(division.iloc[same]).to_numpy(float)
    own = rows[["latitude", "longitude"]].iloc[same].to_numpy(float)
    town[located[same]] = (np.abs(own - centres) > _NEAR).any(axis=1)
    return town


def _name_regions(places: pd.DataFrame, town: np.ndarray) -> pd.DataFrame:
    country, division, place = (places[column] for column in ("country", "admin1", "place"))
    own = [_look_up(codes, load_names()) for codes in (country, division)]
    place = place.mask((place.eq(own[0]) | place.eq(own[1])) & ~town)
    place = place.mask(town, place.astype(str) + TOWN)
    country, division = (_look_up(codes, load_labels()) for codes in (country, division))
    frame = pd.DataFrame({"at_country": country, "at_admin1": division, "at_place": place}, dtype=object)
    frame["region"] = place.fillna(division).fillna(country).fillna("not stated").astype(str)
    frame["region_level"] = "none"
    for level in LEVELS:
        frame.loc[frame[f"at_{level}"].notna(), "region_level"] = level
    code = places["admin1"].where(frame["region_level"].eq("admin1"), places["country"])
    frame["region_code"] = code.where(frame["region_level"].ne("place"))
    return frame


def _look_up(codes: "pd.Series[Any]", names: Mapping[str, str]) -> "pd.Series[Any]":
    """Return the name of each code; a code that has none stands for itself."""
    return pd.Series([names.get(code, code) for code in codes], index=codes.index, dtype=object)


def name_towns(country: ArrayLike, division: ArrayLike, town: ArrayLike) -> np.ndarray:
    """Return the name of the town of each of several regions, None where there is none; no two regions are alike.

    Towns that share a name say in which division they lie, or in which country where no division is known.

    >>> name_towns(np.array(["Syria"] * 2), np.array(["Idlib", "Hama"]), np.array(["Marea", "Marea"])).tolist()
    ['Marea (Idlib)', 'Marea (Hama)']
    """
    names, lies, wider = (np.array(column, dtype=object) for column in (town, division, country))
    where = np.where(pd.notna(lies), lies, wider)
    shared = pd.Series(names, dtype=object).duplicated(keep=False).to_numpy() & pd.notna(names) & pd.notna(where)
    for at in np.flatnonzero(shared):
        names[at] = add_where(names[at], where[at])
    return names


def add_where(town: str, where: str) -> str:
    """Return the name of a town that says in which division or country it lies.

    >>> add_where("Marea", "Idlib")
    'Marea (Idlib)'
    """
    return f"{town} ({where})"


@cache
def _find_codes(name: str) -> frozenset[str]:
    """Return the codes of the divisions of a name."""
    return frozenset(code for code, own in load_names().items() if own == name and code in load_countries())


def find_labels(name: str) -> tuple[str, ...]:
    """Return the labels of what a code or a plain name may mean: a country, or divisions of that name.

    >>> find_labels("Kyiv"), find_labels("SYR"), find_labels("nowhere")
    (('Kyiv (UA-30)', 'Kyiv (UA-32)'), ('Syria',), ())
    """
    labels = load_labels()
    return (labels[name],) if name in labels else tuple(labels[code] for code in sorted(_find_codes(name)))


def find_in_region(figures: pd.DataFrame, region: str) -> "pd.Series[bool]":
    """Return which figures lie in the region, given by name or code, at whatever level it stands.

    A name that several divisions or towns have finds all of them, that of ``name_towns`` one town.
    """
    found = figures["region"].eq(region) | figures["admin1"].isin(_find_codes(region))
    for column in ("at_country", "at_admin1", "at_place", "country", "admin1"):
        found |= figures[column].eq(region)
    for town, where in _part_name(region):
        lies = figures["at_admin1"].eq(where) | (figures["at_admin1"].isna() & figures["at_country"].eq(where))
        found |= figures["at_place"].eq(town) & lies
    return found.fillna(value=False).astype(bool)


def _part_name(name: str) -> list[tuple[str, str]]:
    """Return what may be a town and where it lies in a name of ``add_where``; either may have brackets of its own.

    >>> _part_name("Marea (Kyiv (UA-30))")
    [('Marea', 'Kyiv (UA-30)'), ('Marea (Kyiv', 'UA-30)')]
    """
    inner = name.removesuffix(")")
    pieces = inner.split(" (") if inner != name else [inner]
    return [(" (".join(pieces[:at]), " (".join(pieces[at:])) for at in range(1, len(pieces))]
