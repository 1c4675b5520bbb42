"""Reviews: what a reader accepted, corrected or rejected stands before what was read."""

import pandas as pd

REJECTED = "rejected in review"
_STATES = ("accept", "correct", "reject")


class ReviewError(ValueError):
    """A review cannot be used; the message names the figure and the remedy."""


def apply_reviews(figures: pd.DataFrame, reviews: pd.DataFrame | None) -> pd.DataFrame:
    """Return the figures with a column ``review`` (accept, correct, reject, or missing) and their corrected fields.

    ``reviews`` has one row a review, the oldest first, with ``figure`` (its id), ``review`` and a column for every
    field that may be corrected; an empty cell leaves the field as it was read. The last review of a figure stands.
    A rejected figure keeps what was read, for the log.

    >>> figures = pd.DataFrame({"id": ["a"], "value": [90.0]})
    >>> reviews = pd.DataFrame({"figure": ["a"], "review": ["correct"], "value": [9.0]})
    >>> apply_reviews(figures, reviews)["value"].tolist()
    [9.0]
    """
    if reviews is None or reviews.empty:
        return figures
    if wrong := sorted(set(reviews["review"].dropna()) - set(_STATES)):
        raise ReviewError(f"review: {wrong[0]!r} is not known; write one of {', '.join(_STATES)}")
    last = reviews.drop_duplicates("figure", keep="last").set_index("figure").reindex(figures["id"])
    frame = figures.assign(review=last["review"].to_numpy())
    correct = frame["review"].eq("correct").to_numpy()
    for field in [column for column in reviews.columns if column in figures.columns and column != "review"]:
        fixed = last[field].set_axis(frame.index)
        where = fixed.notna() & correct
        if where.any():
            frame[field] = frame[field].astype(object).mask(where, fixed).infer_objects()
    return frame


def find_rejected(figures: pd.DataFrame) -> "pd.Series[bool]":
    """Return which figures a reader rejected (``reject`` or ``rejected``); none where there is no column ``review``."""
    if "review" not in figures:
        return pd.Series(data=False, index=figures.index)
    return figures["review"].astype(object).isin(["reject", "rejected"])
