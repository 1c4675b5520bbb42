"""How far an import of files is, for the bar that shows it: how many reports there will be."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reports.errors import ReportError
from reports.fields import Item
from reports.readers import Known, count_reports, list_files, read_path
from reports.records import Notice
from reports.workers import Worker


class Course:
    """How many reports and errors will come in all: counted before, or as many a byte as in the files read so far.

    ``total`` is None where nothing tells: of addresses and of standard input, and before the first table or archive
    among the files has been read.
    """

    def __init__(self, paths: Sequence[Path] | None = None) -> None:
        """Count what the files under ``paths`` hold; None where there are no files."""
        counts = [count_reports(path) for path in paths or ()]
        self._counted = paths is not None and None not in counts
        self.total = sum(count or 0 for count in counts) if self._counted else None
        files = [file for path in paths or () for file in list_files(path)]
        self._size = 0 if self._counted else sum(map(_measure, files))
        self._read = self._came = 0

    def read(self, path: Path, known: Known, worker: Worker) -> Iterator[Item]:
        """Yield what ``read_path`` does, and note how far it is."""
        for file in list_files(path):
            for item in [file] if isinstance(file, ReportError) else read_path(file, known=known, worker=worker):
                self._came += not isinstance(item, Notice)
                yield item
            self._read += _measure(file)
            if not self._counted and self._read:
                self.total = max(self._came, self._came * self._size // self._read)


def _measure(file: Path | ReportError) -> int:
    try:
        return 0 if isinstance(file, ReportError) else file.stat().st_size
    except OSError:
        return 0  # reading it names it
