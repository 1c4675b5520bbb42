"""Portions: what a share of a number comes to, with the bounds that its words leave."""

from typing import Protocol

from parsers.records import Qualifier, Quantity

RULE = "<fraction> of <number>"
SOFT = frozenset({Qualifier.ABOUT, Qualifier.NEARLY})
OPEN_BELOW = SOFT | {Qualifier.AT_MOST, Qualifier.LESS_THAN}
OPEN_ABOVE = SOFT | {Qualifier.AT_LEAST, Qualifier.MORE_THAN}
"""The hedges of a share that leave a bound of its number open: "more than half of the 210"."""


class Counted(Protocol):
    """What has a number with its bounds: a quantity, or a figure."""

    @property
    def value(self) -> int | None:
        """The number as printed."""

    @property
    def low(self) -> int | None:
        """The least that the words support."""

    @property
    def high(self) -> int | None:
        """The most that the words support."""

    @property
    def qualifier(self) -> Qualifier:
        """How the words bound the number."""


def work_out(share: float, hedge: Qualifier, whole: Counted) -> tuple[int | None, int | None, int | None, Qualifier]:
    """Return the number that a share of a whole comes to, its bounds, and how the words bound it."""
    value, low, high = (
        None if number is None else round(number * share) for number in (whole.value, whole.low, whole.high)
    )
    low, high = None if hedge in OPEN_BELOW else low, None if hedge in OPEN_ABOVE else high
    return value, low, high, whole.qualifier if hedge is Qualifier.EXACT else hedge


def share_out(share: Quantity, whole: Quantity) -> Quantity:
    """Return the number that a share of a number comes to: "half of the 600"."""
    value, low, high, qualifier = work_out(share.share or 1, share.qualifier, whole)
    return Quantity(
        share.start, whole.end, share.phrase_start, whole.end, value, low, high, qualifier, RULE, share.share
    )
