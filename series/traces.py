"""The pieces of a chart, as plain dicts that Plotly draws: lines, bands, whiskers, arrows, marks and bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from series.bins import Bin, bin_numbers, bin_starts
from series.flags import FLAGS
from series.lines import SPREAD, is_spread, say_point
from series.looks import Look

Trace = dict[str, Any]
Numbers = Sequence[float | None]

MOST_POINTS = 2000
"""More points than this on one trace are slow to draw, and cannot be told apart."""

FLAGGED = "flagged: a click or the data say why"
_WARNING = frozenset(FLAGS) - {"spread", "undated", "derived"}
"""A spread point has its own marker; the other two are so common that a mark would say nothing."""

_YEAR_OF_BINS = {Bin.DAY: 366, Bin.WEEK: 53, Bin.MONTH: 12, Bin.YEAR: 1}


@dataclass(frozen=True, slots=True)
class Style:
    """How one line is drawn: never told by colour alone. ``name`` groups it, ``label`` stands in the legend.

    ``axis`` is the number of the panel that it stands in, empty for the only one.
    """

    name: str
    label: str
    color: str
    symbol: str
    axis: str = ""

    def place(self, **more: Any) -> Trace:
        """Return a trace of this line."""
        axes = {"xaxis": f"x{self.axis}", "yaxis": f"y{self.axis}"} if self.axis else {}
        return {"type": "scatter", "legendgroup": self.name, **axes, **more}


def trace(**more: Any) -> Trace:
    """Return a trace of points, lines or words that stands by itself.

    >>> trace(x=[1], y=[2])
    {'type': 'scatter', 'x': [1], 'y': [2]}
    """
    return {"type": "scatter", **more}


def list_days(days: Any) -> list[str]:
    """Return days as a chart has them."""
    return [day.strftime("%Y-%m-%d") for day in pd.DatetimeIndex(days)]


def list_numbers(numbers: "pd.Series[Any]") -> list[float | None]:
    """Return numbers as a chart has them; one that is missing is null."""
    return [None if pd.isna(number) else float(number) for number in numbers]


def fill_gaps(rows: pd.DataFrame, width: Bin, *, running: bool) -> pd.DataFrame:
    """Return the rows with an empty one where nobody counted, so that no line is drawn across the gap.

    A running total or stock stands until the next one: its line is broken only by more than a year without any.
    """
    number = bin_numbers(rows["start"], width)
    rows = rows.set_index(pd.Index(number, name="bin"))
    gap = _YEAR_OF_BINS[width] if running else 1
    gaps = [one + 1 for one, other in pairwise(number) if other > one + gap]
    filled = rows.reindex(sorted([*number, *gaps])).reset_index()
    return filled.assign(start=bin_starts(filled["bin"].to_numpy(), width), spread=is_spread(filled).to_numpy())


def split_runs(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the stretches of at least two points with both bounds known or open upwards only."""
    usable = rows["low"].notna() & rows["best"].notna()
    for _, run in rows[usable].groupby((~usable).cumsum()):
        if len(run) > 1 and (run["high"] > run["low"]).any():
            yield run


def draw_band(rows: pd.DataFrame, style: Style) -> list[Trace]:
    """Draw the band from low to high; where the upper bound is open it ends at the number itself."""
    return [
        style.place(
            x=[*list_days(run["start"]), *list_days(run["start"][::-1])],
            y=[*list_numbers(run["high"].fillna(run["best"])), *list_numbers(run["low"][::-1])],
            fill="toself",
            fillcolor=style.color,
            opacity=0.14,
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
        )
        for run in split_runs(rows)
    ]


def draw_line(rows: pd.DataFrame, style: Style, width: Bin, *, legend: bool = True) -> Trace:
    """Draw the line with its markers; whiskers where no band shows the bounds. ``customdata`` is line and bin."""
    banded = pd.concat([run["start"] for run in split_runs(rows)] or [rows["start"][:0]])
    rows = _break_line(rows)
    alone = ~rows["start"].isin(banded)
    hollow = rows["low"].isna() & rows["high"].isna()
    days = list_days(rows["start"])
    return style.place(
        x=days,
        y=list_numbers(rows["best"]),
        customdata=[[style.name, day] for day in days],
        mode="lines+markers",
        name=style.label,
        showlegend=legend,
        cliponaxis=False,
        line={"color": style.color, "width": 2.25},
        marker={
            "color": style.color,
            "symbol": [style.symbol + ("-open" if open_ else "") for open_ in hollow],
            "size": [5 if spread else 8 for spread in rows["spread"]],
        },
        unselected={"marker": {"opacity": 0.45}},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": _measure(rows["high"] - rows["best"], alone),
            "arrayminus": _measure(rows["best"] - rows["low"], alone),
            "thickness": 1.2,
            "width": 3,
            "color": style.color,
        },
        hovertext=[say_point(style.label, row, width) for row in rows.to_dict("records")],
        hoverinfo="text",
    )


