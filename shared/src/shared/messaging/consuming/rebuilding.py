"""Rebuilds what was made of events that are in no log: undoes them and applies the log's.

Each subject has its own transaction, which first locks the partition's progress. Its lost events
are undone, latest first; if only the latest state is stored, the log's earlier events are applied
again. Then the partition continues where the log and the applied events agree.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.errors import CasombError, ConflictError
from shared.messaging.consuming import applied, overrides, parking, progress
from shared.messaging.consuming.applied import AppliedEvent
from shared.messaging.consuming.feed_client import Feed
from shared.messaging.consuming.handlers import EventHandlers, Lost
from shared.messaging.consuming.handling import cause_of
from shared.messaging.consuming.lost_events import LogComparison, LostEvents
from shared.messaging.consuming.overrides import ConsumerPosition
from shared.messaging.consuming.progress import NOTHING_YET, Progress
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import Envelope, parse, service_of
from shared.messaging.wire.partition import Partition

BY_SUBJECT = attrgetter("subject_id")
BY_PLACE = attrgetter("epoch", "sequence")


class Rebuilding:
    """Rebuilds one service's data from a topic, on an operator's command."""

    def __init__(
        self, database: Database, cause: Cause, feed: Feed, handlers: EventHandlers
    ) -> None:
        self._database = database
        self._cause = cause
        self._feed = feed
        self._handlers = handlers
        self._consumer = database.service

    async def look(self, topic: str) -> AsyncIterator[LostEvents]:
        """Yield each partition in which an event was applied that is in no log."""
        comparison = LogComparison(self._database, self._cause, self._feed)
        for stands in await self._standings(topic):
            place = Progress(stands.epoch, stands.next_offset, stands.last_sequence)
            lost = await comparison.look(Partition(topic, stands.partition), place)
            if lost.is_any:
                yield lost

    async def rebuild(self, lost: LostEvents) -> list[str]:
        """Undo and apply again; return descriptions of what a person must do by hand.

        Raises ConflictError if the consumer has continued meanwhile; then look again. If nothing is
        lost it may continue.
        """
        left: list[str] = []
        for subject_id, events in groupby(sorted(lost.events, key=BY_SUBJECT), BY_SUBJECT):
            again = [event async for event in self._told_again(lost, subject_id)]
            async with self._database.transaction(self._cause) as tx:
                await self._take(tx, lost)
                for event in sorted(events, key=BY_PLACE, reverse=True):
                    left += await self._forget(tx, lost.partition, event)
                for envelope in again:
                    left += await self._apply(tx, envelope, subject_id)
        async with self._database.transaction(self._cause) as tx:
            if lost.is_found or await self._stands(tx, lost):
                await self._take(tx, lost)
                await self._go_on(tx, lost)
        return left

    async def _standings(self, topic: str) -> Sequence[ConsumerPosition]:
        async with self._database.transaction(self._cause) as tx:
            return [
                each
                for each in await overrides.listed(tx)
                if each.topic == topic and each.epoch != NOTHING_YET
            ]

    async def _stands(self, tx: Transaction, lost: LostEvents) -> bool:
        """Lock the partition; whether the consumer is still where it was when it was checked."""
        found = await progress.locked(tx, self._consumer, lost.partition)
        return replace(found, next_offset=lost.stands.next_offset) == lost.stands

    async def _take(self, tx: Transaction, lost: LostEvents) -> None:
        if not await self._stands(tx, lost):
            topic, number = lost.partition
            raise ConflictError(
                f"{topic}[{number}] has continued meanwhile: run the command again",
                code="partition-went-on",
            )

    async def _forget(
        self, tx: Transaction, partition: Partition, event: AppliedEvent
    ) -> list[str]:
        """Undo one event; return what a person must do by hand."""
        await applied.forget(tx, self._consumer, partition, event)
        registration = self._handlers.for_type(event.type)
        if registration is None or registration.forget is None:
            return [f"{event.type} {event.event_id}: the service no longer knows what came of it"]
        data = registration.kind.model_validate_json(event.data)
        gone = Lost(event.event_id, event.type, event.subject_id, data)
        left = await registration.forget(tx, gone)
        return [f"{event.type} {event.event_id}: {left}"] if left else []

    async def _told_again(self, lost: LostEvents, subject_id: UUID) -> AsyncIterator[Envelope]:
        """Yield the log's events of a subject up to the position, if only the latest is stored."""
        at = Position(lost.goes_on.epoch, 0)
        service, number = service_of(lost.partition.topic), lost.partition.number
        while at.sequence < lost.goes_on.last_sequence:
            fed = await self._feed.after(service, at, number, subject_id=subject_id)
            for envelope in map(parse, fed.records):
                registration = self._handlers.for_type(envelope.type)
                is_read = (envelope.sequence or 0) <= lost.goes_on.last_sequence
                if is_read and registration is not None and registration.is_told_again:
                    yield envelope
            if fed.next == at:
                return
            at = fed.next

    async def _apply(self, tx: Transaction, envelope: Envelope, subject_id: UUID) -> list[str]:
        """Apply an event of the log again; return what a person must do by hand."""
        registration = self._handlers.for_type(envelope.type)
        if registration is None:
            return []
        tx.caused_by(cause_of(envelope, self._consumer))
        try:
            async with tx.savepoint():
                await registration.read_and_handle(tx, envelope, subject_id)
        except CasombError as error:
            return [f"{envelope.type} {envelope.event_id}: not applied again, {error}"]
        finally:
            tx.caused_by(self._cause)
        return []

    async def _go_on(self, tx: Transaction, lost: LostEvents) -> None:
        """Continue where the log and the applied events agree; discard what waits beyond."""
        place = (self._consumer, lost.partition)
        await parking.discard(tx, lost.waiting, parking.NOT_IN_THE_LOG)
        if lost.goes_on.epoch > lost.stands.epoch:
            await parking.discard_foreign(tx, *place)
        offset = (await progress.locked(tx, *place)).next_offset
        await progress.store(tx, *place, replace(lost.goes_on, next_offset=offset))
        overrides.audit(tx, "position.rebuild", lost.partition)
