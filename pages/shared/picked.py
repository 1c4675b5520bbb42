"""What stands behind the marks that a reader picked: figures, those left out with why, and the way into a region."""

import html
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.choices import read_choices
from pages.shared.drawn import load_estimates
from pages.shared.follows import follow
from pages.shared.panels import write_figures
from pages.shared.views import View
from series.claims import number_claims
from series.lines import part_unverified, say_point
from series.options import Options
from series.phrases import say_count
from series.picks import Pick, find_behind

_MOST_SHOWN, _FEW = 12, 3

Find = Callable[[list[list[Any]]], pd.DataFrame]
"""What gives the figures behind the marks that were picked, by their ``customdata``, with ``reason`` as a column."""


def show_picked(
    view: View,
    options: Options,
    picks: set[Pick],
    *,
    what: str = "mark",
    into: bool = False,
    points: pd.DataFrame | None = None,
) -> None:
    """Show the figures behind the marks that were picked, the largest first, and those left out there, with why.

    With ``into`` the regions picked are offered as the place to go. Of the ``points`` that are drawn a few picked ones
    are told in words, with their flags: a finger cannot hover.
    """
    estimates = load_estimates(view.choices.filters, options)
    used, left = find_behind(estimates, str(options.by), picks)
    known = number_claims(view.of_all_days).drop_duplicates("id").astype({"id": object}).set_index("id", drop=False)
    rows = known.reindex([one for one in [*used, *left] if one in known.index])
    rows = rows.assign(reason=[left.get(str(one), "") for one in rows.index])
    rows = rows.sort_values("best", ascending=False, kind="stable").sort_values(
        "reason", key=lambda reasons: reasons.ne(""), kind="stable"
    )
    names = sorted({name for name, _ in picks})
    # On a map a mark is a region, whatever days are added up in it.
    told = "" if points is None else _say_points(points, options, picks)
    show_rows(rows, len(names if into else picks), what=what, used=len(used), ways=names if into else [], told=told)


def _say_points(points: pd.DataFrame, options: Options, picks: set[Pick]) -> str:
    """Return what the points that were picked say, where they are few."""
    if len(picks) > _FEW:
        return ""
    line = str(options.by)
    parted = part_unverified(points, line)
    marks = zip(parted[line].astype(str), parted["start"].dt.strftime("%Y-%m-%d"), strict=True)
    rows = parted[[mark in picks for mark in marks]]
    said = [say_point(html.escape(str(row[line])), row, options.width) for row in rows.to_dict("records")]
    return "".join(f'<p class="who-note">{words}</p>' for words in said if words)


def show_rows(
    rows: pd.DataFrame,
    marks: int,
    *,
    what: str = "mark",
    used: int | None = None,
    ways: Sequence[str] = (),
    told: str = "",
) -> None:
    """Show the figures behind so many marks, with why where one is left out (``reason``); ``ways`` lead to regions.

    ``told`` is HTML that says what the marks are.
    """
    count = len(rows) if used is None else used
    st.html(f'<h3 class="who-picked">{say_count(count, "figure")} behind {say_count(marks, what)}</h3>{told}')
    _offer_ways(ways)
    with st.container(
        height=470 if len(rows) > _FEW else "content",
        border=False,
        key="picked" if what == "mark" else f"picked_{what}",
    ):
        st.html(write_figures(rows.head(_MOST_SHOWN), read_choices().address))
        if len(rows) > _MOST_SHOWN:
            st.caption(f"The first {_MOST_SHOWN} of {len(rows)}; the others are in the table of figures.")


def _offer_ways(names: Sequence[str]) -> None:
    for name in names[:3]:
        st.button(f"Go to {name}", icon=":material/zoom_in:", key=f"into {name}", on_click=_go, args=(name,))


def _go(name: str) -> None:
    follow(region=[name])
