"""A store that an older version made is brought up to date once: how far that is, and whether somebody stopped it."""

import logging
import time
from dataclasses import dataclass

import streamlit as st

import store
from pages.shared.paces import Pace, say_seconds
from store.errors import StoppedUpgradeError

_LOG = logging.getLogger(__name__)
OLDER = "An older version made the store: it is brought up to date first, once, and minutes long where it is large."
"""What is said meanwhile."""
_STOPPED = "an older version made the store, and somebody stopped bringing it up to date; nothing in it was changed"


@dataclass(slots=True)
class Upgrade:
    """How far it is: running or stopped; ``pace`` and the reports done tell how long it still takes."""

    pace: Pace
    done: int = 0
    is_running: bool = False
    is_stopped: bool = False

    def run(self) -> None:
        """Bring the store up to date, unless somebody stopped that; the log says what a reader waits for."""
        if self.is_stopped:
            raise StoppedUpgradeError(_STOPPED)
        _LOG.warning(OLDER)
        self.pace, self.done, self.is_running = Pace("report"), 0, True
        try:
            store.connect(on_step=self._note).close()
            self.is_stopped = False  # where somebody stopped it too late
        finally:
            self.is_running = False
        _LOG.warning("the store is up to date, after %s", say_seconds(time.monotonic() - self.pace.start))

    def stop(self) -> None:
        """Have it stopped; it ends after the report that it is at, and leaves the store as it was."""
        self.is_stopped = True

    def allow(self) -> None:
        """Let it begin again."""
        self.is_stopped = False

    def _note(self, done: int, total: int) -> None:
        self.done, self.pace.total = done, total
        if self.is_stopped:
            raise StoppedUpgradeError(_STOPPED)


@st.cache_resource
def find_upgrade() -> Upgrade:
    """Return the one upgrade of this server."""
    return Upgrade(Pace("report"))
