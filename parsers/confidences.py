"""How far a rule can be trusted: the share of its figures that were right when it was last measured."""

from collections.abc import Mapping
from functools import cache

from parsers.tables import DATA, TableError, load_rows

COLUMNS = ("rule", "figures", "right", "precision")
ENOUGH = 5
"""A rule seen fewer times than this is held to be neither certain nor worthless: (right + 1) / (figures + 2)."""


def confidence(rule: str) -> float | None:
    """Return the measured precision of a rule, 0 to 1; None for a rule that was never seen at work.

    ``rule`` is the name that a figure keeps. Raises TableError where ``data/precision.csv`` is not as
    ``python -m tests.accuracy --write-precision`` writes it.

    >>> confidence("<victims> were <killed>") > 0.5
    True
    >>> confidence("a rule that nobody wrote") is None
    True
    """
    return _load_precisions().get(rule)


def judge(figures: int, right: int) -> float:
    """Return what so many right figures of so many say of a rule, with three digits.

    >>> judge(40, 38), judge(2, 2), judge(0, 0)
    (0.95, 0.75, 0.5)
    """
    share = right / figures if figures >= ENOUGH else (right + 1) / (figures + 2)
    return round(share, 3)


@cache
def _load_precisions() -> Mapping[str, float]:
    return {row["rule"]: _judge_row(row) for row in load_rows("precision", COLUMNS)}


def _judge_row(row: Mapping[str, str]) -> float:
    try:
        figures, right = int(row["figures"]), int(row["right"])
    except ValueError:
        figures, right = 0, 1
    if not 0 <= right <= figures:
        raise TableError(
            f"{DATA / 'precision.csv'}: rule {row['rule']!r}: figures and right must be counts, right the smaller; "
            "write the table again with python -m tests.accuracy --write-precision"
        )
    return judge(figures, right)
