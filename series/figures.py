"""The figures as they come from the store, made ready: who claims each, where it belongs, which days it counts for."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from series.codes import find_first, number_rows, number_values, rank_columns
from series.cores import work_both
from series.regions import find_regions

NUMBERS = ("value", "low", "high")
DATES = ("start", "end", "published")
WHOLE_GROUP = "all people"
_OWN_GROUPS = {"refugees": "refugees", "displaced": "displaced people"}
"""The group that a metric counts by its nature: it is everybody there."""


def prepare_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with columns added: claimant, region and its parents, from, till, undated, best.

    A figure without a source is its publisher's own claim; where it is a copy of another (column ``copy_of``, the id
    of that figure or of its report), the claim of who printed that one. A period that is not stated is the day of
    publication, marked ``undated``. ``best`` is the printed number; of a range or a vague word it is the low end,
    until a convention (``series.conventions``) says otherwise.
    """
    if "claimant" in figures:
        return figures
    frame = figures.copy(deep=False)
    # What has the right type already is shared with the figures given, not copied.
    for column in NUMBERS:
        if frame[column].dtype != "float64":
            frame[column] = pd.to_numeric(frame[column]).astype(float)
    for column in DATES:
        if frame[column].dtype != "datetime64[s]":
            frame[column] = pd.to_datetime(frame[column]).dt.as_unit("s")
    counted, regions = work_both(lambda: _find_counted(frame), lambda: find_regions(frame))
    return frame.assign(**counted, **regions)


def _find_counted(frame: pd.DataFrame) -> dict[str, "pd.Series[Any]"]:
    """Return columns that say who claims each figure, whom it counts, how many and on which days."""
    start, end, published = (frame[name].to_numpy() for name in DATES)
    value, low, high = (frame[name].to_numpy() for name in NUMBERS)
    till = np.where(np.isnat(end), published, end)
    begun = frame["basis"].eq("new").to_numpy(bool) & (start <= till)
    columns = {
        "best": np.where(np.isnan(value), np.where(np.isnan(low), high, low), value),
        "undated": np.isnat(end) & (np.isnat(start) | (start > published)),
        "till": till,
        "from": np.where(begun, start, till),
    }
    named = {"claimant": _find_claimants(frame), "counted_group": _name_once(frame, ["group", "metric"], _name_groups)}
    return named | {name: pd.Series(column, index=frame.index) for name, column in columns.items()}


def prepare_again(prepared: pd.DataFrame, figures: pd.DataFrame, ids: Sequence[str]) -> pd.DataFrame:
    """Return what ``prepare_figures`` makes of the figures, out of what it made before some of them were corrected.

    Both tables have the same rows; only those named in ``ids`` differ. Columns that stay the same are shared.
    """
    rows = figures.index[figures["id"].isin(ids)]
    fresh = prepare_figures(figures[figures["id"].isin(_find_family(figures, ids))]).loc[rows]
    prepared = prepared.copy(deep=False)
    for name in map(str, fresh.columns):
        if not prepared.loc[rows, name].equals(fresh[name]):
            prepared.loc[rows, name] = fresh[name]
    return prepared


def _find_family(figures: pd.DataFrame, ids: Sequence[str]) -> set[str]:
    """Return figures with those that they repeat, and those that these repeat: who printed the first is asked."""
    family = set(ids)
    if "copy_of" not in figures:
        return family
    while more := set(figures.loc[figures["id"].isin(family), "copy_of"].dropna()) - family:
        family |= more
    return family


def _find_claimants(frame: pd.DataFrame) -> "pd.Series[Any]":
    known = pd.DataFrame({"source": frame["source"], "printer": _find_printers(frame)})
    source, sources = number_values(known["source"])
    printer, printers = number_values(known["printer"])
    # Who printed a figure matters only where nobody claims it: so there are few names to make.
    numbers = rank_columns([(source, sources), (np.where(source > 0, 0, printer), printers)])[0]
    return _spread_names(known, numbers, _name_claimants)


def _name_once(frame: pd.DataFrame, columns: list[str], name: Any) -> "pd.Series[Any]":
    """Return a column made of others, worked out once for each set of their values."""
    return _spread_names(frame[columns], number_rows(frame, columns), name)


def _spread_names(frame: pd.DataFrame, numbers: np.ndarray, name: Any) -> "pd.Series[Any]":
    """Return a column made of those of a frame, worked out once for each number that rows share."""
    names = name(frame.iloc[find_first(numbers)].astype(object))
    codes, words = pd.factorize(names)
    column = pd.Series(pd.Categorical.from_codes(codes, words).take(numbers), index=frame.index)
    return column if isinstance(frame.iloc[:, 0].dtype, pd.CategoricalDtype) else column.astype(str)


def _name_claimants(rows: pd.DataFrame) -> "pd.Series[Any]":
    own = "unnamed (" + rows["printer"].fillna("publisher unknown").astype(str) + ")"
    return rows["source"].where(rows["source"].notna(), own).astype(str)


def _name_groups(rows: pd.DataFrame) -> "pd.Series[Any]":
    everybody = rows["group"].isna() | rows["group"].eq(rows["metric"].map(_OWN_GROUPS))
    return rows["group"].mask(everybody, WHOLE_GROUP).astype(str)


def _find_printers(frame: pd.DataFrame) -> "pd.Series[Any]":
    """Return who printed the text of each figure first: the publisher, of a copy that of its original."""
    publisher = frame["publisher"]
    if "copy_of" not in frame or frame["copy_of"].isna().all():
        return publisher
    by = "id" if frame["copy_of"].isin(frame["id"]).any() else "report"
    owners = frame.astype({by: object}).drop_duplicates(by).set_index(by)[["copy_of", "publisher"]].astype(object)
    original = find_originals(owners["copy_of"])
    first = original.map(owners["publisher"])
    found = frame[by].astype(object).map(first)
    return found.where(found.notna(), publisher.astype(object))


def find_originals(copy_of: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return for each report (the index) the first of its chain of copies.

    >>> find_originals(pd.Series({"r1": None, "r2": "r1", "r3": "r2"})).tolist()
    ['r1', 'r1', 'r1']
    """
    own = pd.Series(copy_of.index, index=copy_of.index, dtype=object)
    original = copy_of.where(copy_of.notna(), own)
    for _ in range(int(np.ceil(np.log2(len(original) + 1))) + 1):
        further = original.map(original)
        further = further.where(further.notna(), original)
        if further.equals(original):
            break
        original = further
    return original
