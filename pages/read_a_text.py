"""Read a text: paste a report, see its figures in it with the reasons, and keep it."""

from datetime import date

import streamlit as st

import store
from pages.shared.doors import open_page
from pages.shared.marks import explain_marks, link, mark_spans
from pages.shared.readings import list_spans, write_reasons, write_table
from pages.shared.roles import RoleError, open_as
from parsers import read_figures
from parsers.records import Reading
from reports.errors import ReportError
from reports.fields import Origin, build_report
from reports.records import Report
from series.phrases import say_count
from service.roles import Role

EXAMPLE = {
    "text": "At least 17 civilians, six of them children, were killed on Tuesday when shells hit a market in Idlib, "
    "the Syrian Observatory for Human Rights said.\n\nThe White Helmets put the number of dead at 15 and said that "
    "40 to 50 people were injured.\n\nSince 1 December, 832,000 people have been displaced in north-west Syria, "
    "according to OCHA.",
    "publisher": "An example of our own",
    "title": "Shells hit a market",
    "url": "",
}


def fill_in_example() -> None:
    """Put the example in the form."""
    st.session_state.update(EXAMPLE, published=date(2020, 2, 12))


def save(report: Report, readings: list[Reading]) -> None:
    """Keep the report and say what became of it."""
    try:
        new = store.add_report(open_as(Role.STEWARD), report, readings)
    except (store.StoreError, RoleError) as error:
        st.error(str(error))
        return
    said = (
        f"Saved with {say_count(len(readings), 'figure')}."
        if new
        else "This report was already in the store; nothing changed."
    )
    st.success(f"{said} The timeline shows it.")


def show_reading(report: Report, readings: list[Reading]) -> None:
    """Show the figures in the text and in a table."""
    st.subheader(say_count(len(readings), "figure"))
    st.html(explain_marks())
    st.html(f'<div class="who-text">{mark_spans(report.text, list_spans(readings))}</div>')
    if report.url:
        st.html(f"<p>{link(report.url, report.title or report.url)}</p>")
    if readings:
        st.html(write_table(readings))
        with st.expander("Why each figure is what it is"):
            st.html("".join(map(write_reasons, readings)))
    else:
        st.info("No figure of casualties or displacement was found in this text.")


open_page()
st.title("Read a text")
st.button("Fill in an example", on_click=fill_in_example)
with st.form("report", border=False):
    st.text_area("Text of the report", key="text", height=220)
    publisher, published = st.columns(2)
    publisher.text_input("Publisher", key="publisher", help="Who printed it.")
    published.date_input("Published", key="published", value=None, help="Days such as “Tuesday” are counted from it.")
    title, url = st.columns(2)
    title.text_input("Title", key="title")
    url.text_input("Address", key="url", placeholder="https://")
    with st.container(horizontal=True):
        reading_on = st.form_submit_button("Read the figures", type="primary")
        saving_on = st.form_submit_button("Read and save")
if st.session_state.text.strip():
    fields = {name: st.session_state[name] or None for name in ("text", "publisher", "title", "url")}
    try:
        report = build_report(fields, Origin("this text", published=st.session_state.published))
    except ReportError as error:
        st.error(str(error))
    else:
        readings = read_figures(report)
        show_reading(report, readings)
        if saving_on:
            save(report, readings)
elif reading_on or saving_on:
    st.info("Paste the text of a report first, or fill in the example.")
