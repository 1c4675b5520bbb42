"""The schema is brought up to date when a database is opened, in one transaction, offline."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from store.derivations import fill_derived
from store.errors import NewerStoreError
from store.tables import HEAD

MIGRATIONS = Path(__file__).parent / "migrations"


def read_version(connection: Connection) -> str | None:
    """Return the number of the last migration that the database carries; None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)


Step = Callable[[int, int], None]
"""Told of long work how many reports are done, of how many; what it raises stops the work, and nothing is changed."""


def upgrade(connection: Connection, target: str = HEAD, on_step: Step = lambda _done, _total: None) -> None:
    """Run the migrations that the database lacks, inside the transaction of ``connection``."""
    # Alembic takes longer to import than a database at its head takes to open.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        command.upgrade(config, target)
    except CommandError as error:
        message = f"{connection.engine.url}: a newer version of Who Counts made this database; update the program"
        raise NewerStoreError(message) from error
    if target == HEAD:
        fill_derived(connection, on_step)
