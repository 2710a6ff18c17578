"""What the supervisor needs to know about a program in order to keep it running."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from local_system.tether import tied_command

Readiness = Callable[[], Awaitable[bool]]
Hindrance = Callable[[], Awaitable[str]]
"""Returns why a program does not work yet; an empty text if it gives no reason."""


async def says_nothing() -> str:
    """The reason of a program that has no readiness check: always empty."""
    return ""


@dataclass(frozen=True)
class ChildProgram:
    """A command with its environment, its log and its readiness check."""

    name: str
    command: tuple[str, ...]
    log: Path
    is_ready: Readiness
    hindrance: Hindrance = says_nothing
    environment: Mapping[str, str] = field(default_factory=dict)
    stage: int = 0
    """Higher stages are stopped first."""
    user: str = ""
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    orphan_signal: signal.Signals = signal.SIGKILL
    shares_imports: bool = False
    """Whether it is a service's `python -m …`, which a fork server, if there is one, forks."""


async def spawn(program: ChildProgram) -> asyncio.subprocess.Process:
    """Start the program in its own session, so that Ctrl-C reaches only the supervisor."""
    program.log.parent.mkdir(parents=True, exist_ok=True)
    with program.log.open("ab") as log:
        return await asyncio.create_subprocess_exec(
            *tied_command(program.command, program.orphan_signal, program.user),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=asyncio.subprocess.STDOUT,
            env=dict(program.environment),
            start_new_session=True,
        )


def inherited_environment() -> dict[str, str]:
    """This process's environment without its own settings, which must not reach a service."""
    ours = ("CASOMB_", "DOJ_SIMULATOR_", "DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
