"""Days that a reader writes: a box for words and not a calendar, which is quicker, and whole for a screen reader."""

import calendar
import re
from datetime import date
from typing import Any

import streamlit as st

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_FORM = (r"\s*\d{4}(-\d{1,2}(-\d{1,2})?)?\s*", "Write a day as 2020-02-29, a month as 2020-02, a year as 2020")


def read_day(words: str | None, *, last: bool = False) -> date | None:
    """Return the day that is written, of a month or a year the first or the ``last``; None for what is no day.

    >>> read_day("2020-02", last=True), read_day("2020"), read_day("2020-02-30"), read_day("soon")
    (datetime.date(2020, 2, 29), datetime.date(2020, 1, 1), None, None)
    """
    m = _WRITTEN.fullmatch((words or "").strip())
    if m is None:
        return None
    year, month = int(m["year"]), int(m["month"] or (12 if last else 1))
    try:
        end = calendar.monthrange(year, month)[1] if last else 1
        day = date(year, month, int(m["day"] or end))
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def ask_day(label: str, key: str, *, value: date | None = None, **more: Any) -> str | None:
    """Show a box for a day, empty or with a ``value``, and return what stands in it (``read_day`` reads it)."""
    kept = value.isoformat() if value else None
    words: str | None = st.text_input(label, kept, key=key, placeholder="YYYY-MM-DD", validate=_FORM, **more)
    return words
