"""What finds the figures behind what is picked on the page Sources: marks of its charts, rows of its tables."""

from typing import Any

import pandas as pd

from pages.shared.comparisons import Compared
from pages.shared.lists import FindRows
from pages.shared.picked import Find
from series.citations import CHAIN, OTHERS, Flow, name_chains


def find_claims(compared: Compared) -> Find:
    """Return what finds the figures that say the claims picked on the chart of events."""

    def find(picks: list[list[Any]]) -> pd.DataFrame:
        said = compared.figures["claim"].isin({claim for claim, *_ in picks})
        return compared.figures[said].assign(reason="")

    return find


def find_printed(compared: Compared) -> Find:
    """Return what finds the figures of the sources and months picked on the chart of months, newest first."""

    def find(picks: list[list[Any]]) -> pd.DataFrame:
        figures = compared.figures
        found = [
            figures[figures["claimant"].eq(source) & figures["published"].dt.strftime("%Y-%m").eq(str(month)[:7])]
            for source, month in picks
        ]
        return _show_newest(pd.concat(found))

    return find


def find_cited(figures: pd.DataFrame, flow: Flow) -> Find:
    """Return what finds the figures of the names picked on the chart of citations: who claims, passed on or printed."""
    chains = name_chains(figures)

    def stands(column: int, name: str) -> "pd.Series[bool]":
        said = chains[CHAIN[column]]
        others = said.ne("") & ~said.isin(flow.names[column])
        return others if name.startswith(f"{OTHERS} (") else said.eq(name)

    def find(picks: list[list[Any]]) -> pd.DataFrame:
        found = pd.concat([stands(int(column), str(name)) for column, name in picks], axis=1).any(axis=1)
        return _show_newest(figures[found])

    return find


def find_by_source(compared: Compared) -> FindRows:
    """Return what finds the figures of the sources picked in the table of sources."""

    def find(rows: pd.DataFrame) -> pd.DataFrame:
        return _show_newest(compared.figures[compared.figures["claimant"].isin(rows["source"])])

    return find


def find_by_chain(figures: pd.DataFrame) -> FindRows:
    """Return what finds the figures that went along the chains picked in the table of citations."""

    def find(rows: pd.DataFrame) -> pd.DataFrame:
        chains = pd.MultiIndex.from_frame(name_chains(figures)[CHAIN].astype(object))
        picked = pd.MultiIndex.from_frame(rows[["source", *CHAIN[1:]]])
        return _show_newest(figures[chains.isin(picked)])

    return find


def _show_newest(figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures to be shown behind marks or rows: the newest first, none of them left out."""
    newest: pd.DataFrame = figures.sort_values("published", ascending=False, kind="stable")
    return newest.assign(reason="")
