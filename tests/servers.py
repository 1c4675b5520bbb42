"""A PostgreSQL server for the tests, made from Debian's packages, on a socket of its own and on no port."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

NEEDED = "WHO_COUNTS_TEST_POSTGRESQL"
"""Where this is set to "needed", as in continuous integration, a missing server is a failure."""

ABSENT = "no PostgreSQL server here: sudo apt-get install postgresql"
USER = "postgres"
PACKAGES = Path("/usr/lib/postgresql")


@dataclass(slots=True)
class Server:
    """A server in a folder of its own; it may be stopped and started."""

    programs: Path
    folder: Path
    made: int = 0

    def start(self) -> None:
        # Tests kill the client, never the server, so the server need not wait for the disk.
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c shared_buffers=32MB -c max_connections=40"
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "fast", "stop")

    def name_address(self, name: str) -> str:
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def make_database(self) -> str:
        """Make an empty database and return its address."""
        self.made += 1
        name = f"test{self.made}"
        engine = create_engine(self.name_address("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.name_address(name)

    def initialise(self) -> None:
        self._run("initdb", "-D", self.folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")

    def _run(self, program: str, *arguments: object) -> None:
        # The server refuses to run as root.
        user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
        command = [*user, str(self.programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def find_programs() -> Path | None:
    """Return the folder of the newest installed server, None where there is none."""
    folders = [path for path in PACKAGES.glob("*/bin") if (path / "initdb").exists()]
    if folders:
        return max(folders, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def run_server() -> Iterator[Server | None]:
    """Give a running server, which is gone afterwards; None where none is installed."""
    programs = find_programs()
    if programs is None:
        if os.environ.get(NEEDED) == "needed":
            raise FileNotFoundError(ABSENT)
        yield None
        return
    # The folder of pytest is closed to the user who runs the server.
    folder = Path(tempfile.mkdtemp(prefix="who-counts-"))
    server = Server(programs, folder)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        server.initialise()
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
