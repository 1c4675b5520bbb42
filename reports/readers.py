"""The doors of the room: a path or a stream becomes reports, and errors beside them."""

import errno
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from io import BufferedReader, RawIOBase
from pathlib import Path, PurePath
from typing import BinaryIO, Literal, cast

from reports.errors import DamagedError, EmptyReportError, MissingInputError, ReportError, UnreadableInputError
from reports.fields import Item, Origin
from reports.formats import HEAD, Format, find_format, get_format, guess_format, name_unknown, read_format
from reports.workers import Worker

Form = Literal["auto", "text", "jsonl"]

_BESIDE_REPORTS = frozenset({"facts.csv", "readme.md"})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PEEK, _PIECE = 65536, 1 << 20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Known:
    """What a caller knows of all reports of an input that do not say it themselves, and how to read them.

    ``columns`` corrects which column of a table is which field; ``identifies`` has the language told from the words.
    """

    published: date | None = None
    publisher: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    identifies: bool = False

    def at(self, name: str) -> Origin:
        """Return it for the input of a name."""
        return Origin(name, None, self.published, self.publisher, columns=self.columns, identifies=self.identifies)


def read_path(
    path: Path,
    *,
    form: Form = "auto",
    published: date | None = None,
    publisher: str | None = None,
    known: Known | None = None,
    worker: Worker | None = None,
) -> Iterator[Item]:
    """Yield the reports of a file or of all files under a folder, and an error for each that is none.

    ``form`` "auto" goes by the ending, or by the first bytes where there is none; "text" makes each file one report,
    "jsonl" each line. ``published`` and ``publisher`` (or ``known``, which says more) hold for reports that do not say
    it themselves. Formats with libraries behind them are read in ``worker``, a process with limits; without one a
    worker is started where it is needed.
    """
    known = known or Known(published, publisher)
    shared: AbstractContextManager[Worker] = nullcontext(worker) if worker else Worker()
    with shared as reader:
        for file in list_files(path):
            if isinstance(file, ReportError):
                yield file
            else:
                yield from _read_file(file, form, known.at(str(file)), reader)


def read_file(file: Path, name: str, known: Known, worker: Worker) -> Iterator[Item]:
    """Yield the reports of one file that its user knows under another name, such as an upload, and its errors."""
    yield from _read_file(file, "auto", known.at(name), worker)


def read_stream(
    stream: BinaryIO,
    name: str = "standard input",
    form: Form = "auto",
    *,
    published: date | None = None,
    publisher: str | None = None,
    known: Known | None = None,
) -> Iterator[Item]:
    """Yield the reports of an open binary stream, line by line as they arrive, and an error for each that is none.

    ``form`` "auto" takes it for JSONL where the first character is ``{``, else for the text of one report.

    >>> from io import BytesIO
    >>> [report.text for report in read_stream(BytesIO(b"Nine people died."))]
    ['Nine people died.']
    """
    origin = (known or Known(published, publisher)).at(name)
    peeked = stream if hasattr(stream, "peek") else BufferedReader(cast("RawIOBase", stream))
    yield from guard_reading(get_format(_tell_form(peeked, form)), peeked, origin)


def list_files(path: Path) -> Iterator[Path | ReportError]:
    """Yield the file, or the files under a folder in the order of their names; an error where there is nothing.

    In a folder, hidden files, README.md and facts.csv are no reports, and links to other folders are not followed.
    """
    try:
        if path.is_dir():
            for entry in sorted(path.iterdir()):
                if not _is_passed_over(entry):
                    yield from _list_entry(entry)
        elif path.exists():
            yield path
        else:
            yield MissingInputError(str(path), "no such file or folder", "check the path")
    except OSError as error:
        yield _name_system_error(str(path), error)


def _list_entry(entry: Path) -> Iterator[Path | ReportError]:
    # A pipe or a device in a folder would hold up the reading for ever; named by the user, it is meant.
    mode = entry.stat().st_mode if entry.exists() else stat.S_IFREG
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        yield from list_files(entry)
    else:
        yield UnreadableInputError(str(entry), "neither a file nor a folder", "name it by itself if it is meant")


