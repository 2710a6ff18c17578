"""Receives records as a member of the service's consumer group, at positions of our own.

PostgreSQL stores the positions; offsets are committed to Kafka only for lag monitoring.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import (
    IllegalStateError,
    KafkaError,
    NoOffsetForPartitionError,
    OffsetOutOfRangeError,
)

from shared.messaging.kafka.topics import as_record
from shared.messaging.kafka.undecodable import Undecodable, is_undecodable, read_one_by_one
from shared.messaging.kafka.waiting import CALL_SECONDS, KafkaUnavailableError, bounded, stop
from shared.messaging.wire.envelope import KafkaRecord
from shared.messaging.wire.partition import Partition
from shared.process.settings import KafkaSettings

_SESSION_TIMEOUT_MS = 6_000
_HEARTBEAT_MS = 2_000
_METADATA_AGE_MS = 30_000
_FETCH_WAIT_MS = 2_000


class OutOfRangeError(Exception):
    """A position that the partition does not have: before its beginning or beyond its end."""

    def __init__(self, partitions: Collection[Partition]) -> None:
        super().__init__(", ".join(f"{topic}[{number}]" for topic, number in partitions))
        self.partitions = partitions


class UndecodableError(Exception):
    """Fetched data cannot be decoded, so each partition must be positioned again.

    What was fetched with it from other partitions is lost to the client too.
    """


class NotPositionedError(Exception):
    """A partition was assigned and has no position yet."""


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc] # the library has no types
    def __init__(self, on_revoked: Callable[[], None]) -> None:
        self._on_revoked = on_revoked

    def on_partitions_revoked(self, revoked: object) -> None:
        """Called before a rebalance, which may give these partitions to another process."""
        del revoked
        self._on_revoked()

    def on_partitions_assigned(self, assigned: object) -> None:
        """Does nothing: the next fetch finds the new partitions and sets their positions."""


class Subscriber:
    """Reads topics as a member of a group."""

    def __init__(self, settings: KafkaSettings, group: str, on_revoked: Callable[[], None]) -> None:
        self._listener = _Listener(on_revoked)
        self._client = AIOKafkaConsumer(
            bootstrap_servers=settings.kafka_bootstrap_servers,
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="none",
            session_timeout_ms=_SESSION_TIMEOUT_MS,
            heartbeat_interval_ms=_HEARTBEAT_MS,
            fetch_max_wait_ms=_FETCH_WAIT_MS,
            metadata_max_age_ms=_METADATA_AGE_MS,
        )
        self._subscribed: frozenset[str] = frozenset()

    async def start(self) -> None:
        """Connect; raises KafkaUnavailableError if no broker answers."""
        await bounded(self._client.start())

    async def stop(self) -> None:
        """Leave the group; raises WedgedError if the library does not return."""
        await stop(self._client.stop(), "consumer")

    async def subscribe(self, topics: frozenset[str]) -> frozenset[str]:
        """Subscribe to the topics that exist; return those that do not exist yet.

        Subscribing to a missing topic would make the broker create it with wrong settings.
        """
        known: set[str] = await bounded(self._client.topics())
        there = topics & known
        if there and there != self._subscribed:
            self._client.subscribe(topics=sorted(there), listener=self._listener)
            self._subscribed = there
        return topics - there

    @property
    def assigned(self) -> set[Partition]:
        """The partitions assigned to this member now."""
        return {Partition(*place) for place in self._client.assignment()}

    def seek(self, partition: Partition, offset: int) -> None:
        """Continue from an offset; does nothing if the partition is no longer assigned."""
        try:
            self._client.seek(TopicPartition(*partition), offset)
        except IllegalStateError:
            return

    def pause(self, partition: Partition) -> None:
        """Stop reading one partition; the others go on."""
        if partition in self.assigned:
            self._client.pause(TopicPartition(*partition))

    def resume(self, partition: Partition) -> None:
        """Read a paused partition again."""
        if partition in self.assigned:
            self._client.resume(TopicPartition(*partition))

    async def fetch(self, seconds: float, limit: int) -> dict[Partition, list[KafkaRecord]]:
        """Return what has arrived, waiting up to `seconds` for the first record.

        Raises OutOfRangeError or NotPositionedError for partitions that need a position,
        UndecodableError for batches that must be found and skipped.
        """
        if not self._subscribed:
            return {}
        asking = self._client.getmany(timeout_ms=int(seconds * 1000), max_records=limit)
        try:
            async with asyncio.timeout(seconds + CALL_SECONDS):
                fetched = await asking
        except OffsetOutOfRangeError as error:
            raise OutOfRangeError([Partition(*place) for place in error.args[0]]) from error
        except NoOffsetForPartitionError as error:
            raise NotPositionedError from error
        except Exception as error:
            if is_undecodable(error):
                raise UndecodableError(type(error).__name__) from error
            if isinstance(error, KafkaError | TimeoutError):
                raise KafkaUnavailableError(f"{type(error).__name__}: {error}") from error
            raise
        return {
            Partition(*place): [as_record(record) for record in records]
            for place, records in fetched.items()
        }

    async def fetch_one_by_one(
        self, partition: Partition, offset: int, limit: int
    ) -> tuple[list[KafkaRecord], Undecodable | None]:
        """Return a partition's records from an offset on, and what cannot be decoded after them."""
        place = TopicPartition(*partition)
        if partition not in self.assigned:
            return [], None
        end = (await bounded(self._client.end_offsets([place])))[place]
        reading = read_one_by_one(self._client, place, offset, end, limit)
        records, undecodable = await bounded(reading)
        return [as_record(record) for record in records], undecodable

    async def beginning(self, partition: Partition) -> int:
        """Return the first offset a partition still has."""
        place = TopicPartition(*partition)
        offsets = await bounded(self._client.beginning_offsets([place]))
        return int(offsets[place])

    async def ends(self) -> dict[Partition, int]:
        """Return the offset after the last record of every assigned partition."""
        places = self._client.assignment()
        offsets = await bounded(self._client.end_offsets(places)) if places else {}
        return {Partition(*place): offset for place, offset in offsets.items()}

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Commit offsets to Kafka for lag monitoring."""
        ours = {
            TopicPartition(*place): at for place, at in offsets.items() if place in self.assigned
        }
        if ours:
            await bounded(self._client.commit(ours))
