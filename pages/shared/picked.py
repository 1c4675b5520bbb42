"""What stands behind the marks that a reader picked: figures, those left out with why, and the way into a region."""

import streamlit as st

from pages.shared.controls import follow
from pages.shared.drawn import load_estimates
from pages.shared.panels import write_figures
from pages.shared.views import View
from series.claims import number_claims
from series.options import Options
from series.phrases import say_count
from series.picks import Pick, find_behind

_MOST_SHOWN = 12


def show_picked(view: View, options: Options, picks: set[Pick], *, into: bool = False) -> None:
    """Show the figures behind the marks that were picked, and those that were left out there, with why.

    With ``into`` the regions picked are offered as the place to go.
    """
    estimates = load_estimates(view.choices.filters, options)
    used, left = find_behind(estimates, str(options.by), picks)
    known = number_claims(view.of_all_days).drop_duplicates("id").astype({"id": object}).set_index("id", drop=False)
    rows = known.reindex([one for one in [*used, *left] if one in known.index])
    rows = rows.assign(reason=[left.get(str(one), "") for one in rows.index])
    names = sorted({name for name, _ in picks})
    st.html(f'<h3 class="who-picked">{say_count(len(used), "figure")} behind {say_count(len(names), "mark")}</h3>')
    if into:
        _offer_ways(names)
    with st.container(height=470, border=False, key="picked"):
        st.html(write_figures(rows.head(_MOST_SHOWN)))
        if len(rows) > _MOST_SHOWN:
            st.caption(f"The first {_MOST_SHOWN} of {len(rows)}; the others are in the table of figures.")


def _offer_ways(names: list[str]) -> None:
    for name in names[:3]:
        st.button(f"Go to {name}", icon=":material/zoom_in:", key=f"into {name}", on_click=_go, args=(name,))


def _go(name: str) -> None:
    follow(region=[name])
