"""Breadths: a count that goes beyond the place named before it is of the country: millions after a town."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from parsers.gazetteers import Level, Place
from parsers.mentions import PlaceMention
from parsers.records import Figure, Reading, Unit

CROWDED = {Level.TOWN: 5, Level.DIVISION: 10}
"""How many times its listed inhabitants a place may count: the lists are old, and towns fill with the displaced."""
LARGER = 20
"""How many times the count of the place another's count of the same metric is that plainly counts more than that."""


def widen(
    mention: PlaceMention,
    reading: Reading,
    there: Mapping[int, Figure],
    find_country: Callable[[str], Place | None],
    *,
    since: bool,
) -> PlaceMention:
    """Return a place carried over to a figure, or its country, where the figure counts more than the place can hold.

    ``there`` has the figures that the place's own sentence counts; ``since`` says that the figure counts since a start.
    Only another source's count goes beyond: "15 died in Essakane. Since 2015 2,000 have been killed, ACLED says".
    """
    figure = reading.figure
    sources = {one.source for one in there.values()}
    if figure.low is None or figure.source is None or figure.source in sources or not mention.country:
        return mention
    larger = since and any(
        one.metric is figure.metric and one.low and figure.low >= LARGER * one.low for one in there.values()
    )
    if not (larger or _is_crowded(mention, figure)):
        return mention
    country = find_country(mention.country)
    if country is None or mention.level is Level.COUNTRY:
        return mention
    rule = f"more than are counted in {mention.name}, so of its country"
    return replace(
        mention,
        name=country.name,
        admin1=None,
        latitude=country.latitude,
        longitude=country.longitude,
        level=Level.COUNTRY,
        rule=rule,
    )


def _is_crowded(mention: PlaceMention, figure: Figure) -> bool:
    """Say whether a figure counts many times the inhabitants of a town or a division."""
    times = CROWDED.get(mention.level)
    if not times or not mention.population or figure.unit is not Unit.PERSON or figure.low is None:
        return False
    return figure.low > times * mention.population
