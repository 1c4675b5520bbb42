"""The whole log of reviews, and what they say about the rules that read the figures."""

import pandas as pd
import streamlit as st

from pages.shared.cards import load_log
from pages.shared.doors import load_figures, name_revision
from pages.shared.lists import show_list
from pages.shared.marks import note
from series.judgements import count_fields, judge_rules
from series.phrases import pluralize, say_count
from store.reviews import drop_withdrawn

_RULES = {
    "measured": st.column_config.NumberColumn("measured", format="percent", help="As last measured on the corpora."),
    "right": st.column_config.NumberColumn("accepted, share", format="percent"),
    "low": st.column_config.NumberColumn("from", format="percent", help="95 % interval after Wilson."),
    "high": st.column_config.NumberColumn("to", format="percent"),
    "figures": st.column_config.NumberColumn("figures", help="All figures of the store that the rule read."),
}


def show_log() -> None:
    """Show the log of all reviews, the last first."""
    log = load_log(name_revision())
    if not log:
        st.info("Nobody has reviewed a figure yet.")
        return
    st.html(note("The log only grows: what is taken back stays in it, with who took it back and why. Times are UTC."))
    rows = [
        {
            "when": one.at.replace(tzinfo=None),
            "who": one.who,
            "what": str(one.verdict),
            "field": one.field or "",
            "old": _say(one.old),
            "new": _say(one.new),
            "why": one.why,
            "figure": one.figure,
            "words": one.quote,
        }
        for one in reversed(log)
    ]
    show_list(pd.DataFrame(rows), "line", "who-counts_reviews.csv", "Who said what of which figure, when and why.")


def _say(value: object) -> str:
    return "" if value is None else str(value)


def show_rules() -> None:
    """Show what the reviews say about each rule."""
    figures = load_figures()
    table = judge_rules(figures)
    if table.empty:
        st.info("Nobody has reviewed a figure yet: nothing can be said about the rules.")
        return
    reviewed = int(table["reviewed"].sum())
    words = (
        f"{say_count(reviewed, 'figure')} of {len(figures):,} {pluralize('is', reviewed)} reviewed. One that was "
        "corrected or rejected was not right as it was read. Reviewers look at doubtful figures first: these shares "
        "say more of those than of all, and do not change the precision that was measured."
    )
    st.html(note(words))
    st.dataframe(table, hide_index=True, width="stretch", column_config=_RULES, alt="What reviews say of each rule.")
    fixed = [(one.figure, one.field) for one in drop_withdrawn(load_log(name_revision())) if one.field]
    if fixed:
        rules = dict(zip(figures["id"], figures["rule"], strict=True))
        st.subheader("Which fields were corrected")
        show_list(count_fields(fixed, rules), "field", "who-counts_corrected-fields.csv", "Fields corrected, by rule.")
