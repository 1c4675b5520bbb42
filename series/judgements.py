"""Judgements: what the reviews of figures say about the rules that read them."""

from collections.abc import Iterable, Mapping
from math import sqrt

import pandas as pd

JUDGED = ["rule", "measured", "figures", "reviewed", "accepted", "corrected", "rejected", "right", "low", "high"]
OUTCOMES = ("accepted", "corrected", "rejected")
_Z = 1.96
"""Standard deviations on either side of what 95 of 100 such samples would hold."""


def judge_rules(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row a rule that has reviewed figures (columns ``JUDGED``), the most often reviewed first.

    ``measured`` is the precision that the figures carry as their confidence; ``right`` the share of the reviewed
    figures that were accepted as they stood, with its 95 % interval after Wilson (1927) from ``low`` to ``high``.
    Reviewers look at doubtful figures first, so ``right`` says more of those than of all.
    """
    reviewed = figures[figures["review"].notna()] if "review" in figures else figures.iloc[:0]
    if reviewed.empty:
        return pd.DataFrame(columns=JUDGED)
    counts = pd.crosstab(reviewed["rule"].astype(object), reviewed["review"].astype(object))
    counts = counts.reindex(columns=OUTCOMES, fill_value=0)
    table = counts.assign(
        reviewed=counts.sum(axis=1),
        figures=figures["rule"].astype(object).value_counts().reindex(counts.index),
        measured=reviewed.astype({"rule": object}).groupby("rule")["confidence"].first(),
    )
    bounds = [find_interval(int(a), int(n)) for a, n in zip(table["accepted"], table["reviewed"], strict=True)]
    table = table.assign(right=table["accepted"] / table["reviewed"])
    table[["low", "high"]] = bounds
    order = table.rename_axis("rule").reset_index().sort_values(["reviewed", "rule"], ascending=[False, True])
    return order[JUDGED].reset_index(drop=True)


def find_interval(right: int, seen: int) -> tuple[float, float]:
    """Return between which shares the true one lies, after Wilson; nothing seen says nothing.

    >>> [round(share, 2) for share in find_interval(9, 10)]
    [0.6, 0.98]
    >>> find_interval(0, 0)
    (0.0, 1.0)
    """
    if not seen:
        return 0.0, 1.0
    share, room = right / seen, _Z**2 / seen
    middle, reach = share + room / 2, _Z * sqrt(share * (1 - share) / seen + room / (4 * seen))
    low, high = (middle - reach) / (1 + room), (middle + reach) / (1 + room)
    # Rounding may take either end past what was seen, where all or none were right.
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def count_fields(corrections: Iterable[tuple[str, str]], rules: Mapping[str, str]) -> pd.DataFrame:
    """Return how often each field was corrected for each rule (columns rule, field, corrected), most often first.

    ``corrections`` are pairs of a figure's id and the field that was corrected; ``rules`` the rule of each figure.
    """
    rows = [(rules.get(figure, "no longer read"), field) for figure, field in corrections]
    counts = pd.DataFrame(rows, columns=["rule", "field"]).value_counts()
    return (
        counts.rename("corrected")
        .reset_index()
        .sort_values(["corrected", "rule", "field"], ascending=[False, True, True])
    )
