"""Where a running toll begins, when its own words do not say: at the one event or start that the report names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.bases import EVENTS
from parsers.clauses import Page, as_if, is_history, is_statement, stands_with_event
from parsers.dates import Period
from parsers.records import Basis, Evidence, Precision, Reading


def begin_tolls(readings: Sequence[Reading], page: Page) -> list[Reading]:
    """Return the readings, each running toll without a start with that of the one beginning that the report names.

    A toll of the same metric that is counted on that day itself makes the others tolls of something longer.
    """
    if not any(map(_lacks_start, readings)):
        return list(readings)
    named = {period.start: period for period in _find_beginnings(page)}
    beginning = next(iter(named.values())) if len(named) == 1 else None
    if beginning is None or beginning.precision is not Precision.DAY:
        return list(readings)
    dated = [one.figure for one in readings if one.figure.start == beginning.start]
    counted = {figure.metric for figure in dated if figure.basis is Basis.NEW}
    groups = {None, *(figure.group for figure in dated)}
    return [
        _begun(reading, beginning, page)
        if _lacks_start(reading)
        and reading.figure.metric not in counted
        # Since when the dead are counted is not since when the aid workers among them are.
        and (not beginning.since or reading.figure.group in groups)
        else reading
        for reading in readings
    ]


def _lacks_start(reading: Reading) -> bool:
    figure = reading.figure
    return figure.basis is Basis.CUMULATIVE and figure.start is None and figure.metric in EVENTS


def _find_beginnings(page: Page) -> Iterator[Period]:
    """Yield the starts that a report names, and the days of the events that it tells of."""
    for at in range(len(page.document.sentences)):
        there = as_if(page.readings[0], at)
        for period in page.periods(at):
            if period.start is None or is_history(period, there, page):
                continue
            of_event = (
                not period.as_of and not is_statement(period, there, page) and stands_with_event(period, at, page)
            )
            if period.since or (of_event and period.start == period.end):
                yield period


def _begun(reading: Reading, beginning: Period, page: Page) -> Reading:
    """Return a toll with its start, and up to publication where its words give no end."""
    start, end = beginning.start, reading.figure.end or page.now
    if start is None or end is None or end < start:
        return reading
    evidence = Evidence("start", beginning.span, f"{beginning.rule}: the one beginning that the report names")
    begun = reading.with_field(evidence, start=start)
    precision = reading.figure.precision or Precision.DAY
    if reading.figure.end is None:
        begun = begun.with_field(replace(evidence, field="end", why="counted up to the day of publication"), end=end)
    return begun.with_field(replace(evidence, field="precision"), precision=precision)
