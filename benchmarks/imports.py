"""How fast reports go in: read, parsed and kept, beside the parsers alone: ``python -m benchmarks.imports``.

The same short reports are parsed by one core, imported by one core, and imported by all. The aim is an import at 60 %
of the parsers' speed on one core, 1.7 times that on two, in memory that does not grow.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import store
from parsers import read_figures
from reports.readers import read_path
from reports.records import Report
from store.imports import keep_reports
from store.workers import count_cores, load_tables

TOWNS = ("Aleppo", "Goma", "Kharkiv", "Maiduguri", "Sittwe", "Taiz", "Mocha", "Mosul", "Juba", "Kabul", "Gao")
WORDS = (
    "Shelling killed {0} people in {2} on Monday, the governor said. Another {1} were injured.",
    "At least {0} soldiers died when a convoy was ambushed near {2}, according to the army.",
    "Floods displaced {1} families in {2} over the past week, the mayor said. No deaths were reported.",
    "Traders in {2} said that prices rose by {1} per cent in {0} weeks. The market stays open until evening.",
)
"""Short reports of an agency's feed: three that count people, one that does not."""


def write_reports(file: Path, count: int) -> Path:
    """Write a file of short reports, each of its own words."""
    with file.open("w", encoding="utf-8") as lines:
        for number in range(count):
            town, day = TOWNS[number % len(TOWNS)], 1 + number % 28
            words = WORDS[number % len(WORDS)].format(2 + number % 90, 3 + number % 700, town)
            record = {
                "text": f"{words} Note {number} of the desk.",
                "published": f"2021-03-{day:02}",
                "publisher": town,
            }
            lines.write(json.dumps(record) + "\n")
    return file


def measure(work: Callable[[], int]) -> tuple[float, int]:
    """Return the reports a second of some work, and the most memory that this process ever held, in megabytes."""
    start = perf_counter()
    count = work()
    seconds = perf_counter() - start
    return count / seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def read_all(file: Path) -> Iterator[Report]:
    """Yield the reports of a file."""
    return (one for one in read_path(file) if isinstance(one, Report))


def parse_all(file: Path) -> int:
    """Read and parse all reports, and keep nothing."""
    return sum(1 for report in read_all(file) if read_figures(report) is not None)


def import_all(file: Path, address: str, processes: int) -> int:
    """Read, parse and keep all reports in an empty store."""
    kept = store.connect(address)
    try:
        return sum(outcome.is_new for outcome in keep_reports(kept, read_all(file), processes=processes))
    finally:
        kept.close()


def main() -> int:
    """Print the rates."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__.split("\n")[0])
    options.add_argument("--reports", metavar="N", type=int, default=100_000, help="how many short reports")
    options.add_argument("--database", metavar="ADDRESS", help="an empty PostgreSQL database; else SQLite files")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = write_reports(Path(folder) / "reports.jsonl", given.reports)
        load_tables()
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, cores[-1:])
        alone, memory = measure(lambda: parse_all(file))
        print(f"parsed on one core    {alone:8.0f} reports/s {memory:6} MB", flush=True)
        one, memory = measure(lambda: import_all(file, given.database or f"sqlite:///{folder}/one.db", 1))
        print(f"imported on one core  {one:8.0f} reports/s {memory:6} MB  {one / alone:.0%} of the parsers", flush=True)
        if not given.database:
            os.sched_setaffinity(0, cores)
            both, memory = measure(lambda: import_all(file, f"sqlite:///{folder}/all.db", count_cores()))
            print(f"imported on {len(cores)} cores   {both:8.0f} reports/s {memory:6} MB  {both / one:.2f} times that")
    return 0


if __name__ == "__main__":
    sys.exit(main())
