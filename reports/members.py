"""A file inside another one (an archive, a mail) is read like a file of its own, under a name that shows both."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from reports.errors import BombError, OversizeError, UnsafePathError
from reports.fields import Item, Origin, Room
from reports.formats import HEAD, MEGABYTE, find_format, guess_format, name_unknown
from reports.readers import guard_reading

MOST_INSIDE = 2000 * MEGABYTE
"""Bytes that all files inside one file may unpack to, at any depth."""
_DEEPEST, _CHUNK, _IN_MEMORY = 3, 1 << 20, 20 * MEGABYTE


def read_member(name: str, stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield what a file inside another holds; ``stream`` is read to its end and no further than there is room."""
    inner = replace(make_room(origin), name=f"{origin.name}!{name}", depth=origin.depth + 1)
    if is_unsafe(name):
        yield UnsafePathError(inner.name, "a name that points out of the archive", "pack it again with plain names")
        return
    if origin.depth >= _DEEPEST:
        yield OversizeError(inner.name, f"more than {_DEEPEST} files inside each other", "unpack it first")
        return
    one = find_format(name)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        _copy(stream, cast("BinaryIO", file), inner)
        if one is None:
            head = file.read(HEAD)
            file.seek(0)
            one = guess_format(head)
        if one is None:
            yield name_unknown(inner.name, PurePosixPath(name).suffix.lower())
        else:
            yield from guard_reading(one, cast("BinaryIO", file), inner)


def make_room(origin: Origin) -> Origin:
    """Return the origin with the room that all files inside it share, at any depth."""
    return origin if origin.room else replace(origin, room=Room(MOST_INSIDE))


def is_full(origin: Origin) -> bool:
    """Tell whether the room is used up: what is still packed is left alone."""
    return origin.room is not None and origin.room.left < 0


def is_unsafe(name: str) -> bool:
    r"""Tell whether a name in an archive points out of it, or could on some system.

    >>> [is_unsafe(name) for name in ("a/b.txt", "../b.txt", "/etc/passwd", "C:\\\\b.txt")]
    [False, True, True, True]
    """
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name


def _copy(stream: BinaryIO, file: BinaryIO, origin: Origin) -> None:
    room = origin.room or Room(MOST_INSIDE)
    while chunk := stream.read(_CHUNK):
        room.left -= len(chunk)
        if room.left < 0:
            problem = f"unpacks to more than {MOST_INSIDE // MEGABYTE:,} MB"
            raise BombError(origin.name, problem, "unpack it, and add the files that are reports")
        file.write(chunk)
    file.seek(0)
