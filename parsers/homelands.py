"""The countries that a report's claimants are at home in: evidence of which place is meant, and where none is named."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from parsers.claimants import Claimant, Kind, find_claimant, find_namings
from parsers.hearings import find_publisher
from parsers.offices import find_countries, load_words
from parsers.records import Document, Evidence, Reading
from parsers.tables import load_section

AUTHORITIES = frozenset({Kind.GOVERNMENT, Kind.HEALTH, Kind.HOSPITAL, Kind.CIVIL_DEFENCE, Kind.MONITOR})
"""Who counts at home. Armies and armed groups also claim abroad, and media and aid workers report from anywhere."""

NAMED_AFTER = 0.5
"""What the country in an unlisted publisher's name weighs: "Civil Protection of Haiti"."""
AT_HOME = {**dict.fromkeys(AUTHORITIES, 0.5), Kind.NGO: 0.25, Kind.MEDIA: 0.25}
"""What a claimant's country weighs beside a place that the report names, which weighs 1: who reports from home."""


@cache
def _worldwide() -> frozenset[str]:
    return load_section("en", "sources").words("worldwide")


def find_homes(readings: Iterable[Reading], document: Document) -> dict[str, float]:
    """Return the countries of those who make or print the report's claims, each with its weight.

    >>> from parsers.sentences import read_document
    >>> from reports.records import Report
    >>> find_homes([], read_document(Report(id="r", text="", publisher="Radio Okapi")))
    {'COD': 0.25}
    """
    figures = [reading.figure for reading in readings]
    named = dict.fromkeys(name for figure in figures for name in (figure.source, figure.via) if name)
    claimants = [find_claimant(name) for name in named] + [find_publisher(document.report.publisher)]
    homes: dict[str, float] = {}
    for claimant in dict.fromkeys(filter(None, claimants)):
        weight = AT_HOME.get(claimant.kind, 0.0)
        if claimant.country and weight and claimant.name.lower() not in _worldwide():
            homes[claimant.country] = homes.get(claimant.country, 0.0) + weight
    if claimants[-1] is None and document.report.publisher:
        named_in = find_countries(load_words(document.report.language), document.report.publisher.lower())
        homes |= dict.fromkeys(named_in, NAMED_AFTER)
    return homes


def settle(readings: Sequence[Reading], document: Document, name_country: Callable[[str], str | None]) -> list[Reading]:
    """Give the figures without a place or country those of their source, or of the only authority that is named.

    ``name_country`` gives the name of a country by its ISO 3166 alpha-3 code.

    >>> from parsers.pipeline import extract
    >>> from reports.records import Report
    >>> extract(Report(id="r", text="BNPB said 1,200 villagers were evacuated."))[0].country
    'IDN'
    """
    if all(reading.figure.place for reading in readings):
        return list(readings)
    named = _find_named(document)
    settled = (reading if reading.figure.place else _settled(reading, named, name_country) for reading in readings)
    return [reading if reading.figure.place else _unplaced(reading) for reading in settled]


def _unplaced(reading: Reading) -> Reading:
    return replace(reading, evidence=(*reading.evidence, Evidence("place", None, "no place is named for it")))


def _find_named(document: Document) -> Claimant | None:
    """Return an authority that the report names by its full name, where all that it names are of one country."""
    namings = [naming for naming in find_namings(document.text) if not naming.is_short]
    offices = [claimant for naming in namings for claimant in naming.claimants[:1] if _is_authority(claimant)]
    return offices[0] if len({claimant.country for claimant in offices}) == 1 else None


def _is_authority(claimant: Claimant) -> bool:
    return bool(claimant.country) and claimant.kind in AUTHORITIES


def _settled(reading: Reading, named: Claimant | None, name_country: Callable[[str], str | None]) -> Reading:
    """Return a reading with the country that its authority counts in; its own authority's is the place as well."""
    source = find_claimant(reading.figure.source) if reading.figure.source else None
    own = source if source and _is_authority(source) else None
    office = own or (None if reading.figure.country else named)
    if office is None or reading.figure.country not in {None, office.country}:
        return reading
    why = f"no place is named, and {office.name} counts there"
    place = name_country(office.country) if own and office.country else None
    if place:
        reading = reading.with_field(Evidence("place", None, why), place=place)
    return reading.with_field(Evidence("country", None, why), country=office.country)
