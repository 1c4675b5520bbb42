"""The countries that a report's claimants are at home in: evidence of which place is meant, and where none is named."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from parsers.claimants import Claimant, Kind, find_claimant, find_namings
from parsers.hearings import find_publisher
from parsers.offices import BASED, find_countries, load_words, tell_kind
from parsers.records import Document, Evidence, Reading
from parsers.tables import load_section

AUTHORITIES = frozenset({Kind.GOVERNMENT, Kind.HEALTH, Kind.HOSPITAL, Kind.CIVIL_DEFENCE, Kind.MONITOR})
"""Who counts at home. Armies and armed groups also claim abroad, and media and aid workers report from anywhere."""

NAMED_AFTER = 0.5
"""What the country in an unlisted publisher's name weighs: "Civil Protection of Haiti"."""
AT_HOME = {**dict.fromkeys(AUTHORITIES, 0.5), Kind.NGO: 0.25, Kind.MEDIA: 0.25}
"""What a claimant's country weighs beside a place that the report names, which weighs 1: who reports from home."""
NAMED = 0.25
"""What the country weighs whose authorities alone the report names."""
FIGHTING = 0.25
"""What the country weighs whose armed groups alone the report names, for they seldom fight elsewhere."""


@cache
def _words(name: str) -> frozenset[str]:
    return load_section("en", "sources").words(name)


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
        if claimant.country and weight and claimant.name.lower() not in _words("worldwide"):
            homes[claimant.country] = homes.get(claimant.country, 0.0) + weight
    if fighters := _find_fighters(document):
        homes[fighters.country] = homes.get(fighters.country, 0.0) + FIGHTING
    if (authority := _find_named(document)) and authority.country not in homes:
        homes[authority.country] = NAMED
    if claimants[-1] is None and document.report.publisher:
        named_in = find_countries(load_words(document.report.language), document.report.publisher.lower())
        homes |= dict.fromkeys(named_in, NAMED_AFTER)
    return homes


def settle(readings: Sequence[Reading], document: Document, name_country: Callable[[str], str | None]) -> list[Reading]:
    """Give the figures without a place or country those of their source, or of the only authority that is named.

    Where no authority is named, the armed groups give the country that all of them fight in.

    ``name_country`` gives the name of a country by its ISO 3166 alpha-3 code.

    >>> from parsers.pipeline import extract
    >>> from reports.records import Report
    >>> extract(Report(id="r", text="BNPB said 1,200 villagers were evacuated."))[0].country
    'IDN'
    """
    if all(reading.figure.place for reading in readings):
        return list(readings)
    named = _find_named(document)
    language = document.report.language
    settled = (r if r.figure.place else _settled(r, named, name_country, language) for r in readings)
    return [reading if reading.figure.place else _unplaced(reading) for reading in settled]


def _unplaced(reading: Reading) -> Reading:
    return replace(reading, evidence=(*reading.evidence, Evidence("place", None, "no place is named for it")))


@lru_cache(maxsize=1)
def _find_claimants(text: str) -> list[Claimant]:
    """Return whom a report names by their full name."""
    return [naming.claimants[0] for naming in find_namings(text) if not naming.is_short]


def _find_named(document: Document) -> Claimant | None:
    """Return an authority that the report names, else the one that printed it, else an armed group.

    None where all that it names of them are not of one country.
    """
    offices = [claimant for claimant in _find_claimants(document.text) if _is_authority(claimant)]
    return _only_country(offices) if offices else _find_printer(document) or _find_fighters(document)


def _find_printer(document: Document) -> Claimant | None:
    """Return the authority that published the report, as listed or by the office and the country in its name."""
    publisher, listed = document.report.publisher or "", find_publisher(document.report.publisher)
    if listed:
        return listed if _is_authority(listed) else None
    return _read_office(publisher, document.report.language)


def _read_office(name: str, language: str) -> Claimant | None:
    """Return who is no listed claimant as an authority of the one country in the name: Isle of Man police."""
    words, name = load_words(language), BASED.sub("", name)
    m = words.office.search(name)
    kind, countries = tell_kind(words, m) if m else None, set(find_countries(words, name.lower()))
    if kind not in AUTHORITIES or len(countries) != 1:
        return None
    return Claimant("", name, kind, countries.pop())


def _find_fighters(document: Document) -> Claimant | None:
    """Return an armed group that the report names, where all of them fight in one country."""
    groups = [claimant for claimant in _find_claimants(document.text) if claimant.kind is Kind.ARMED_GROUP]
    roving = any(not group.country or group.name.lower() in _words("roving") for group in groups)
    return None if roving else _only_country(groups)


def _only_country(claimants: Sequence[Claimant]) -> Claimant | None:
    return claimants[0] if len({claimant.country for claimant in claimants}) == 1 else None


def _is_authority(claimant: Claimant) -> bool:
    at_home = claimant.kind in AUTHORITIES or any(words in claimant.name.lower() for words in _words("home_societies"))
    return bool(claimant.country) and at_home


def _settled(
    reading: Reading, named: Claimant | None, name_country: Callable[[str], str | None], language: str
) -> Reading:
    """Return a reading with the country that its authority counts in; its own authority's is the place as well."""
    name = reading.figure.source
    source = (find_claimant(name) or _read_office(name, language)) if name else None
    own = source if source and _is_authority(source) else None
    office = own or (None if reading.figure.country else named)
    if office is None or reading.figure.country not in {None, office.country}:
        return reading
    does = "fights" if office.kind is Kind.ARMED_GROUP else "counts"
    why = f"no place is named, and {office.name} {does} there"
    place = name_country(office.country) if own and office.country else None
    if place:
        reading = reading.with_field(Evidence("place", None, why), place=place)
    return reading.with_field(Evidence("country", None, why), country=office.country)
