"""The queue of evidence: which figures somebody should look at first."""

from enum import StrEnum

import numpy as np
import pandas as pd

OPEN, REVIEWED, EVERYTHING = "waiting", "reviewed", "all"


class Order(StrEnum):
    """What comes first in the queue."""

    CERTAINTY = "least certain"
    DISPUTE = "most disputed"
    SIZE = "largest"
    DAY = "newest"


def order_figures(figures: pd.DataFrame, order: Order, disputes: "pd.Series[float] | None" = None) -> pd.DataFrame:
    """Return the figures in the order asked for, the other orders deciding between equals.

    ``confidence`` is what is least where a rule is least certain (a rule that was never measured is held to be least
    of all); ``disputes`` says for each figure (same index) how far apart the sources of its event are, see
    ``series.events.find_disputes``.

    >>> figures = pd.DataFrame({"confidence": [0.9, 0.5], "best": [10.0, 3.0]})
    >>> figures["published"] = pd.Timestamp("2020-02-03")
    >>> order_figures(figures, Order.CERTAINTY).index.tolist(), order_figures(figures, Order.SIZE).index.tolist()
    ([1, 0], [0, 1])
    """
    dispute = np.ones(len(figures)) if disputes is None else disputes.reindex(figures.index).to_numpy(float)
    keys = {
        Order.CERTAINTY: figures["confidence"].fillna(-1).to_numpy(float),
        Order.DISPUTE: -dispute,
        Order.SIZE: -figures["best"].fillna(0).to_numpy(float),
        Order.DAY: -figures["published"].to_numpy("datetime64[D]").astype(np.int64).astype(float),
    }
    last = [key for name, key in keys.items() if name is not order]
    return figures.iloc[np.lexsort([*reversed(last), keys[order]])]


def choose_state(figures: pd.DataFrame, state: str) -> pd.DataFrame:
    """Return the figures that wait for a review, that had one, or all of them."""
    if state == EVERYTHING or "review" not in figures:
        return figures if state != REVIEWED else figures.iloc[:0]
    return figures[figures["review"].isna() if state == OPEN else figures["review"].notna()]


def find_place(queue: pd.DataFrame, figure: str | None) -> int | None:
    """Return where a figure stands in the queue, None where it does not."""
    found = np.flatnonzero(queue["id"].eq(figure).to_numpy(bool)) if figure else np.zeros(0, dtype=np.int64)
    return int(found[0]) if len(found) else None
