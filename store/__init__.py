"""Reports, figures and their evidence, kept in a database."""

from store.connections import Store, connect, revision
from store.entries import add_report, has_report, read_evidence, read_report
from store.errors import StoreError
from store.frames import read_figures

__all__ = [
    "Store",
    "StoreError",
    "add_report",
    "connect",
    "has_report",
    "read_evidence",
    "read_figures",
    "read_report",
    "revision",
]
