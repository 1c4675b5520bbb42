"""The figures as they were last read: a review changes a few of them, and only these are read again."""

from threading import Lock

import pandas as pd

import store
from series.figures import prepare_again, prepare_figures


class FigureShelf:
    """Room for the figures of the store, ready for the series; every visitor of the server shares them."""

    def __init__(self) -> None:
        """Begin with an empty shelf."""
        self._kept: store.Kept | None = None
        self._prepared = pd.DataFrame()
        self._lock = Lock()

    def load(self, database: store.Store) -> pd.DataFrame:
        """Return the figures as the store holds them now; what was given out before stays as it was."""
        with self._lock:
            fresh = store.refresh_kept(database, self._kept) if self._kept else None
            if fresh and self._kept:
                kept, ids = fresh
                self._prepared = prepare_again(self._prepared, kept.figures, ids) if ids else self._prepared
            else:
                kept = store.read_kept(database)
                self._prepared = prepare_figures(kept.figures)
            self._kept = kept
            return self._prepared
