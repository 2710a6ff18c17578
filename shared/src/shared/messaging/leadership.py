"""One leadership of the publisher: from taking the lease until it is lost, refused or stopped.

Two tasks share it. Sequencing goes on without Kafka; sending comes and goes with it. Before
anything is sequenced Kafka is asked once: when it holds what this log never sent, nothing may be
numbered; when it is away, numbering cannot wait for it, unless it contradicted the log before.
"""

import asyncio
import time
from dataclasses import dataclass, field

from shared.messaging import metrics, takeover
from shared.messaging.connections import Connection
from shared.messaging.envelope import topic_of
from shared.messaging.fault_points import FaultPoint, reach
from shared.messaging.hint import CHANNEL
from shared.messaging.kafka import topics
from shared.messaging.kafka.producer import Producer
from shared.messaging.kafka.waiting import KafkaUnavailableError
from shared.messaging.leases import Lease
from shared.messaging.pace import BUSY_SECONDS, Pace
from shared.messaging.publication import Publication
from shared.messaging.recent_events import RecentEvents
from shared.messaging.sending import SendingSession
from shared.messaging.sequencer import EVENTS_AT_ONCE, Sequencer
from shared.messaging.together import first_of, run_together
from shared.operations.logging import logger
from shared.operations.settings import KafkaSettings

LOG = logger(__name__)

KAFKA_AGAIN_SECONDS = 1.0
_GAUGE_SECONDS = 5.0
_FINISH_SECONDS = 2.0
_GAUGE = """
    SELECT count(*),
           coalesce(extract(epoch FROM clock_timestamp() - min(occurred_at)), 0)::float AS age
    FROM (SELECT occurred_at FROM outbox ORDER BY id LIMIT 10000) AS waiting
"""
_UNPUBLISHED = """
    SELECT extract(epoch FROM clock_timestamp() - occurred_at)::float AS age
    FROM event_log WHERE sequence > (SELECT published_through FROM published)
    ORDER BY sequence LIMIT 1
"""


@dataclass
class Connections:
    """What a leader talks to PostgreSQL with: one for each of its two tasks."""

    sequencing: Connection
    sending: Connection


@dataclass
class Leadership:
    """The work of a leader; `kafka_reason` says why nothing is being sent, if so."""

    service: str
    kafka: KafkaSettings
    connections: Connections
    lease: Lease
    publication: Publication
    was_refused: bool
    kafka_reason: str | None = None
    last_progress: float = field(default_factory=time.monotonic)
    _recent: RecentEvents = field(default_factory=RecentEvents)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _hinted: asyncio.Event = field(default_factory=asyncio.Event)
    _may_sequence: asyncio.Event = field(default_factory=asyncio.Event)
    _session: SendingSession | None = None
    _gauged_at: float = 0.0

    @property
    def is_settled(self) -> bool:
        """Whether Kafka was asked, so that sequencing goes on."""
        return self._may_sequence.is_set()

    async def run(self, stop: asyncio.Event) -> None:
        """Lead until stopped; raises LeaseLostError, LogRefusedError or what went wrong."""
        await run_together(self._sequence(stop), self._send_whenever_possible())

    async def _sequence(self, stop: asyncio.Event) -> None:
        sequencer = Sequencer(self.connections.sequencing, self.lease, self.publication)
        pace = Pace()
        while not self.is_settled and not stop.is_set():
            await self._keep_the_lease()
            await asyncio.sleep(BUSY_SECONDS)
        await self.connections.sequencing.add_listener(CHANNEL, self._be_hinted)
        while not stop.is_set():
            await self._keep_the_lease()
            began = time.monotonic()
            self._hinted.clear()
            has_waiting = await sequencer.has_waiting()
            cost = time.monotonic() - began
            is_full = has_waiting and await self._sequence_once(sequencer)
            if not is_full:
                seconds = pace.after(cost=cost, was_busy=has_waiting)
                await first_of(seconds, self._hinted, stop)
        await self._let_sending_finish()

    def _be_hinted(self, *_: object) -> None:
        self._hinted.set()

    async def _let_sending_finish(self) -> None:
        deadline = time.monotonic() + _FINISH_SECONDS
        while self._session and self._session.recorded < self.publication.sequenced_through:
            if time.monotonic() > deadline:
                return
            await self._keep_the_lease()
            await asyncio.sleep(BUSY_SECONDS)

    async def _sequence_once(self, sequencer: Sequencer) -> bool:
        events = await sequencer.sequence()
        metrics.SEQUENCED.labels(self.service).inc(len(events))
        reach(FaultPoint.SEQUENCED)
        self._recent.add(events)
        self._arrived.set()
        return len(events) == EVENTS_AT_ONCE

    async def _keep_the_lease(self) -> None:
        self.last_progress = time.monotonic()
        self.lease.require()
        if self.lease.is_due_for_renewal:
            await self.lease.renew(self.connections.sequencing)
        if self.last_progress > self._gauged_at + _GAUGE_SECONDS:
            self._gauged_at = self.last_progress
            count, age = await self.connections.sequencing.fetchrow(_GAUGE) or (0, 0.0)
            metrics.OUTBOX_WAITING.labels(self.service).set(count)
            metrics.OUTBOX_OLDEST.labels(self.service).set(max(age, 0.0))
            unpublished = await self.connections.sequencing.fetchval(_UNPUBLISHED) or 0.0
            metrics.OLDEST_UNPUBLISHED.labels(self.service).set(max(unpublished, 0.0))

    async def _send_whenever_possible(self) -> None:
        while True:
            try:
                await self._send()
            except KafkaUnavailableError as error:
                if self.kafka_reason is None:
                    LOG.warning("kafka_away", reason=str(error))
                self.kafka_reason = f"events wait in the log, Kafka is away: {error}"
                if not self.was_refused:
                    self._may_sequence.set()
            await asyncio.sleep(KAFKA_AGAIN_SECONDS)

    async def _send(self) -> None:
        topic, count = topic_of(self.service), self.publication.partition_count
        await topics.prepare_topic(self.kafka, topic, count)
        tails = await topics.tails(self.kafka, topic, count, takeover.TAIL_DEPTH)
        start = await takeover.send_after(self.connections.sending, self.publication, tails)
        self.was_refused = False
        self._may_sequence.set()
        metrics.IS_REFUSED.labels(self.service).set(0)
        await self._send_after(start)

    async def _send_after(self, start: int) -> None:
        producer = Producer(self.kafka, topic_of(self.service))
        leadership = (self.lease, self.publication)
        session = SendingSession(
            self.service, self.connections.sending, producer, leadership, self._recent
        )
        try:
            await producer.start()
            self._session = session
            LOG.info("sending", after=start, epoch=self.publication.epoch, term=self.lease.term)
            self.kafka_reason = None
            await run_together(session.send_from(start, self._arrived), session.record_from(start))
        finally:
            self._session = None
            await producer.stop()
