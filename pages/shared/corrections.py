"""The form of a correction: each field of a figure as it stands; what the reviewer changes is what is corrected."""

from datetime import date
from typing import Any

import streamlit as st

from pages.shared.days import ask_day, read_day
from pages.shared.doors import name_revision
from pages.shared.facets import load_facets
from pages.shared.offers import NOWHERE, PLACE, Row, list_groups, list_sources, load_places, name_place, read_cell
from parsers.records import Basis, Metric, Precision, Qualifier, Status, Unit

_COUNTS = ("value", "low", "high")
_HELP = {
    "value": "The number as printed; empty for a range or a vague word. Bounds that were equal to it follow it.",
    "low": "Empty where the words leave it open (“up to 800”).",
    "high": "Empty where the words leave it open (“at least 17”).",
    "group": "Empty: everybody. Another group may be typed.",
    "source": "Who claims it, not who printed it. Empty: nobody is named. Another name may be typed.",
    "place": "Places that have figures, each with its region. A name that is typed keeps the region around it.",
}


def ask_correction(row: Row) -> dict[str, object]:
    """Show the fields of a figure to be changed, and return those that were, with their new values."""
    facets = load_facets()
    asked: dict[str, object] = {}
    with st.container(horizontal=True):
        for name in _COUNTS:
            asked[name] = _ask_count(name, row)
        asked["qualifier"] = _ask_code("qualifier", list(Qualifier), row)
    with st.container(horizontal=True):
        asked["metric"] = _ask_code("metric", list(Metric), row)
        asked["unit"] = _ask_code("unit", list(Unit), row)
        asked["basis"] = _ask_code("basis", list(Basis), row)
        asked["status"] = _ask_code("status", list(Status), row)
    with st.container(horizontal=True):
        asked["group"] = _ask_name("group", list_groups(facets.groups), row)
        asked["source"] = _ask_name("source", list_sources(facets.sources), row)
    place = _ask_place(row)
    with st.container(horizontal=True):
        for name in ("start", "end"):
            asked[name] = _ask_day(name, row)
        asked["precision"] = _ask_code("precision", list(Precision), row)
    return follow_number({name: value for name, value in asked.items() if value != read_cell(row[name])}, row) | place


def follow_number(changes: dict[str, object], row: Row) -> dict[str, object]:
    """Return the changes with bounds that were the old number changed with it.

    >>> follow_number({"value": 9}, {"value": 90.0, "low": 90.0, "high": float("nan")})
    {'value': 9, 'low': 9}
    """
    if "value" not in changes:
        return changes
    old = read_cell(row["value"])
    bounds = [name for name in ("low", "high") if name not in changes and old is not None]
    return changes | {name: changes["value"] for name in bounds if read_cell(row[name]) == old}


def _key(name: str, row: Row) -> str:
    return f"fix_{name}_{row['id']}"


def _ask_count(name: str, row: Row) -> int | None:
    number = read_cell(row[name])
    kept = number if isinstance(number, int) else None
    return st.number_input(name, value=kept, min_value=0, step=1, key=_key(name, row), help=_HELP[name], width=130)


def _ask_code(name: str, codes: "list[Any]", row: Row) -> str | None:
    words, now = [str(code) for code in codes], read_cell(row[name])
    at = words.index(str(now)) if now in words else None
    return st.selectbox(name, words, index=at, key=_key(name, row), width=160)


def _ask_name(name: str, known: list[str], row: Row) -> str | None:
    now = read_cell(row[name])
    names = known if now is None or now in known else [str(now), *known]
    at = names.index(str(now)) if now is not None else None
    return st.selectbox(
        name, names, index=at, key=_key(name, row), accept_new_options=True, help=_HELP[name], width=320
    )


def _ask_day(name: str, row: Row) -> date | None:
    now = read_cell(row[name])
    words = ask_day(name, _key(name, row), value=now if isinstance(now, date) else None, width=180)
    return read_day(words, last=name == "end")


def _ask_place(row: Row) -> dict[str, object]:
    """Ask for the place, and return its name, region and coordinates where it was changed."""
    places = load_places(name_revision())
    now = name_place(row)
    names = list(dict.fromkeys([now, NOWHERE, *places]))
    chosen = st.selectbox(
        "place", names, index=0, key=_key("place", row), accept_new_options=True, help=_HELP["place"], width="stretch"
    )
    if chosen == now:
        return {}
    if chosen == NOWHERE:
        return dict.fromkeys(PLACE)
    return places.get(chosen) or {"place": chosen, "latitude": None, "longitude": None}
