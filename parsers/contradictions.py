"""Contradictions: totals that their own parts do not bear out, told and never mended."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.records import Figure, Reading

CLOSED = "<people>, <number> in all"
"""The rule of a sum behind its parts, which are all of it."""
LISTED = frozenset({"<people> (<people>, <people>)", "<people>: <people>, <people>"})
"""The rules of parts that share nobody, so that they may not add up to more than their whole."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A stated total with what its parts add up to; ``parts`` is in the unit of the total."""

    whole: Figure
    parts: int

    def __str__(self) -> str:
        """Return the one line that is printed: report, place in the text, and what does not agree."""
        start, end = self.whole.span
        stated = self.whole.value if self.whole.value is not None else self.whole.low
        return (
            f"{self.whole.report}: characters {start} to {end} say {stated} {self.whole.metric}, "
            f"but the parts named there make {self.parts}; both are kept as printed"
        )


def find_contradictions(readings: Sequence[Reading]) -> Iterator[Contradiction]:
    """Yield the totals that a part exceeds, or that a closed list of parts does not make."""
    parts: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in (reading.figure for reading in readings):
        if figure.part_of is not None and figure.share is None:
            parts[figure.part_of].append(figure)
    for whole in (reading.figure for reading in readings):
        alike = [part for part in parts[whole.id] if part.metric is whole.metric and part.unit is whole.unit]
        most = max([_sum_of_listed(alike), *(part.low or 0 for part in alike)])
        exact = sum(part.value or 0 for part in alike)
        if whole.high is not None and most > whole.high:
            yield Contradiction(whole, most)
        elif whole.rule == CLOSED and exact != whole.value:
            yield Contradiction(whole, exact)


def _sum_of_listed(parts: Sequence[Figure]) -> int:
    return sum(part.low or 0 for part in parts if part.rule in LISTED)
