"""A backup is one SQLite file, whatever the database; it is taken and put back while others read and write."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, collate, delete, func, insert, select, text, update
from sqlalchemy.types import String

from store.connections import Store, connect, reading, writing
from store.errors import BackupError
from store.freezes import unfrozen
from store.tables import BANDS, DELETIONS, EVIDENCE, FIGURES, HEAD, REPORTS, REVIEWS, REVISION, TWINS
from store.words import forget_all, index_waiting

TABLES = (REPORTS, FIGURES, EVIDENCE, TWINS, BANDS, REVIEWS, DELETIONS)
"""All that is kept, in the order in which it can be written; the words that are searched are made again."""

_LINES = select(DELETIONS).order_by(DELETIONS.c.number)
_ROWS = 500
_ALIKE = {"0002", "0003", HEAD}
"""Versions of the schema that hold the same in the tables that they have."""
_MANIFEST = "CREATE TABLE backup (name VARCHAR PRIMARY KEY, rows BIGINT NOT NULL, digest VARCHAR NOT NULL)"


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: how many rows, and a digest of all that stands in them."""

    rows: int
    digest: str


def write_backup(store: Store, file: Path) -> dict[str, Content]:
    """Write one state of the store into a new file and verify it; return what each table holds.

    Others may read and write meanwhile. The file is there when it is whole, and not before. Raises BackupError where
    it exists already, or does not hold what the store does.
    """
    if file.exists():
        raise BackupError(f"{file}: is there already; choose another name")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
            draft = Path(folder) / "backup.db"
            contents = _write_draft(store, draft)
            draft.replace(file)
    except OSError as error:
        raise BackupError(f"{file}: cannot be written ({error.strerror}); check the folder and its room") from error
    return contents


def restore_backup(store: Store, file: Path, *, replace: bool = False) -> dict[str, Content]:
    """Put the content of a backup in place of the store's, in one transaction, verify it and return what it holds.

    Readers see the old content until all of the new is there. Raises BackupError where the store holds reports and
    ``replace`` is not given, or where the file is no backup or not whole; then the store is as it was. What the store
    knows of deletions and the backup does not is kept in the log: ``find_returned`` names the reports that are back.
    """
    if not file.is_file():
        raise BackupError(f"{file}: no such file; check the path")
    # Opening may bring a backup of an earlier version up to date: that is done to a copy.
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        copy = Path(folder) / "backup.db"
        shutil.copyfile(file, copy)
        source = connect(f"sqlite:///{copy}", create=False)
        try:
            with reading(source) as origin, writing(store) as target:
                contents = _check_manifest(origin, file)
                if not replace and target.scalar(select(func.count()).select_from(REPORTS)):
                    raise BackupError(f"{store.address}: holds reports; to put the backup in their place add --replace")
                lines = _find_lines(origin, target)
                _empty(target)
                _copy(origin, target)
                _set_revision(target, int(origin.scalar(select(REVISION.c.number)) or 0))
                _compare(contents, target, str(file))
                _append_lines(target, lines)
        finally:
            source.close()
    return contents


def _write_draft(store: Store, draft: Path) -> dict[str, Content]:
    copy = connect(f"sqlite:///{draft}")
    try:
        with reading(store) as origin, writing(copy) as target:
            contents = _copy(origin, target)
            _set_revision(target, int(origin.scalar(select(REVISION.c.number)) or 0))
            target.execute(text(_MANIFEST))
            rows = [{"name": name, "rows": one.rows, "digest": one.digest} for name, one in contents.items()]
            rows.append({"name": "version", "rows": 0, "digest": HEAD})
            target.execute(text("INSERT INTO backup VALUES (:name, :rows, :digest)"), rows)
        with reading(copy) as again:
            _compare(contents, again, str(draft))
    finally:
        copy.close()
    return contents


def _copy(origin: Connection, target: Connection) -> dict[str, Content]:
    contents = {}
    for table in TABLES:
        digest, count = sha256(), 0
        for rows in _read_rows(origin, table):
            target.execute(insert(table), [dict(zip(table.c.keys(), row, strict=True)) for row in rows])
            count += len(rows)
            _digest(digest, rows)
        contents[table.name] = Content(count, digest.hexdigest())
    index_waiting(target)
    return contents


def measure(connection: Connection, table: Table) -> Content:
    """Return what a table holds: the same rows give the same digest in every kind of database."""
    digest, count = sha256(), 0
    for rows in _read_rows(connection, table):
        count += len(rows)
        _digest(digest, rows)
    return Content(count, digest.hexdigest())


def _read_rows(connection: Connection, table: Table) -> Iterator[Sequence[tuple[Any, ...]]]:
    key = [table.c.number] if table is REPORTS else list(table.primary_key)
    query = select(table).order_by(*(_by_letters(connection, column) for column in key))
    result = connection.execute(query, execution_options={"yield_per": _ROWS})
    for rows in result.partitions(_ROWS):
        yield [tuple(row) for row in rows]


def _by_letters(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[Any]:
    is_words = isinstance(column.type, String) and connection.dialect.name != "sqlite"
    return collate(column, "C") if is_words else column


def _digest(digest: Any, rows: Sequence[tuple[Any, ...]]) -> None:
    for row in rows:
        digest.update(json.dumps(row, default=str, ensure_ascii=False).encode())


def _compare(contents: dict[str, Content], connection: Connection, name: str) -> None:
    for table in TABLES:
        if measure(connection, table) != contents[table.name]:
            raise BackupError(f"{name}: the table {table.name} is not what was copied; the copy is not used")


def _check_manifest(origin: Connection, file: Path) -> dict[str, Content]:
    try:
        rows = origin.execute(text("SELECT name, rows, digest FROM backup")).all()
    except Exception as error:
        raise BackupError(f"{file}: no backup of Who Counts; name a file that python -m store backup wrote") from error
    manifest = {row.name: Content(row.rows, row.digest) for row in rows}
    contents = {table.name: measure(origin, table) for table in TABLES}
    if manifest.pop("version").digest in _ALIKE and manifest != {name: contents[name] for name in manifest}:
        raise BackupError(f"{file}: does not hold what was written into it; use another backup")
    return contents


def _empty(target: Connection) -> None:
    with unfrozen(target, REVIEWS, DELETIONS):
        for table in reversed(TABLES):
            target.execute(delete(table))
    forget_all(target)


def _find_lines(origin: Connection, target: Connection) -> list[dict[str, Any]]:
    """Return the lines of the store's log of deletions that the backup lacks."""
    known = {tuple(row[1:]) for row in origin.execute(_LINES)}
    return [row._asdict() for row in target.execute(_LINES) if tuple(row[1:]) not in known]


def _append_lines(target: Connection, lines: list[dict[str, Any]]) -> None:
    if lines:
        last = int(target.scalar(select(func.max(DELETIONS.c.number))) or 0)
        rows = [{**line, "number": number} for number, line in enumerate(lines, start=last + 1)]
        target.execute(insert(DELETIONS), rows)


def _set_revision(target: Connection, number: int) -> None:
    # It only grows, so that no cache takes the new content for the old.
    current = int(target.scalar(select(REVISION.c.number)) or 0)
    target.execute(update(REVISION).values(number=max(current + 1, number)))
