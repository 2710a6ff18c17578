"""A backlog that appears at one moment, and how long it takes until Kafka has all of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import asyncpg

from benchmarks.events import workload
from benchmarks.events.place import Place
from benchmarks.events.processes import running

WARM_UP = 2_000
_LOOK_SECONDS = 0.02

IsDrained = Callable[[asyncpg.Connection, int], Awaitable[bool]]


@dataclass(frozen=True)
class Drained:
    """How a backlog went."""

    events_per_second: float
    cpu_seconds_per_1000: float
    megabytes: float


async def drain(role: str, place: Place, count: int, is_drained: IsDrained) -> Drained:
    """Let a role drain so many events, after a warm-up that is not measured."""
    connection = await place.connect()
    async with running(role, place) as child:
        await workload.fill(connection, place.service, WARM_UP)
        await _until(is_drained, connection, WARM_UP)
        async with connection.transaction():  # nobody sees any of it before all of it
            after = WARM_UP // workload.THINGS
            await workload.fill(connection, place.service, count, first_number=after)
            await connection.execute("ANALYZE outbox")
        meter = child.meter()
        await _until(is_drained, connection, WARM_UP + count)
        cost, megabytes = meter.read(), meter.megabytes
    await connection.close()
    return Drained(count / cost.seconds, cost.cpu_seconds / count * 1000, megabytes)


async def _until(is_drained: IsDrained, connection: asyncpg.Connection, count: int) -> None:
    while not await is_drained(connection, count):  # noqa: ASYNC110 - another process is at work
        await asyncio.sleep(_LOOK_SECONDS)


async def is_published(connection: asyncpg.Connection, count: int) -> bool:
    """Whether the publisher has recorded that Kafka acknowledged so many."""
    return await connection.fetchval("SELECT published_through FROM published") == count


async def is_empty(connection: asyncpg.Connection, _: int) -> bool:
    """Whether the outbox is empty: the poller deletes what Kafka acknowledged."""
    return not await connection.fetchval("SELECT EXISTS (SELECT FROM outbox)")
