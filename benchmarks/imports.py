"""How fast reports go in: read, parsed and kept, beside the parsers alone: ``python -m benchmarks.imports``.

The same short reports are parsed by one core, imported by one core, and imported by all. The aim is an import at 60 %
of the parsers' speed on one core, 1.7 times that on two, in memory that does not grow. Beside the rate stand the
milliseconds of a core that a report took, which other programs on the machine disturb less.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Rate:
    """What some work took: reports, seconds, seconds of a core in all processes, and megabytes held on the way."""

    reports: int
    seconds: float
    cores: float
    memory: tuple[int, ...]

    def __str__(self) -> str:
        """Return the columns of a line."""
        held = " ".join(f"{one:4}" for one in self.memory)
        each = self.cores / self.reports * 1000
        return f"{self.reports / self.seconds:10.0f}{each:12.2f}   {held}"


def measure(work: Callable[[], Iterator[object]], count: int) -> Rate:
    """Return what some work took; memory is taken at each quarter of it."""
    start, before, held, done = perf_counter(), _count_seconds(), [], 0
    for _ in work():
        done += 1
        if done % (count // 4) == 0:
            held.append(_read_memory())
    return Rate(done, perf_counter() - start, _count_seconds() - before, tuple(held))


def _count_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _read_memory() -> int:
    """Return the megabytes that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() >> 20


def read_all(file: Path) -> Iterator[Report]:
    """Yield the reports of a file."""
    return (one for one in read_path(file) if isinstance(one, Report))


def parse_all(file: Path) -> Iterator[object]:
    """Read and parse all reports, and keep nothing."""
    return (read_figures(report) for report in read_all(file))


def import_all(file: Path, address: str, processes: int) -> Iterator[object]:
    """Read, parse and keep all reports in an empty store."""
    kept = store.connect(address)
    try:
        for outcome in keep_reports(kept, read_all(file), processes=processes):
            if not outcome.is_new:
                raise RuntimeError(f"{outcome.report}: not kept, because of {outcome.error}")
            yield outcome
    finally:
        kept.close()


def run(given: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Rate]]:
    """Yield what was measured, by its name."""
    file = write_reports(folder / "reports.jsonl", given.reports)
    one, both = (given.database or f"sqlite:///{folder}/{name}.db" for name in ("one", "both"))
    cores = sorted(os.sched_getaffinity(0))
    works: dict[str, Callable[[], Iterator[object]]] = {
        "parsed on one core": lambda: parse_all(file),
        "imported on one core": lambda: import_all(file, one, 1),
        f"imported on {len(cores)} cores": lambda: import_all(file, both, count_cores()),
    }
    for number, (name, work) in enumerate(works.items()):
        if given.only in {None, number}:
            os.sched_setaffinity(0, cores[-1:] if number < len(works) - 1 else cores)
            yield name, measure(work, given.reports)


def main() -> int:
    """Print the rates."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__.split("\n")[0])
    options.add_argument("--reports", metavar="N", type=int, default=100_000, help="how many short reports")
    options.add_argument("--database", metavar="ADDRESS", help="an empty PostgreSQL database; else SQLite files")
    options.add_argument("--only", metavar="N", type=int, choices=(0, 1, 2), help="0 parse, 1 one core, 2 all cores")
    given = options.parse_args()
    print(f"{'':24}{'reports/s':>10}{'core ms each':>13}   MB at each quarter")
    with tempfile.TemporaryDirectory() as folder:
        load_tables()
        for name, rate in run(given, Path(folder)):
            print(f"{name:24}{rate}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
