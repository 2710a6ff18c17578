"""The certification API as `make run` starts it, the bare route beside it, and who signs tokens."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.events.servers import say
from local_system.credentials import Credentials
from local_system.environment import Places
from local_system.issuer import IssuerServer, issuer_app
from local_system.launch import service_command
from local_system.ports import HOST, free_block, free_port
from local_system.processes import Supervisor
from local_system.program import ChildProgram, inherited_environment
from local_system.readiness import answers_ok, port_accepts
from local_system.state import StateFolder
from local_system.tokens import issue, kept_signing_key
from shared.security.principals import Role

START_SECONDS = 60
TESTS = Path(__file__).resolve().parents[2]
NO_LIMIT = {"STATUS_REQUESTS_PER_MINUTE": "1000000000"}
"""All come from one address here."""


@dataclass(frozen=True)
class Served:
    """Where the two listen, which processes they are, and a manager's token."""

    api_port: int
    api_process: int
    bare_port: int
    bare_process: int
    token: str


@asynccontextmanager
async def served(database_url: str, folder: Path) -> AsyncIterator[Served]:
    """Serve a database during the block."""
    ports, credentials = free_block(), Credentials()
    state = StateFolder(folder / "state")
    state.folder.mkdir()
    state.issuer.write_text(ports.url("issuer"))
    places = Places(ports, credentials, f"{HOST}:9", documents=folder, overrides=NO_LIMIT)
    issuer = IssuerServer(
        issuer_app(kept_signing_key(state), ports.url("issuer"), credentials.clients),
        ports["issuer"],
    )
    serving = asyncio.create_task(issuer.serve())
    supervisor = Supervisor(folder / "processes", say)
    api, bare_port = ports["certification"], free_port()
    try:
        await supervisor.start(
            _api(places, database_url, api, folder), _bare(database_url, bare_port, folder)
        )
        await supervisor.wait_ready(("api", "bare"), START_SECONDS)
        token = issue(state, Role.BOARD_MANAGER)
        api_process, bare_process = map(supervisor.process_id, ("api", "bare"))
        yield Served(api, api_process, bare_port, bare_process, token)
    finally:
        await supervisor.stop()
        issuer.should_exit = True
        await serving


def _api(places: Places, database_url: str, port: int, folder: Path) -> ChildProgram:
    return ChildProgram(
        name="api",
        command=service_command("certification", "api"),
        log=folder / "api.log",
        is_ready=answers_ok(f"http://{HOST}:{port}/health/ready"),
        environment=inherited_environment() | places.service("certification", database_url),
    )


def _bare(database_url: str, port: int, folder: Path) -> ChildProgram:
    told = {"BARE_DATABASE_URL": database_url, "BARE_PORT": str(port), "PYTHONPATH": str(TESTS)}
    return ChildProgram(
        name="bare",
        command=(sys.executable, "-m", "benchmarks.certification.bare_route"),
        log=folder / "bare.log",
        is_ready=port_accepts(port),
        environment={**os.environ, **told},
    )
