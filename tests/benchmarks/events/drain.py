"""A backlog that appears at one moment, and how long it takes until Kafka has all of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import asyncpg

from benchmarks.events import workload
from benchmarks.events.place import Place
from benchmarks.events.processes import Meter, running

WARM_UP = 2_000
_LOOK_SECONDS = 0.02

IsDrained = Callable[[asyncpg.Connection, int], Awaitable[bool]]


@dataclass(frozen=True)
class Drained:
    """How a backlog went; the megabytes are the most that the process had."""

    per_second: float
    cpu_per_1000: float
    megabytes: float


async def drain(role: str, place: Place, count: int, is_drained: IsDrained) -> Drained:
    """Let a role drain so many events, after a warm-up that is not measured."""
    connection = await place.connect()
    async with running(role, place) as child:
        await workload.fill(connection, place.service, WARM_UP)
        began = await _sequenced(connection)
        await _until(is_drained, connection, began + WARM_UP, child.meter())
        # Nobody sees any of it before all of it is there.
        await workload.fill(connection, place.service, count, first_number=1)
        meter = child.meter()
        megabytes = await _until(is_drained, connection, began + WARM_UP + count, meter)
        cost = meter.read()
    await connection.close()
    return Drained(count / cost.seconds, cost.cpu_seconds / count * 1000, megabytes)


async def _until(
    is_drained: IsDrained, connection: asyncpg.Connection, through: int, meter: Meter
) -> float:
    megabytes = meter.megabytes
    while not await is_drained(connection, through):
        await asyncio.sleep(_LOOK_SECONDS)
        megabytes = max(megabytes, meter.megabytes)
    return megabytes


async def _sequenced(connection: asyncpg.Connection) -> int:
    found = await connection.fetchval("SELECT max(published_through) FROM published")
    return int(found or 0)


async def is_published(connection: asyncpg.Connection, through: int) -> bool:
    """Whether the publisher has recorded that Kafka acknowledged so much."""
    return bool(await connection.fetchval("SELECT published_through FROM published") == through)


async def is_empty(connection: asyncpg.Connection, _: int) -> bool:
    """Whether the outbox is empty: the poller deletes what Kafka acknowledged."""
    return not await connection.fetchval("SELECT EXISTS (SELECT FROM outbox)")
