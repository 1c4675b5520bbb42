"""The doors of the room: a path or a stream becomes reports, and errors beside them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal

from reports.errors import MissingInputError, ReportError, UnknownFormatError, UnreadableInputError
from reports.fields import Origin
from reports.lines import read_lines
from reports.records import Report
from reports.texts import read_markdown, read_text

Form = Literal["auto", "text", "jsonl"]

_WHOLE_FILE: dict[str, Callable[[bytes, Origin], Report]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
_BY_LINE = frozenset({".jsonl", ".ndjson"})
_BESIDE_REPORTS = frozenset({"facts.csv", "readme.md"})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_path(
    path: Path, *, form: Form = "auto", published: date | None = None, publisher: str | None = None
) -> Iterator[Report | ReportError]:
    """Yield the reports of a file or of all files under a folder, and an error for each that is none.

    ``form`` "auto" goes by the ending (.txt, .md, .jsonl; a file without one by its first character), "text"
    makes each file one report, "jsonl" each line. ``published`` and ``publisher`` hold for reports that do
    not say it themselves.
    """
    for file in list_files(path):
        if isinstance(file, ReportError):
            yield file
        else:
            yield from _read_file(file, form, Origin(str(file), None, published, publisher))


def read_stream(
    stream: BinaryIO,
    name: str = "standard input",
    form: Form = "auto",
    *,
    published: date | None = None,
    publisher: str | None = None,
) -> Iterator[Report | ReportError]:
    """Yield the reports of an open binary stream, line by line as they arrive, and an error for each that is none.

    ``form`` "auto" takes it for JSONL where the first character is ``{``, else for the text of one report.

    >>> from io import BytesIO
    >>> [report.text for report in read_stream(BytesIO(b"Nine people died."))]
    ['Nine people died.']
    """
    yield from _read_open(stream, form, Origin(name, None, published, publisher))


def list_files(path: Path) -> Iterator[Path | ReportError]:
    """Yield the file, or the files under a folder in the order of their names; an error where there is nothing.

    In a folder, hidden files, README.md and facts.csv are no reports, and links to other folders are not followed.
    """
    try:
        if path.is_dir():
            for entry in sorted(path.iterdir()):
                if not _is_passed_over(entry):
                    yield from list_files(entry)
        elif path.exists():
            yield path
        else:
            yield MissingInputError(str(path), "no such file or folder", "check the path")
    except OSError as error:
        yield _name_system_error(str(path), error)


def count_reports(path: Path) -> int | None:
    """Return how many reports and errors ``read_path`` will yield, None where only reading can tell."""
    count = 0
    for file in list_files(path):
        if isinstance(file, Path) and (file.suffix.lower() in _BY_LINE or not file.suffix):
            return None
        count += 1
    return count


def _is_passed_over(entry: Path) -> bool:
    linked_folder = entry.is_symlink() and entry.is_dir()
    return linked_folder or entry.name.startswith(".") or entry.name.lower() in _BESIDE_REPORTS


def _read_file(file: Path, form: Form, origin: Origin) -> Iterator[Report | ReportError]:
    ending = file.suffix.lower()
    if form == "auto" and ending in _BY_LINE:
        form = "jsonl"
    try:
        with file.open("rb") as stream:
            if form == "auto" and ending in _WHOLE_FILE:
                yield _read_whole(_WHOLE_FILE[ending], stream.read(), origin)
            elif form == "auto" and ending:
                yield UnknownFormatError(origin.name, f"no reader for {ending}", "save it as .txt, .md or .jsonl")
            else:
                yield from _read_open(stream, form, origin)
    except OSError as error:
        yield _name_system_error(origin.name, error)


def _read_open(stream: Iterable[bytes], form: Form, origin: Origin) -> Iterator[Report | ReportError]:
    lines = stream
    if form == "auto":
        form, lines = _guess_form(stream)
    if form == "jsonl":
        yield from read_lines(lines, origin)
    else:
        yield _read_whole(read_text, b"".join(lines), origin)


def _name_system_error(name: str, error: OSError) -> ReportError:
    return UnreadableInputError(name, error.strerror or "cannot be read", "check the path and its permissions")


def _read_whole(reader: Callable[[bytes, Origin], Report], content: bytes, origin: Origin) -> Report | ReportError:
    try:
        return reader(content, origin)
    except ReportError as error:
        return error


def _guess_form(stream: Iterable[bytes]) -> tuple[Form, Iterable[bytes]]:
    head: list[bytes] = []
    lines = iter(stream)
    for line in lines:
        head.append(line)
        start = line.removeprefix(_BYTE_ORDER_MARK).lstrip()
        if start:
            return ("jsonl" if start.startswith(b"{") else "text"), chain(head, lines)
    return "text", head
