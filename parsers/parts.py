"""Parts and shares: which figure is a part of which, and the numbers that only a share and its whole give."""

from collections.abc import Sequence
from dataclasses import replace

from parsers.records import Evidence, Figure, Reading, Span

FAR = 3


def relate(readings: Sequence[Reading], wholes: Sequence[Span | None], shares: Sequence[float | None]) -> list[Reading]:
    """Link parts to their wholes, and work out shares.

    ``wholes`` has for each reading the span of its whole's number, ``shares`` its fraction, None where it has none. A
    share without a whole to take it of is no figure.
    """
    related: list[Reading] = []
    for reading, whole_span, share in zip(readings, wholes, shares, strict=True):
        if share is not None:
            whole = _nearest(related, reading)
            if whole:
                related.append(_worked_out(reading, whole.figure, share))
            continue
        whole = next((other for other in related if other.figure.span == whole_span), None)
        related.append(_part(reading, whole.figure) if whole else reading)
    return related


def _part(reading: Reading, whole: Figure) -> Reading:
    evidence = Evidence("part_of", whole.span, "named as a part of this number")
    return reading.with_field(evidence, part_of=whole.id)


def _nearest(before: Sequence[Reading], reading: Reading) -> Reading | None:
    for other in reversed(before):
        if other.figure.part_of is None and 0 <= reading.sentence - other.sentence <= FAR:
            return other
    return None


def _worked_out(reading: Reading, whole: Figure, share: float) -> Reading:
    value, low, high = (
        None if number is None else round(number * share) for number in (whole.value, whole.low, whole.high)
    )
    figure = replace(
        reading.figure, value=value, low=low, high=high, qualifier=whole.qualifier, unit=whole.unit, share=share,
        part_of=whole.id, basis=whole.basis, group=reading.figure.group or whole.group,
    )  # fmt: skip
    evidence = Evidence("value", whole.span, f"{share:g} of the {whole.metric} figure of {whole.value or whole.low}")
    return replace(reading, figure=figure, evidence=(*reading.evidence, evidence))
