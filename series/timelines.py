"""Claims become time series: one row for each line (a source, a region or a group) and each bin of time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from series.bins import BOUNDS, Bin, bin_ends, bin_starts
from series.codes import number_names, order_rows, read_days
from series.countings import Counted, count_claims
from series.figures import prepare_figures
from series.flags import name_flags
from series.kinds import KIND, LINE
from series.ledgers import make_ledger
from series.options import By, Options, Spread
from series.points import Points, list_points
from series.regions import LEVELS
from series.rows import Rows, stack_rows
from series.titles import name_lines

COLUMNS = [
    *("metric", "unit", "basis", "group", "region", "region_code", "region_level", "source", "start", "end"),
    *("low", "best", "high", "figures", "claims", "sources", "publishers", "flags"),
]
DRAWN = [*COLUMNS, "status", "begun", "spread_share", "vague_share"]
"""What a chart knows beside the columns of a timeline: since when a total runs, how much was spread or is vague."""

_SHARES = ("spread", "vague")


def make_timeline(figures: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Return the timeline of the figures with the columns ``COLUMNS``; the options are those of ``make_points``."""
    return make_points(figures, **options)[COLUMNS]


def make_points(
    figures: pd.DataFrame,
    *,
    by: By = By.SOURCE,
    width: Bin = Bin.MONTH,
    best: str = "median",
    spread: bool = True,
    statuses: Sequence[str] = (),
    **more: Any,
) -> pd.DataFrame:
    """Return the points of the timeline of the figures (columns ``DRAWN``, an open bound missing).

    The choices are those of ``series.options.Options``; ``spread`` is true for evenly. Counts of events are added up
    over places and days, without what a wider count contains. Running totals and stocks are never added up: the last
    claim in a bin stands. By region or group the sources are compared, never added.
    """
    even = Spread.EVEN if spread else Spread.END
    return draw_points(
        figures, Options(by=By(by), width=Bin(width), best=best, spread=even, statuses=tuple(statuses), **more)
    )


def draw_points(figures: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return the points of the figures by the options given, as ``make_points``."""
    return draw_counted(count_claims(make_ledger(keep_known(figures, options)), options))


def draw_counted(counted: Counted) -> pd.DataFrame:
    """Return the points of judged claims (columns ``DRAWN``)."""
    drawn = list(list_points(counted))
    return name_points(drawn, counted)[DRAWN] if drawn else pd.DataFrame(columns=DRAWN)


def keep_known(figures: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return the figures that were published by the day ``as_known``; all of them without it.

    A figure without a day of publication is known to nobody on a day.
    """
    if options.as_known is None:
        return figures
    frame = prepare_figures(figures)
    known = frame[frame["published"] <= pd.Timestamp(options.as_known)]
    return known.drop(columns="claim", errors="ignore")


def name_points(drawn: Sequence[Points], counted: Counted) -> pd.DataFrame:
    """Return the points of all levels in the order of their lines and days, their lines, bins and flags named.

    ``point`` is the place of each among the points as given, those of the first level first.
    """
    named = [name_lines(points, counted) for points in drawn]
    shifts = np.cumsum([0, *(len(lines) for lines in named[:-1])])
    places = zip(named, shifts, drawn, strict=True)
    line = np.concatenate(
        [np.searchsorted(lines.index, points.rows["line"]) + shift for lines, shift, points in places]
    )
    lines = pd.concat(named, ignore_index=True)
    rows = stack_rows(*(points.rows for points in drawn))
    order = order_rows(_rank_lines(lines)[line], rows["bin"])
    rows, line = rows.pick(order), line[order]
    # Texts are told from other objects here, of each line once, and not of each point.
    names = {str(name): pd.Series(lines[name].to_numpy(object)).array.take(line) for name in lines}
    return pd.DataFrame(names | _name_bins(rows, counted.options.width) | {"point": order}, copy=False)


def _rank_lines(lines: pd.DataFrame) -> np.ndarray:
    """Return the place of each line in the order of their names."""
    keys = [number_names(lines[name])[0] for name in (*KIND, *LINE, "status")]
    rank = np.empty(len(lines), dtype=np.int64)
    rank[np.lexsort(keys[::-1])] = np.arange(len(lines))
    return rank


def _name_bins(rows: Rows, width: Bin) -> dict[str, Any]:
    """Return the columns of points beside the names of their lines."""
    first = int(rows["bin"].min()) if len(rows) else 0
    place = rows["bin"] - first
    bins = np.arange(first, first + int(place.max(initial=-1)) + 1)
    bits, flag = pd.factorize(rows["bits"])
    best = np.clip(rows["best"], 1, None)
    counts = {name: rows[name] for name in (*BOUNDS, "figures", "claims", "sources", "publishers")}
    return {
        **counts,
        "begun": read_days(rows["begun"]),
        "start": bin_starts(bins, width)[place],
        "end": bin_ends(bins, width)[place],
        "flags": pd.array(name_flags(flag.tolist()), dtype="str").take(bits),
        **{f"{one}_share": rows[f"{one}_best"] / best for one in _SHARES},
    }


def choose_level(timeline: pd.DataFrame) -> str:
    """Return the level of regions to compare: the widest that has several, else the narrowest there is.

    Running totals and stocks do not roll up: there the level stands on which most claims were made.
    """
    regions = timeline.groupby("region_level").agg(several=("region", "nunique"), claims=("claims", "sum"))
    narrow_first = [level for level in reversed(LEVELS) if level in regions.index]
    if not narrow_first:
        return "all"
    if timeline["basis"].ne("new").all():
        return max(narrow_first, key=lambda level: int(regions["claims"][level]))
    several = [level for level in narrow_first if regions["several"][level] > 1]
    return several[-1] if several else narrow_first[0]
