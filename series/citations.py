"""Citations: who claims, who passed it on and who printed it, as chains counted by the figures that went along."""

from dataclasses import dataclass

import pandas as pd

from series.codes import find_first, number_rows

CHAIN = ["claimant", "via", "publisher"]
"""Source, who passed it on (empty where nobody is named), publisher."""

UNKNOWN = "publisher unknown"
OTHERS = "others"


def list_chains(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row a chain (columns source, via, publisher, figures, copies, first, last), the busiest first.

    ``copies`` are figures in a paper's copy of another's text. A source that no report names is its publisher's own.
    """
    frame = name_chains(figures)
    number = number_rows(frame, CHAIN)
    groups = pd.DataFrame(
        {
            "chain": number,
            "copy": frame["copy_of"].notna().to_numpy() if "copy_of" in frame else False,
            "published": frame["published"].to_numpy(),
        }
    ).groupby("chain")
    counts = groups.agg(
        figures=("copy", "size"), copies=("copy", "sum"), first=("published", "min"), last=("published", "max")
    )
    names = frame.iloc[find_first(number)][CHAIN].astype(object).reset_index(drop=True)
    chains = pd.concat([names.rename(columns={"claimant": "source"}), counts], axis=1)
    return chains.sort_values(["figures", *("source", "via", "publisher")], ascending=[False, True, True, True])


def name_chains(figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures with a word in each column of ``CHAIN``: nobody between is "", no publisher ``UNKNOWN``."""
    return figures.assign(
        via=figures["via"].astype(object).where(figures["via"].notna(), ""),
        publisher=figures["publisher"].astype(object).where(figures["publisher"].notna(), UNKNOWN),
    )


@dataclass(frozen=True, slots=True)
class Flow:
    """The busiest chains as links between the names of three columns: source, who passed it on, publisher.

    ``links`` has the columns from which and to which a link goes (start, end), both names (one, other) and figures.
    """

    names: tuple[list[str], list[str], list[str]]
    links: pd.DataFrame


def draw_flow(chains: pd.DataFrame, most: int = 10) -> Flow:
    """Return the chains of the busiest ``most`` of each column; all others stand together as ``others (n)``.

    Where nobody passed a claim on, the link goes straight from the source to the publisher.
    """
    told = chains["via"].ne("")
    weights = chains["figures"]
    named = pd.DataFrame(
        {
            0: _join_others(chains["source"], weights, most),
            1: _join_others(chains["via"], weights.where(told, 0), most).where(told),
            2: _join_others(chains["publisher"], weights, most),
            "figures": weights,
        }
    )
    parts = ((0, 2, named[~told]), (0, 1, named[told]), (1, 2, named[told]))
    links = [
        rows.groupby([start, end], sort=False)["figures"]
        .sum()
        .reset_index()
        .set_axis(["one", "other", "figures"], axis=1)
        .assign(start=start, end=end)
        for start, end, rows in parts
    ]
    return Flow(tuple(_order(named[at].dropna(), weights) for at in range(3)), pd.concat(links, ignore_index=True))  # type: ignore[arg-type]


def _join_others(names: "pd.Series[str]", weights: "pd.Series[int]", most: int) -> "pd.Series[str]":
    busy = weights.groupby(names).sum().sort_values(ascending=False, kind="stable")
    left = len(busy) - most
    return names if left <= 1 else names.where(names.isin(busy.index[:most]), f"{OTHERS} ({left})")


def _order(names: "pd.Series[str]", weights: "pd.Series[int]") -> list[str]:
    busy = weights.groupby(names).sum().sort_values(ascending=False, kind="stable")
    return sorted(map(str, busy.index), key=lambda name: name.startswith(f"{OTHERS} ("))
