"""How fast figures become series, beside a plain groupby-sum of the same rows: ``python -m benchmarks.series``.

The figures are made up: 200 sources that count in regions of their own out of 2,000, five years, three metrics. They
are printed again, revised, contained in round-ups and provinces, given as running totals and stocks. They come as a
Parquet file would give them, texts as dictionaries (``--texts`` makes them plain). Beside each time stands how many
times that of the groupby-sum it is.
"""

import argparse
import resource
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pandas as pd

from series.bins import Bin
from series.drawings import draw_view
from series.filters import Filters
from series.ledgers import Ledger, make_ledger
from series.memories import Memory
from series.options import By, Options, Spread, Vague
from series.regions import load_names
from series.timelines import draw_points

SOURCES, REGIONS, DAYS, PUBLISHERS = 200, 2000, 5 * 365, 300
TEXTS = ("metric", "unit", "basis", "status", "source", "publisher", "group", "place", "admin1", "country")
NEW, RUNNING, STOCK = range(3)
EXACT, AT_LEAST, RANGE, VAGUE = range(4)
TOWN, DIVISION, COUNTRY = range(3)
CLOCK = process_time if "--processor" in sys.argv else perf_counter
UNNAMED = 0.1
"""The share of figures that name no source."""
PEAK = Path("/proc/self/clear_refs")
"""Where Linux forgets the most memory that was in use."""


