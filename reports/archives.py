"""Zip and tar archives and gzipped files: each file in them is read by its own format, none is unpacked by its name."""

import gzip
import stat
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from reports.errors import BombError, DamagedError, EncryptedError, OversizeError, ReportError, UnsafePathError
from reports.fields import Item, Origin
from reports.members import is_full, is_unsafe, make_room, read_member
from reports.packages import is_bomb

_MOST_FILES = 100_000
_LOCKED = 0x1
_AGAIN = "pack it again"


def read_zip(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield what the files in a zip archive hold, in the order in which they stand there."""
    origin = make_room(origin)
    try:
        archive = ZipFile(stream)
    except BadZipFile as error:
        raise DamagedError(origin.name, f"damaged, or no zip ({error})", _AGAIN) from error
    with archive:
        parts = archive.infolist()
        if len(parts) > _MOST_FILES:
            raise OversizeError(
                origin.name, f"{len(parts):,} files in one archive", f"split it: {_MOST_FILES:,} at most"
            )
        for part in parts:
            if is_full(origin):
                return
            if not part.is_dir() and not _is_passed_over(part.filename):
                yield from _read_part(archive, part, origin)


def _read_part(archive: ZipFile, part: ZipInfo, origin: Origin) -> Iterator[Item]:
    name = f"{origin.name}!{part.filename}"
    if part.flag_bits & _LOCKED:
        yield EncryptedError(name, "locked by a password", "pack it without a password")
    elif is_bomb(part):
        yield BombError(name, f"{part.compress_size:,} bytes that unpack to {part.file_size:,}", "leave it out")
    elif stat.S_ISLNK(part.external_attr >> 16):
        yield UnsafePathError(name, "a link, no file", "pack the file itself")
    else:
        try:
            with archive.open(part) as file:
                yield from read_member(part.filename, cast("BinaryIO", file), origin)
        except (BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
            yield DamagedError(name, f"cannot be unpacked ({error})", _AGAIN)
        except ReportError as error:
            yield error


def read_tar(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield what the files in a tar archive hold as they stream by; links and devices are refused by name."""
    origin = make_room(origin)
    try:
        with tarfile.open(fileobj=stream, mode="r|*") as archive:
            for count, part in enumerate(archive):
                if count >= _MOST_FILES:
                    raise OversizeError(origin.name, f"more than {_MOST_FILES:,} files in one archive", "split it")
                if is_full(origin):
                    return
                if not part.isdir() and not _is_passed_over(part.name):
                    yield from _read_tarred(archive, part, origin)
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise DamagedError(origin.name, f"damaged, or no tar ({error})", _AGAIN) from error


def _read_tarred(archive: tarfile.TarFile, part: tarfile.TarInfo, origin: Origin) -> Iterator[Item]:
    file = archive.extractfile(part) if part.isfile() else None
    if file is None:
        yield UnsafePathError(f"{origin.name}!{part.name}", "a link or a device, no file", "pack the file itself")
    else:
        yield from read_member(part.name, cast("BinaryIO", file), origin)


def read_gzip(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield what a gzipped file holds; its name without .gz says of which kind it is."""
    name = PurePosixPath(origin.name.rpartition("!")[2]).name
    try:
        with gzip.open(stream) as file:
            yield from read_member(
                name[: -len(".gz")] if name.lower().endswith(".gz") else name, cast("BinaryIO", file), origin
            )
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise DamagedError(origin.name, f"cannot be unpacked ({error})", _AGAIN) from error


def _is_passed_over(name: str) -> bool:
    """Tell whether a file is one that programs put beside reports: hidden ones, and those of a Mac."""
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
    return hidden and not is_unsafe(name)
