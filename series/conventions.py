"""Conventions: which single number stands for a vague word or a range. Nowhere else does a word become a number."""

from functools import cache

import numpy as np
import pandas as pd

from parsers.tables import load_rows
from series.options import Vague

NAMES = {
    Vague.LOW: "vague words and ranges count at their low end",
    Vague.ACLED: "vague words by ACLED's convention (dozens 12, hundreds 100), ranges at their low end",
    Vague.EMDAT: "vague words by EM-DAT's convention (hundreds 200, thousands 2,000), ranges at their middle",
    Vague.MIDDLE: "vague words and ranges count at their middle",
}


@cache
def load_conventions() -> pd.DataFrame:
    """Return the numbers that a convention gives to a vague word, known by its low and high end."""
    rows = load_rows("conventions", ("convention", "low", "high", "number", "practice"))
    frame = pd.DataFrame(rows)[["convention", "low", "high", "number"]]
    return frame.astype({"low": float, "high": float, "number": float})


def apply_convention(claims: pd.DataFrame, vague: Vague = Vague.LOW) -> pd.DataFrame:
    """Return the claims (columns value, low, high, qualifier) with ``best``, and ``low`` where the convention is lower.

    A bound's best is its printed number, in every convention. Of a range the low end stands, as ACLED counts; by
    EM-DAT's convention and ``middle`` its middle, rounded down. A vague word has the convention's own number, or
    else stands like a range by ``middle`` and at its low end otherwise.

    >>> dozens = pd.DataFrame({"value": [None], "low": [24.0], "high": [99.0], "qualifier": ["vague"]}, dtype=object)
    >>> apply_convention(dozens, Vague.ACLED)[["low", "best", "high"]].values.tolist()
    [[12.0, 12.0, 99.0]]
    """
    value, low, high = (claims[name].to_numpy(float) for name in ("value", "low", "high"))
    best, low = choose_numbers(value, low, high, claims["qualifier"].eq("vague").to_numpy(bool), vague)
    return claims.assign(best=best, low=low)


def choose_numbers(
    value: np.ndarray, low: np.ndarray, high: np.ndarray, is_vague: np.ndarray, vague: Vague
) -> tuple[np.ndarray, np.ndarray]:
    """Return the best number of each claim and its low bound, as ``apply_convention``."""
    best = np.where(np.isnan(low), high, low)
    middle = np.floor((low + high) / 2)
    by_middle = np.full(len(value), vague is Vague.MIDDLE) | (~is_vague & (vague is Vague.EMDAT))
    best = np.where(by_middle & ~np.isnan(middle), middle, best)
    table = load_conventions()
    for least, most, number in table.loc[table["convention"].eq(vague), ["low", "high", "number"]].to_numpy(float):
        best = np.where(is_vague & (low == least) & (high == most), number, best)
    best = np.where(np.isnan(value), best, value)
    return best, np.where(best < low, best, low)