def make_figures(size: int, seed: int = 7) -> pd.DataFrame:
    """Return made-up figures with the columns of the store that the series reads; texts are dictionaries."""
    draw = np.random.default_rng(seed)
    claims = np.sort(draw.integers(0, size * 6 // 10, size))
    number = int(claims[-1]) + 1 if size else 0
    source = draw.zipf(1.3, number) % SOURCES
    region = (source * 37 + draw.integers(0, 60, number)) % REGIONS
    day = draw.integers(0, DAYS, number)
    basis = draw.choice(3, number, p=[0.8, 0.12, 0.08])
    width = np.where(basis == NEW, draw.choice([1, 1, 1, 1, 7, 30], number), 1)
    level = draw.choice(3, number, p=[0.7, 0.22, 0.08])
    count = np.where(basis == NEW, draw.geometric(0.1, number), day * 9 + draw.integers(1, 900, number))
    late = day + width + draw.integers(0, 5, number)
    kind = draw.choice(4, number, p=[0.8, 0.1, 0.06, 0.04])
    low = np.where(kind == VAGUE, 24, count).astype(float)
    high = np.where(
        kind == AT_LEAST, np.nan, np.where(kind == VAGUE, 99, np.where(kind == RANGE, count * 1.5 // 1, count))
    ).astype(float)
    own = {
        "metric": _texts(["killed", "injured", "displaced"], np.where(basis == STOCK, 2, draw.integers(0, 2, number))),
        "unit": _texts(["person"], np.zeros(number, dtype=int)),
        "basis": _texts(["new", "cumulative", "stock"], basis),
        "status": _texts(["reported", "unverified", "projected"], draw.choice(3, number, p=[0.94, 0.04, 0.02])),
        "source": _texts(
            [f"Source {one}" for one in range(SOURCES)], np.where(draw.random(number) < UNNAMED, -1, source)
        ),
        "group": _texts(["civilians", "children", "women", "military", "combatants"], _group(draw, number)),
        "place": _texts([f"Town {one}" for one in range(REGIONS)], np.where(level == TOWN, region, -1)),
        "admin1": _texts(_codes("-", 200), np.where(level < COUNTRY, region // 10, -1)),
        "country": _texts(_codes("", 20), region // 100),
        "value": np.where(kind >= RANGE, np.nan, count),
        "low": low,
        "high": high,
        "qualifier": _texts(["exact", "at_least", "range", "vague"], kind),
        "start": _days(np.where(basis == NEW, day, np.where(basis == RUNNING, 0, -1))),
        "end": _days(day + width - 1),
        "late": late,
    }
    rows = pd.DataFrame(own).iloc[claims].reset_index(drop=True)
    again = np.diff(claims, prepend=-1) == 0
    rows["published"] = _days(rows.pop("late").to_numpy() + np.where(again, draw.integers(0, 3, size), 0))
    rows["publisher"] = _texts([f"Paper {one}" for one in range(PUBLISHERS)], draw.integers(0, PUBLISHERS, size))
    rows["report"] = np.arange(size) // 3
    rows["id"] = np.arange(size)
    rows["part_of"] = np.nan
    rows["quote"] = _texts(["People were killed, a source said."], np.zeros(size, dtype=int))
    return rows


def _group(draw: np.random.Generator, number: int) -> np.ndarray:
    return draw.choice(np.array([-1, 0, 1, 2, 3, 4]), number, p=[0.55, 0.2, 0.08, 0.05, 0.06, 0.06])


def _codes(kind: str, size: int) -> list[str]:
    found = sorted(code for code in load_names() if ("-" in code) == bool(kind) and (kind or len(code) == len("SYR")))
    return found[:size]


def _texts(words: list[str], codes: "np.ndarray[Any, Any]") -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(codes, pd.Index(words))


def _days(days: np.ndarray) -> pd.DatetimeIndex:
    dates = np.datetime64("2019-01-01", "s") + days * np.timedelta64(86400, "s")
    return pd.DatetimeIndex(np.where(days < 0, np.datetime64("NaT"), dates))


def sum_plainly(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the plain sum of the low ends by source, metric and month: what costs nothing and counts wrongly."""
    month = figures["end"].to_numpy("datetime64[M]").astype(np.int64)
    keys = [figures["source"], figures["metric"], pd.Series(month, name="month")]
    return figures.groupby(keys, observed=True)["low"].sum().reset_index()


def time_once(work: Callable[[], object]) -> float:
    """Return the seconds that a piece of work takes, once: of the processor, or those of the clock."""
    start = CLOCK()
    work()
    return CLOCK() - start


def time_best(work: Callable[[], object], runs: int) -> float:
    """Return the seconds of the fastest of several runs: the machine does other things too."""
    return min(time_once(work) for _ in range(runs))


def time_change(ledger: Ledger, before: Options, filters: Filters, after: Options, runs: int) -> float:
    """Return the seconds of a view that nobody saw before, where the one without filters has been drawn."""
    seconds = []
    for _ in range(runs):
        fresh = make_fresh(ledger)
        draw_view(fresh, Filters(), before)
        seconds.append(time_once(lambda fresh=fresh: draw_view(fresh, filters, after)))  # type: ignore[misc]
    return min(seconds)


def make_fresh(ledger: Ledger) -> Ledger:
    """Return the ledger as it was before anything was drawn of it."""
    remembered = {"judged", "held", "drawn", "frames"}
    kept = {one.name: getattr(ledger, one.name) for one in fields(ledger) if one.name not in remembered}
    return Ledger(**kept, frames=replace(ledger.frames, nests=Memory(room=12)))


def forget_peak() -> None:
    """Let the most memory be counted from here, where the system can: making figures up takes more than reading."""
    if PEAK.exists():
        PEAK.write_text("5")


def read_peak() -> float:
    """Return the most memory that was in use at once, in GB."""
    if not PEAK.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 2**20


def write_times(size: int, runs: int, *, texts: bool) -> None:
    """Print what each step takes for so many figures."""
    figures = make_figures(size)
    forget_peak()
    if texts:
        figures = figures.astype(dict.fromkeys(TEXTS, "str"))
    print(f"{size:,} figures, {'texts as texts' if texts else 'texts as dictionaries'}")
    usual = Options()
    by_region = replace(usual, by=By.REGION)
    load_names()
    draw_points(figures.iloc[:1000], by_region)
    plain = time_best(lambda: sum_plainly(figures), runs)
    _say("a plain groupby-sum of the same rows", plain, plain)
    _say("figures to a ledger of claims", time_best(lambda: make_ledger(figures), runs), plain)
    _say("cold, monthly by source", time_best(lambda: draw_view(make_ledger(figures), Filters(), usual), runs), plain)
    _say("cold, monthly by source and by region", time_best(lambda: _draw_both(figures), runs), plain)
    _say_memory("most memory of a cold start, the figures in it")
    ledger = make_ledger(figures)
    country = str(figures["country"].dropna().iloc[0])
    for name, filters in (
        ("one metric in one country", Filters(metric=("killed",), region=(country,))),
        ("one source", Filters(source=("Source 7",))),
        ("one group", Filters(group=("children",))),
        ("one metric", Filters(metric=("killed",))),
    ):
        _say(f"a changed filter: {name}", time_change(ledger, usual, filters, usual, runs), plain)
    for name, before, options in (
        ("ACLED's convention", usual, replace(usual, vague=Vague.ACLED)),
        ("weeks", usual, replace(usual, width=Bin.WEEK)),
        ("counts at their end", usual, replace(usual, spread=Spread.END)),
        ("by region, the lowest", by_region, replace(by_region, best="lowest")),
    ):
        _say(f"a changed choice: {name}", time_change(ledger, before, Filters(), options, runs), plain)
    _say_memory("most memory with the changed views")


def _draw_both(figures: pd.DataFrame) -> None:
    ledger = make_ledger(figures)
    for by in (By.SOURCE, By.REGION):
        draw_view(ledger, Filters(), Options(by=by))


def _say_memory(what: str) -> None:
    print(f"  {what:45} {read_peak():8.2f} GB", flush=True)


def _say(what: str, seconds: float, plain: float) -> None:
    print(f"  {what:45} {seconds:8.3f} s {seconds / plain:7.1f}", flush=True)


def main() -> int:
    """Print the times for each number of figures."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.series", description=__doc__.split("\n")[0])
    options.add_argument("--figures", metavar="N", type=int, nargs="+", default=[1_000_000], help="how many figures")
    options.add_argument("--runs", metavar="N", type=int, default=3, help="of how many runs the fastest is printed")
    options.add_argument("--texts", action="store_true", help="texts as a database gives them, not as dictionaries")
    options.add_argument(
        "--processor", action="store_true", help="seconds of the processor: others use the machine too"
    )
    given = options.parse_args()
    for size in given.figures:
        write_times(size, given.runs, texts=given.texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
