"""The command line of the series: figures, claims, estimates and timelines out of the store, in a file of any kind."""

import argparse
import sys
from datetime import date
from pathlib import Path

import pandas as pd

import store
from series.bins import Bin
from series.downloads import WRITERS, ExportError, find_ending
from series.filters import FilterError, Filters
from series.metadata import describe_export, write_metadata
from series.options import By, Options, Spread, Vague
from series.tables import Table, find_behind, make_table

REPEATED = ("metric", "basis", "unit", "source", "region", "group", "status")


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line; wrong use ends with status 2."""
    parser = argparse.ArgumentParser(prog="python -m series", description="Figures, claims and timelines, taken away.")
    export = parser.add_subparsers(dest="command", required=True).add_parser("export", help="write a table")
    export.add_argument("out", metavar="OUT", help=f"a file ({', '.join(WRITERS)}), or - for CSV on standard output")
    export.add_argument("--database", metavar="ADDRESS")
    export.add_argument("--table", type=Table, choices=tuple(Table), default=Table.TIMELINE)
    export.add_argument("--by", type=By, choices=tuple(By), default=By.SOURCE)
    export.add_argument("--bin", dest="width", type=Bin, choices=tuple(Bin), default=Bin.MONTH)
    export.add_argument("--best", default="median", metavar="median|lowest|highest|SOURCE")
    export.add_argument("--vague", type=Vague, choices=tuple(Vague), default=Vague.LOW)
    export.add_argument("--spread", type=Spread, choices=tuple(Spread), default=Spread.EVEN)
    export.add_argument("--households", choices=("apart", "people"), default="apart")
    export.add_argument("--totals", choices=("new", "apart"), default="new")
    export.add_argument("--as-known", type=date.fromisoformat, metavar="DATE", help="only what was published by then")
    for name in REPEATED:
        export.add_argument(f"--{name}", action="append", default=[], metavar=name.upper())
    for name in ("since", "until"):
        export.add_argument(f"--{name}", type=date.fromisoformat, metavar="DATE")
    chosen = parser.parse_args(arguments)
    if chosen.out != "-" and find_ending(chosen.out) is None:
        parser.error(f"OUT: {chosen.out}: write to a name that ends in {', '.join(WRITERS)}, or to -")
    return chosen


def read_options(chosen: argparse.Namespace, statuses: tuple[str, ...]) -> Options:
    """Return the options that the command line asks for."""
    return Options(
        by=chosen.by,
        width=chosen.width,
        best=chosen.best,
        vague=chosen.vague,
        spread=chosen.spread,
        statuses=statuses,
        totals=chosen.totals == "new",
        households=chosen.households == "people",
        as_known=chosen.as_known,
    )


def export(chosen: argparse.Namespace) -> None:
    """Write the table that the command line asks for, and beside a file its metadata."""
    known = {name: tuple(getattr(chosen, name)) for name in REPEATED}
    filters = Filters(**known, since=chosen.since, until=chosen.until)
    options = read_options(chosen, filters.status)
    figures = store.read_figures(store.connect(chosen.database), known=chosen.as_known)
    if chosen.as_known:
        figures = figures[figures["published"] <= pd.Timestamp(chosen.as_known)]
    table = make_table(figures, chosen.table, filters, options)
    content = WRITERS[find_ending(chosen.out) or ".csv"](table)
    if chosen.out == "-":
        sys.stdout.buffer.write(content)
        return
    Path(chosen.out).write_bytes(content)
    behind = find_behind(figures, chosen.table, filters, options)
    described = describe_export(table, behind, name=chosen.table, filters=filters, options=options)
    Path(f"{chosen.out}.metadata.json").write_bytes(write_metadata(described))


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 the store could not be read or the file not written, 2 wrong use."""
    chosen = read_arguments(arguments)
    try:
        export(chosen)
    except (store.StoreError, FilterError, ExportError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
