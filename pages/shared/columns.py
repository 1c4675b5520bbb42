"""Which column of a table was taken for what: shown, and corrected."""

import streamlit as st

from pages.shared.intakes import Batch, Intake
from reports.columns import FIELDS
from reports.records import Notice

_NONE = "(none)"


def ask_for_columns(intake: Intake) -> tuple[Batch, tuple[tuple[str, str], ...]] | None:
    """Show which column of each table was taken for what; return the batch to read again, with the corrections."""
    for number, batch in enumerate(intake.batches):
        tables = [notice for notice in batch.notices if notice.header]
        if tables and (corrections := _ask_for_columns(tables[0], f"{number}", is_sure=not batch.errors)):
            return batch, corrections
    return None


def _ask_for_columns(table: Notice, key: str, *, is_sure: bool) -> tuple[tuple[str, str], ...] | None:
    taken = dict(table.columns)
    options = [_NONE, *table.header]
    with st.expander(f"Columns of {table.name}", expanded=not is_sure), st.form(f"columns {key}", border=False):
        st.caption("This is how the columns were taken. Correct what is wrong, and the table is read again.")
        for box, field in zip(st.columns(4) + st.columns(4), FIELDS, strict=False):
            at = options.index(taken[field]) if taken.get(field) in options else 0
            box.selectbox(field, options, index=at, key=f"column {key} {field}")
        if not st.form_submit_button("Read the table again"):
            return None
    chosen = {field: st.session_state[f"column {key} {field}"] for field in FIELDS}
    return tuple((field, "" if column == _NONE else column) for field, column in chosen.items())
