"""The other side of `processes`: what each process of the benchmark does besides its role."""

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.events.place import Place
from shared.process.garbage import collect_seldom

Role = Callable[[Place, dict[str, Any], asyncio.Event], Awaitable[dict[str, Any] | None]]


def play(role: Role) -> None:
    """Run a role with the place and options of the command line, and print what it returns."""
    place, options = Place(**json.loads(sys.argv[1])), json.loads(sys.argv[2])
    collect_seldom()  # as a worker of a service does; the others are given the same
    asyncio.run(_play(role, place, options))


async def _play(role: Role, place: Place, options: dict[str, Any]) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    result = await role(place, options, stop)
    sys.stdout.write(json.dumps(result) + "\n")


def ready() -> None:
    """Say that the role may be relied on from here."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
