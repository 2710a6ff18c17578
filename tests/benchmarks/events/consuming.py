"""The consumer of a service on a full topic: how fast it projects, once each and in order."""

import asyncio
from dataclasses import dataclass

import asyncpg

from benchmarks.events.place import Place
from benchmarks.events.processes import running

_LOOK_SECONDS = 0.05
_DONE = """
    SELECT coalesce(sum(last_sequence), 0)
           = (SELECT sum(tail) FROM publication, unnest(tails) AS tail)
    FROM consumer_progress
"""
_FAULTS = """
    SELECT (SELECT count(*) FROM written WHERE event_id NOT IN (SELECT event_id FROM movements))
               AS lost,
           (SELECT count(*) - count(DISTINCT event_id) FROM movements) AS twice,
           (SELECT count(*) FROM (
               SELECT number <= lag(number) OVER (PARTITION BY thing_id ORDER BY id) AS falls
               FROM movements) AS numbers WHERE falls) AS out_of_order
"""


@dataclass(frozen=True)
class Consumed:
    """How the projection went; the last three must be nought."""

    per_second: float
    cpu_per_1000: float
    lost: int
    twice: int
    out_of_order: int


async def consume(place: Place) -> Consumed:
    """Project everything that the topic of a place holds, once the consumer has begun."""
    connection = await place.connect()
    async with running("consumer", place) as child:
        while not (before := await _projected(connection)):  # noqa: ASYNC110 - polled
            await asyncio.sleep(_LOOK_SECONDS)
        meter = child.meter()
        while not await connection.fetchval(_DONE):  # noqa: ASYNC110 - another process works
            await asyncio.sleep(_LOOK_SECONDS)
        cost = meter.read()
    count = await connection.fetchval("SELECT count(*) FROM movements") - before
    faults = await connection.fetchrow(_FAULTS, timeout=600)
    await connection.close()
    return Consumed(count / cost.seconds, cost.cpu_seconds / count * 1000, *(faults or (0, 0, 0)))


async def _projected(connection: asyncpg.Connection) -> int:
    return int(await connection.fetchval("SELECT count(*) FROM movements"))
