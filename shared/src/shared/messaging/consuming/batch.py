"""Applies the records of one batch, one after the other, inside one transaction."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Table

from shared.database.transaction import Transaction
from shared.messaging.consuming import applied, chain, parking
from shared.messaging.consuming.chain import ChainBrokenError, ChainPlace, ContradictionError
from shared.messaging.consuming.handlers import EventHandlers, Registration
from shared.messaging.consuming.handling import Failure, ParkedState, attempt, write_out
from shared.messaging.consuming.progress import Progress
from shared.messaging.wire.envelope import Envelope, KafkaRecord, MalformedRecordError, parse
from shared.messaging.wire.partition import Partition


class Batch:
    """The result of a batch so far; `broken` is why the partition cannot continue.

    `broken_at` is the record that broke its chain or contradicts what was applied.
    """

    def __init__(
        self,
        tx: Transaction,
        consumer: str,
        handlers: EventHandlers,
        progress: Progress,
        *,
        is_careful: bool,
    ) -> None:
        self._tx = tx
        self._is_careful = is_careful
        self._consumer = consumer
        self._handlers = handlers
        self._queued: set[UUID] = set()
        self.progress = progress
        self._applied: list[Envelope] = []
        self._ids: dict[int, UUID] = {}
        self.broken: ChainBrokenError | None = None
        self.broken_at: KafkaRecord | None = None
        self.has_parked = False
        self.results: Counter[tuple[str, str]] = Counter()

    async def consume(self, records: Sequence[KafkaRecord]) -> None:
        """Apply the records in order, as far as the chain holds."""
        read = [(record, _read(record)) for record in records]
        handled = self._handled([envelope for _, envelope in read])
        subjects = {subject_id for _, subject_id in handled}
        topic = records[0].topic
        self._queued = await parking.queued(self._tx, self._consumer, topic, subjects)
        await self._lock_subjects(handled)
        noted = (self._tx, self._consumer, Partition(topic, records[0].partition))
        self._ids = await applied.ids_at(*noted, self.progress.epoch, self._repeated(read))
        await self._walk_chain(read)
        await write_out(self._tx, is_careful=self._is_careful)
        await applied.note(*noted, self._applied)

    async def _walk_chain(
        self, read: Sequence[tuple[KafkaRecord, Envelope | MalformedRecordError]]
    ) -> None:
        for record, envelope in read:
            if isinstance(envelope, MalformedRecordError):
                await self._set_malformed_aside(record, envelope)
                continue
            try:
                place = chain.place_of(envelope, self.progress)
                self._require_same(envelope, place)
            except ChainBrokenError as broken:
                self.broken, self.broken_at = broken, record
                return
            if place is ChainPlace.NEXT and envelope.sequence is not None:
                self._ids[envelope.sequence] = envelope.event_id
            self.results[envelope.type, await self._handle(record, envelope, place)] += 1
            self.progress = chain.after(envelope, place, self.progress, record.offset)

    def _repeated(
        self, read: Sequence[tuple[KafkaRecord, Envelope | MalformedRecordError]]
    ) -> list[int]:
        """The sequences of events that were already applied."""
        return [
            envelope.sequence
            for _, envelope in read
            if isinstance(envelope, Envelope)
            and envelope.sequence is not None
            and envelope.sequence <= self.progress.last_sequence
        ]

    def _require_same(self, envelope: Envelope, place: ChainPlace) -> None:
        """Stop at a repeated event that differs from the one applied in its place."""
        if place is not ChainPlace.DUPLICATE or envelope.sequence is None:
            return
        known = self._ids.get(envelope.sequence, envelope.event_id)
        if known != envelope.event_id:
            raise ContradictionError(envelope, self.progress)

    def _handled(
        self, envelopes: Sequence[Envelope | MalformedRecordError]
    ) -> list[tuple[Registration, UUID]]:
        """The handler and the subject of every record that has both."""
        return [
            (registration, envelope.subject_id)
            for envelope in envelopes
            if isinstance(envelope, Envelope)
            and envelope.subject_id is not None
            and (registration := self._handlers.for_type(envelope.type))
        ]

    async def _lock_subjects(self, handled: Sequence[tuple[Registration, UUID]]) -> None:
        """Take the locks of all handlers before any of them runs.

        A record that joins a parking queue is skipped: a retry of the queue's head holds the
        queue's lock and waits for the row.
        """
        wanted: dict[Table, set[UUID]] = defaultdict(set)
        for registration, subject_id in handled:
            if registration.locks is not None and subject_id not in self._queued:
                wanted[registration.locks].add(subject_id)
        for table in sorted(wanted, key=lambda each: each.name):
            await self._tx.lock_all(table, wanted[table])

    async def _handle(self, record: KafkaRecord, envelope: Envelope, place: ChainPlace) -> str:
        """Apply one record and return the result that is counted."""
        if place is not ChainPlace.NEXT:
            return place
        registration = self._handlers.for_type(envelope.type)
        if registration is None:
            return "skipped"
        if envelope.subject_id in self._queued:
            failure: Failure | None = parking.JOINED
        else:
            failure = await attempt(
                self._tx, registration, envelope, self._consumer, is_careful=self._is_careful
            )
        if failure is None:
            self._applied.append(envelope)
            return "done"
        await self._park(record, envelope, failure)
        return failure.state

    async def _park(self, record: KafkaRecord, envelope: Envelope | None, failure: Failure) -> None:
        await write_out(self._tx, is_careful=self._is_careful)
        await parking.park(self._tx, self._consumer, record, envelope, failure)
        self.has_parked = True
        if envelope is not None and envelope.subject_id is not None:
            self._queued.add(envelope.subject_id)

    async def _set_malformed_aside(self, record: KafkaRecord, fault: MalformedRecordError) -> None:
        failure = Failure(ParkedState.DEAD, "malformed", f"header {fault}")
        await self._park(record, None, failure)
        self.results["malformed", failure.state] += 1
        self.progress = replace(self.progress, next_offset=record.offset + 1)


def _read(record: KafkaRecord) -> Envelope | MalformedRecordError:
    try:
        return parse(record)
    except MalformedRecordError as fault:
        return fault
