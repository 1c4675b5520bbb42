"""What a map is drawn on: the world, the divisions of one country that figures name, or one division with its towns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from series.layers import Ground
from series.outlines import list_around
from series.regions import add_where
from series.shapes import Bounds, find_bounds, list_countries, list_divisions
from series.surroundings import widen


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a map looks: its level (what is shaded), what it is drawn on, and the regions that have no place on it."""

    level: str
    ground: Ground
    lacking: tuple[str, ...]


def set_scene(points: pd.DataFrame, figures: pd.DataFrame, region: str | None) -> Scene:
    """Return where the map of a timeline by region looks: at the region chosen, else at what all figures share."""
    regions = points.drop_duplicates(["region", "region_level"])
    countries = regions[regions["region_level"].eq("country")]
    alone = str(countries["region_code"].iloc[0]) if len(countries) == 1 else None
    if alone is None or (region is None and len(countries) != 1):
        return _show_world(countries)
    return _show_country(regions, figures, alone, region)


def _show_world(countries: pd.DataFrame) -> Scene:
    outlines = list_countries()
    coded = dict(zip(countries["region"].astype(str), countries["region_code"].astype(str), strict=True))
    shapes = {name: outlines[code] for name, code in coded.items() if code in outlines}
    return Scene("country", Ground(shapes, list(outlines.values()), {}), _list_lacking(coded, shapes))


def _show_country(regions: pd.DataFrame, figures: pd.DataFrame, country: str, region: str | None) -> Scene:
    divisions = list_divisions(country)
    own = regions[regions["region_level"].eq("admin1")]
    coded = dict(zip(own["region"].astype(str), own["region_code"].astype(str), strict=True))
    shapes = {name: divisions[code] for name, code in coded.items() if code in divisions}
    towns = _place_towns(regions, figures)
    silent = [feature for code, feature in divisions.items() if code not in coded.values()]
    whole = [shapes[region]] if region in shapes else list(shapes.values()) or list(divisions.values())
    shown = find_bounds(whole) if region in shapes else reach(find_bounds(whole), towns.values())
    named = [*coded, *regions.loc[regions["region_level"].eq("place"), "region"].astype(str)]
    lacking = _list_lacking(named, {**shapes, **towns})
    around = list_around(country, widen(shown)) if shown else list(list_countries().values())
    return Scene("admin1", Ground(shapes, around, towns, shown, silent), lacking)


def reach(bounds: Bounds | None, towns: Iterable[tuple[float, float]]) -> Bounds | None:
    """Return bounds that reach to all towns too.

    >>> reach((36.0, 35.0, 37.0, 36.0), [(38.5, 35.5)])
    (36.0, 35.0, 38.5, 36.0)
    """
    spots = [(east, north, east, north) for east, north in towns]
    corners = [*spots, bounds] if bounds else spots
    if not corners:
        return None
    wests, souths, easts, norths = zip(*corners, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _place_towns(regions: pd.DataFrame, figures: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return where each town stands: longitude and latitude, as its figures have them."""
    levels = ["at_country", "at_admin1", "at_place"]
    placed = figures[figures["at_place"].notna() & figures["latitude"].notna()].drop_duplicates(levels)
    rows = placed[levels].astype(object)
    where = rows["at_admin1"].fillna(rows["at_country"]).fillna("")
    spots: dict[str, tuple[float, float]] = {}
    # A town says where it lies if the store has another of its name, though none of its figures are here.
    for town, lies, east, north in zip(rows["at_place"], where, placed["longitude"], placed["latitude"], strict=True):
        for name in (town, add_where(town, lies)):
            spots.setdefault(name, (float(east), float(north)))
    names = regions.loc[regions["region_level"].eq("place"), "region"].astype(str)
    return {name: spots[name] for name in names if name in spots}


def _list_lacking(names: Iterable[str], placed: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if name not in placed))
