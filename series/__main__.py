"""The command line of the series: figures, claims and timelines out of the store, as CSV or JSON."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

import store
from series.bins import Bin
from series.claims import find_claims
from series.downloads import select_claims, select_figures, write_csv, write_json
from series.filters import FilterError, Filters
from series.timelines import By, make_timeline

WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {".csv": write_csv, ".json": write_json}
REPEATED = ("metric", "basis", "unit", "source", "region", "group", "status")


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line; wrong use ends with status 2."""
    parser = argparse.ArgumentParser(prog="python -m series", description="Figures, claims and timelines, taken away.")
    export = parser.add_subparsers(dest="command", required=True).add_parser("export", help="write a table")
    export.add_argument("out", metavar="OUT", help="a .csv or .json file, or - for CSV on standard output")
    export.add_argument("--database", metavar="ADDRESS")
    export.add_argument("--table", choices=("figures", "claims", "timeline"), default="timeline")
    export.add_argument("--by", type=By, choices=tuple(By), default=By.SOURCE)
    export.add_argument("--bin", dest="width", type=Bin, choices=tuple(Bin), default=Bin.MONTH)
    export.add_argument("--best", default="median", metavar="median|lowest|highest|SOURCE")
    export.add_argument("--spread", choices=("even", "end"), default="even")
    export.add_argument("--as-known", type=date.fromisoformat, metavar="DATE", help="only what was published by then")
    for name in REPEATED:
        export.add_argument(f"--{name}", action="append", default=[], metavar=name.upper())
    for name in ("since", "until"):
        export.add_argument(f"--{name}", type=date.fromisoformat, metavar="DATE")
    chosen = parser.parse_args(arguments)
    if chosen.out != "-" and Path(chosen.out).suffix not in WRITERS:
        parser.error(f"OUT: {chosen.out}: write to a name that ends in {' or '.join(WRITERS)}, or to -")
    return chosen


def make_table(figures: pd.DataFrame, chosen: argparse.Namespace) -> pd.DataFrame:
    """Return the table that the command line asks for."""
    known = {name: tuple(getattr(chosen, name)) for name in REPEATED}
    filters = Filters(**known, since=chosen.since, until=chosen.until)
    view = filters.apply(figures)
    if chosen.as_known:
        view = view[view["published"] <= pd.Timestamp(chosen.as_known)]
    if chosen.table == "figures":
        return select_figures(view)
    if chosen.table == "claims":
        return select_claims(find_claims(view, statuses=filters.status))
    spread = chosen.spread == "even"
    statuses = filters.status
    rows = make_timeline(view, by=chosen.by, width=chosen.width, best=chosen.best, spread=spread, statuses=statuses)
    return filters.clip(rows)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 the store could not be read, 2 wrong use."""
    chosen = read_arguments(arguments)
    try:
        table = make_table(store.read_figures(store.connect(chosen.database)), chosen)
    except (store.StoreError, FilterError) as error:
        print(error, file=sys.stderr)
        return 1
    content = WRITERS.get(Path(chosen.out).suffix, write_csv)(table)
    if chosen.out == "-":
        sys.stdout.buffer.write(content)
    else:
        Path(chosen.out).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
