"""Records that no publisher puts on a topic so: repeated, out of turn, old, or no events at all."""

from collections.abc import Sequence

from faults.counted import Counted
from shared.identifiers import new_id
from shared.messaging.kafka import topics
from shared.messaging.kafka.producer import Outgoing, Producer, acknowledged
from shared.messaging.log import event_log
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.envelope import KafkaRecord, headers_of, source_of
from shared.messaging.wire.partitioning import subject_key

DEEPEST = 10_000
Headers = Sequence[tuple[str, bytes]]


async def put(counted: Counted, partition: int, *records: Outgoing) -> None:
    """Put records at the end of a partition."""
    producer = Producer(counted.kafka, counted.topic)
    await producer.start()
    try:
        await acknowledged(await producer.send(partition, records, first_alone=False))
    finally:
        await producer.stop()


async def lying_in(counted: Counted, partition: int) -> list[KafkaRecord]:
    """Return the events that lie in a partition, without the watermarks between them."""
    partitions = range(counted.kafka.kafka_partitions)
    found = await topics.tails(counted.kafka, counted.topic, partitions, DEEPEST)
    return [each for each in found[partition].records if "ce_sequence" in dict(each.headers)]


def again(record: KafkaRecord) -> Outgoing:
    """The same record, byte by byte."""
    subject = dict(record.headers).get("ce_subject", b"")
    return Outgoing(subject, record.value, list(record.headers))


def as_published(counted: Counted, event: LoggedEvent, epoch: int = 1) -> Outgoing:
    """The record that the publisher would make of a logged event."""
    headers = headers_of(event, source_of(counted.service), epoch)
    return Outgoing(subject_key(event.subject_id), event.data, headers)


def watermark(counted: Counted, last: KafkaRecord, previous: int) -> Outgoing:
    """A watermark after a record, saying that a sequence was the last before it."""
    changed = {
        "ce_id": str(new_id()).encode(),
        "ce_type": f"{counted.service}.log.watermarked".encode(),
        "ce_previoussequence": b"%d" % previous,
    }
    left_out = {"ce_sequence", "ce_subject", "ce_dataschema"}
    headers = {name: value for name, value in last.headers if name not in left_out} | changed
    return Outgoing(b"", b"{}", list(headers.items()))


async def logged_after(counted: Counted, sequence: int) -> list[LoggedEvent]:
    """Return the log's events after a sequence, whole."""
    async with counted.connected() as connection:
        return await event_log.read_after(connection, sequence, DEEPEST)
