"""The door of the room: ``python -m parsers extract`` prints the figures of reports."""

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from parsers.counts import read_counts
from parsers.errors import UnknownLanguageError
from parsers.formats import csv_header, csv_line, explain, jsonl_line, table_header, table_line
from parsers.pcodes import PCodes, find_pcode, read_pcodes
from parsers.pipeline import read_figures
from parsers.records import Reading
from reports.arguments import add_origin, read_inputs
from reports.errors import ReportError
from reports.records import CountedReport, Notice, Report

DONE, UNREAD, MISUSED = 0, 1, 2
PCODE = "pcode"
LINES = {"jsonl": jsonl_line, "csv": csv_line, "table": table_line}
HEADERS = {"csv": csv_header, "table": table_header}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status: 0 done, 1 something could not be read, 2 wrong use."""
    options = _build_options().parse_args(arguments)
    warnings.formatwarning = lambda message, *_: f"{message}\n"  # one line a report, as errors have
    try:
        return _extract_all(options)
    except BrokenPipeError:
        # The reader of our output left; point it elsewhere so that Python's last flush does not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _build_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m parsers", description="Figures out of reports.")
    extract = parser.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "extract", help="print the figures of reports, one a line"
    )
    extract.add_argument("path", nargs="*", default=["-"], metavar="PATH", help="files or folders; - is standard input")
    extract.add_argument("--input", choices=["auto", "text", "jsonl"], default="auto", help="what the input is")
    extract.add_argument("--format", choices=list(LINES), default="table", help="how figures are printed")
    add_origin(extract)
    extract.add_argument(
        "--pcodes", metavar="TABLE", help="a table of P-codes (CSV, as OCHA publishes), for their column"
    )
    extract.add_argument("--explain", action="store_true", help="print why each figure has its values instead")
    return parser


def _extract_all(options: argparse.Namespace) -> int:
    try:
        table = _read_pcodes(options.pcodes) if options.pcodes else None
    except (OSError, ValueError) as error:
        print(f"{options.pcodes}: {error}" if isinstance(error, OSError) else error, file=sys.stderr)
        return MISUSED
    status = DONE
    header = HEADERS.get(options.format)
    if header and not options.explain:
        print(header(*[PCODE] if table is not None else []))
    for report in read_inputs(options):
        if isinstance(report, Notice):
            print(report, file=sys.stderr)
            continue
        try:
            readings = _read_one(report)
        except (ReportError, UnknownLanguageError) as error:
            print(error, file=sys.stderr)
            status = UNREAD
            continue
        for reading in readings:
            more = {PCODE: find_pcode(reading.figure, table)} if table is not None else {}
            print(explain(reading, **more) if options.explain else LINES[options.format](reading.figure, **more))
    return status


def _read_pcodes(path: str) -> PCodes:
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        return read_pcodes(lines, path)


def _read_one(report: Report | CountedReport | ReportError) -> list[Reading]:
    if isinstance(report, ReportError):
        raise report
    if isinstance(report, CountedReport):
        return read_counts(report)
    return read_figures(report)


if __name__ == "__main__":
    sys.exit(main())
