"""JSONL: one report a line, streamed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from reports.errors import JsonLineError, OversizeError, ReportError
from reports.fields import Item, Origin, build_report, decode
from reports.records import Report

LONGEST_LINE = 20_000_000
"""Bytes of one line; more is no report."""


def read_lines(lines: Iterable[bytes], origin: Origin) -> Iterator[Item]:
    """Yield the report of each line, or the error that says why there is none; blank lines are passed over.

    Every line is decoded on its own, so that one bad line costs one report. ``lines`` are counted from 1.

    >>> [type(one).__name__ for one in read_lines([b'{"text": "Nine people died."}', b"nine"], Origin("-"))]
    ['Report', 'JsonLineError']
    """
    for number, line in enumerate(_split_lines(lines), start=1):
        if line.strip():
            try:
                yield _read_line(line, replace(origin, line=number))
            except ReportError as error:
                yield error


def _split_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines; of one that is too long no more than tells so, so that it never fills the memory."""
    if not hasattr(lines, "readline"):
        yield from lines
        return
    stream: BinaryIO = lines  # type: ignore[assignment]
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
            if not line:
                return


def _read_line(line: bytes, origin: Origin) -> Report:
    if len(line) > LONGEST_LINE:
        problem = f"a line of more than {LONGEST_LINE:,} bytes"
        raise OversizeError(origin.name, problem, "write one report a line", origin.line)
    text = decode(line, origin)
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"not JSON ({error.msg} at character {error.pos + 1})"
        raise JsonLineError(origin.name, problem, "write one JSON object a line", origin.line) from error
    except (RecursionError, ValueError) as error:
        # Deep nesting, or a number of thousands of digits.
        raise JsonLineError(origin.name, "JSON beyond all measure", "write plain fields", origin.line) from error
    if not isinstance(fields, dict):
        raise JsonLineError(origin.name, "not a JSON object", 'write it as {"text": ...}', origin.line)
    return build_report(fields, origin)
