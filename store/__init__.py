"""Reports, figures, their evidence and what people say of them, kept in a database."""

from store.connections import Store, connect, is_current, revision
from store.deletions import Deletion, find_returned, read_deletions
from store.entries import add_report, has_report, read_copies, read_evidence, read_report, read_versions
from store.errors import StoreError
from store.forecasts import Fate, Forecast, find_copies, foresee
from store.frames import read_figures
from store.refreshes import Kept, read_kept, refresh_kept
from store.removals import Loss, delete_reports, foresee_losses, say_losses
from store.reviews import Review, Verdict, add_review, read_fallen, read_reviews, withdraw_review
from store.searches import Hit, search_quotes, search_reports

__all__ = [
    "Deletion",
    "Fate",
    "Forecast",
    "Hit",
    "Kept",
    "Loss",
    "Review",
    "Store",
    "StoreError",
    "Verdict",
    "add_report",
    "add_review",
    "connect",
    "delete_reports",
    "find_copies",
    "find_returned",
    "foresee",
    "foresee_losses",
    "has_report",
    "is_current",
    "read_copies",
    "read_deletions",
    "read_evidence",
    "read_fallen",
    "read_figures",
    "read_kept",
    "read_report",
    "read_reviews",
    "read_versions",
    "refresh_kept",
    "revision",
    "say_losses",
    "search_quotes",
    "search_reports",
    "withdraw_review",
]
