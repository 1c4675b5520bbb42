"""The inside of a worker: it sets its limits, takes jobs from standard input, and writes what it reads."""

import gc
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from reports.errors import LimitError, ReportError, UnreadableInputError
from reports.fields import Item, Origin
from reports.formats import Format
from reports.messages import pack_item, unpack_job
from reports.readers import guard_reading

_MEGABYTE = 1 << 20


def serve() -> None:
    """Read what the jobs on standard input name, until there are no more; the limits are the last argument."""
    limits = json.loads(sys.argv[-1])
    out = _take_output()
    _limit_memory(limits["memory"])
    for line in sys.stdin.buffer:
        file, one, origin = unpack_job(line)
        _start_clock(limits["seconds"])
        for item in _read(file, one, origin, limits["memory"]):
            out.write(pack_item(item))
            out.flush()
            if isinstance(item, LimitError):
                # What filled the memory may still be held: the next file gets a new process.
                return
            _start_clock(limits["seconds"])
        out.write(b'{"done": true}\n')
        out.flush()


def _read(file: Path, one: Format, origin: Origin, memory: int) -> Iterator[Item]:
    try:
        with file.open("rb") as stream:
            yield from guard_reading(one, stream, origin)
    except MemoryError:
        gc.collect()
        yield LimitError(
            origin.name, f"needs more than {memory // _MEGABYTE} MB of memory", "split it, or leave it out"
        )
    except OSError as error:
        yield _name(origin, error)


def _name(origin: Origin, error: OSError) -> ReportError:
    return UnreadableInputError(origin.name, error.strerror or "cannot be read", "check the file and its permissions")


def _take_output() -> BinaryIO:
    # A library that prints must not speak between our lines: what it prints goes where errors go.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _limit_memory(memory: int) -> None:
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _start_clock(seconds: int) -> None:
    # Only time on a core counts, so that a busy machine or a slow store is no fault of the file. The signal ends the
    # process at once, also inside a library that never comes back to Python.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
