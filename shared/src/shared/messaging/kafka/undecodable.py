"""Finds the offsets of batches that the client library cannot decode, so that they are skipped.

Kafka stores whatever a producer sends: a header name that is not UTF-8, an unknown codec, a batch
damaged on disk. The library raises an error without the offset, and would raise it forever. Reading
record by record finds where such a batch begins; a binary search finds where it ends. If too much
is skipped, the chain shows what is missing, and it is read from the feed.
"""

from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition, errors

from shared.messaging.kafka.unpacking import bound_unpacking

_LOOK_MS = 1_000

bound_unpacking()


@dataclass(frozen=True)
class Undecodable:
    """Offsets that cannot be read: the first, the next readable one, and the error."""

    first: int
    next: int
    why: str

    def __str__(self) -> str:
        last = self.next - 1
        place = f"offset {last}" if last == self.first else f"offsets {self.first} to {last}"
        return f"{place} cannot be decoded: {self.why}"


def is_undecodable(error: Exception) -> bool:
    """Whether the library failed to decode what it fetched, rather than to fetch it."""
    if isinstance(error, errors.CorruptRecordException | errors.UnsupportedCodecError):
        return True
    return not isinstance(error, errors.KafkaError | errors.ConsumerStoppedError | TimeoutError)


async def read_one_by_one(
    client: AIOKafkaConsumer, place: TopicPartition, at: int, end: int, limit: int
) -> tuple[list[Any], Undecodable | None]:
    """Return records of a partition from an offset on, and the undecodable offsets after them.

    Leaves the client where it stopped reading. Raises the library's errors if Kafka is unavailable.
    """
    records: list[Any] = []
    client.seek(place, at)
    while at < end and len(records) < limit:
        try:
            fetched = await client.getmany(place, timeout_ms=_LOOK_MS, max_records=1)
        except Exception as error:
            if not is_undecodable(error):
                raise
            after = await _readable_after(client, place, at, end)
            return records, Undecodable(at, after, type(error).__name__)
        if not fetched:
            break
        records += fetched[place]
        at = records[-1].offset + 1
    return records, None


async def _readable_after(
    client: AIOKafkaConsumer, place: TopicPartition, at: int, end: int
) -> int:
    """Return the first offset after an undecodable one that can be read, or the end."""
    step = 1
    while (readable := min(at + step, end)) < end and not await _can_read(client, place, readable):
        at, step = readable, step * 2
    while readable - at > 1:
        middle = (at + readable) // 2
        if await _can_read(client, place, middle):
            readable = middle
        else:
            at = middle
    client.seek(place, readable)
    return readable


async def _can_read(client: AIOKafkaConsumer, place: TopicPartition, offset: int) -> bool:
    client.seek(place, offset)
    try:
        await client.getmany(place, timeout_ms=_LOOK_MS, max_records=1)
    except Exception as error:
        if not is_undecodable(error):
            raise
        return False
    return True
