"""The sending side: idempotent, acknowledged by all replicas in sync, no linger."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared.messaging.kafka.waiting import KafkaUnavailableError, bounded, stop
from shared.operations.settings import KafkaSettings

_LARGEST_BATCH_BYTES = 262_144

Acknowledgment = asyncio.Future[Any]


class Outgoing(NamedTuple):
    """One record to send; only what is about no subject has no key."""

    key: bytes | None
    value: bytes
    headers: list[tuple[str, bytes]]


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
        """Disconnect; raises WedgedError when the library does not return."""
        await stop(self._client.stop(), "producer")

    async def send(
        self, partition: int, records: Sequence[Outgoing], *, first_alone: bool
    ) -> list[Acknowledgment]:
        """Hand over records in order; what is returned ends when Kafka has them.

        With `first_alone` nothing follows the first batch before Kafka has that one.
        """
        sent: list[Acknowledgment] = []
        for batch in self._batches(records):
            acknowledgment = await self._hand_over(partition, batch)
            acknowledgment.add_done_callback(_see)
            if first_alone and not sent:
                await acknowledged([acknowledgment])
            sent.append(acknowledgment)
        return sent

    async def _hand_over(self, partition: int, batch: Any) -> Acknowledgment:  # noqa: ANN401 - the library has no types
        """Waits, if it must, for the batch before it: whoever follows that one bounds the wait."""
        try:
            sent: Acknowledgment = await self._client.send_batch(
                batch, self._topic, partition=partition
            )
        except (KafkaError, OSError, TimeoutError) as error:
            raise KafkaUnavailableError(f"{type(error).__name__}: {error}") from error
        return sent

    def _batches(self, records: Iterable[Outgoing]) -> list[Any]:
        batches = [self._client.create_batch()]
        for record in records:
            if not _fits(batches[-1], record):
                batches.append(self._client.create_batch())
                _fits(batches[-1], record)
        for batch in batches:
            batch.close()
        return batches


def _fits(batch: Any, record: Outgoing) -> bool:  # noqa: ANN401 - the library has no types
    key, value, headers = record
    return batch.append(timestamp=None, key=key, value=value, headers=headers) is not None


def _see(done: "asyncio.Future[Any]") -> None:
    """Look at the outcome, so that one that nobody awaits any more is no warning."""
    if not done.cancelled():
        done.exception()


async def acknowledged(acknowledgments: Iterable[Acknowledgment]) -> None:
    """Wait until Kafka has acknowledged these; raises KafkaUnavailableError if one failed."""
    await bounded(asyncio.gather(*acknowledgments))
