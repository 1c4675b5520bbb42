"""What the reader chose, out of the widgets that hold it: the filters, and the conventions of counting."""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from pages.shared.asked import SEVERAL, say_unknown
from pages.shared.days import read_day
from series.bins import Bin
from series.filters import Filters
from series.options import USUAL, By, Options, Spread, Vague
from series.phrases import title_view

NARROWING = ("source", "region", "group", "status", "since", "until")
USUAL_VALUES = {
    "best": USUAL.best,
    "as_known": "",
    "vague": str(USUAL.vague),
    "spread": str(USUAL.spread),
    "totals": "new",
    "households": "apart",
}
"""The usual conventions, by the names and values that the address has for them: it leaves them out."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader chose: the filters, and the conventions of counting."""

    filters: Filters
    options: Options

    @property
    def width(self) -> Bin:
        """How wide a point of the timeline is."""
        return self.options.width

    @property
    def best(self) -> str:
        """Which number stands where sources differ."""
        return self.options.best

    @property
    def title(self) -> str:
        """What the view counts, in words."""
        filters = self.filters
        return title_view(filters.metric[0], filters.basis[0], filters.unit[0], str(self.width))

    def to_query(self) -> dict[str, list[str]]:
        """Return the filters and conventions as query parameters; those that are usual are left out."""
        query = self.filters.to_query() | {"bin": [str(self.width)]}
        return query | {name: [value] for name, value in read_conventions(self.options).items()}

    @property
    def address(self) -> str:
        """The view as the part of an address behind the question mark."""
        return urlencode(self.to_query(), doseq=True)


def read_conventions(options: Options) -> dict[str, str]:
    """Return the conventions that are not the usual ones, by the names that the address has for them.

    >>> read_conventions(Options(totals=False))
    {'totals': 'apart'}
    """
    values = {
        "best": options.best,
        "vague": str(options.vague),
        "spread": str(options.spread),
        "totals": "new" if options.totals else "apart",
        "households": "people" if options.households else "apart",
        "as_known": options.as_known.isoformat() if options.as_known else "",
    }
    return {name: value for name, value in values.items() if value != USUAL_VALUES[name]}


def read_choices() -> Choices:
    """Return what is chosen now; any part of a page may ask, once the filters have been shown."""
    return Choices(read_filters(), _read_options())


def read_filters() -> Filters:
    """Return the filters alone."""
    state = st.session_state
    one = {name: (state[name],) if state.get(name) else () for name in ("metric", "basis", "unit")}
    several = {name: tuple(state.get(name) or ()) for name in SEVERAL}
    since, until = read_day(state.get("since")), read_day(state.get("until"), last=True)
    return Filters(since=since, until=until, **one, **several)


def _read_options() -> Options:
    state = st.session_state
    return Options(
        by=By.SOURCE,
        width=Bin(state.bin or Bin.MONTH),
        best=state.best or "median",
        vague=Vague(state.vague),
        spread=Spread(state.spread),
        statuses=tuple(state.status),
        totals=state.totals == "new",
        households=state.households == "people",
        as_known=read_day(state.as_known, last=True),
    )


def show_unknown(choices: Choices) -> None:
    """Name what the address asked for in vain, for as long as the view is the one that it led to."""
    if not st.session_state.get("unknown"):
        return
    if st.session_state.setdefault("unknown_in", choices) == choices:
        st.warning(say_unknown(st.session_state.unknown))
    else:
        del st.session_state.unknown, st.session_state.unknown_in
