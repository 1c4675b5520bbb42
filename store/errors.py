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
├── OlderStoreError      an older version made it, and it may not be brought up to date
├── StoppedUpgradeError  an older version made it, and somebody stopped bringing it up to date
├── ReviewError          a review that names nobody, no figure, or values that do not fit
├── DeletionError        a deletion that names nobody, no reason, or no report that is kept
├── BackupError          a backup that cannot be written, or does not hold what it should
└── RefusedError         this report, or its figures, do not fit what is kept; the others go on
    └── ConflictError    another report is kept under this id
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError


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


class OlderStoreError(StoreError):
    """An older version of the program made the database, and it was opened only to be read."""


class StoppedUpgradeError(StoreError):
    """An older version of the program made the database, and somebody stopped bringing it up to date."""


class ReviewError(StoreError):
    """A review names nobody, no figure, or values that do not fit."""


class DeletionError(StoreError):
    """A deletion names nobody, no reason, or no report that is kept."""


class BackupError(StoreError):
    """A backup cannot be written, or does not hold what it should."""


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


# PostgreSQL's codes (postgresql.org/docs/current/errcodes-appendix.html), the longest beginning that fits.
_BY_STATE: dict[str, tuple[type[StoreError], str]] = {
    "08": (UnreachableError, "lost the connection; see that the server runs, and try again"),
    "25006": (ReadOnlyError, "may only be read; give the user the right to write"),
    "28": (UnreachableError, "does not let this user in; check the name and the password"),
    "3D": (MissingStoreError, "is not there; make it with: createdb NAME"),
    "40": (LockedError, "is locked; wait for the other program to end, or end it"),
    "42501": (ReadOnlyError, "may not be written by this user; give the right to write"),
    "53100": (FullError, "has no room left; make space on the disk of the server"),
    "53": (UnreachableError, "has no room for another connection; close one, or raise the server's limit"),
    "55P03": (LockedError, "is locked; wait for the other program to end, or end it"),
    "57": (UnreachableError, "lost the connection; see that the server runs, and try again"),
}
_LOST = "cannot be reached; see that the server runs and that the address is right"


@contextmanager
def named_errors(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors into the tree above; each message is one line that starts with the address."""
    driver = engine.dialect.loaded_dbapi
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, (driver.IntegrityError, driver.DataError)):
            told = f"{engine.url}: what was to be kept contradicts itself: {_first_line(cause)}"
            raise RefusedError(told) from error
        raise _name_driver_error(str(engine.url), cause) from error


def _name_driver_error(address: str, error: BaseException | None) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    kind, problem = _BY_CODE.get(code & 0xFF, (None, "")) if code is not None else _find_state(error)
    if kind is None:
        return UnreachableError(f"{address}: {_first_line(error)}; check the database")
    return kind(f"{address}: the database {problem}")


def _find_state(error: BaseException | None) -> tuple[type[StoreError] | None, str]:
    state = getattr(error, "sqlstate", None)
    if state is None:
        # The server had no chance to say why.
        return _name_refusal(str(error))
    fitting = [key for key in _BY_STATE if state.startswith(key)]
    return _BY_STATE[max(fitting, key=len)] if fitting else (None, "")


def _name_refusal(words: str) -> tuple[type[StoreError], str]:
    # While it connects, the driver keeps the server's words and not its code.
    if "does not exist" in words and "database" in words:
        return _BY_STATE["3D"]
    return _BY_STATE["28"] if "authentication failed" in words else (UnreachableError, _LOST)


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().split("\n")[0]
