"""A sending session: sends the log's events after the last one in Kafka, in order, pipelined.

A failed send ends the session. The next one begins after the last acknowledged event, so records
may be sent again with the same sequences. Progress is stored ten times a second. Withheld events
are skipped as if acknowledged. Records that were refused together are sent one by one, to find the
one at fault.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shared.database.leases import Lease
from shared.database.unpooled_connections import Connection
from shared.messaging import metrics
from shared.messaging.kafka.producer import Outgoing, Producer, Sent
from shared.messaging.kafka.refusals import RecordsRefusedError
from shared.messaging.log import event_log
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.log.publication import Publication, record_published
from shared.messaging.publishing.in_flight import Handed, InFlight
from shared.messaging.publishing.recent_events import RecentEvents
from shared.messaging.publishing.watermarks import Watermarks
from shared.messaging.publishing.withholding import Doubts
from shared.messaging.wire.envelope import headers_of, source_of
from shared.messaging.wire.partitioning import subject_key
from shared.process.bell import Bell
from shared.process.fault_points import FaultPoint, reach

ACKNOWLEDGED_SECONDS = 10.0
_EVENTS_AT_ONCE = 2_000
# The sequencing task must get its turn soon, so that the database works on the next statement while
# these records are prepared, not afterwards.
_EVENTS_PER_TURN = 100
WATERMARK_PLACE = 0
"""Used in place of a watermark's sequence, which does not exist."""
_RECORD_SECONDS = 0.1
_IDLE_SECONDS = 1.0


class SendingSession:
    """Sends everything after a sequence with one producer, until stopped or a send fails."""

    def __init__(
        self,
        service: str,
        connection: Connection,
        producer: Producer,
        leadership: tuple[Lease, Publication],
        recent: RecentEvents,
        watermarks: Watermarks,
        doubts: Doubts,
        start: int,
    ) -> None:
        self._service = service
        self._connection = connection
        self._using_connection = asyncio.Lock()
        self._producer = producer
        self._lease, self._publication = leadership
        self._recent = recent
        self._watermarks = watermarks
        self._doubts = doubts
        self._opened: set[int] = set()
        self._in_flight = InFlight(start)
        self.recorded = start

    async def send(self, arrived: Bell) -> None:
        """Send what follows the start, then whatever arrives, until cancelled."""
        sent = self.recorded
        while True:
            self._lease.require()
            events = await self._after(sent)
            quiet = self._watermarks.due(but=self._doubts.silent)
            if not events and not quiet:
                await arrived.wait(_IDLE_SECONDS)
                continue
            sent = events[-1].sequence if events else sent
            await self._send(events, quiet, sent)

    async def record(self) -> None:
        """Store what Kafka acknowledges, until cancelled or a send has failed."""
        noted_at = 0.0
        while True:
            for handed in self._in_flight.take_acknowledged(ACKNOWLEDGED_SECONDS):
                metrics.PUBLISHED.labels(self._service).inc(handed.events)
                self._watermarks.acknowledged(handed.lasts)
            is_behind = self._in_flight.through > self.recorded
            wait = noted_at + _RECORD_SECONDS - time.monotonic()
            if is_behind and wait <= 0:
                reach(FaultPoint.SENT)
                await self._record(self._in_flight.through)
                noted_at = time.monotonic()
            else:
                await self._in_flight.news.wait(wait if is_behind else _IDLE_SECONDS)

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
    ) -> None:
        by_partition: dict[int, list[_Record]] = defaultdict(list)
        lasts: dict[int, int] = {}
        for nth, event in enumerate(events, 1):
            if event.sequence not in self._doubts.withheld:
                by_partition[event.partition].append(self._record_of(event))
            lasts[event.partition] = event.sequence
            if nth % _EVENTS_PER_TURN == 0:
                await asyncio.sleep(0)
        for partition, watermark in quiet.items():
            by_partition.setdefault(partition, [_Record(WATERMARK_PLACE, watermark)])
        sent: list[Sent] = []
        for partition, records in by_partition.items():
            sent += await self._send_to(partition, records)
        self._in_flight.add(Handed(through, len(events), lasts), sent)
        if events:
            reach(FaultPoint.HANDED_OVER)

    def _record_of(self, event: LoggedEvent) -> "_Record":
        return _Record(event.sequence, outgoing(event, self._service, self._publication.epoch))

    async def _send_to(self, partition: int, records: Sequence["_Record"]) -> list[Sent]:
        sent: list[Sent] = []
        for part, is_doubtful in self._doubts.parted(partition, records):
            is_first = partition not in self._opened
            alone = _Alone(first=is_first, each=is_doubtful)
            sent += await self._hand_over(partition, part, alone)
            self._opened.add(partition)
        self._watermarks.carried(partition)
        return sent

    async def _hand_over(
        self, partition: int, records: Sequence["_Record"], alone: "_Alone"
    ) -> list[Sent]:
        """Hand over records; results and errors name them by their sequences."""
        places = [record.sequence for record in records]
        try:
            sent = await self._producer.send(
                partition,
                [record.outgoing for record in records],
                first_alone=alone.first,
                each_alone=alone.each,
            )
        except RecordsRefusedError as refused:
            first, last = places[refused.first], places[refused.last]
            raise RecordsRefusedError(partition, first, last, refused.reason) from refused
        return [each._replace(first=places[each.first], last=places[each.last]) for each in sent]


class _Alone(NamedTuple):
    """Whether the first batch is awaited before the others, and whether each record is a batch."""

    first: bool
    each: bool


class _Record(NamedTuple):
    """A record to send and its sequence."""

    sequence: int
    outgoing: Outgoing


def outgoing(event: LoggedEvent, service: str, epoch: int) -> Outgoing:
    """Return the record of a logged event."""
    headers = headers_of(event, source_of(service), epoch)
    return Outgoing(subject_key(event.subject_id), event.data, headers)
