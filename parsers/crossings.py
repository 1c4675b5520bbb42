"""Borders: people who flee or cross into another country are refugees there, though no word calls them so."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from parsers.gazetteers import Level
from parsers.grammar import ACTS, CAME, CROSSED, DRIVEN, DRIVEN_INTO, FLEEING
from parsers.mentions import PlaceMention, find_places
from parsers.records import Basis, Document, Evidence, Metric, Reading
from parsers.scenes import Role
from parsers.tables import load_section

OVER_BORDERS = frozenset({CAME, CROSSED, DRIVEN, DRIVEN_INTO})
HERE = frozenset({Role.SCENE, Role.DESTINATION, Role.MENTION})


@cache
def _words(name: str) -> frozenset[str]:
    return load_section("en", "places").words(name)


def cross(readings: Sequence[Reading], document: Document, homes: Mapping[str, float]) -> list[Reading]:
    """Make refugees of the displaced who come into a country that is named, and not their own.

    ``homes`` weighs the countries of the report's claimants, as evidence of which places are meant.

    >>> from parsers.pipeline import extract
    >>> from reports.records import Report
    >>> extract(Report(id="r", text="Over 900 families crossed into Uganda, fleeing clashes."))[0].metric.value
    'refugees'
    """
    if not any(_moves(reading, document) for reading in readings):
        return list(readings)
    mentions = find_places(document, homes)
    return [_crossed(reading, mentions, document) if _moves(reading, document) else reading for reading in readings]


def _moves(reading: Reading, document: Document) -> bool:
    """Whether people are counted as displaced by a verb that may take them over a border."""
    figure = reading.figure
    trigger = document.text[slice(*reading.trigger)].lower().split()
    acts = figure.rule == ACTS or figure.rule in FLEEING
    moves = figure.rule in OVER_BORDERS or (acts and not _words("crossing").isdisjoint(trigger))
    return moves and figure.metric is Metric.DISPLACED


def _crossed(reading: Reading, mentions: Sequence[PlaceMention], document: Document) -> Reading:
    near = [
        m for m in mentions if reading.clause[0] <= m.span[0] < reading.clause[1] and m.sentence == reading.sentence
    ]
    host = next(_find_hosts(reading, near, document), None)
    if host is None or any(m.country == host.country and m.role in {Role.ORIGIN, Role.PEOPLE} for m in near):
        return reading
    name = document.text[slice(*host.span)]
    evidence = Evidence("metric", host.span, f"they came into another country, '{name}'")
    basis = Basis.NEW if reading.figure.basis is Basis.STOCK else reading.figure.basis
    return reading.with_metric(Metric.REFUGEES, evidence, basis=basis)


def _leads_in(before: Sequence[str]) -> bool:
    """Whether the last of the words between the verb and a name says that people came into it: "arrived in Chad"."""
    turns = (word for last, word in pairwise(before) if last.endswith(","))
    if not _words("next_clauses").isdisjoint(turns):
        return False  # "flee their homes, and aid is trucked to Chad"
    told = [word for word in before if word not in _words("fillers") | _words("neighbours")]
    return bool(told) and (told[-1] in _words("entering") or " ".join(told) in _words("arriving_in"))


def _find_hosts(reading: Reading, near: Sequence[PlaceMention], document: Document) -> Iterator[PlaceMention]:
    """Yield the countries behind the verb that people come into, and the places that lie in another than they left."""
    left = {m.country for m in near if m.role is Role.ORIGIN and m.country}
    for mention in near:
        before = document.text[reading.trigger[0] : mention.span[0]].lower().split()
        if mention.role not in HERE or not _leads_in(before):
            continue
        if mention.level is Level.COUNTRY or (left and mention.country and mention.country not in left):
            yield mention
