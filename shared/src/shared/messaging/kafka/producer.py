"""Sends records: idempotent, acknowledged by all in-sync replicas, without linger."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared.messaging.kafka.refusals import RecordsRefusedError, is_about_the_record
from shared.messaging.kafka.waiting import KafkaUnavailableError, bounded, stop
from shared.process.settings import KafkaSettings

_LARGEST_BATCH_BYTES = 262_144

Acknowledgment = asyncio.Future[Any]


class Outgoing(NamedTuple):
    """One record to send; only a record without a subject has no key."""

    key: bytes | None
    value: bytes
    headers: list[tuple[str, bytes]]


class Sent(NamedTuple):
    """Records sent together, and a future that ends when Kafka has them.

    `first` and `last` are their places among the records of one call, or their sequences.
    """

    acknowledgment: Acknowledgment
    partition: int
    first: int
    last: int


class Producer:
    """Sends records to explicit partitions of one topic."""

    def __init__(self, settings: KafkaSettings, topic: str) -> None:
        self._topic = topic
        self._client = AIOKafkaProducer(
            bootstrap_servers=settings.kafka_bootstrap_servers,
            enable_idempotence=True,
            acks="all",
            linger_ms=0,
            max_batch_size=_LARGEST_BATCH_BYTES,
        )

    async def start(self) -> None:
        """Connect; the caller has just seen the broker answer."""
        await bounded(self._client.start())

    async def stop(self) -> None:
        """Disconnect; raises WedgedError if the library does not return."""
        await stop(self._client.stop(), "producer")

    async def send(
        self,
        partition: int,
        records: Sequence[Outgoing],
        *,
        first_alone: bool,
        each_alone: bool = False,
    ) -> list[Sent]:
        """Send records in order; the returned futures complete when Kafka has them.

        With `first_alone` nothing follows the first batch before Kafka has it; with `each_alone`
        every record is its own batch. After a refusal the producer cannot be used any more, because
        the broker expects the sequence numbers of the refused records.
        """
        sent: list[Sent] = []
        for batch, first, last in self._batches(records, each_alone=each_alone):
            acknowledgment = await self._hand_over(partition, batch)
            acknowledgment.add_done_callback(_see)
            handed = Sent(acknowledgment, partition, first, last)
            if first_alone and not sent:
                await acknowledged([handed])
            sent.append(handed)
        return sent

    async def _hand_over(self, partition: int, batch: Any) -> Acknowledgment:  # noqa: ANN401 - the library has no types
        """Waits, if needed, for the previous batch, whose own follower limits the wait."""
        try:
            sent: Acknowledgment = await self._client.send_batch(
                batch, self._topic, partition=partition
            )
        except (KafkaError, OSError, TimeoutError) as error:
            raise KafkaUnavailableError(f"{type(error).__name__}: {error}") from error
        return sent

    def _batches(
        self, records: Sequence[Outgoing], *, each_alone: bool
    ) -> Iterator[tuple[Any, int, int]]:
        """Yield batches as full as possible, each with the places of its first and last record."""
        batch, first = self._client.create_batch(), 0
        for place, record in enumerate(records):
            if (each_alone and place > first) or not _fits(batch, record):
                batch.close()
                yield batch, first, place - 1
                batch, first = self._client.create_batch(), place
                _fits(batch, record)
        batch.close()
        yield batch, first, len(records) - 1


def _fits(batch: Any, record: Outgoing) -> bool:  # noqa: ANN401 - the library has no types
    key, value, headers = record
    return batch.append(timestamp=None, key=key, value=value, headers=headers) is not None


def _see(done: "asyncio.Future[Any]") -> None:
    """Retrieve the outcome, so that asyncio does not warn about a future that nobody awaits."""
    if not done.cancelled():
        done.exception()


async def acknowledged(sent: Iterable[Sent]) -> None:
    """Wait until Kafka has acknowledged these.

    Raises RecordsRefusedError if it refused records because of their contents,
    KafkaUnavailableError if a send failed otherwise.
    """
    for each in sent:
        try:
            await bounded(each.acknowledgment)
        except KafkaUnavailableError as error:
            if is_about_the_record(error.__cause__):
                reason = type(error.__cause__).__name__
                raise RecordsRefusedError(*each[1:], reason) from error
            raise
