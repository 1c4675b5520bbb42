"""The figures as they come from the store, made ready: who claims each, where it belongs, which days it counts for."""

import pandas as pd

from series.regions import add_regions

NUMBERS = ("value", "low", "high")
DATES = ("start", "end", "published")
WHOLE_GROUP = "all people"
_OWN_GROUPS = {"refugees": "refugees", "displaced": "displaced people"}
"""The group that a metric counts by its nature: it is everybody there."""


def prepare_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with columns added: claimant, region and its parents, from, till, undated, best.

    A figure without a source is its publisher's own claim. A period that is not stated is the day of publication,
    marked ``undated``. ``best`` is the printed number; of a range or a vague word it is the low end, as ACLED
    counts (the conservative number).
    """
    if "claimant" in figures:
        return figures
    frame = figures.copy()
    for column in NUMBERS:
        frame[column] = pd.to_numeric(frame[column]).astype(float)
    for column in DATES:
        frame[column] = pd.to_datetime(frame[column]).dt.as_unit("s")
    own = "unnamed (" + frame["publisher"].fillna("publisher unknown").astype(str) + ")"
    frame["claimant"] = frame["source"].where(frame["source"].notna(), own).astype(str)
    everybody = frame["group"].isna() | frame["group"].eq(frame["metric"].map(_OWN_GROUPS))
    frame["counted_group"] = frame["group"].mask(everybody, WHOLE_GROUP).astype(str)
    frame["best"] = frame["value"].fillna(frame["low"]).fillna(frame["high"])
    frame["undated"] = frame["end"].isna() & (frame["start"].isna() | (frame["start"] > frame["published"]))
    frame["till"] = frame["end"].fillna(frame["published"])
    begin = frame["start"].where(frame["basis"].eq("new") & frame["start"].le(frame["till"]))
    frame["from"] = begin.fillna(frame["till"])
    return add_regions(frame)
