"""What the first reader would wait for, made when the server starts and while nobody waits."""

import gc
import logging
import threading
from contextlib import suppress

import store
from pages.shared import plotted
from pages.shared.asked import load_first_view
from pages.shared.doors import load_figures, load_ledger, open_store
from pages.shared.facets import load_facets
from service.scripts import pack_scripts

_LOG = logging.getLogger(__name__)
_DRAWS = plotted.draw_plot
"""Named here so that what it imports is there before the first page is."""


def warm_up() -> threading.Thread:
    """Begin to make the figures, the ledger and what the filters offer, in a thread of its own."""
    thread = threading.Thread(target=_warm_up, name="warm-up", daemon=True)
    thread.start()
    return thread


def _warm_up() -> None:
    with suppress(store.StoreError):  # told below
        open_store()  # before all else: whoever comes meanwhile sees how far an older one is brought up to date
    pack_scripts()
    try:
        if len(figures := load_figures()):
            load_facets()
            load_first_view(figures)
            load_ledger()
    except store.StoreError:
        _LOG.warning("the store cannot be read yet", exc_info=True)
    # Whoever collects garbage would look through all of this again each time.
    gc.collect()
    gc.freeze()
