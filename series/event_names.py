"""Events in words: where, when and who was counted, what one side says, how far apart the sides are."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from series.wording import name_day, say_bounds

_TWICE = 2


def name_event(event: "dict[Hashable, Any]") -> str:
    """Return where, when and who was counted.

    >>> day = pd.Timestamp("2020-02-03")
    >>> name_event({"region": "Idlib", "since": day, "till": day, "basis": "new", "counted_group": "children"})
    'Idlib, 3 Feb 2020, children'
    """
    return f"{event['region']}, {name_days(event)}, {event['counted_group']}"


def name_days(event: "dict[Hashable, Any]") -> str:
    """Return the days that an event counts."""
    since, till = event["since"], event["till"]
    if event["basis"] == "stock":
        return f"on {name_day(till)}"
    if event["basis"] == "cumulative":
        return f"since {name_day(since)}, as of {name_day(till)}" if pd.notna(since) else f"total of {name_day(till)}"
    return name_day(till) if since == till else f"{name_day(since)} to {name_day(till)}"


def say_side(side: "dict[Hashable, Any]") -> str:
    """Return the number of one side with what it leaves open."""
    return say_bounds(side["low"], side["best"], side["high"])


def say_gap(event: "dict[Hashable, Any]") -> str:
    """Return how far apart the sources of an event are.

    >>> say_gap({"agree": False, "ratio": 2.4, "gap": 14.0}), say_gap({"agree": False, "ratio": 1.25, "gap": 2.0})
    ('2.4 times apart (14)', '25 % apart (2)')
    >>> say_gap({"agree": True, "ratio": 1.0, "gap": 0.0}), say_gap({"agree": True, "ratio": 1.2, "gap": 3.0})
    ('they agree', 'their ranges meet')
    """
    if event["agree"]:
        return "they agree" if event["gap"] == 0 else "their ranges meet"
    if pd.isna(event["ratio"]):
        return f"from none to {event['gap']:,.0f}"
    far = f"{event['ratio']:,.1f} times" if event["ratio"] >= _TWICE else f"{event['ratio'] - 1:.0%}".replace("%", " %")
    return f"{far} apart ({event['gap']:,.0f})"
