"""What the address asks for, made whole: the bare root gets the first view, a deep link only what it leaves open."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pages.shared.days import read_day
from pages.shared.doors import name_revision
from pages.shared.facets import Facets, list_common
from pages.shared.memories import remember
from series.bins import Bin
from series.filters import Filters
from series.options import Spread, Vague
from series.phrases import say_all
from series.regions import find_labels
from series.stories import choose_story

FILTERS = ("metric", "basis", "unit", "source", "region", "group", "status", "since", "until")
CONVENTIONS = ("best", "vague", "spread", "totals", "households", "as_known")
NAMES = (*FILTERS, "bin", *CONVENTIONS)
DAYS = frozenset({"since", "until", "as_known"})
SEVERAL = frozenset({"source", "region", "group", "status"})
BASES = ("new", "cumulative", "stock")
STATUSES = ("reported", "unverified", "projected", "denied")
BESTS = ("median", "lowest", "highest")
FIXED: Mapping[str, tuple[str, ...]] = {
    "basis": BASES,
    "status": STATUSES,
    "bin": tuple(map(str, Bin)),
    "vague": tuple(map(str, Vague)),
    "spread": tuple(map(str, Spread)),
    "totals": ("new", "apart"),
    "households": ("apart", "people"),
}
_SILENCE = pd.Timedelta(days=270)

Query = dict[str, list[str]]


def suggest_view(figures: pd.DataFrame) -> Query:
    """Return the first view as query parameters: a story, or where most figures are, without a long silence."""
    if figures.empty:
        return {}
    if story := choose_story(figures):
        return {name: list(values) for name, values in story.view.items()}
    counts = figures.groupby(["metric", "basis", "unit", "at_country"], dropna=False, observed=True).size()
    metric, basis, unit, country = counts.sort_values(ascending=False, kind="stable").index[0]
    query = {"metric": [metric], "basis": [basis], "unit": [unit], "bin": ["month"], "best": ["median"]}
    if pd.isna(country):
        return query
    first = Filters(metric=(metric,), basis=(basis,), region=(country,)).apply(figures)
    days = first["till"].dropna().sort_values()
    fullest = max((stretch for _, stretch in days.groupby(days.diff().gt(_SILENCE).cumsum())), key=len)
    dates = {"since": [f"{fullest.min():%Y-%m}-01"], "until": [f"{fullest.max():%Y-%m-%d}"]}
    return query | {"region": [country]} | dates


def load_first_view(figures: pd.DataFrame) -> Query:
    """Return the first view of the store's figures."""
    return dict(load_completed(name_revision(), (), figures, None)[0])


@remember(256)
def load_completed(
    revision: str,  # noqa: ARG001  # a part of the cache's key
    asked: tuple[tuple[str, tuple[str, ...]], ...],
    _figures: pd.DataFrame,
    _facets: Facets | None,
) -> tuple[Query, Query]:
    """Return what ``complete`` does, without facets the first view, found once for everybody."""
    if _facets is None:
        return suggest_view(_figures), {}
    return complete(dict(asked), _figures, _facets)


def complete(asked: Mapping[str, Sequence[str]], figures: pd.DataFrame, facets: Facets) -> tuple[Query, Query]:
    """Return what is shown for what the address asks, and what it asks that is not known.

    An address without any filter is the first view. Another one gets a metric, a basis and a unit where it names
    none, those with most figures among what it does name; and no region, no source and no dates. A region may be
    asked for by its code, or by a name that several have.
    """
    given = {name: [value for value in asked.get(name, ()) if value] for name in NAMES}
    given = {name: values for name, values in given.items() if values}
    if "region" in given:
        given["region"] = [label for one in given["region"] for label in _name_region(one, facets)]
    if not given:
        return suggest_view(figures), {}
    unknown = {name: [one for one in values if not _is_known(name, one, facets)] for name, values in given.items()}
    unknown = {name: values for name, values in unknown.items() if values}
    shown = {name: [value for value in values if value not in unknown.get(name, ())] for name, values in given.items()}
    shown = {name: values for name, values in shown.items() if values}
    if "metric" in shown and not set(shown.get("unit", ())) <= set(facets.list_units(shown["metric"][-1])):
        del shown["unit"]
    return _fill_in(shown, figures), unknown


def _name_region(asked: str, facets: Facets) -> list[str]:
    """Return the regions that a name or a code means, those that share the name; itself where the store has none."""
    if asked in facets.paths:
        return [asked]
    return [label for label in find_labels(asked) if label in facets.paths] or [asked]


def say_unknown(unknown: Query) -> str:
    """Return the sentence that names what the address asks in vain.

    >>> say_unknown({"metric": ["nonsense"]})
    'The address asks for metric “nonsense”; not known; shown without it.'
    """
    named = [f"{name.replace('_', ' ')} “{value}”" for name, values in unknown.items() for value in values]
    return f"The address asks for {say_all(named)}; not known; shown without {'it' if len(named) == 1 else 'them'}."


def _fill_in(shown: Query, figures: pd.DataFrame) -> Query:
    view = Filters.from_query(shown).apply(figures)
    for name in ("metric", "basis", "unit"):
        if name not in shown:
            pool = view if len(view) else figures
            shown = shown | {name: list_common(pool[name])[:1]}
        view = view[view[name].isin(shown[name])]
    return {"bin": ["month"], "best": ["median"]} | shown


def _is_known(name: str, value: str, facets: Facets) -> bool:
    if name in DAYS:
        return read_day(value) is not None
    if name in FIXED:
        return value in FIXED[name]
    known = {
        "metric": facets.metrics,
        "unit": facets.kinds["unit"].tolist(),
        "source": facets.sources,
        "group": facets.groups,
        "best": (*BESTS, *facets.sources),
        "region": facets.paths,
    }
    return value in known[name]
