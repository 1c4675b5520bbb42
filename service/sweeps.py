"""Garbage is collected now and then: after each run of a page, as Streamlit does it, all readers would wait for it."""

import gc
import threading

PAUSE = 10.0
"""Seconds between two sweeps; Python itself collects what is young, and what grows fast."""


def begin_sweeping(pause: float = PAUSE) -> threading.Event:
    """Collect garbage again and again in a thread of its own, until the event that is returned is set."""
    enough = threading.Event()

    def sweep() -> None:
        while not enough.wait(pause):
            gc.collect()

    threading.Thread(target=sweep, name="sweep", daemon=True).start()
    return enough
