"""How fast reports go in: read, parsed and kept, beside the parsers alone: ``python -m benchmarks.imports``.

The same short reports are imported by one core and by two workers, each into an empty store. The aim is an import at
60 % of the parsers' own rate on one core, 1.7 times that with two workers, in memory that does not grow. What the
parsers alone do is measured in the same run, a hundredth of the reports after each tenth of the import, and on two
cores at the end: what a second core gives on this machine is not known otherwise. Beside the rates stand the
milliseconds of a core that a report took, which other programs disturb less.

A short report is an item of an agency's wire: a sentence or two, 26 words. Half of the items count people, far
more than on a wire.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import store
from benchmarks.memories import read_tree
from parsers import read_figures
from reports.readers import read_path
from reports.records import Report
from store.imports import keep_reports
from store.workers import load_tables

TOWNS = ("Aleppo", "Goma", "Kharkiv", "Maiduguri", "Sittwe", "Taiz", "Mocha", "Mosul", "Juba", "Kabul", "Gao")
WORDS = (
    "Shelling killed {0} people in {2} on Monday, the governor said. Another {1} were injured.",
    "At least {0} soldiers died when a convoy was ambushed near {2}, according to the army, which sent more troops.",
    "Floods displaced {1} families in {2} over the past week, the mayor said. The river has begun to fall.",
    "A hospital in {2} received {0} wounded civilians on Tuesday, a doctor said by telephone.",
    "Traders in {2} said that prices rose by {1} per cent in {0} weeks. The market stays open until evening.",
    "The council of {2} will vote on a new budget of {1} million next month, after {0} days of debate.",
    "Engineers have repaired the bridge at {2}, and lorries may use the road again from Thursday.",
    "The school year in {2} begins {0} days late, the ministry said, because books have not come.",
)
PARTS = 10


def write_reports(file: Path, count: int, first: int = 0) -> Path:
    """Write a file of short reports, each of its own words; they are numbered from ``first``."""
    with file.open("w", encoding="utf-8") as lines:
        for number in range(first, first + count):
            town, day = TOWNS[number % len(TOWNS)], 1 + number % 28
            words = WORDS[number % len(WORDS)].format(2 + number % 90, 3 + number % 700, town)
            text = f"{town.upper()}, wire item {number} of the foreign desk: {words}"
            record = {"text": text, "published": f"2021-03-{day:02}", "publisher": town}
            lines.write(json.dumps(record) + "\n")
    return file


@dataclass(slots=True)
class Pace:
    """What some work took: reports, seconds, seconds of a core here and in other processes, megabytes by tenth."""

    reports: int = 0
    seconds: float = 0.0
    here: float = 0.0
    others: float = 0.0
    memory: list[int] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Reports a second."""
        return self.reports / self.seconds

    @property
    def cores(self) -> float:
        """Milliseconds of a core for a report."""
        return (self.here + self.others) / self.reports * 1000

    def __str__(self) -> str:
        """Return the columns of a line."""
        each = "".join(f"{one / self.reports * 1000:9.2f}" for one in (self.here, self.others))
        return f"{self.rate:10.0f}{each}   {' '.join(map(str, self.memory))}"


class Watch:
    """A clock for time and cores; what is done between ``stop`` and the next ``go`` is not counted."""

    def __init__(self) -> None:
        self.pace = Pace()
        self.go()

    def go(self) -> None:
        """Count from now on."""
        self._start = (perf_counter(), *_count_seconds())

    def stop(self, reports: int) -> None:
        """Count what was done since ``go``."""
        seconds, here, others = (now - then for now, then in zip(_now(), self._start, strict=True))
        self.pace.seconds, self.pace.here = self.pace.seconds + seconds, self.pace.here + here
        self.pace.others, self.pace.reports = self.pace.others + others, self.pace.reports + reports


def _now() -> tuple[float, float, float]:
    return (perf_counter(), *_count_seconds())


def _count_seconds() -> tuple[float, float]:
    """Return the seconds of a core that this process took, and those that have ended."""
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime, ended.ru_utime + ended.ru_stime


