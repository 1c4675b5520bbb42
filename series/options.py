"""Every choice that makes an estimate out of claims, by name, with the careful one as the default."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from series.bins import Bin


class By(StrEnum):
    """What a line of a timeline is."""

    SOURCE = "source"
    REGION = "region"
    GROUP = "group"


class Vague(StrEnum):
    """Which number stands for a vague word or a range: see ``series.conventions``."""

    LOW = "low"
    ACLED = "acled"
    EMDAT = "emdat"
    MIDDLE = "middle"


class Spread(StrEnum):
    """Where a count stands that is longer than its bin: evenly over its days, or at its end."""

    EVEN = "even"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How claims become estimates.

    ``best`` is ``median``, ``lowest`` (ACLED), ``highest`` or the name of a preferred source (IDMC's *recommended*
    figure, the others being its *triangulation*). ``statuses`` are those asked for besides ``reported``: unverified
    figures count only then, and apart. ``totals`` draws what was new out of running totals. ``households`` makes
    people of them. ``carry`` is for how many days a stock stands. ``as_known`` is a day of publication, inclusive.

    >>> Options(vague=Vague.ACLED).describe()["vague"]
    'acled'
    """

    by: By = By.SOURCE
    width: Bin = Bin.MONTH
    best: str = "median"
    vague: Vague = Vague.LOW
    spread: Spread = Spread.EVEN
    statuses: tuple[str, ...] = ()
    totals: bool = True
    households: bool = False
    carry: int = 90
    as_known: date | None = None

    def describe(self) -> dict[str, object]:
        """Return the options by name, as the metadata of an export keeps them."""
        return {
            "by": str(self.by),
            "bin": str(self.width),
            "best": self.best,
            "vague": str(self.vague),
            "spread": str(self.spread),
            "statuses": list(self.statuses),
            "totals": self.totals,
            "households": self.households,
            "carry": self.carry,
            "as_known": self.as_known.isoformat() if self.as_known else None,
        }


USUAL = Options()
