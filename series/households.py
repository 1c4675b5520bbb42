"""Households: both numbers are kept, and people are households times the average size of that country and year."""

from functools import cache

import numpy as np
import pandas as pd

from parsers.tables import load_rows
from series.codes import read_days
from series.ledgers import Ledger
from series.rows import Rows, stack_rows

_SAME = ["metric", "basis", "status", "claimant", "group", "region", "from", "till"]


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


def add_people(live: Rows, ledger: Ledger, inside: np.ndarray) -> Rows:
    """Return the live claims with one of people beside each of households (IDMC: households times average size).

    The product is rounded down and marked ``converted``. Where the same source says for the same group, place and
    period how many people they were, that stands and nothing is multiplied; nor where the table has no size.
    ``inside`` says which claims of the ledger a filter let through.
    """
    units = ledger.coded.names["unit"]
    household, person = (np.flatnonzero(units == name) for name in ("household", "person"))
    live = live.assign(converted=False)
    homes = live.pick(np.isin(live["unit"], household))
    if not len(homes):
        return live
    said = ledger.claims.pick(inside & np.isin(ledger.claims["unit"], person), _SAME)
    thing = stack_rows(said, homes).number(_SAME)
    homes = homes.pick(~np.isin(thing[len(said) :], thing[: len(said)]))
    country = ledger.figures["country"].iloc[homes["head"]].reset_index(drop=True)
    year = pd.Series(read_days(homes["till"]).year, index=country.index)
    size = find_sizes(country, year, load_sizes()).to_numpy(float)
    known = ~np.isnan(size)
    homes = homes.pick(known)
    numbers = {name: np.floor(homes[name] * size[known]) for name in ("low", "best", "high")}
    return stack_rows(live, homes.assign(**numbers, unit=int(person[0]), converted=True))
