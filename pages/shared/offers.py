"""What a correction may choose from: the places, groups and sources of the store, and those that are known."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared.doors import load_figures
from parsers.claimants import COLUMNS
from parsers.tables import load_rows
from series.codes import find_first, number_rows
from series.figures import WHOLE_GROUP

Row = Mapping[Hashable, Any]
PLACE = ("place", "admin1", "country", "latitude", "longitude")
NOWHERE = "not stated"


def read_cell(value: object) -> object:
    """Return a cell of the table of figures as a form shows it: None for nothing, a whole number, a day or words.

    >>> read_cell(float("nan")), read_cell(9.0), read_cell(pd.Timestamp("2020-02-03")), read_cell("killed")
    (None, 9, datetime.date(2020, 2, 3), 'killed')
    """
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def name_place(row: Row) -> str:
    """Return a place with the regions around it."""
    names = [row[f"at_{level}"] for level in ("place", "admin1", "country")]
    return ", ".join(dict.fromkeys(str(name) for name in names if isinstance(name, str))) or NOWHERE


@st.cache_data(max_entries=2, show_spinner=False)
def load_places(revision: str) -> dict[str, dict[str, object]]:  # noqa: ARG001  # the cache's key
    """Return the places that have figures, by their names with the regions around them, the most common first."""
    figures = load_figures()
    numbers = number_rows(figures, [*PLACE])
    common = np.argsort(-np.bincount(numbers), kind="stable")
    rows = figures.iloc[find_first(numbers)[common]].to_dict("records") if len(figures) else []
    named: dict[str, dict[str, object]] = {}
    for row in rows:
        named.setdefault(name_place(row), {name: read_cell(row[name]) for name in PLACE})
    named.pop(NOWHERE, None)
    return named


@st.cache_data(max_entries=2, show_spinner=False)
def list_groups(counted: tuple[str, ...]) -> list[str]:
    """Return the groups that a figure may count: those of the store, the most common first, then all that are known."""
    known = [row["code"] for row in load_rows("groups", ("code", "parent", "words"))]
    return [group for group in dict.fromkeys([*counted, *known]) if group != WHOLE_GROUP]


@st.cache_data(max_entries=2, show_spinner=False)
def list_sources(claiming: tuple[str, ...]) -> list[str]:
    """Return the sources that may claim a figure: those of the store, the most common first, then all listed ones."""
    listed = sorted(row["name"] for row in load_rows("sources", COLUMNS))
    return [name for name in dict.fromkeys([*claiming, *listed]) if not name.startswith("unnamed (")]
