"""Add reports: paste, upload, fetch or poll; see what was read before it is saved. A steward may take one out."""

from dataclasses import replace
from functools import partial

import streamlit as st

from pages.shared.columns import ask_for_columns
from pages.shared.doors import open_page, open_store
from pages.shared.intakes import Intake, open_tools
from pages.shared.outcomes import show_saving
from pages.shared.paces import Pace
from pages.shared.previews import show_reports, show_summary
from pages.shared.removals import ask_to_delete
from pages.shared.roles import RoleError, may_write, open_as
from pages.shared.savings import Saving, save
from pages.shared.ways import choose_way
from reports.errors import ReportError
from series.phrases import say_count
from service.roles import Role
from store import StoreError, foresee


def read(intake: Intake) -> None:
    """Read all that came in, with a bar; whatever was read when it is stopped stays."""
    pace, progress = Pace(intake.what, len(intake.batches)), st.empty()
    with progress.container(), open_tools() as tools:
        bar = st.progress(0.0, "Reading")
        st.button("Stop", key="stop")
        for done, reports in intake.read(tools):
            if pace.is_due():
                bar.progress(pace.share(done), f"{pace.say(done)}; {say_count(reports, 'report')}")
    progress.empty()


def save_all(intake: Intake) -> None:
    """Keep the reports and say what became of them; where the store fails they stay to be saved again."""
    saving, progress = Saving(), st.empty()
    pace = Pace("report", len(intake.chosen))
    with progress.container():
        bar = st.progress(0.0, "Saving")
        st.button("Stop", key="stop")
        for done in save(partial(open_as, Role.STEWARD), intake, saving):
            if pace.is_due():
                bar.progress(pace.share(done), pace.say(done))
    progress.empty()
    st.session_state.saving = saving
    if saving.is_whole:
        del st.session_state.intake


def show_intake(intake: Intake) -> None:
    """Show what was read, and offer to save it."""
    forecasts = foresee(open_store(), [piece.report for piece in intake.pieces])
    show_summary(intake, forecasts)
    if asked := ask_for_columns(intake):
        batch, columns = asked
        with open_tools() as tools, st.spinner(f"Reading {batch.name} again"):
            list(batch.read(tools, replace(batch.known, columns=columns)))
        st.rerun()
    if not forecasts:
        if not intake.errors:
            st.info("Nothing new: no report is in what was read.")
        return
    if may_write():
        with st.container(horizontal=True):
            count = say_count(len(intake.chosen), "report")
            saving_on = st.button(f"Save {count}", type="primary", disabled=not intake.chosen)
            st.button("Discard", on_click=lambda: st.session_state.pop("intake"))
        if saving_on:
            save_all(intake)
            st.rerun()
    show_reports(intake, forecasts)


open_page()
st.title("Add reports", anchor=False)
if not may_write():
    st.info("You may look here, and not add: a text that you paste is read, and not kept.")
else:
    st.caption("What was read is shown first, with the words behind each number; nothing is kept before you save it.")
ask = choose_way()
try:
    if came := ask():
        st.session_state.pop("saving", None)
        st.session_state.intake = came
        read(came)
    if "saving" in st.session_state:
        show_saving(st.session_state.saving)
    if "intake" in st.session_state:
        show_intake(st.session_state.intake)
    if may_write():
        ask_to_delete()
except (StoreError, ReportError, RoleError) as error:
    st.error(str(error))
