"""Which revision of the store a page works on: a run wants to know a dozen times, and asks the store once."""

import threading
from time import monotonic

from streamlit.runtime.scriptrunner import get_script_run_ctx

import store

_LONGEST = 0.2
"""Seconds after which a run asks again."""


class _Last(threading.local):
    address = ""
    revision = 0
    asked = 0.0


_LAST = _Last()


def ask_revision(database: store.Store) -> int:
    """Return the revision that the store is at, or was a moment ago in the same run of a page.

    Who is no page, as the data API, is answered by the store each time.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return store.revision(database)
    if _LAST.address != database.address or monotonic() - _LAST.asked > _LONGEST:
        _LAST.asked, _LAST.revision, _LAST.address = monotonic(), store.revision(database), database.address
    return _LAST.revision


def forget_revision() -> None:
    """Have the store asked anew: this run of a page is about to change it."""
    _LAST.address = ""
