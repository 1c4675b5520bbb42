"""What stands behind a view, made once for everybody who looks at it: its key numbers, and its figures in order."""

import pandas as pd

from pages.shared.choices import Choices
from pages.shared.doors import name_revision
from pages.shared.drawn import load_points
from pages.shared.keys import count_keys, list_keys, name_range, name_span, name_update
from pages.shared.memories import remember
from pages.shared.panels import FIGURES_A_PAGE, write_figures
from pages.shared.views import View
from series.claims import find_claims, number_claims
from series.filters import Filters
from series.lines import part_unverified
from series.options import Options


def load_keys(view: View) -> str:
    """Return the key numbers as HTML: who counts, how far apart they are, which days, when last heard of."""
    return _load_keys(name_revision(), view.choices.filters, view.choices.options, view)


@remember(256)
def _load_keys(revision: str, filters: Filters, options: Options, _view: View) -> str:
    figures = _load_claimed(revision, filters, options, _view)
    rows = part_unverified(load_points(filters, options), "source")
    claims = figures.drop_duplicates("claim")
    keys = name_range(rows, options.width) | count_keys(figures, claims)
    return list_keys(keys | name_span(rows, filters) | name_update(figures))


def load_leaf(view: View, leaf: int) -> str:
    """Return a page (from 1) of the figures of a view as HTML, newest first, with why each does not count."""
    return _load_leaf(name_revision(), view.choices.filters, view.choices.options, leaf, view)


@remember(256)
def _load_leaf(revision: str, filters: Filters, options: Options, leaf: int, _view: View) -> str:
    listed = _load_claimed(revision, filters, options, _view)
    page = listed.iloc[(leaf - 1) * FIGURES_A_PAGE : leaf * FIGURES_A_PAGE]
    return write_figures(page, Choices(filters, options).address)


@remember(16)
def _load_claimed(revision: str, filters: Filters, options: Options, _view: View) -> pd.DataFrame:  # noqa: ARG001
    numbered = number_claims(_view.figures)
    claims = find_claims(numbered, options=options)
    listed = numbered.merge(claims[["claim", "reason"]], on="claim")
    return listed.sort_values(["till", "published"], ascending=False, kind="stable")
