"""Households: both numbers are kept, and people are households times the average size of that country and year."""

from functools import cache

import numpy as np
import pandas as pd

from parsers.tables import load_rows

_SAME = [
    "metric",
    "basis",
    "status",
    "claimant",
    "counted_group",
    "at_country",
    "at_admin1",
    "at_place",
    "from",
    "till",
]


@cache
def load_sizes() -> pd.DataFrame:
    """Return the average household sizes (country, year, size), sorted by year; the table names its source."""
    rows = load_rows("household_sizes", ("country", "year", "size", "source"))
    frame = pd.DataFrame(rows, columns=["country", "year", "size", "source"])
    return frame.astype({"year": int, "size": float}).sort_values("year", ignore_index=True)


def find_sizes(country: "pd.Series[str]", year: "pd.Series[int]", sizes: pd.DataFrame) -> "pd.Series[float]":
    """Return the size for each country and year: that of the last year before it that the table has, else the next.

    >>> sizes = pd.DataFrame({"country": ["SYR"], "year": [2009], "size": [5.5]})
    >>> find_sizes(pd.Series(["SYR", "ATA"]), pd.Series([2020, 2020]), sizes).tolist()
    [5.5, nan]
    """
    names = pd.Series(country.astype(object).to_numpy(), dtype=object)
    asked = pd.DataFrame({"country": names, "year": year.to_numpy(np.int64)})
    asked = asked.reset_index().sort_values("year", kind="stable")
    table = sizes[["country", "year", "size"]].astype({"country": object, "year": "int64"}).sort_values("year")
    before = pd.merge_asof(asked, table, on="year", by="country", direction="backward")
    after = pd.merge_asof(asked, table, on="year", by="country", direction="forward")
    found = before["size"].fillna(after["size"]).set_axis(asked["index"])
    return found.sort_index().set_axis(country.index)


def add_people(claims: pd.DataFrame, sizes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the claims with one of people beside each of households (IDMC: households times average size).

    The product is rounded down and marked ``converted``. Where the same source says for the same group, place and
    period how many people they were, that stands and nothing is multiplied; nor where the table has no size.
    """
    homes = claims[claims["unit"].eq("household") & claims["reason"].eq("") & claims["till"].notna()]
    people = claims.loc[claims["unit"].eq("person"), _SAME].assign(said=True).drop_duplicates()
    if homes.empty:
        return claims.assign(converted=False)
    texts = dict.fromkeys(_SAME[:8], object)
    said = homes[_SAME].astype(texts).merge(people.astype({**texts}), how="left", on=_SAME)["said"].notna()
    size = find_sizes(homes["country"], homes["till"].dt.year, load_sizes() if sizes is None else sizes)
    homes = homes[~said.to_numpy(bool) & size.notna().to_numpy()]
    size = size.loc[homes.index]
    numbers = {name: np.floor(homes[name] * size) for name in ("value", "low", "best", "high")}
    made = homes.assign(**numbers, unit="person", converted=True)
    return pd.concat([claims.assign(converted=False).astype({"unit": object}), made.astype({"unit": object})])
