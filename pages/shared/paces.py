"""How far long work is, how fast it goes and how long it still takes, in the words beside a progress bar."""

from dataclasses import dataclass, field
from time import monotonic

from series.phrases import pluralize

_OFTEN = 0.2
"""Seconds between two looks of the reader at a bar: more would only slow the work down."""
_SURE = 1.0
_MINUTE, _HOUR = 60, 3600


@dataclass(slots=True)
class Pace:
    """The pace of work that began when this was made; ``total`` is how many things there are, None where unknown."""

    what: str
    total: int | None = None
    start: float = field(default_factory=monotonic)
    shown: float = 0.0

    def is_due(self) -> bool:
        """Tell whether the bar is to be drawn again."""
        now = monotonic()
        if now - self.shown < _OFTEN:
            return False
        self.shown = now
        return True

    def say(self, done: int, now: float | None = None) -> str:
        """Return the words beside the bar, with rate and time left once they can be told.

        >>> Pace("report", 2000, start=0.0).say(500, now=10.0)
        '500 of 2,000 reports, 50 a second, 30 seconds left'
        >>> Pace("report", start=0.0).say(1, now=0.1)
        '1 report'
        """
        seconds = (monotonic() if now is None else now) - self.start
        of = f" of {self.total:,}" if self.total is not None else ""
        words = [f"{done:,}{of} {pluralize(self.what, done if self.total is None else self.total)}"]
        if seconds >= _SURE and done:
            words.append(say_rate(done / seconds))
            if self.total is not None and self.total > done:
                words.append(f"{say_seconds((self.total - done) * seconds / done)} left")
        return ", ".join(words)

    def share(self, done: int) -> float:
        """Return how much of the work is done, from 0 to 1; 0 where nobody knows."""
        return min(1.0, done / self.total) if self.total else 0.0


def say_rate(rate: float) -> str:
    """Return how many things are done in which time.

    >>> say_rate(49.6), say_rate(0.1)
    ('50 a second', '6 a minute')
    """
    return f"{rate:,.0f} a second" if rate >= 1 else f"{rate * _MINUTE:,.0f} a minute"


def say_seconds(seconds: float) -> str:
    """Return a span of time as one would say it.

    >>> say_seconds(0.4), say_seconds(95), say_seconds(7500)
    ('1 second', '2 minutes', '2 hours')
    """
    for size, name in ((_HOUR, "hour"), (_MINUTE, "minute")):
        if seconds >= size * 1.5:
            return f"{round(seconds / size)} {name}s"
    whole = max(1, round(seconds))
    return f"{whole} {pluralize('second', whole)}"
