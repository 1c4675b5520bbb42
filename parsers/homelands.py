"""The country of a figure that names no place: that of the authority that counts, or that the report names."""

from collections.abc import Sequence

from parsers.claimants import Claimant, Kind, find_claimant, find_namings
from parsers.records import Document, Evidence, Reading

AUTHORITIES = frozenset({Kind.GOVERNMENT, Kind.HEALTH, Kind.HOSPITAL, Kind.CIVIL_DEFENCE, Kind.MONITOR})
"""Who counts at home. Armies and armed groups also claim abroad, and media and aid workers report from anywhere."""


def settle(readings: Sequence[Reading], document: Document) -> list[Reading]:
    """Give the figures without a country that of their source, or of the only authority that the report names.

    >>> from parsers.pipeline import extract
    >>> from reports.records import Report
    >>> extract(Report(id="r", text="BNPB said 1,200 villagers were evacuated."))[0].country
    'IDN'
    """
    if all(reading.figure.country for reading in readings):
        return list(readings)
    named = _find_named(document)
    return [reading if reading.figure.country else _settled(reading, named) for reading in readings]


def _find_named(document: Document) -> Claimant | None:
    """Return an authority that the report names by its full name, where all that it names are of one country."""
    namings = [naming for naming in find_namings(document.text) if not naming.is_short]
    offices = [claimant for naming in namings for claimant in naming.claimants[:1] if _is_authority(claimant)]
    return offices[0] if len({claimant.country for claimant in offices}) == 1 else None


def _is_authority(claimant: Claimant) -> bool:
    return bool(claimant.country) and claimant.kind in AUTHORITIES


def _settled(reading: Reading, named: Claimant | None) -> Reading:
    source = find_claimant(reading.figure.source) if reading.figure.source else None
    office = source if source and _is_authority(source) else named
    if office is None:
        return reading
    evidence = Evidence("country", None, f"no place is named, and {office.name} counts there")
    return reading.with_field(evidence, country=office.country)
