"""JSONL: one report a line, streamed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.errors import JsonLineError, ReportError
from reports.fields import Origin, build_report, decode
from reports.records import Report


def read_lines(lines: Iterable[bytes], origin: Origin) -> Iterator[Report | ReportError]:
    """Yield the report of each line, or the error that says why there is none; blank lines are passed over.

    Every line is decoded on its own, so that one bad line costs one report. ``lines`` are counted from 1.

    >>> [type(one).__name__ for one in read_lines([b'{"text": "Nine people died."}', b"nine"], Origin("-"))]
    ['Report', 'JsonLineError']
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _read_line(line, replace(origin, line=number))
            except ReportError as error:
                yield error


def _read_line(line: bytes, origin: Origin) -> Report:
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
