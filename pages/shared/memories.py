"""What is made once for everybody who looks at the same thing: Streamlit's cache, with keys that are quick to take."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import streamlit as st

from series.filters import Filters
from series.looks import Look
from series.options import Options

_Made = TypeVar("_Made", bound=Callable[..., object])

# Streamlit takes a key apart value by value, which was a third of a page's time; the words of a record are as exact.
_NAMED: dict[str | type[Any], Callable[[Any], str]] = {
    **dict.fromkeys((Filters, Options, Look), repr),
    "pages.shared.kinds.Plot": repr,
}


def remember(entries: int, spinner: str = "") -> Callable[[_Made], _Made]:
    """Keep what a function returned for so many keys; ``spinner`` is said, with the time, while the first reader waits.

    The keys are the arguments whose names do not begin with an underscore.
    """
    kept = st.cache_resource(
        max_entries=entries, show_spinner=spinner or False, show_time=bool(spinner), hash_funcs=_NAMED
    )
    return cast("Callable[[_Made], _Made]", kept)
