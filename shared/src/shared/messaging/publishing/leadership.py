"""One leadership of the publisher: from taking the lease until it is lost, refused or stopped.

Two tasks share it: sequencing continues without Kafka; sending needs Kafka. Before anything is
sequenced, Kafka is checked once. If it holds events that this log never sent, nothing may be
numbered. If it is unavailable, numbering starts anyway, unless Kafka contradicted the log before:
that is stored in the database for every later leader.
"""

import asyncio
import time
from dataclasses import dataclass, field
from functools import partial

from shared.database.leases import Lease
from shared.database.outbox_hint import CHANNEL
from shared.database.unpooled_connections import Connection
from shared.messaging import metrics
from shared.messaging.kafka import topics
from shared.messaging.kafka.producer import Producer
from shared.messaging.kafka.refusals import PartitionRefusedError, RecordsRefusedError
from shared.messaging.kafka.topics import TopicRefusedError
from shared.messaging.kafka.waiting import KafkaUnavailableError
from shared.messaging.log.publication import LogRefusedError, Publication, remember_refusal
from shared.messaging.publishing import foreign_records, log_gauges, takeover, withholding
from shared.messaging.publishing.pace import BUSY_SECONDS, Pace
from shared.messaging.publishing.recent_events import RecentEvents
from shared.messaging.publishing.refusals import Refusals
from shared.messaging.publishing.sending import SendingSession
from shared.messaging.publishing.sequencer import EVENTS_AT_ONCE, Sequencer
from shared.messaging.publishing.watermarks import Watermarks
from shared.messaging.publishing.withholding import Doubts
from shared.messaging.wire.envelope import topic_of
from shared.process.bell import Bell
from shared.process.fault_points import FaultPoint, reach
from shared.process.logging import logger
from shared.process.settings import KafkaSettings
from shared.process.together import run_together

LOG = logger(__name__)

KAFKA_AGAIN_SECONDS = 1.0
OPERATOR_SECONDS = 9.0
"""A longer pause before retrying if only an operator can repair the cause."""
_GAUGE_SECONDS = 5.0
_FINISH_SECONDS = 2.0


@dataclass
class LeaderConnections:
    """A leader's PostgreSQL connections: one for each of its simultaneous tasks."""

    sequencing: Connection
    ahead: Connection
    sending: Connection


