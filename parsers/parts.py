"""Parts and shares: which figure is a part of which, and the numbers that only a share and its whole give."""

from collections.abc import Sequence

from parsers.portions import work_out
from parsers.records import Basis, Evidence, Figure, Metric, Reading, Span

FAR = 3
RECENT = 100
PERIOD = ("start", "end", "precision")
SOURCE = ("source", "source_text", "via")
PLACE = ("place", "place_text", "admin1", "country", "latitude", "longitude")


def relate(readings: Sequence[Reading], wholes: Sequence[Span | None], shares: Sequence[float | None]) -> list[Reading]:
    """Link parts to their wholes, and work out shares.

    ``wholes`` has for each reading the span of its whole's number, ``shares`` its fraction, None where it has none. A
    share without a whole to take it of is no figure.
    """
    related: list[Reading] = []
    told: dict[Span | None, Reading] = {}
    behind: dict[Span | None, Reading] = {reading.figure.span: reading for reading in readings}
    for reading, whole_span, share in zip(readings, wholes, shares, strict=True):
        if share is not None:
            whole = told.get(whole_span) or _nearest(related, reading)
            if whole:
                related.append(_complete(_worked_out(reading, whole.figure, share), whole.figure))
            continue
        whole = told.get(whole_span) or behind.get(whole_span)
        related.append(_part(reading, whole) if whole else reading)
        told.setdefault(related[-1].figure.span, related[-1])
    return related


def _part(reading: Reading, whole: Reading) -> Reading:
    evidence = Evidence("part_of", whole.figure.span, "named as a part of this number")
    part = reading.with_field(evidence, part_of=whole.figure.id)
    return _complete(part, whole.figure, dated=not _is_added(reading, whole))


def _is_added(reading: Reading, whole: Reading) -> bool:
    """Whether a count only came to a running total, which does not date it: "two died, bringing the toll to"."""
    alone = reading.trigger[1] < whole.trigger[0] and reading.figure.span[1] < whole.trigger[0]
    return alone and reading.figure.basis is Basis.NEW and whole.figure.basis is Basis.CUMULATIVE


def _cross_with(reading: Reading, whole: Figure) -> Reading:
    """Make refugees of a part of those who came into another country: "two thirds of them children"."""
    part = reading.figure
    if part.metric is not Metric.DISPLACED or whole.metric is not Metric.REFUGEES:
        return reading
    evidence = Evidence("metric", whole.span, "as the whole")
    return reading.with_metric(whole.metric, evidence)


def _complete(reading: Reading, whole: Figure, *, dated: bool = True) -> Reading:
    """Give a part what only its whole says: its source, its place and, where it is ``dated`` by it, its days."""
    reading = _cross_with(reading, whole)
    part = reading.figure
    if part.source is None and whole.source:
        reading = _copy(reading, whole, SOURCE)
    if _lacks_place(part, whole):
        reading = _copy(reading, whole, PLACE)
    # The date of a state is not that of what befell a part of it: "home to three million, half of them evacuated".
    if (
        dated
        and part.start is None
        and part.end is None
        and (whole.basis is not Basis.STOCK or whole.metric is part.metric)
    ):
        reading = _copy(reading, whole, (*PERIOD, "basis") if whole.start or whole.end else ())
    return reading


def _lacks_place(part: Figure, whole: Figure) -> bool:
    """Tell that a part has no place, or only the country in which its whole has one."""
    if part.place is None:
        return whole.place is not None and part.country in {None, whole.country}
    return part.admin1 is None and whole.admin1 is not None and part.country == whole.country


def _copy(reading: Reading, whole: Figure, fields: Sequence[str]) -> Reading:
    """Return the reading with fields as its whole has them."""
    for field in fields:
        value = getattr(whole, field)
        if value != getattr(reading.figure, field):
            reading = reading.with_field(Evidence(field, whole.span, "as the whole"), **{field: value})
    return reading


def _nearest(before: Sequence[Reading], reading: Reading) -> Reading | None:
    for other in reversed(before[-RECENT:]):
        if other.figure.part_of is None and 0 <= reading.sentence - other.sentence <= FAR:
            return other
    return None


def _worked_out(reading: Reading, whole: Figure, share: float) -> Reading:
    value, low, high, qualifier = work_out(share, reading.figure.qualifier, whole)
    evidence = Evidence("value", whole.span, f"{share:g} of the {whole.metric} figure of {whole.value or whole.low}")
    return reading.with_field(
        evidence, value=value, low=low, high=high, qualifier=qualifier, unit=whole.unit, share=share,
        part_of=whole.id, basis=whole.basis, group=reading.figure.group or whole.group,
    )  # fmt: skip
