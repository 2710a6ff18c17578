"""The ceiling of writing a log: COPY into a table with the same columns and keys, nothing else."""

import asyncio
from typing import Any

from benchmarks.events.place import Place
from benchmarks.events.processes import Meter
from benchmarks.events.records import events_of
from benchmarks.events.role import play, ready
from shared.messaging.log.event_log import LoggedEvent

AT_ONCE = 2_000


async def copy(place: Place, _: dict[str, Any], __: asyncio.Event) -> dict[str, float]:
    """Copy what the log of a place holds, a transaction for each two thousand."""
    events = await events_of(place)
    connection = await place.connect()
    await connection.execute(
        "CREATE TABLE copied (LIKE event_log INCLUDING ALL, UNIQUE (event_id))"
    )
    ready()
    meter = Meter()
    for first in range(0, len(events), AT_ONCE):
        some = events[first : first + AT_ONCE]
        await connection.copy_records_to_table("copied", records=some, columns=LoggedEvent._fields)
    cost = meter.read()
    await connection.close()
    return {
        "per_second": len(events) / cost.seconds,
        "cpu_per_1000": cost.cpu_seconds / len(events) * 1000,
    }


if __name__ == "__main__":
    play(copy)
