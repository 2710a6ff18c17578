"""Run a temporary server for a test run: `python -m local_system.lend postgres FOLDER PROCESS`.

The server ends when the process with the id PROCESS ends, for whatever reason. Once it works, its
address is written to `FOLDER/<server>.address`. Its data is not durable, so that it is faster.
"""

import asyncio
import os
import secrets
import signal
import sys
from dataclasses import replace
from pathlib import Path

import psutil

from local_system.kafka import Kafka
from local_system.ports import free_port
from local_system.postgres import Postgres
from local_system.processes import Supervisor
from local_system.program import ChildProgram

LOOK_EVERY_SECONDS = 0.5
START_SECONDS = 240


def throw_away_postgres(folder: Path) -> tuple[ChildProgram, str]:
    """Prepare a PostgreSQL; return its program and the superuser's address."""
    server = Postgres(
        folder=folder / "postgres",
        port=free_port(),
        password=secrets.token_urlsafe(12),
        log=folder / "postgres.log",
        is_durable=False,
    )
    server.prepare()
    return replace(server.program(), stop_signal=signal.SIGQUIT), server.url()


def throw_away_kafka(folder: Path) -> tuple[ChildProgram, str]:
    """Prepare a Kafka; return its program and the address for clients."""
    broker = Kafka(
        folder=folder / "kafka",
        port=free_port(),
        controller_port=free_port(),
        log=folder / "kafka.log",
    )
    broker.prepare()
    return replace(broker.program(), stop_signal=signal.SIGKILL), broker.bootstrap


async def lend(server: str, folder: Path, borrower: int) -> None:
    """Run the server until the borrower is gone or we are told to stop."""
    prepare = {"postgres": throw_away_postgres, "kafka": throw_away_kafka}[server]
    program, address = prepare(folder)
    lives_for = psutil.Process(borrower)
    returned = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, returned.set)
    supervisor = Supervisor(folder / f"{server}.processes", print)
    await supervisor.start(program)
    try:
        await supervisor.wait_ready([server], START_SECONDS)
        fresh = folder / f"{server}.address.new"
        fresh.write_text(f"{os.getpid()}\n{address}\n")
        fresh.replace(folder / f"{server}.address")
        while not returned.is_set() and lives_for.is_running():
            try:
                async with asyncio.timeout(LOOK_EVERY_SECONDS):
                    await returned.wait()
            except TimeoutError:
                continue
    finally:
        await supervisor.stop()


if __name__ == "__main__":
    asyncio.run(lend(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
