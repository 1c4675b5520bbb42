"""P-codes: the codes that OCHA publishes for places, out of a table that the user supplies."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.gazetteers import Level, find_division_name, find_named, fold
from parsers.records import Figure
from parsers.tables import TableError

COLUMNS = ("location", "admin level", "p-code", "name")
REMEDY = "the columns are Location, Admin Level, P-Code, Name and Parent P-Code, as OCHA publishes them"
DIVISION = 1
"""The admin level of the first-level divisions; 0 is the country."""
LEVELS = {0: {Level.COUNTRY}, DIVISION: {Level.DIVISION, Level.REGION}, 2: {Level.DISTRICT}}
"""What the gazetteer calls the areas of each admin level; those further down are towns."""


@dataclass(frozen=True, slots=True)
class Area:
    """One row of the table: an administrative area with its P-code, its level and its parent's P-code."""

    code: str
    name: str
    level: int
    parent: str


@dataclass(slots=True)
class PCodes:
    """A table of P-codes: its areas by country, ISO 3166 alpha-3, and, once asked for, by the keys of their names."""

    areas: dict[str, list[Area]] = field(default_factory=lambda: defaultdict(list))
    _keys: dict[str, dict[str, list[Area]]] = field(default_factory=dict)

    def named(self, country: str, name: str | None) -> list[Area]:
        """Return the areas of a country that bear a name, in the table's spelling or the gazetteer's."""
        if country not in self._keys:
            keys = self._keys[country] = defaultdict(list)
            for area in self.areas.get(country, ()):
                for key in _spell(area, country):
                    keys[key].append(area)
        return self._keys[country].get(fold(name), []) if name else []


def _spell(area: Area, country: str) -> set[str]:
    """Return the keys of an area's name and of what the gazetteer calls it: Idleb is Idlib."""
    levels = LEVELS.get(area.level, {Level.TOWN})
    known = (place for place in find_named(area.name) if place.country == country and place.level in levels)
    return {fold(area.name), *(fold(place.name) for place in known)}


def read_pcodes(lines: Iterable[str], name: str) -> PCodes:
    """Read a table of P-codes from the lines of a CSV file; ``name`` is what errors call it.

    Raises TableError where a column is missing or a level is no number. A second header of HXL tags is passed over.

    >>> table = ["Location,Admin Level,P-Code,Name,Parent P-Code", "SYR,1,SY07,Idleb,SYR"]
    >>> read_pcodes(table, "table.csv").named("SYR", "Idlib")[0].code
    'SY07'
    """
    rows = csv.DictReader(lines)
    header = {column.strip().lower(): column for column in rows.fieldnames or ()}
    if missing := [column for column in COLUMNS if column not in header]:
        raise TableError(f"{name}: no column {missing[0]!r}; {REMEDY}")
    parent = header.get("parent p-code", header.get("parent", ""))
    table = PCodes()
    for number, row in enumerate(rows, start=2):
        country, level, code, words = ((row[header[column]] or "").strip() for column in COLUMNS)
        if level.startswith("#"):
            continue
        if not level.isdigit():
            raise TableError(f"{name}: line {number}: the admin level {level!r} is no number; {REMEDY}")
        table.areas[country.upper()].append(Area(code, words, int(level), (row.get(parent) or "").strip()))
    return table


def find_pcode(figure: Figure, table: PCodes) -> str | None:
    """Return the P-code of a figure's place, else of its first-level division, else None.

    Of areas of one name the largest is taken: a vague place is not pinned to a town.
    """
    if figure.country is None:
        return None
    division = find_division_name(figure.admin1) if figure.admin1 else None
    above = sorted(area.code for area in table.named(figure.country, division) if area.level == DIVISION)
    named = table.named(figure.country, figure.place)
    inside = [area for area in named if area.level <= DIVISION or not above or area.code.startswith(tuple(above))]
    best = min(inside, key=lambda area: area.level, default=None)
    return best.code if best else next(iter(above), None)
