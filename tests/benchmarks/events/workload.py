"""What is published: many things that move, each in its order, about 200 bytes an event."""

from typing import ClassVar
from uuid import UUID

import asyncpg

from shared.database.outbox_hint import CHANNEL
from shared.events.event import Event

THINGS = 20_000
NOTE = "as plain as codes and dates are in the events of the four services, and as long as they get"


class ThingMoved(Event):
    """A thing moved for the so-many-th time."""

    noun_verb: ClassVar[str] = "thing.moved"
    subject_kind: ClassVar[str] = "thing"

    thing_id: UUID
    number: int
    note: str


_FILL = """
    INSERT INTO outbox (event_id, type, schema_version, subject_kind, subject_id, occurred_at,
                        correlation_id, causation_id, data, traceparent)
    SELECT uuidv7(), $1, 1, 'thing', thing_id, clock_timestamp(), gen_random_uuid(), NULL,
           convert_to(
               json_build_object('thing_id', thing_id, 'number', number, 'note', $2::text)::text,
               'UTF8'),
           NULL
    FROM (
        SELECT md5('thing ' || n % $3)::uuid AS thing_id, $4 + n / $3 AS number
        FROM generate_series(0::bigint, $5::bigint - 1) AS n
    ) AS moved
"""


async def fill(
    connection: asyncpg.Connection, service: str, count: int, first_number: int = 0
) -> None:
    """Put so many events in the outbox at one moment, each thing's numbers ascending."""
    kind = ThingMoved.type_for(service)
    async with connection.transaction():
        await connection.execute(_FILL, kind, NOTE, THINGS, first_number, count, timeout=600)
        await connection.execute("INSERT INTO written SELECT event_id FROM outbox", timeout=600)
        await connection.execute("ANALYZE outbox")
    await connection.execute(f"NOTIFY {CHANNEL}")