def count_reports(path: Path) -> int | None:
    """Return how many reports and errors ``read_path`` will yield, None where only reading can tell.

    Lines of JSONL are counted with those that are empty: it is for a bar, and they are few.
    """
    counts = [_count_file(file) if isinstance(file, Path) else 1 for file in list_files(path)]
    return None if None in counts else sum(count or 0 for count in counts)


def _count_file(file: Path) -> int | None:
    one = find_format(file.name)
    if one and one.name == "jsonl":
        return _count_lines(file)
    return None if not file.suffix or (one and not one.whole) else 1


def _count_lines(file: Path) -> int | None:
    """Return how many lines a file has, None for a pipe, which can be read only once."""
    count, last = 0, b"\n"
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            while chunk := stream.read(_PIECE):
                count, last = count + chunk.count(b"\n"), chunk[-1:]
    except OSError:
        # Reading it will name it.
        return 1
    return count + (last != b"\n")


def _is_passed_over(entry: Path) -> bool:
    linked_folder = entry.is_symlink() and entry.is_dir()
    return linked_folder or entry.name.startswith(".") or entry.name.lower() in _BESIDE_REPORTS


def _read_file(file: Path, form: Form, origin: Origin, worker: Worker) -> Iterator[Item]:
    try:
        with file.open("rb") as stream:
            named = PurePath(origin.name)
            one = find_format(named.name) if form == "auto" else get_format(form)
            if one is None and not named.suffix:
                one = guess_format(stream.peek(HEAD)[:HEAD]) or get_format(_tell_form(stream, form))
            if one is None:
                yield name_unknown(origin.name, named.suffix.lower())
            elif one.apart:
                yield from _name_nothing(worker.read(file, one, origin), origin)
            else:
                yield from _name_nothing(guard_reading(one, stream, origin), origin)
    except OSError as error:
        yield _name_system_error(origin.name, error)


def _name_nothing(items: Iterator[Item], origin: Origin) -> Iterator[Item]:
    """Yield the items of a file, and an error where there is none: no file goes without a word."""
    count = 0
    for count, item in enumerate(items, start=1):  # noqa: B007  the last is what counts
        yield item
    if not count:
        yield EmptyReportError(origin.name, "holds no report", "leave it out, or see what should be in it")


def guard_reading(one: Format, stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield what a file of a format holds, and the error that ended it, whatever a library raised."""
    try:
        yield from read_format(one, stream, origin)
    except ReportError as error:
        yield error
    except MemoryError:
        raise
    except RecursionError:
        yield DamagedError(origin.name, f"nested too deep for a {one.name}", "open it, and save it plainly")
    except OSError as error:
        # Without the system's own number it is a library's word for a broken file.
        if error.errno is not None:
            raise
        yield DamagedError(origin.name, _say_damage(one, error), "open it in its own program, and save it again")
    except Exception as error:  # noqa: BLE001  a library may raise anything over a broken file, and the rest must go on
        yield DamagedError(origin.name, _say_damage(one, error), "open it in its own program, and save it again")


def _say_damage(one: Format, error: Exception) -> str:
    said = " ".join(str(error).split())[:100]
    return f"damaged, or no {one.name} ({type(error).__name__}{': ' if said else ''}{said})"


def _name_system_error(name: str, error: OSError) -> ReportError:
    # A reader may need a file for a moment, such as the model of languages.
    remedy = "make space for temporary files" if error.errno in _FULL else "check the path and its permissions"
    return UnreadableInputError(name, error.strerror or "cannot be read", remedy)


def _tell_form(stream: object, form: Form) -> str:
    if form != "auto":
        return form
    peek = cast("Callable[[int], bytes]", stream.peek)  # type: ignore[attr-defined]
    return "jsonl" if peek(_PEEK).removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(b"{") else "text"
