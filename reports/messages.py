"""What the doors and their worker say to each other: jobs and items as lines of JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from reports import errors
from reports.fields import Item, Origin
from reports.formats import Format, get_format
from reports.records import Count, CountedReport, Notice, Report

_DAYS = frozenset({"published", "start", "end"})


def pack_job(file: Path, one: Format, origin: Origin) -> bytes:
    """Return the order to read a file as a line."""
    told = {field.name: getattr(origin, field.name) for field in fields(origin) if field.name != "room"}
    return _write({"file": str(file.absolute()), "format": one.name, "origin": told})


def unpack_job(line: bytes) -> tuple[Path, Format, Origin]:
    """Return the file, the format and the origin of a job."""
    job = json.loads(line)
    told = _restore_days(job["origin"])
    columns = tuple((field, column) for field, column in told["columns"])
    return Path(job["file"]), get_format(job["format"]), Origin(**{**told, "columns": columns})


def pack_item(item: Item) -> bytes:
    """Return a report, a counted report, a notice or an error as a line.

    >>> unpack_item(json.loads(pack_item(Notice("a.csv", "text is the column notes")))).words
    'text is the column notes'
    """
    if isinstance(item, errors.ReportError):
        return _write({"error": type(item).__name__, "arguments": [item.name, item.problem, item.remedy, item.line]})
    if isinstance(item, CountedReport):
        return _write(
            {"report": asdict(item.report), "counts": list(map(asdict, item.counts)), "dataset": item.dataset}
        )
    if isinstance(item, Notice):
        return _write({"notice": [item.name, item.words, item.remedy, item.header, item.columns]})
    return _write({"report": asdict(item)})


def unpack_item(message: Mapping[str, Any]) -> Item:
    """Return what a line of the worker says."""
    if "error" in message:
        kind = getattr(errors, message["error"])
        if not issubclass(kind, errors.ReportError):
            raise TypeError(f"{message['error']} is no error of reports")
        error: errors.ReportError = kind(*message["arguments"])
        return error
    if "notice" in message:
        name, words, remedy, header, columns = message["notice"]
        return Notice(name, words, remedy, tuple(header), tuple(map(tuple, columns)))
    report = Report(**_restore_days(message["report"]))
    if "counts" not in message:
        return report
    counts = tuple(Count(**_restore_days(one) | {"span": tuple(one["span"])}) for one in message["counts"])
    return CountedReport(report, counts, message["dataset"])


def _write(message: Mapping[str, object]) -> bytes:
    return json.dumps(message, default=str).encode() + b"\n"


def _restore_days(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: date.fromisoformat(value) if key in _DAYS and value else value for key, value in record.items()}
