"""Figures become numbers: codes for who and what in an order that no order of rows changes, and the claim of each."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from series.codes import (
    DAYS,
    are_alike,
    count_days,
    find_first,
    fit_code,
    join_codes,
    mix_words,
    number_mixed,
    number_names,
    number_rows,
    rank_columns,
    shift_numbers,
)
from series.cores import work_on_cores
from series.figures import prepare_figures
from series.groups import measure_depth
from series.reviews import find_rejected
from series.runs import mark_first

REPRINT = 7
"""In days: an undated count of an event that is printed again within them, or so soon after, is the same claim."""

NEW, RUNNING, STOCK = range(3)
BASES = ("new", "cumulative", "stock")
WORDS = {"metric": "metric", "unit": "unit", "status": "status", "claimant": "claimant", "group": "counted_group"}
"""The columns of figures whose words a claim keeps as codes, by the name of the code."""
REGION = ("at_country", "at_admin1", "at_place")
THING = ("basis", "metric", "unit", "status", "claimant", "region", "group")
"""What the claims of one series share."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Figures as numbers: ``codes`` by column, the ``names`` of each code, and the three codes of each ``region``.

    Codes are in the order of the names, those of groups the narrowest first: no result depends on the order of rows.
    """

    codes: dict[str, np.ndarray]
    names: dict[str, "np.ndarray[Any, Any]"]
    places: np.ndarray

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "Coded":
        """Return the codes of prepared figures."""
        columns = WORDS | {one: one for one in (*REGION, "publisher", "qualifier")}
        numbered = work_on_cores(lambda column: number_names(frame[column]), columns.values())
        codes = {name: own for name, (own, _) in zip(columns, numbered, strict=True)}
        names = {name: words for name, (_, words) in zip(columns, numbered, strict=True)}
        order = sorted(range(len(names["group"])), key=lambda at: -measure_depth(str(names["group"][at])))
        codes["group"], names["group"] = _invert(order)[codes["group"]], names["group"][order]
        if "person" not in names["unit"]:
            names["unit"] = np.append(names["unit"], "person")
        bases, known = number_names(frame["basis"])
        codes["basis"] = np.array([BASES.index(one) if one in BASES else 0 for one in known], dtype=np.int8)[bases]
        region, size = rank_columns((codes[one], len(names[one])) for one in REGION)
        codes["region"] = region.astype(fit_code(size))
        heads = find_first(region)
        places = np.zeros((size, len(REGION)), dtype=np.int64)
        for at, one in enumerate(REGION):
            places[:, at] = codes.pop(one)[heads]
        return cls(codes, names, places)

    def size(self, name: str) -> int:
        """Return how many codes a column may have."""
        fixed = {"basis": len(BASES), "region": len(self.places)}
        return fixed[name] if name in fixed else len(self.names[name])


def _invert(order: list[int]) -> np.ndarray:
    """Return the place of each in an order, in the narrowest type that holds it."""
    return np.argsort(order).astype(fit_code(len(order)))


def number_coded(frame: pd.DataFrame, coded: Coded) -> np.ndarray:
    """Return the number of the claim of each figure: the order in which claims are first met.

    All that two figures of one claim share is hashed to one number; that no two claims met there is then looked at.
    """
    if not len(frame):
        return np.zeros(0, dtype=np.int64)
    things = [(coded.codes[name], coded.size(name)) for name in (*THING, "qualifier")]
    days = (shift_numbers(count_days(frame[name])) for name in ("start", "end"))
    thing, _ = join_codes([*things, *days, (frame["rejected"].to_numpy(bool), 2)])
    words = [thing, *(frame[name].to_numpy(float) for name in ("value", "low", "high"))]
    mixed = mix_words(words)
    number = number_mixed(mixed)
    if not are_alike(words, number):
        number = np.asarray(pd.factorize(mixed)[0])
    if not are_alike(words, number):
        number = np.asarray(pd.MultiIndex.from_arrays([word + word.dtype.type(0) for word in words]).factorize()[0])
    loose = _find_loose(frame, coded)
    if not len(loose):
        return number
    episode = _find_episodes(frame, loose, number)
    number = np.asarray(pd.factorize(number * (int(episode.max()) + 1) + episode)[0])
    return np.asarray(pd.factorize(_join_dated(frame, coded, loose, number))[0])


def _find_loose(frame: pd.DataFrame, coded: Coded) -> np.ndarray:
    """Return which figures are new counts without a period, printed on a known day."""
    undated = frame["undated"].to_numpy(bool) & frame["published"].notna().to_numpy()
    return np.flatnonzero(undated & (coded.codes["basis"] == NEW))


def _find_episodes(frame: pd.DataFrame, loose: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Return a counter that goes up where an undated new count appears again long after its last printing."""
    episode = np.zeros(len(frame), dtype=np.int64)
    days = count_days(frame["published"].iloc[loose])
    order = np.lexsort((days, number[loose]))
    same = np.diff(number[loose][order], prepend=-1) == 0
    again = same & (np.diff(days[order], prepend=days[order][:1]) > REPRINT)
    episode[loose[order]] = np.cumsum(again)
    return episode


def _join_dated(frame: pd.DataFrame, coded: Coded, loose: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Return the numbers of claims, an undated count with that of the dated one that it repeats.

    It repeats the number of the same source for the same thing whose days ended last before it was first printed, at
    most ``REPRINT`` days before: one paper says when the nine died, another only that they did.
    """
    dated = np.flatnonzero(~frame["undated"].to_numpy(bool) & (coded.codes["basis"] == NEW))
    own = ["value", "low", "high", "rejected"]
    rows = frame[own].iloc[np.concatenate([loose, dated])].reset_index(drop=True)
    codes = [(coded.codes[name][np.concatenate([loose, dated])], coded.size(name)) for name in (*THING, "qualifier")]
    alike = number_rows(rows.assign(thing=join_codes(codes)[0]), [*own, "thing"])
    printed, till = (count_days(frame[name].iloc[at]) for name, at in (("published", loose), ("till", dated)))
    order = np.lexsort((printed, number[loose]))
    first = order[mark_first(number[loose][order])]
    begun = count_days(frame["from"].iloc[dated])
    ranked = np.lexsort((begun, till, alike[len(loose) :]))
    ends = alike[len(loose) :][ranked] * DAYS + till[ranked]
    asked = alike[first] * DAYS + printed[first]
    at = np.searchsorted(ends, asked, side="right") - 1
    near = np.flatnonzero((at >= 0) & (asked - ends[at] <= REPRINT)) if len(ends) else at[:0]
    joined = np.arange(int(number.max()) + 1)
    joined[number[loose[first[near]]]] = number[dated[ranked[at[near]]]]
    return np.asarray(joined[number])


def number_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures, made ready, with ``rejected`` and ``claim``, the number of the claim of each."""
    frame = prepare_figures(figures)
    frame = frame.assign(rejected=find_rejected(frame))
    return frame.assign(claim=number_coded(frame, Coded.of(frame)))
