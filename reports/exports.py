"""JSON that programs save: ReliefWeb's API, lists of articles from GDELT, datasets, and lists of our own records."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from reports.characters import tidy
from reports.datasets import find_dataset, read_row
from reports.dates import find_day_in_name, read_day
from reports.errors import DamagedError, JsonLineError, MissingTextError, ReportError
from reports.fields import Item, Origin, build_report, decode
from reports.formats import MEGABYTE, read_whole
from reports.fragments import strip_markup
from reports.languages import code_language
from reports.records import Notice, Report

_MOST = 200 * MEGABYTE
_SEEN = "seendate"
"""The field by which an article in a list of GDELT's is known."""
Record = Mapping[str, Any]


def read_json(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the reports of a JSON file, told apart by their fields; a field that is not as it should be is named."""
    try:
        content = json.loads(decode(read_whole(stream, _MOST, origin), origin))
    except json.JSONDecodeError as error:
        raise JsonLineError(origin.name, f"not JSON ({error.msg})", "save it again", error.lineno) from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, ReportError):
            raise
        raise JsonLineError(origin.name, "JSON beyond all measure", "write plain fields") from error
    records = _list_records(content, origin)
    headlines = sum(isinstance(record, dict) and _SEEN in record for record in records)
    if headlines:
        remedy = "to read the pages behind them: --follow"
        yield Notice(origin.name, f"{headlines} headlines from a list of articles", remedy)
    for number, record in enumerate(records, start=1):
        yield from _read_record(record, replace(origin, line=number))


def _list_records(content: Any, origin: Origin) -> list[Any]:
    """Return the records of a file: it is a list, or holds one under the name that its program gives it."""
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        for key in ("data", "articles", "results", "items", "reports"):
            if isinstance(content.get(key), list):
                return list(content[key])
        if "text" in content:
            return [content]
        if "error" in content:
            raise DamagedError(origin.name, "an error that a server answered with", "fetch it again")
    raise DamagedError(origin.name, "JSON of no kind that is known", "save it as .jsonl, a report with a text a line")


def _read_record(record: Any, origin: Origin) -> Iterator[Item]:
    if not isinstance(record, dict):
        yield JsonLineError(origin.name, "a record that is no JSON object", 'write it as {"text": ...}', origin.line)
    elif dataset := find_dataset(record):
        yield from read_row(dataset, record, origin)
    else:
        try:
            yield _build(record, origin)
        except ReportError as error:
            yield error
        except (AttributeError, KeyError, IndexError, TypeError) as error:
            yield JsonLineError(origin.name, f"a record of another shape ({error})", "save it again", origin.line)


def _build(record: Record, origin: Origin) -> Report:
    if isinstance(record.get("fields"), dict):
        return _read_reliefweb(record, origin)
    if _SEEN in record:
        return _read_gdelt(record, origin)
    return build_report(record, origin)


def _read_reliefweb(record: Record, origin: Origin) -> Report:
    """Return a report of ReliefWeb's API, version 2 (https://apidoc.reliefweb.int): published by its first source."""
    fields = record["fields"]
    html = fields.get("body-html")
    text = strip_markup(html) if html else tidy(fields.get("body") or "")
    if not text:
        problem = f"report {record.get('id')} has no words"
        raise MissingTextError(origin.name, problem, "ask for it with fields[include][]=body", origin.line)
    languages = [one.get("code") for one in fields.get("language") or ()]
    sources = [one.get("name") for one in fields.get("source") or ()]
    return build_report(
        {
            "id": f"reliefweb-{record['id']}" if record.get("id") else None,
            "text": text,
            "title": fields.get("title"),
            "publisher": sources[0] if sources else None,
            "published": read_day(
                (fields.get("date") or {}).get("original") or (fields.get("date") or {}).get("created")
            ),
            "url": fields.get("url_alias") or fields.get("url"),
            # A report in several languages says nothing of the words that came: they are looked at.
            "language": languages[0] if len(languages) == 1 else None,
        },
        origin,
    )


def _read_gdelt(record: Record, origin: Origin) -> Report:
    """Return the headline of an article in a list of GDELT's DOC API: a list holds no more of its words."""
    return build_report(
        {
            "text": tidy(record.get("title") or ""),
            "title": tidy(record.get("title") or ""),
            "publisher": record.get("domain"),
            "published": find_day_in_name(str(record[_SEEN])[:8]),
            "url": record.get("url"),
            "language": code_language(record.get("language")),
        },
        origin,
    )
