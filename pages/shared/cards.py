"""A figure in its report: what it says, the words that it was read from, why each field has its value, and its log."""

import html

import pandas as pd
import streamlit as st

import store
from pages.shared.choices import read_choices
from pages.shared.comparisons import Compared, compare_event
from pages.shared.doors import load_text, name_revision, open_store
from pages.shared.excerpts import cut_text, list_spans, write_text
from pages.shared.fields import Row, name_period, say_value, write_fields
from pages.shared.marks import explain_marks, link, link_figure, link_report, point_to_sentence
from parsers.records import Evidence
from reports.records import Report
from series.figures import WHOLE_GROUP
from series.phrases import name_counted
from series.wording import name_day, say_bounds


@st.cache_data(max_entries=256, show_spinner=False)
def load_evidence(revision: str, figure: str) -> list[Evidence]:  # noqa: ARG001  # a part of the cache's key
    """Return why a figure has its values."""
    return store.read_evidence(open_store(), figure)


@st.cache_data(max_entries=256, show_spinner=False)
def load_log(revision: str, figure: str | None = None) -> list[store.Review]:  # noqa: ARG001  # a part of the key
    """Return the log of a figure, or of all."""
    return store.read_reviews(open_store(), figure)


def show_words(row: Row) -> None:
    """Show what a figure says, and the words of its report that it was read from."""
    figure = str(row["id"])
    evidence = load_evidence(name_revision(), figure)
    st.html(write_head(row) + write_others(row, compare_event(row), read_choices().address))
    st.html(explain_marks())
    spans = [(int(row["span_start"]), int(row["span_end"]), "number"), *list_spans(evidence)]
    whole = st.session_state.get(f"whole_{figure}", False)
    text = load_text(str(row["report"]))
    st.html(f'<div class="who-text boxed">{write_text(text, spans, whole=whole)}</div>')
    if len(text) > len(cut_text(text, spans)[0]):
        st.toggle("The whole report", key=f"whole_{figure}")


def show_reasons(row: Row) -> None:
    """Show why each field of a figure has its value, its log, and other prints of its report."""
    figure = str(row["id"])
    evidence, log = load_evidence(name_revision(), figure), load_log(name_revision(), figure)
    st.html(write_fields(row, evidence, log, load_text(str(row["report"]))))
    if log:
        st.html(f'<div class="who-note"><b>Its log</b><ul>{"".join(map(write_line, reversed(log)))}</ul></div>')
    show_siblings(str(row["report"]))


def write_head(row: Row) -> str:
    """Return what a figure says, by whom, and who printed it when."""
    number = say_bounds(row["low"], row["best"], row["high"])
    group = "" if row["counted_group"] == WHOLE_GROUP else f", {row['counted_group']}"
    period = "period not stated" if row["undated"] else name_period(row)
    title = row["title"] if isinstance(row["title"], str) else "report"
    address = row["url"] if isinstance(row["url"], str) else ""
    if not row["paraphrased"]:  # a paraphrase does not stand on the page that it paraphrases
        address = point_to_sentence(address, row["quote"])
    printed = f"{row['publisher']}, " if isinstance(row["publisher"], str) else ""
    via = f", passed on by {row['via']}" if isinstance(row["via"], str) else ""
    review = f"<b>{row['review']}</b>. " if isinstance(row["review"], str) else ""
    sure = "never measured"
    if pd.notna(row["confidence"]):
        sure = f"{row['confidence']:.0%} of its figures were right when it was measured"
    what = f"{name_counted(row['metric'], row['unit'])}{group}"
    return (
        f'<div class="who-card"><h2><b>{html.escape(number)}</b> {html.escape(what)}</h2>'
        f"<p>{html.escape(' · '.join([str(row['region']), period, row['basis'], row['status']]))}</p>"
        f"<p>Claimed by <b>{html.escape(row['claimant'])}</b>{html.escape(via)}. Printed by {html.escape(printed)}"
        f"{name_day(row['published'])}: {link(address, title)}</p>"
        f"<p>{review}Read by the rule <code>{html.escape(str(row['rule']))}</code>: {sure}.</p></div>"
    )


def write_others(row: Row, compared: Compared, view: str) -> str:
    """Return what other sources say of the same people in the same place and period, with the way to their words."""
    figures, sides = compared.figures, compared.sides
    own = figures.loc[figures["id"].eq(row["id"]), "claim"]
    event = sides.loc[sides["claim"].isin(own), "event"]
    others = sides[sides["event"].isin(event) & sides["claimant"].ne(row["claimant"])]
    if others.empty:
        return ""
    ids = figures.drop_duplicates("claim").set_index("claim")["id"]
    said = [
        link_figure(str(ids[one["claim"]]), f"{one['claimant']}: {_say_side(one)}", view)
        for one in others.to_dict("records")
    ]
    return f'<p class="who-note">Of the same group, place and period others say: {"; ".join(said)}.</p>'


def _say_side(side: Row) -> str:
    return say_bounds(side["low"], side["best"], side["high"])


def write_line(review: store.Review) -> str:
    """Return one line of the log as HTML: when, who, what, why."""
    what = {"accept": "accepted it", "reject": "rejected it", "withdraw": "took the last review back"}
    said = what.get(str(review.verdict), "")
    if review.field:
        said = f"corrected {review.field}: {say_value(review.old)} → {say_value(review.new)}"
    who, said, why = (html.escape(words) for words in (review.who, said, review.why))
    return f"<li>{review.at:%-d %b %Y %H:%M} UTC, <b>{who}</b> {said}: {why}</li>"


def show_siblings(report: str) -> None:
    """Show the versions of a report at its address, and the papers that print the same text."""
    versions, copies = _load_siblings(name_revision(), report)
    for name, found in (
        ("Versions of this report, the newest counts", versions),
        ("Papers that print this text", copies),
    ):
        if len(found) > 1:
            lines = "".join(_write_sibling(one, open_=one.id == report) for one in found)
            st.html(f'<div class="who-note"><b>{name} ({len(found)})</b><ul>{lines}</ul></div>')


@st.cache_data(max_entries=256, show_spinner=False)
def _load_siblings(revision: str, report: str) -> tuple[list[Report], list[Report]]:  # noqa: ARG001  # cache key
    return store.read_versions(open_store(), report), store.read_copies(open_store(), report)


def _write_sibling(report: Report, *, open_: bool) -> str:
    day = name_day(pd.Timestamp(report.published)) if report.published else "no date"
    words = html.escape(f"{report.publisher or 'publisher unknown'}, {day}: {report.title or 'report'}")
    return (
        f"<li><b>{words}</b> (open here)</li>"
        if open_
        else f"<li>{link_report(report.id, words, read_choices().address)}</li>"
    )
