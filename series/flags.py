"""What a reader should know of a point: its flags, kept as the bits of one whole number until they are written."""

from collections.abc import Iterable

import numpy as np

FLAGS = {
    "undated": "period not stated, placed on the day of publication",
    "spread": "a longer period's count, spread evenly over its days",
    "vague": "rests on a vague word, taken by the convention named",
    "unverified": "unverified claims, drawn apart",
    "below": "a wider count was smaller than the sum of these",
    "shared": "another count that may hold some of the same people was left out",
    "silent": "the preferred source says nothing here: the median of the others",
    "drop": "a running total fell: the lower one stands, and nothing was new",
    "restart": "the first total of a count that begins anew",
    "baseline": "counted from a total that does not say since when",
    "carried": "an older number of a stock, carried forward",
    "converted": "households made people by an average household size",
    "strung": "a count since one day, printed again with later ends: read as a running total",
    "derived": "the difference of two running totals, or the first of them",
}
BITS = {name: 1 << at for at, name in enumerate(FLAGS)}
_NONE = np.int32(0)
_BITS = {name: np.int32(bit) for name, bit in BITS.items()}


def raise_flag(name: str, where: np.ndarray) -> np.ndarray:
    """Return the bits of a flag where it holds.

    >>> raise_flag("spread", np.array([True, False])).tolist()
    [2, 0]
    """
    return np.where(where, _BITS[name], _NONE)


def join_flags(owners: np.ndarray, bits: np.ndarray, size: int) -> np.ndarray:
    """Return for each of ``size`` owners the flags that any of its rows has."""
    joined = np.zeros(size, dtype=_NONE.dtype)
    there = np.bitwise_or.reduce(bits, initial=_NONE)
    for bit in _BITS.values():
        if there & bit:
            flagged = np.zeros(size, dtype=bool)
            flagged[owners[(bits & bit) != 0]] = True
            joined |= np.where(flagged, bit, _NONE)
    return joined


def name_flags(bits: Iterable[int]) -> list[str]:
    """Return the flags in words, as a timeline prints them.

    >>> name_flags([0, 1 + 2])
    ['', 'undated;spread']
    """
    known: dict[int, str] = {}
    for one in bits:
        if one not in known:
            known[one] = ";".join(name for name, bit in BITS.items() if one & bit)
    return [known[one] for one in bits]
