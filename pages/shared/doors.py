"""The door of every page, and the store behind it."""

import runpy
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

import store
from pages.shared.memories import remember
from pages.shared.revisions import ask_revision
from pages.shared.roles import find_own_role
from pages.shared.shelves import FigureShelf
from pages.shared.upgrades import find_upgrade
from series.filters import Filters
from series.ledgers import Ledger, make_ledger
from series.options import Options
from series.timelines import keep_known
from service.settings import load_settings
from store.errors import MissingStoreError, OlderStoreError

APP = Path(__file__).parent.parent.parent / "app.py"


def open_page() -> None:
    """Stand at the top of every page: run it through app.py, for those who may look.

    On a fresh server Streamlit runs the first page asked for by a deep link by itself, because the folder is called
    pages. Such a run is handed to app.py, which knows the page by its address; all later ones come from there.
    """
    if "opened_by_app" not in st.session_state:
        runpy.run_path(str(APP))
        st.stop()
    if find_own_role() is None:
        st.stop()  # app.py has said why


@st.cache_resource(show_spinner="Opening the store", show_time=True)
def open_store() -> store.Store:
    """Return the store that the server works on, to be read: who may change it opens it with ``roles.open_as``."""
    try:
        return store.connect(create=False, write=False)
    except MissingStoreError:
        if load_settings().read_only:
            raise
        store.connect().close()
    except OlderStoreError:
        if load_settings().read_only:
            raise
        find_upgrade().run()
    return store.connect(write=False)


def name_revision() -> str:
    """Return the name of what the store holds now: the key of everything that is made from it."""
    database = open_store()
    return f"{database.address}@{ask_revision(database)}"


def load_figures() -> pd.DataFrame:
    """Return the store's figures, ready for the series; read again only when the store has changed."""
    return _read_figures(name_revision())


@remember(2, "Reading the store, once for everybody: a million figures take some seconds")
def _read_figures(revision: str) -> pd.DataFrame:  # noqa: ARG001  # the cache's key
    return _open_shelf().load(open_store())


@st.cache_resource
def _open_shelf() -> FigureShelf:
    return FigureShelf()


def load_ledger(known: date | None = None) -> Ledger:
    """Return the ledger of the store's figures, made once: a filter or a choice only picks from it.

    With ``known`` it is that of the figures that had been published by that day, as their reports stood then.
    """
    return _make_ledger(name_revision(), known)


@remember(2, "Numbering the claims")
def _make_ledger(revision: str, known: date | None) -> Ledger:  # noqa: ARG001  # a part of the cache's key
    if known is None:
        return make_ledger(load_figures())
    return make_ledger(keep_known(store.read_figures(open_store(), known=known), Options(as_known=known)))


def load_view(filters: Filters) -> pd.DataFrame:
    """Return the figures that filters let through; filtered again only when the store has changed."""
    return _load_view(name_revision(), filters)


@remember(64)
def _load_view(revision: str, filters: Filters) -> pd.DataFrame:  # noqa: ARG001  # a part of the cache's key
    return filters.apply(load_figures())


def load_text(report: str) -> str:
    """Return the text of a report, empty for one that is not kept, or was deleted."""
    return _load_text(name_revision(), report)


@remember(512)
def _load_text(revision: str, report: str) -> str:  # noqa: ARG001  # a part of the cache's key
    kept = store.read_report(open_store(), report)
    return kept.text if kept else ""