def _break_line(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with an empty one between two spread points, where the line is dotted instead."""
    both = rows["spread"] & rows["spread"].shift(-1, fill_value=False)
    empty = rows[both].assign(best=float("nan"), low=float("nan"), high=float("nan"), flags="")
    order = pd.concat([rows, empty.set_index(empty.index + 0.5)])
    return order.sort_index(kind="stable").reset_index(drop=True)


def _measure(lengths: "pd.Series[float]", alone: "pd.Series[bool]") -> Numbers:
    """Return how long each whisker is; none where a band shows the bounds or there is nothing to show."""
    return list_numbers(lengths.where(alone & lengths.gt(0)))


def draw_spread(rows: pd.DataFrame, style: Style) -> list[Trace]:
    """Draw a dotted line where two neighbouring points rest on counts of longer periods."""
    stretches = rows["spread"] & (rows["spread"].shift(fill_value=False) | rows["spread"].shift(-1, fill_value=False))
    if not stretches.any():
        return []
    return [
        style.place(
            x=list_days(rows["start"]),
            y=list_numbers(rows["best"].where(stretches)),
            mode="lines",
            line={"color": style.color, "width": 2, "dash": "dot"},
            hoverinfo="skip",
            showlegend=False,
        )
    ]


def draw_open(rows: pd.DataFrame, style: Style, stub: float) -> list[Trace]:
    """Draw an arrow from each point whose bound is open: up for "at least", down for "up to"."""
    arrows = []
    for bound, other, sign, symbol in (
        ("high", "low", 1, "triangle-up-open"),
        ("low", "high", -1, "triangle-down-open"),
    ):
        opened = rows[rows["best"].notna() & rows[bound].isna() & rows[other].notna()]
        if opened.empty:
            continue
        tips = (opened["best"] + sign * stub).clip(lower=0)
        arrows.append(
            style.place(
                x=[x for day in list_days(opened["start"]) for x in (day, day, None)],
                y=[y for best, tip in zip(opened["best"], tips, strict=True) for y in (best, tip, None)],
                mode="lines+markers",
                cliponaxis=False,
                line={"color": style.color, "width": 1.2},
                marker={"symbol": symbol, "color": style.color, "size": [0, 7, 0] * len(opened)},
                opacity=0.75,
                hoverinfo="skip",
                showlegend=False,
            )
        )
    return arrows


def draw_flags(rows: pd.DataFrame, style: Style, stub: float, look: Look) -> list[Trace]:
    """Draw an asterisk beside each point that has a flag which warns; its words say why."""
    names = [[flag for flag in str(flags).split(";") if flag in _WARNING] for flags in rows["flags"].fillna("")]
    marked = rows.assign(why=[" · ".join(FLAGS[name] for name in flags) for flags in names])
    marked = marked[marked["why"].ne("") & marked["best"].notna()]
    if marked.empty:
        return []
    return [
        style.place(
            x=list_days(marked["start"]),
            y=list_numbers(marked["best"] + 1.6 * stub),
            customdata=[[style.name, day] for day in list_days(marked["start"])],
            mode="markers",
            cliponaxis=False,
            marker={"symbol": "asterisk-open", "size": 6, "color": look.faint, "line": {"width": 1.2}},
            hovertext=[f"<b>{style.label}</b><br>{why}" for why in marked["why"]],
            hoverinfo="text",
            showlegend=False,
        )
    ]


def explain_spread(look: Look) -> Trace:
    """Return the entry of the legend for what was spread."""
    line = {"color": look.faint, "width": 2, "dash": "dot"}
    return _explain(
        SPREAD, mode="lines+markers", line=line, marker={"color": look.faint, "symbol": "circle", "size": 5}
    )


def explain_flags(look: Look) -> Trace:
    """Return the entry of the legend for what is flagged."""
    marker = {"color": look.faint, "symbol": "asterisk-open", "size": 7, "line": {"width": 1.2}}
    return _explain(FLAGGED, mode="markers", marker=marker)


def _explain(name: str, **more: Any) -> Trace:
    return {"type": "scatter", "x": [None], "y": [None], "name": name, "hoverinfo": "skip", **more}
