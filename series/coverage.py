"""Coverage: what each source counts, where, since when, who prints it, and how its numbers lie to those of others."""

from typing import Any

import numpy as np
import pandas as pd

from series.codes import number_values
from series.distincts import count_distinct

_NAMED = 3
"""How many metrics are named before the rest is only counted."""

COVERAGE = [
    *("source", "figures", "claims", "reports", "publishers", "places", "first", "last", "metrics"),
    *("shared", "ratio", "agrees", "higher", "lower"),
]


def list_sources(figures: pd.DataFrame, judged: pd.DataFrame, everything: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row a source (columns ``COVERAGE``), the one with most figures first.

    ``figures`` are numbered by claim. ``judged`` are the sides of events (``series.events.judge_sides``): ``shared``
    is how many events the source counts together with others, ``agrees``, ``higher`` and ``lower`` how many of these
    came out so, ``ratio`` the median of its numbers over the median of the others'. ``everything`` is what the source
    may count beside these figures: ``metrics`` names it. ``first`` and ``last`` are days of publication.
    """
    names = pd.Index(figures["claimant"].astype(object).unique())
    number = names.get_indexer(figures["claimant"].astype(object))
    table = pd.DataFrame({"source": names, "figures": np.bincount(number, minlength=len(names))})
    places = figures["region"].where(figures["region_level"].ne("none"))
    counted = {"claims": figures["claim"], "reports": figures["report"], "publishers": figures["publisher"]}
    for name, column in {**counted, "places": places}.items():
        codes, _ = number_values(column)
        table[name] = count_distinct(number[codes > 0], codes[codes > 0], len(names))
    days = figures["published"].groupby(number).agg(["min", "max"]).reindex(range(len(names)))
    table = table.assign(first=days["min"], last=days["max"], metrics=_name_metrics(everything, figures, names))
    return _add_verdicts(table, judged).sort_values(["figures", "source"], ascending=[False, True], ignore_index=True)[
        COVERAGE
    ]


def _name_metrics(everything: pd.DataFrame | None, figures: pd.DataFrame, names: pd.Index) -> "pd.Series[Any]":
    pool = figures if everything is None else everything
    counts = pool[["claimant", "metric"]].astype(object).value_counts().reset_index()
    named = counts.groupby("claimant", sort=False)["metric"].agg(list).reindex(names)
    return pd.Series([_say_metrics(metrics) for metrics in named], dtype=object)


def _say_metrics(metrics: object) -> str:
    """Return metrics as a phrase.

    >>> _say_metrics(["killed", "injured", "in_need", "missing"])
    'killed, injured, in need and 1 more'
    """
    listed = [str(metric).replace("_", " ") for metric in metrics] if isinstance(metrics, list) else []
    more = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _add_verdicts(table: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    rows = judged.assign(claimant=judged["claimant"].astype(object))
    counts = pd.crosstab(rows["claimant"], rows["verdict"]) if len(rows) else pd.DataFrame()
    counts = counts.reindex(index=table["source"], columns=["agrees", "higher", "lower"], fill_value=0)
    ratio = rows.groupby("claimant")["ratio"].median().reindex(table["source"])
    counts = counts.assign(shared=counts.sum(axis=1), ratio=ratio).reset_index(drop=True)
    return pd.concat([table, counts], axis=1)


def count_months(figures: pd.DataFrame, sources: list[str]) -> pd.DataFrame:
    """Return how many figures each of the sources has in each month of publication (source, month, figures)."""
    dated = figures[figures["published"].notna() & figures["claimant"].isin(sources)]
    month = dated["published"].to_numpy("datetime64[M]").astype("datetime64[s]")
    counts = dated.assign(source=dated["claimant"].astype(object), month=month).groupby(["source", "month"]).size()
    return counts.rename("figures").reset_index()
