"""A worker: formats with libraries behind them are read in a process of its own, with limits on memory and time.

What breaks the worker costs the one file, is named, and the next file gets a new worker. The two speak JSON, a line a
message, never pickle: a reader that a hostile file has taken over can send nothing but text.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from reports.errors import LimitError
from reports.fields import Item, Origin
from reports.formats import Format
from reports.messages import pack_job, unpack_item

ROOT = Path(__file__).parent.parent
_START = "import sys; sys.path.insert(0, sys.argv.pop()); from reports.workshops import serve; serve()"
_CHUNK = 1 << 20
_REMEDY = "split it, or leave it out"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use: bytes of memory, seconds of a core and seconds altogether, from one report to the next."""

    memory: int = 2 << 30
    seconds: int = 60
    patience: int = 180


class Worker:
    """A process that reads one file after the other; it starts with the first and starts again when it broke."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._rest = b""
        self._busy = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it does."""
        process, self._process, self._rest = self._process, None, b""
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()
            process.wait()

    def read(self, file: Path, one: Format, origin: Origin) -> Generator[Item, None, None]:
        """Yield what a file holds; a LimitError ends it where the worker took too much or broke down."""
        if self._busy:
            raise RuntimeError("a worker reads one file at a time: end the one before, or take another worker")
        self._busy, finished = True, False
        try:
            self._send(pack_job(file, one, origin))
            for message in self._receive():
                if message.get("done"):
                    finished = True
                    return
                item = unpack_item(message)
                yield item
                if isinstance(item, LimitError):
                    # The worker has named it and ended: the next file gets a new one.
                    return
            yield LimitError(origin.name, self._say_end(), _REMEDY)
        finally:
            self._busy = False
            if not finished:
                self.close()

    def _send(self, job: bytes) -> None:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._start()
        pipe = self._pipe(self._process.stdin)
        pipe.write(job)
        pipe.flush()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-c", _START, json.dumps(asdict(self.limits)), str(ROOT)]
        return subprocess.Popen(  # noqa: S603  our own interpreter with our own words
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )

    def _receive(self) -> Iterator[dict[str, Any]]:
        """Yield the messages of the worker until it ends, or says nothing for too long."""
        assert self._process is not None  # noqa: S101  _send has started it
        pipe = self._pipe(self._process.stdout)
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while True:
                *lines, self._rest = self._rest.split(b"\n")
                yield from map(json.loads, lines)
                # The time in which our own side is busy does not count: it starts when we wait.
                pieces = [self._rest]
                while b"\n" not in pieces[-1]:
                    chunk = os.read(pipe.fileno(), _CHUNK) if selector.select(self.limits.patience) else b""
                    if not chunk:
                        return
                    pieces.append(chunk)
                self._rest = b"".join(pieces)

    def _say_end(self) -> str:
        process = self._process
        try:
            code = process.wait(timeout=1) if process else 0
        except subprocess.TimeoutExpired:
            return f"no report in {self.limits.patience} seconds"
        if code == -signal.SIGPROF:
            return f"took more than {self.limits.seconds} seconds to read"
        if code == -signal.SIGKILL:
            return "took more memory than there is"
        return f"broke its reader down (status {code})"

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # noqa: S101  both ends were asked for
        return pipe
