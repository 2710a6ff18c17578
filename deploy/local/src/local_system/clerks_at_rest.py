"""Pauses the clerks of a running system while past events are played on it.

A clerk uses today's date and would report a duty as overdue before the act that met it in time is
played. A paused clerk is a standby, as if another clerk were the leader.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable

from pydantic import SecretStr

from local_system.launch import database_of
from local_system.system import System
from shared.database import leases
from shared.database import unpooled_connections as connections
from shared.database.leases import LEASE_SECONDS, LeaseLostError
from shared.database.unpooled_connections import Connection
from shared.identifiers import new_id
from shared.law.clerk.loop import LEASE
from shared.process.settings import DatabaseSettings

RENEW_EVERY_SECONDS = LEASE_SECONDS / 4


def databases(system: System, services: Iterable[str]) -> list[DatabaseSettings]:
    """The databases of these services' clerks."""
    addresses = [SecretStr(database_of(system, service)) for service in services]
    return [DatabaseSettings(database_url=address) for address in addresses]


@contextlib.asynccontextmanager
async def clerks_at_rest(of: Iterable[DatabaseSettings]) -> AsyncIterator[None]:
    """Pause the clerks of some databases until the block ends."""
    async with contextlib.AsyncExitStack() as stack:
        for settings in of:
            connection = await connections.connect(settings, "clerk at rest", {})
            stack.push_async_callback(connections.close, connection)
            await stack.enter_async_context(_lease_held(connection))
        await asyncio.sleep(LEASE_SECONDS)  # so long who led before may still act
        yield


@contextlib.asynccontextmanager
async def _lease_held(connection: Connection) -> AsyncIterator[None]:
    owner = new_id()
    lease = await leases.take_over(connection, LEASE, owner)

    async def keep() -> None:
        nonlocal lease
        while True:
            await asyncio.sleep(RENEW_EVERY_SECONDS)
            try:
                await lease.renew(connection)
            except LeaseLostError:  # this process was held up for longer than the lease lasts
                lease = await leases.take_over(connection, LEASE, owner)

    keeping = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping
        await lease.release(connection)
