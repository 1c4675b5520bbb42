"""Tables of reports: CSV, spreadsheets and Parquet, a row a report, read row by row."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import TextIOWrapper
from itertools import chain, islice
from typing import BinaryIO

from reports.characters import tidy
from reports.columns import check_columns, guess_columns, show_columns
from reports.datasets import find_dataset, read_row
from reports.dates import read_day, tell_day_first
from reports.encodings import decode_bytes, guess_encoding
from reports.errors import DamagedError, OversizeError, ReportError, WrongDateError
from reports.fields import Item, Origin, build_report, refuse_nul
from reports.packages import open_package

Cell = str | int | float | bool | date | None
_SAMPLE, _HEAD = 50, 65536
_LONGEST_CELL, _LONGEST_LINE = 2_000_000, 20_000_000
_MOST_COLUMNS = 2000
_PARTERS = ",;\t|"
_BATCH = 256
_MOST_ROW_GROUP = 1_000_000_000


def read_csv(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the reports of a CSV file; its encoding and what parts its cells are told from its beginning."""
    head = stream.read(_HEAD)
    stream.seek(0)
    encoding = _tell_encoding(head, origin)
    csv.field_size_limit(_LONGEST_CELL)
    lines = TextIOWrapper(stream, encoding, errors="strict", newline="")
    try:
        first = head.decode(encoding, "replace").lstrip("\ufeff\r\n").partition("\n")[0]
        parter = max(_PARTERS, key=first.count)
        yield from _read_rows(csv.reader(_cut_lines(lines, origin), delimiter=parter, strict=True), origin)
    except csv.Error as error:
        raise DamagedError(origin.name, f"no CSV ({error})", "save it as CSV again") from error
    except UnicodeDecodeError as error:
        raise DamagedError(origin.name, f"not {encoding} at byte {error.start}", "save it as UTF-8") from error
    finally:
        lines.detach()


def _cut_lines(lines: TextIOWrapper, origin: Origin) -> Iterator[str]:
    """Yield the lines of a table; one that never ends is not taken into memory."""
    while line := lines.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and not line.endswith("\n"):
            problem = f"a line of more than {_LONGEST_LINE:,} characters"
            raise OversizeError(origin.name, problem, "save it as CSV again, a record a line")
        yield line


def _tell_encoding(head: bytes, origin: Origin) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    whole = head[: head.rfind(b"\n") + 1] or head
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        guessed = guess_encoding(whole)
        if guessed is None:
            decode_bytes(whole, origin.name)
        return guessed or "utf-8"
    return "utf-8-sig"


def read_xlsx(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the reports of the sheets of a spreadsheet; a sheet without a column of words is named and passed over."""
    from openpyxl import load_workbook

    open_package(stream, origin)
    stream.seek(0)
    book = load_workbook(stream, read_only=True, data_only=True)
    for sheet in book.worksheets:
        inner = replace(origin, name=f"{origin.name}!{sheet.title}")
        try:
            yield from _read_rows(sheet.iter_rows(values_only=True), inner)
        except ReportError as error:
            yield error


def read_parquet(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the reports of a Parquet file, some rows at a time."""
    from pyarrow import parquet

    file = parquet.ParquetFile(stream)
    groups = [file.metadata.row_group(at).total_byte_size for at in range(file.metadata.num_row_groups)]
    if max(groups, default=0) > _MOST_ROW_GROUP:
        raise OversizeError(origin.name, f"a row group of {max(groups):,} bytes", "write it with smaller row groups")
    batches = file.iter_batches(batch_size=_BATCH)
    rows = (tuple(row.values()) for batch in batches for row in batch.to_pylist())
    yield from _read_rows(chain([tuple(file.schema_arrow.names)], rows), origin)


def _read_rows(rows: Iterable[Sequence[Cell]], origin: Origin) -> Iterator[Item]:
    """Yield the rows of one table under its header: those of a known dataset as counts, else as reports."""
    told = iter(rows)
    header = [_write(cell) for cell in next((row for row in told if any(row)), ())]
    if len(header) > _MOST_COLUMNS:
        raise OversizeError(origin.name, f"a table of {len(header):,} columns", "keep those that matter")
    sample = list(islice(told, _SAMPLE))
    table = enumerate(chain(sample, told), start=2)
    if dataset := find_dataset(header):
        for line, row in table:
            named = dict(zip(header, map(_write, row), strict=False))
            yield from read_row(dataset, named, replace(origin, line=line))
        return
    columns = guess_columns(header, [list(map(_write, row)) for row in sample], origin.columns)
    if header and (sample or origin.columns):
        yield show_columns(columns, header, origin)
        check_columns(columns, header, origin)
    places = {field: header.index(name) for field, name in columns.items()}
    days = places.get("published")
    day_first = tell_day_first(_write(row[days]) for row in sample if days is not None and days < len(row))
    for line, row in table:
        if any(row):
            yield _read_report(row, places, day_first, replace(origin, line=line))


def _read_report(row: Sequence[Cell], places: dict[str, int], day_first: bool | None, origin: Origin) -> Item:  # noqa: FBT001  three states
    cells = {field: row[at] for field, at in places.items() if at < len(row)}
    try:
        refuse_nul(_write(cells.get("text")), "text", origin)
        return build_report(
            {
                **{field: _write(cell) or None for field, cell in cells.items()},
                "text": tidy(_write(cells.get("text"))),
                "published": _read_published(cells.get("published"), day_first, origin),
            },
            origin,
        )
    except ReportError as error:
        return error


def _read_published(cell: Cell, day_first: bool | None, origin: Origin) -> date | None:  # noqa: FBT001  three states
    if cell is None or _write(cell) == "":
        return None
    day = read_day(cell, day_first=day_first)
    if day is None:
        problem = f"{_write(cell)[:40]!r} is not one certain day"
        raise WrongDateError(origin.name, problem, "write it as 2020-02-02", origin.line)
    return day


def _write(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute or cell.second) else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
