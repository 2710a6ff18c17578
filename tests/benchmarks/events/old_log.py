"""A year's log: whether millions of old events slow down what is published now.

The old events were made for another topic, so that the empty one beside this log is whole.
"""

from dataclasses import asdict

import asyncpg

from benchmarks.events import feed_pages
from benchmarks.events.drain import drain, is_published
from benchmarks.events.figures import Figures
from benchmarks.events.options import Options
from benchmarks.events.place import PARTITIONS, forget, new_place
from benchmarks.events.processes import running
from benchmarks.events.servers import Servers, say
from shared.messaging.log.log_partitions import EVENTS_PER_PARTITION, LogPartitions

_AT_ONCE = 500_000
_GENERATE = """
    INSERT INTO event_log
    SELECT n, uuidv7(), 'old.thing.moved', 1, 'thing', md5('thing ' || n / 20)::uuid,
           clock_timestamp(), gen_random_uuid(), NULL,
           convert_to('{"filler": "' || repeat('x', 160) || '"}', 'UTF8'), NULL,
           n % $3, greatest(n - $3, 0)
    FROM generate_series($1::bigint, $2::bigint) AS n
"""


async def measure(servers: Servers, options: Options, figures: Figures) -> None:
    """Make an old log, read its feed, and drain the same backlog as without one."""
    place = await new_place(servers)
    connection = await place.connect()
    async with running("publisher", place):
        pass  # it has written the row of the publication
    await _make(connection, options.log)
    pages = await feed_pages.measure(place, options.log)
    figures.note(f"feed over {options.log:,}", pages)
    drained = await drain("publisher", place, options.events, is_published)
    figures.note(f"drain after {options.log:,}", asdict(drained))
    await connection.close()
    await forget(servers, place)


async def _make(connection: asyncpg.Connection, count: int) -> None:
    partitions = LogPartitions(connection)
    for first in range(1, count + 1, _AT_ONCE):
        last = min(first + _AT_ONCE - 1, count)
        if first % EVENTS_PER_PARTITION == 1:
            say(f"an old log: {first - 1:,} of {count:,}")
        await partitions.prepare(last)
        await connection.execute(_GENERATE, first, last, PARTITIONS, timeout=600)
    await connection.execute("UPDATE publication SET sequenced_through = $1", count)
    await connection.execute("UPDATE published SET published_through = $1", count)
    await connection.execute("ANALYZE event_log", timeout=600)
