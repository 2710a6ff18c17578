"""A sending session: from where Kafka stands to the end of the log, in order, pipelined.

Any send that fails ends the session; the next one begins after what was acknowledged, so the same
records come again with the same sequences. How far Kafka acknowledged is noted ten times a second.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shared.messaging import event_log, metrics
from shared.messaging.connections import Connection
from shared.messaging.envelope import headers_of, source_of
from shared.messaging.event_log import LoggedEvent
from shared.messaging.fault_points import FaultPoint, reach
from shared.messaging.kafka.producer import Acknowledgment, Outgoing, Producer, acknowledged
from shared.messaging.leases import Lease
from shared.messaging.partitioning import subject_key
from shared.messaging.publication import Publication, record_published
from shared.messaging.recent_events import RecentEvents
from shared.messaging.together import first_of
from shared.messaging.watermarks import Watermarks

_EVENTS_AT_ONCE = 2_000
_CHUNKS_IN_FLIGHT = 4
_RECORD_SECONDS = 0.1
_IDLE_SECONDS = 1.0


class _InFlight(NamedTuple):
    through: int
    events: int
    lasts: dict[int, int]
    acknowledgments: list[Acknowledgment]


class SendingSession:
    """Sends with one producer until it is stopped or a send fails."""

    def __init__(
        self,
        service: str,
        connection: Connection,
        producer: Producer,
        leadership: tuple[Lease, Publication],
        recent: RecentEvents,
        watermarks: Watermarks,
    ) -> None:
        self._service = service
        self._connection = connection
        self._using_connection = asyncio.Lock()
        self._producer = producer
        self._lease, self._publication = leadership
        self._recent = recent
        self._watermarks = watermarks
        self._opened: set[int] = set()
        self._in_flight: asyncio.Queue[_InFlight] = asyncio.Queue(_CHUNKS_IN_FLIGHT)
        self.recorded = 0

    async def send_from(self, sequence: int, arrived: asyncio.Event) -> None:
        """Send what follows a sequence, then whatever arrives, until cancelled."""
        sent = sequence
        while True:
            self._lease.require()
            events = await self._after(sent)
            quiet = self._watermarks.due()
            if not events and not quiet:
                arrived.clear()
                await first_of(_IDLE_SECONDS, arrived)
                continue
            sent = events[-1].sequence if events else sent
            await self._in_flight.put(await self._send(events, quiet, sent))

    async def record_from(self, sequence: int) -> None:
        """Note what Kafka acknowledges, until cancelled or a send turns out to have failed."""
        self.recorded = through = sequence
        noted_at = 0.0
        while True:
            is_behind = through > self.recorded
            done = await self._next_in_flight(_RECORD_SECONDS if is_behind else _IDLE_SECONDS)
            if done is not None:
                await acknowledged(done.acknowledgments)
                reach(FaultPoint.SENT)
                through = done.through
                self._watermarks.acknowledged(done.lasts)
                metrics.PUBLISHED.labels(self._service).inc(done.events)
            if through > self.recorded and time.monotonic() >= noted_at + _RECORD_SECONDS:
                await self._record(through)
                noted_at = time.monotonic()

    async def _next_in_flight(self, seconds: float) -> _InFlight | None:
        try:
            async with asyncio.timeout(seconds):
                return await self._in_flight.get()
        except TimeoutError:
            return None

    async def _record(self, through: int) -> None:
        async with self._using_connection:
            await record_published(self._connection, self._publication, through)
        self.recorded = through

    async def _after(self, sequence: int) -> Sequence[LoggedEvent]:
        if self._publication.sequenced_through <= sequence:
            return []
        if recent := self._recent.after(sequence, _EVENTS_AT_ONCE):
            return recent
        async with self._using_connection:
            return await event_log.read_after(self._connection, sequence, _EVENTS_AT_ONCE)

    async def _send(
        self, events: Sequence[LoggedEvent], quiet: Mapping[int, Outgoing], through: int
    ) -> _InFlight:
        by_partition: dict[int, list[Outgoing]] = defaultdict(list)
        lasts: dict[int, int] = {}
        source, epoch = source_of(self._service), self._publication.epoch
        for event in events:
            record = Outgoing(
                subject_key(event.subject_id), event.data, headers_of(event, source, epoch)
            )
            by_partition[event.partition].append(record)
            lasts[event.partition] = event.sequence
        for partition, watermark in quiet.items():
            by_partition.setdefault(partition, [watermark])
        sent = await asyncio.gather(*(self._send_to(*item) for item in by_partition.items()))
        return _InFlight(through, len(events), lasts, [each for some in sent for each in some])

    async def _send_to(self, partition: int, records: list[Outgoing]) -> list[Acknowledgment]:
        is_first = partition not in self._opened
        sent = await self._producer.send(partition, records, first_alone=is_first)
        self._opened.add(partition)
        self._watermarks.carried(partition)
        return sent
