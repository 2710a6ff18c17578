"""An integration partner: an independent Kafka consumer that prints what partners see."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable

from aiokafka import AIOKafkaConsumer, ConsumerRecord

TOPICS = ("certification.events", "supervision.events", "scoring.events", "doj-gateway.events")
CAUGHT_UP_SECONDS = 60.0


class Partner:
    """Reads every topic from its beginning and counts the events."""

    def __init__(self, kafka: str, say: Callable[[str], None]) -> None:
        self._kafka = kafka
        self._say = say
        self.seen: Counter[str] = Counter()
        self._news = asyncio.Condition()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator["Partner"]:
        """Listen while the block runs."""
        consumer = AIOKafkaConsumer(
            *TOPICS,
            bootstrap_servers=self._kafka,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            metadata_max_age_ms=1000,
        )
        await consumer.start()
        reading = asyncio.create_task(self._read(consumer))
        try:
            yield self
        finally:
            reading.cancel()
            await asyncio.wait([asyncio.ensure_future(consumer.stop())], timeout=5)

    async def has_seen(self, kinds: set[str]) -> bool:
        """Wait up to a time limit until an event of each of these types has arrived."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CAUGHT_UP_SECONDS), self._news:
                await self._news.wait_for(lambda: kinds <= set(self.seen))
        return kinds <= set(self.seen)

    async def _read(self, consumer: AIOKafkaConsumer) -> None:
        async for record in consumer:
            kind = _header(record, "ce_type")
            if kind.endswith(".log.watermarked"):
                continue
            async with self._news:
                self.seen[kind] += 1
                self._news.notify_all()
            self._say(
                f"    partner sees {kind} subject {_header(record, 'ce_subject')} "
                f"sequence {_header(record, 'ce_sequence')}"
            )


def _header(record: ConsumerRecord, name: str) -> str:
    return next((value.decode() for key, value in record.headers if key == name), "")
