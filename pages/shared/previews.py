"""What was read, before it is saved: what becomes of each report, its figures in its text, and what did not go in."""

import textwrap
from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from pages.shared.intakes import MOST, Intake
from pages.shared.keys import list_keys
from pages.shared.marks import explain_marks, link, mark_spans, note
from pages.shared.outcomes import show_failures
from pages.shared.pieces import Piece
from pages.shared.readings import list_spans, write_reasons, write_table
from pages.shared.roles import may_write
from series.phrases import pluralize, say_count
from store import Fate, Forecast

UNDATED = (
    "No day of publication is known, so “on Tuesday” has no date, and a figure without one stands on no chart. Fill in "
    "“Published”, and read it again."
)
_FATES = {
    Fate.NEW: "new",
    Fate.TWICE: "came twice",
    Fate.THERE: "already in the store",
    Fate.VERSION: "an update of a report in the store",
    Fate.COPY: "a copy of what {publisher} printed",
}


def say_fate(piece: Piece, forecast: Forecast, *, kept: bool = True) -> str:
    """Return what becomes of a report, in words."""
    if not kept:
        return "left out"
    words = _FATES[forecast.fate].format(publisher=forecast.publisher or "another")
    if forecast.deleted and forecast.fate is not Fate.THERE:
        words = f"{words}; {forecast.deleted}"
    return words if piece.is_readable else f"{words}; no words for the language “{piece.report.language}”"


def show_summary(intake: Intake, forecasts: Sequence[Forecast]) -> None:
    """Show how much was read, and list what did not go in or counts only once."""
    pieces = intake.pieces
    fates = Counter(forecast.fate for forecast in forecasts)
    keys = {
        pluralize("report", len(pieces)): len(pieces),
        pluralize("figure", count := sum(len(piece.readings) for piece in pieces)): count,
        "already there": fates[Fate.THERE] + fates[Fate.TWICE],
        pluralize("copy", fates[Fate.COPY]).replace("copys", "copies"): fates[Fate.COPY],
        "not read": len(intake.errors),
    }
    st.html(list_keys({word: number for word, number in keys.items() if number or word in {"reports", "report"}}))
    if intake.unread:
        names = list_names([batch.name for batch in intake.unread])
        full = f" A preview holds {MOST:,} reports; more go in with: python -m reports add PATH." * (
            len(pieces) >= MOST
        )
        st.warning(f"Not read to the end: {names}.{full}")
    for language, count in intake.count_languages().most_common():
        st.info(
            f"{say_count(count, 'report')} in the language “{language}”, for which there are no words yet: kept and "
            "marked, and not read for figures."
        )
    for piece in pieces:
        for words in piece.notes:
            st.warning(f"{name_piece(piece)}: {words}")
    show_failures(map(str, intake.errors), "read")
    for notice in (notice for batch in intake.batches for notice in batch.notices):
        if not notice.header and notice.words:
            st.caption(f"{notice.name}: {notice.words}")


def show_reports(intake: Intake, forecasts: Sequence[Forecast]) -> None:
    """List the reports, and show the chosen one with its figures marked."""
    pieces = intake.pieces
    if len(pieces) > 1:
        names = [batch.name for batch in intake.batches for _ in batch.pieces]
        rows = [
            {
                "report": name_piece(piece),
                "from": name,
                "publisher": piece.report.publisher or "",
                "published": str(piece.report.published or ""),
                "figures": len(piece.readings),
                "what becomes of it": say_fate(piece, forecast, kept=piece.report.id not in intake.left_out),
            }
            for piece, forecast, name in zip(pieces, forecasts, names, strict=True)
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(36 * len(rows) + 38, 320))
    leaf = st.pagination(len(pieces), key="leaf_of_intake") if len(pieces) > 1 else 1
    piece, forecast = pieces[leaf - 1], forecasts[leaf - 1]
    st.subheader(name_piece(piece), anchor=False)
    if may_write():
        _ask_to_keep(intake, piece)
    printed = piece.report.published
    told = [piece.report.publisher or "", f"{printed:%-d %B %Y}" if printed else "", say_fate(piece, forecast)]
    st.html(note(" · ".join(filter(None, told))))
    if printed is None and any(one.figure.start is None and one.figure.end is None for one in piece.readings):
        st.warning(UNDATED)
    show_reading(piece)


def _ask_to_keep(intake: Intake, piece: Piece) -> None:
    # Told before the page is made again, where the button above says how many there are.
    name = piece.report.id
    change = partial(intake.left_out.symmetric_difference_update, {name})
    st.checkbox("Save this report", value=name not in intake.left_out, key=f"keep {name}", on_change=change)


def show_reading(piece: Piece) -> None:
    """Show the figures of a report in its text and in a table."""
    report, readings = piece.report, piece.readings
    st.html(f"<p><b>{say_count(len(readings), 'figure')}</b></p>")
    st.html(explain_marks())
    st.html(f'<div class="who-text">{mark_spans(report.text, list_spans(readings))}</div>')
    if report.url:
        st.html(f"<p>{link(report.url, report.title or report.url)}</p>")
    if readings:
        st.html(write_table(readings))
        with st.expander("Why each figure is what it is"):
            st.html("".join(write_reasons(one, report.text) for one in readings))
    elif piece.is_readable:
        st.info("No figure of casualties or displacement was found in this text.")


def name_piece(piece: Piece) -> str:
    """Return the title of a report, or its first words."""
    return textwrap.shorten(piece.report.title or piece.report.text, 80, placeholder=" …")


def list_names(names: Sequence[str]) -> str:
    """Return names as one would list them, the first few only.

    >>> list_names(["a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf"])
    'a.pdf, b.pdf, c.pdf and 2 more'
    """
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004  as many as fit a line
    return ", ".join(names[:3]) + more
