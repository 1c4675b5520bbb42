"""What is on: a chip for each filter, removed by a click, and one click to a single source and back."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared.asked import DAYS, SEVERAL
from pages.shared.choices import USUAL_VALUES, read_conventions
from pages.shared.doors import load_view, name_revision
from pages.shared.follows import follow
from pages.shared.memories import remember
from series.filters import Filters
from series.options import Options
from series.wording import name_day

MOST_SOURCES = 8
_SAID = {
    "vague": "vague words by {}",
    "spread": "longer counts at their {}",
    "totals": "running totals {}",
    "households": "households as {}",
    "best": "best is {}",
    "as_known": "as known on {}",
}

Chip = tuple[str, str]
"""The name of a filter and the one of its values that a click takes away."""


def list_chips(filters: Filters, options: Options) -> dict[Chip, str]:
    """Return the words of each filter and convention that narrows or changes what is shown.

    >>> list(list_chips(Filters(source=("OCHA",)), Options()).values())
    ['source: OCHA']
    """
    query = filters.to_query()
    narrowing = ("region", "source", "group", "status", "since", "until")
    chips = {(name, value): f"{name}: {_say(name, value)}" for name in narrowing for value in query.get(name, ())}
    for name, value in read_conventions(options).items():
        chips[name, value] = _SAID[name].format(_say(name, value))
    return chips


def _say(name: str, value: str) -> str:
    return name_day(pd.Timestamp(value)) if name in DAYS else value


def show_chips(filters: Filters, options: Options) -> None:
    """Show what is on; a click on a chip takes it away."""
    chips = list_chips(filters, options)
    if not chips:
        return
    st.session_state.chips = list(chips)
    st.pills(
        "What is on; a click takes it away",
        list(chips),
        selection_mode="multi",
        key="chips",
        format_func=lambda chip: f"{chips[chip]} :material/close:",
        on_change=_remove,
        args=(list(chips),),
        label_visibility="collapsed",
        wrap=False,
    )


def _remove(shown: list[Chip]) -> None:
    state = st.session_state
    gone = set(shown) - set(state.chips)
    left: dict[str, object] = {}
    for name in {name for name, _ in gone}:
        if name in SEVERAL:
            left[name] = [one for one in state[name] if (name, one) not in gone]
        else:
            left[name] = None if name in DAYS else USUAL_VALUES[name]
    follow(**left)


@remember(64)
def _count_sources(revision: str, filters: Filters) -> dict[str, int]:  # noqa: ARG001  # a part of the cache's key
    counts = load_view(filters)["claimant"].value_counts()
    return {str(name): int(count) for name, count in counts.items() if count}


def show_sources(filters: Filters) -> None:
    """Show the sources with most figures in what the other filters let through; a click shows one alone, and back."""
    counts = _count_sources(name_revision(), replace(filters, source=()))
    names = list(counts)[:MOST_SOURCES]
    alone = filters.source[0] if len(filters.source) == 1 else None
    names = list(dict.fromkeys([*names, *filters.source[:1]]))
    if len(names) == 1 and not alone:
        return
    st.session_state.only = alone
    st.pills(
        "Only one source",
        names,
        key="only",
        format_func=lambda name: f"{name} {counts.get(name, 0):,}",
        on_change=_show_only,
        wrap=False,
        help="A click shows one source alone; a second click brings back the others.",
    )


def _show_only() -> None:
    state = st.session_state
    if state.only and len(state.source) != 1:
        state.others = list(state.source)
    follow(source=[state.only] if state.only else state.pop("others", []))
