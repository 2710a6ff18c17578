"""A service that writes at a steady rate: when each commit returned, by the machine's own clock.

Each writer has things of its own and writes one event after the other, as a lock on the subject
would have it; the hint is given as `Database.transaction` gives it.
"""

import asyncio
import time
from itertools import count
from typing import Any
from uuid import UUID

import asyncpg

from benchmarks.events.place import Place
from benchmarks.events.role import play, ready
from benchmarks.events.workload import NOTE, ThingMoved
from shared.database.outbox_hint import Hint
from shared.identifiers import new_id

WRITERS = 4
THINGS_EACH = 50

_INSERT = """
    INSERT INTO outbox (event_id, type, schema_version, subject_kind, subject_id, occurred_at,
                        correlation_id, causation_id, data, traceparent)
    VALUES ($1, $2, 1, 'thing', $3, clock_timestamp(), $1, NULL, $4, NULL)
"""


async def write(place: Place, options: dict[str, Any], _: asyncio.Event) -> dict[str, Any]:
    """Write for so many seconds at so many events a second; return when each was committed."""
    writer = _Writer(place, rate=options["rate"], seconds=options["seconds"])
    connections = [await place.connect() for _ in range(WRITERS)]
    ready()
    writer.begin()
    await asyncio.gather(*(writer.work(each) for each in connections))
    await asyncio.gather(*(each.close() for each in connections))
    return {"committed": writer.committed}


class _Writer:
    def __init__(self, place: Place, *, rate: float, seconds: float) -> None:
        self._kind = ThingMoved.type_for(place.service)
        self._rate, self._events = rate, int(rate * seconds)
        self._next, self._hint = count(), Hint()
        self.committed: dict[str, int] = {}

    def begin(self) -> None:
        self._began = time.monotonic()

    async def work(self, connection: asyncpg.Connection) -> None:
        insert = await connection.prepare(_INSERT)
        things, numbers = [new_id() for _ in range(THINGS_EACH)], count()
        while (nth := next(self._next)) < self._events:
            await asyncio.sleep(self._began + nth / self._rate - time.monotonic())
            event_id, number = new_id(), next(numbers)
            thing_id = things[number % THINGS_EACH]
            await insert.fetch(event_id, self._kind, thing_id, _data(thing_id, number))
            self.committed[str(event_id)] = time.monotonic_ns()
            await self._hint.give_by(connection)


def _data(thing_id: UUID, number: int) -> bytes:
    return ThingMoved(thing_id=thing_id, number=number, note=NOTE).model_dump_json().encode()


if __name__ == "__main__":
    play(write)
