"""Zip files, also those that are Word files and spreadsheets, are measured before anything in them is unpacked."""

from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from reports.errors import BombError, DamagedError, EncryptedError, OversizeError
from reports.fields import Origin

MOST_UNPACKED = 300_000_000
"""Bytes that a document may unpack to."""
STEEPEST, SMALL = 200, 20_000_000
"""How many times its size a file may unpack to, and from which size on that counts."""
MOST_PARTS = 20_000
_ANEW = "save it anew, as .docx or .xlsx"
_LOCKED = 0x1
_OLE = b"\xd0\xcf\x11\xe0"
"""How a file in Microsoft's older container begins: a .doc or .xls, or a newer one that a password locks."""
_ENTITIES, _HEAD = b"<!DOCTYPE", 1000


def open_package(stream: IO[bytes], origin: Origin) -> ZipFile:
    """Return a zip file that is safe to unpack as a document; raises a ReportError for a bomb or a broken one."""
    if stream.read(len(_OLE)) == _OLE:
        raise EncryptedError(origin.name, "an old Office file, or locked by a password", f"{_ANEW} without a password")
    try:
        package = ZipFile(stream)
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise DamagedError(origin.name, f"damaged, or no zip ({error})", _ANEW) from error
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise OversizeError(origin.name, f"{len(parts):,} parts in one document", "save it again, or split it")
    size = sum(part.file_size for part in parts)
    if size > MOST_UNPACKED or any(map(is_bomb, parts)):
        raise BombError(origin.name, f"unpacks to {size:,} bytes", "leave it out, or save the text by itself")
    if any(part.flag_bits & _LOCKED for part in parts):
        raise EncryptedError(origin.name, "locked by a password", "save it without a password")
    if any(_declares_entities(package, part) for part in parts):
        raise OversizeError(origin.name, "declares entities of its own, which can grow without end", "leave it out")
    return package


def _declares_entities(package: ZipFile, part: ZipInfo) -> bool:
    """Tell whether a part is XML with a document type: no program of an office writes one."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with package.open(part) as file:
        # Every other byte of UTF-16 is empty.
        return _ENTITIES in file.read(_HEAD).replace(b"\x00", b"").upper()


def is_bomb(part: ZipInfo) -> bool:
    """Tell whether a part says that it unpacks to far more than what is in the file."""
    return part.file_size > SMALL and part.file_size > STEEPEST * max(part.compress_size, 1)