@dataclass
class Leadership:
    """The work of a leader; `kafka_reason` is why nothing is being sent, if so."""

    service: str
    kafka: KafkaSettings
    connections: LeaderConnections
    lease: Lease
    publication: Publication
    kafka_reason: str | None = None
    last_progress: float = field(default_factory=time.monotonic)
    _recent: RecentEvents = field(default_factory=RecentEvents)
    _arrived: Bell = field(default_factory=Bell)
    _hinted: Bell = field(default_factory=Bell)
    _may_sequence: asyncio.Event = field(default_factory=asyncio.Event)
    _doubts: Doubts = field(default_factory=Doubts)
    _refused: RecordsRefusedError | None = None
    _session: SendingSession | None = None
    _gauged_at: float = 0.0

    @property
    def is_settled(self) -> bool:
        """Whether Kafka was checked, so that sequencing continues."""
        return self._may_sequence.is_set()

    async def run(self, stop: asyncio.Event) -> None:
        """Lead until stopped; raises LeaseLostError, LogRefusedError or the failure."""
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(self._be_hinted)
        try:
            await run_together(self._sequence(stop), self._send_whenever_possible())
        finally:
            stopping.cancel()

    async def _sequence(self, stop: asyncio.Event) -> None:
        ours = self.connections
        sequencer = Sequencer(ours.sequencing, self.lease, self.publication, ours.ahead)
        try:
            await self._sequence_by(sequencer, stop)
        finally:
            await sequencer.stop()

    async def _sequence_by(self, sequencer: Sequencer, stop: asyncio.Event) -> None:
        pace = Pace()
        while not self.is_settled and not stop.is_set():
            await self._keep_the_lease()
            await asyncio.sleep(BUSY_SECONDS)
        await self.connections.sequencing.add_listener(CHANNEL, self._be_hinted)
        while not stop.is_set():
            await self._keep_the_lease()
            looked_at = time.monotonic()
            count = await self._sequence_once(sequencer)
            if count < EVENTS_AT_ONCE:
                seconds = pace.after(cost=sequencer.look_seconds, found=count)
                await self._rest(looked_at, seconds)
        await self._let_sending_finish()

    async def _rest(self, looked_at: float, seconds: float) -> None:
        """Wait before the next check; a notification ends the wait, but not too soon."""
        began = time.monotonic()
        await asyncio.sleep(looked_at + BUSY_SECONDS - began)
        await self._hinted.wait(began + seconds - time.monotonic())

    def _be_hinted(self, *_: object) -> None:
        self._hinted.ring()

    async def _let_sending_finish(self) -> None:
        deadline = time.monotonic() + _FINISH_SECONDS
        while self._session and self._session.recorded < self.publication.sequenced_through:
            if time.monotonic() > deadline:
                return
            await self._keep_the_lease()
            await asyncio.sleep(BUSY_SECONDS)

    async def _sequence_once(self, sequencer: Sequencer) -> int:
        events = await sequencer.sequence()
        if events:
            metrics.SEQUENCED.labels(self.service).inc(len(events))
            reach(FaultPoint.SEQUENCED)
            self._recent.add(events)
            self._arrived.ring()
        return len(events)

    async def _keep_the_lease(self) -> None:
        self.last_progress = time.monotonic()
        self.lease.require()
        if self.lease.is_due_for_renewal:
            await self.lease.renew(self.connections.sequencing)
        if self.last_progress > self._gauged_at + _GAUGE_SECONDS:
            self._gauged_at = self.last_progress
            await log_gauges.tell(self.connections.sequencing, self.publication, self.service)

    async def _send_whenever_possible(self) -> None:
        while True:
            try:
                await self._send()
            except RecordsRefusedError as refused:
                self._refused = refused
                continue  # no wait: whatever is behind it in the log waits already
            except KafkaUnavailableError as error:
                self._note(f"Kafka is unavailable: {error}")
                if self.publication.refused_because is None:
                    self._may_sequence.set()
            except (PartitionRefusedError, TopicRefusedError) as error:
                self._note(str(error))
                metrics.IS_REFUSED.labels(self.service).set(1)
                await asyncio.sleep(OPERATOR_SECONDS)
            await asyncio.sleep(KAFKA_AGAIN_SECONDS)

    def _note(self, why: str) -> None:
        if self.kafka_reason is None:
            LOG.warning("nothing_is_sent", reason=why)
        self.kafka_reason = f"events wait in the log: {why}"

    async def _send(self) -> None:
        start = await self._taken_over()
        metrics.IS_REFUSED.labels(self.service).set(0)
        refusals = Refusals(self.service, self.kafka, self.connections.sending, self.publication)
        refused, self._refused = self._refused, None
        if refused is not None:
            await refusals.look_into(refused, self._doubts)
        await refusals.send_again()
        self._doubts.withheld = await withholding.withheld_after(self.connections.sending, start)
        await self._send_after(start)

    async def _taken_over(self) -> int:
        """Return the sequence after which to send, once Kafka is known to be a copy of the log.

        Raises LogRefusedError if it is not, which is stored, and TopicRefusedError if the topic
        does not match the log; numbering and the feed continue without it.
        """
        topic, count = topic_of(self.service), self.publication.partition_count
        found = await topics.prepare_topic(self.kafka, topic, count)
        connection = self.connections.sending
        read_tails = partial(topics.tails, self.kafka, topic)
        compared = (connection, self.publication, min(found, count), read_tails)
        try:
            taken = await takeover.take_over(*compared)
        except LogRefusedError as refused:
            if self.publication.refused_because is None:
                await remember_refusal(connection, self.publication, str(refused))
            raise
        if self.publication.refused_because is not None:
            await remember_refusal(connection, self.publication, None)
        await foreign_records.tell(connection, self.publication, self.service, taken.foreign)
        self._may_sequence.set()
        if found != count:
            raise TopicRefusedError(
                f"{topic} has {found} partitions, but the log was made for {count}: an "
                "operator must recreate the topic"
            )
        return taken.start

    async def _send_after(self, start: int) -> None:
        producer = Producer(self.kafka, topic_of(self.service))
        leadership = (self.lease, self.publication)
        watermarks = Watermarks(
            self.service, self.publication, start, self.kafka.kafka_watermark_seconds
        )
        session = SendingSession(
            *(self.service, self.connections.sending, producer, leadership),
            *(self._recent, watermarks, self._doubts, start),
        )
        try:
            await producer.start()
            self._session = session
            LOG.info("sending", after=start, epoch=self.publication.epoch, term=self.lease.term)
            self.kafka_reason = None
            await run_together(session.send(self._arrived), session.record())
        except KafkaUnavailableError as error:
            # Before the client is stopped, which may hang.
            self._note(f"Kafka is unavailable: {error}")
            raise
        finally:
            self._session = None
            await producer.stop()
