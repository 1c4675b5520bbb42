"""The whole log of reviews, and what they say about the rules that read the figures."""

import html

import pandas as pd
import streamlit as st

from pages.shared.cards import load_log
from pages.shared.doors import load_figures, name_revision
from pages.shared.lists import show_list
from pages.shared.marks import note
from series.judgements import count_fields, judge_rules
from series.phrases import pluralize, say_count
from store.reviews import drop_withdrawn

_MOST_RULES = 60
_HEAD = ("rule", "measured", "figures", "reviewed", "accepted", "corrected", "rejected", "accepted, share")


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
    st.html(write_rules(table))
    if len(table) > _MOST_RULES:
        st.caption(f"The {_MOST_RULES} rules most often reviewed, of {len(table):,}.")
    fixed = [(one.figure, one.field) for one in drop_withdrawn(load_log(name_revision())) if one.field]
    if fixed:
        rules = dict(zip(figures["id"], figures["rule"], strict=True))
        st.subheader("Which fields were corrected", anchor=False)
        show_list(count_fields(fixed, rules), "field", "who-counts_corrected-fields.csv", "Fields corrected, by rule.")


def write_rules(table: pd.DataFrame) -> str:
    """Return what reviews say of each rule as an HTML table: the share accepted with its 95 % interval."""
    rows = []
    for row in table.head(_MOST_RULES).to_dict("records"):
        measured = f"{row['measured']:.0%}" if pd.notna(row["measured"]) else "never"
        share = f"{row['right']:.0%} ({row['low']:.0%} to {row['high']:.0%})"
        counts = [f"{row[name]:,}" for name in ("figures", "reviewed", "accepted", "corrected", "rejected")]
        cells = "".join(f"<td>{cell}</td>" for cell in (measured, *counts, share))
        rows.append(f'<tr><th scope="row"><code>{html.escape(str(row["rule"]))}</code></th>{cells}</tr>')
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEAD)
    return f'<table class="who-table"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
