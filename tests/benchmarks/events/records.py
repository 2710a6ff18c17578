"""The records of a place's log as they go to Kafka, made before anything is measured."""

from benchmarks.events.place import Place
from shared.messaging.kafka.producer import Outgoing
from shared.messaging.log import event_log
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.envelope import headers_of, source_of
from shared.messaging.wire.partitioning import subject_key

Records = list[tuple[int, Outgoing]]
_AT_ONCE = 20_000


async def events_of(place: Place) -> list[LoggedEvent]:
    """Read the whole log of a place."""
    connection = await place.connect()
    events: list[LoggedEvent] = []
    while found := await event_log.read_after(
        connection, events[-1].sequence if events else 0, _AT_ONCE
    ):
        events += found
    await connection.close()
    return events


async def records_of(place: Place) -> Records:
    """Return each event of the log as a record, with its partition."""
    source = source_of(place.service)
    return [
        (
            event.partition,
            Outgoing(subject_key(event.subject_id), event.data, headers_of(event, source, 1)),
        )
        for event in await events_of(place)
    ]
