"""What can go wrong with the database: one tree, each error named by its cause.

StoreError
├── AddressError         not an address of a database, or one without its driver
├── MissingStoreError    there is no database at the address, and none was to be made
├── UnreachableError     it cannot be opened: no such folder, no permission, no server
├── LockedError          another program has held it for too long
├── ReadOnlyError        it may be read and not written
├── FullError            the disk is full
├── DamagedError         the file is no database, or a broken one
├── NewerStoreError      a newer version of the program made it
└── RefusedError         this report, or its figures, do not fit what is kept; the others go on
    └── ConflictError    another report is kept under this id
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError


class StoreError(Exception):
    """The store cannot do what was asked; the message names the database or the report, and the remedy."""


class AddressError(StoreError):
    """Not an address of a database, or one without its driver."""


class MissingStoreError(StoreError):
    """There is no database at the address, and none was to be made."""


class UnreachableError(StoreError):
    """The database cannot be opened."""


class LockedError(StoreError):
    """Another program has held the database for too long."""


class ReadOnlyError(StoreError):
    """The database may be read and not written."""


class FullError(StoreError):
    """The disk is full."""


class DamagedError(StoreError):
    """The file is no database, or a broken one."""


class NewerStoreError(StoreError):
    """A newer version of the program made the database."""


class RefusedError(StoreError):
    """A report, or its figures, do not fit what is kept."""


class ConflictError(RefusedError):
    """Another report is kept under this id."""


# SQLite's primary result codes (sqlite.org/rescode.html), the low byte of the extended ones.
_BY_CODE: dict[int, tuple[type[StoreError], str]] = {
    5: (LockedError, "is locked; wait for the other program to end, or end it"),
    6: (LockedError, "is locked; wait for the other program to end, or end it"),
    8: (ReadOnlyError, "may only be read; allow writing to the file and its folder"),
    11: (DamagedError, "is damaged; restore it from a backup"),
    13: (FullError, "has no room left; make space on the disk"),
    14: (UnreachableError, "cannot be opened; check the folder and its permissions"),
    26: (DamagedError, "is no database; check the address, or restore it from a backup"),
}


@contextmanager
def named_errors(address: str) -> Iterator[None]:
    """Turn the driver's errors into the tree above; each message is one line that starts with the address."""
    try:
        yield
    except IntegrityError as error:
        raise RefusedError(f"{address}: what was to be kept contradicts itself: {error.orig}") from error
    except DBAPIError as error:
        raise _name_driver_error(address, error) from error


def _name_driver_error(address: str, error: DBAPIError) -> StoreError:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None or code & 0xFF not in _BY_CODE:
        return UnreachableError(f"{address}: {error.orig}; check the database")
    kind, problem = _BY_CODE[code & 0xFF]
    return kind(f"{address}: the database {problem}")
