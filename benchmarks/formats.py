"""How many files of each format a second become reports: ``python -m benchmarks.formats``.

Each is a real file of the tests, read again and again by one worker, the first time not counted. Parsing and keeping
are not in it.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from reports.readers import Known, read_path
from reports.records import CountedReport, Report
from reports.workers import Worker

FILES = Path(__file__).parent.parent / "tests" / "files"
ROWS = 2000
KILOBYTE = 1000


def list_files() -> list[Path]:
    """Return the real files, one of each format."""
    left_out = {"README.md", "windows1252.txt", "utf16.txt", "windows1252.csv", "html.eml", "locked.pdf"}
    return sorted(path for path in FILES.glob("*") if path.is_file() and path.name not in left_out)


def time_files(path: Path, worker: Worker, files: int, runs: int) -> tuple[float, int]:
    """Return the median of the seconds that a file takes, and how many reports it holds."""
    known = Known(identifies=True)
    count = sum(isinstance(item, Report | CountedReport) for item in read_path(path, known=known, worker=worker))
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        for _ in range(files):
            for _ in read_path(path, known=known, worker=worker):
                pass
        seconds.append((perf_counter() - start) / files)
    return median(seconds), count


def write_rates(files: int, runs: int) -> Iterator[str]:
    """Yield a line for each file of the tests, and one for a long table."""
    yield f"{'file':18}{'kB':>8}{'reports':>9}{'files/s':>10}{'reports/s':>11}"
    with Worker() as worker, tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "long.csv"
        rows = (f"2024-04-{at % 28 + 1:02},{at + 3} people were killed at Selba in week {at}." for at in range(ROWS))
        table.write_text("date,text\n" + "\n".join(rows), encoding="utf-8")
        for path in [*list_files(), table]:
            seconds, count = time_files(path, worker, 1 if path == table else files, runs)
            size = path.stat().st_size / KILOBYTE
            yield f"{path.name:18}{size:8.1f}{count:9}{1 / seconds:10.1f}{count / seconds:11.1f}"


def main() -> int:
    """Print the rates."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.formats", description=__doc__.split("\n")[0])
    options.add_argument("--files", metavar="N", type=int, default=20, help="how often a file is read in a run")
    options.add_argument("--runs", metavar="N", type=int, default=3, help="how many runs a median is of")
    given = options.parse_args()
    for line in write_rates(given.files, given.runs):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
