"""Who may do what on this server: pages ask here before they offer to change the store, and again before they do."""

import os

READ_ONLY = "WHO_COUNTS_READ_ONLY"
"""The variable that says that nobody may change the store through the pages."""


def may_write() -> bool:
    """Tell whether the person at the page may add to the store."""
    return os.environ.get(READ_ONLY, "0") in {"", "0"}


def may_review() -> bool:
    """Tell whether the person at the page may accept, correct or reject figures."""
    return may_write()