def read_all(file: Path) -> Iterator[Report]:
    """Yield the reports of a file."""
    return (one for one in read_path(file) if isinstance(one, Report))


def parse_all(reports: Iterable[Report]) -> int:
    """Read the figures of reports, keep nothing, and return how many reports there were."""
    load_tables()
    return sum(1 for report in reports if read_figures(report) is not None)


def import_all(file: Path, address: str, count: int, workers: int) -> tuple[Pace, Pace]:
    """Read, parse and keep all reports in an empty store; with one worker the parsers alone are measured meanwhile."""
    kept, watch, alone = store.connect(address), Watch(), Watch()
    reports, part, peak, done = read_all(file), count // PARTS, 0, 0
    # Others of the same kind: what was parsed once may be parsed faster again.
    others = read_all(write_reports(file.with_name("others.jsonl"), part, first=count))
    watch.go()
    outcomes = keep_reports(kept, reports, processes=workers)
    for done, outcome in enumerate(outcomes, start=1):
        if not outcome.is_new:
            raise RuntimeError(f"{outcome.report}: not kept, because of {outcome.error}")
        if done % (part // PARTS) == 0:
            peak = max(peak, read_tree())
        if done % part == 0:
            watch.stop(part)
            watch.pace.memory.append(peak)
            peak = 0
            if workers == 1:
                alone.go()
                alone.stop(parse_all(islice(others, part // PARTS)))
            watch.go()
    watch.stop(done % part)
    kept.close()
    return watch.pace, alone.pace


def parse_apart(file: Path, count: int, processes: int) -> float:
    """Return how many reports a second so many processes parse side by side, each its own, nothing handed over."""
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        list(pool.map(_parse_part, [file] * processes, [1] * processes))
        start = perf_counter()
        done = sum(pool.map(_parse_part, [file] * processes, [count // processes] * processes))
        return done / (perf_counter() - start)


def _parse_part(file: Path, count: int) -> int:
    return parse_all(islice(read_all(file), count))


def run(given: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Yield a line for each thing that was measured."""
    file = write_reports(folder / "reports.jsonl", given.reports)
    cores = sorted(os.sched_getaffinity(0))
    first: tuple[Pace, Pace] | None = None
    for workers in given.workers:
        os.sched_setaffinity(0, cores[-workers:])
        address = given.database or f"sqlite:///{folder}/{workers}.db"
        pace, alone = import_all(file, address, given.reports, workers)
        yield f"{f'imported, {workers} workers' if workers > 1 else 'imported, one core':24}{pace}"
        if workers == 1:
            first = (pace, alone)
            yield f"{'parsed, one core':24}{alone}"
            yield f"  an import on one core goes at {pace.rate / alone.rate:.0%} of the parsers' own rate (aim: 60 %)"
        elif first:
            one, alone = first
            apart = parse_apart(file, given.reports // PARTS, workers)
            yield f"{f'parsed, {workers} cores':24}{apart:10.0f}"
            yield f"  {workers} workers import {pace.rate / one.rate:.2f} times as fast as one core (aim for two: 1.7)"
            yield f"  by the time of cores alone it would be {workers * one.cores / pace.cores:.2f}"
            yield f"  the parsers alone gain {apart / alone.rate:.2f} from {workers} cores of this machine"


def _read_workers(words: str) -> Sequence[int]:
    return [int(word) for word in words.split(",")]


def main() -> int:
    """Print the rates."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__.split("\n")[0])
    options.add_argument("--reports", metavar="N", type=int, default=100_000, help="how many short reports")
    options.add_argument("--workers", metavar="N,...", type=_read_workers, default=[1, 2], help="how many read at once")
    options.add_argument("--database", metavar="ADDRESS", help="an empty PostgreSQL database")
    given = options.parse_args()
    if given.database and len(given.workers) > 1:
        options.error("--database: a second import would find its reports there; give one number of workers")
    print(f"{'':24}{'reports/s':>10}{'writer ms':>9}{'others':>9}   the most MB of all processes, by tenth")
    with tempfile.TemporaryDirectory() as folder:
        load_tables()
        for line in run(given, Path(folder)):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
