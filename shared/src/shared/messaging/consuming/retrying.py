"""Retries the heads of the parking queues, each under its queue's lock."""

import asyncio
import time
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.errors import UnavailableError
from shared.identifiers import new_id
from shared.messaging import metrics
from shared.messaging.consuming import applied, parking
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.consuming.handling import Failure, ParkedState, attempt
from shared.messaging.consuming.parking import Queue
from shared.messaging.wire.envelope import MalformedRecordError, parse
from shared.messaging.wire.partition import Partition
from shared.process.logging import logger
from shared.process.together import first_of
from shared.security.principals import process_actor

LOG = logger(__name__)

LOOK_AT_LEAST_EVERY_SECONDS = 5.0
WHILE_ANY_IS_PARKED_SECONDS = 1.0  # somebody at the desk may decide: those behind go on at once
COUNT_SECONDS = 1.0
AWAY_SECONDS = 1.0
AGAIN_SECONDS = 0.02
_HEADS_AT_ONCE = 100

_HEADS = text(
    """
    SELECT topic, subject_id,
           extract(epoch FROM next_attempt_at - clock_timestamp())::float AS seconds
    FROM (
        SELECT DISTINCT ON (topic, subject_id) topic, subject_id, state, next_attempt_at
        FROM parked_messages
        WHERE consumer = :consumer AND state IN ('waiting', 'dead') AND subject_id IS NOT NULL
        ORDER BY topic, subject_id, epoch, sequence
    ) AS heads
    WHERE state = 'waiting' ORDER BY next_attempt_at LIMIT :limit
    """
)
_HEAD = text(
    """
    SELECT id, partition, record_offset, record, attempts, state FROM parked_messages
    WHERE consumer = :consumer AND topic = :topic AND subject_id = :subject_id
      AND state IN ('waiting', 'dead')
    ORDER BY epoch, sequence LIMIT 1 FOR UPDATE
    """
)
_RESOLVE = text(
    """
    UPDATE parked_messages SET state = 'resolved', attempts = attempts + 1,
           resolved_at = clock_timestamp(), resolved_by = :by, resolved_why = 'retried'
    WHERE id = :id
    """
)
_FAIL = text(
    """
    UPDATE parked_messages SET state = :state, reason = :reason, error = :error,
           attempts = :attempts, next_attempt_at = clock_timestamp() + make_interval(secs => :delay)
    WHERE id = :id
    """
)
_COUNT = text(
    """
    SELECT state, count(*) AS messages,
           greatest(extract(epoch FROM clock_timestamp() - min(parked_at)), 0)::float AS oldest
    FROM parked_messages
    WHERE consumer = :consumer AND state IN ('waiting', 'dead') GROUP BY state
    """
)


@dataclass(frozen=True)
class _Head:
    id: UUID
    partition: int
    record_offset: int
    record: bytes
    attempts: int
    state: str


class Retrier:
    """Retries the queues of one consumer."""

    def __init__(self, database: Database, consumer: str, handlers: EventHandlers) -> None:
        self._database = database
        self._consumer = consumer
        self._handlers = handlers
        self._woken = asyncio.Event()
        self._is_any_parked = False
        self._counted_at = 0.0
        self.last_progress = time.monotonic()

    def wake(self) -> None:
        """Check now, because something was parked."""
        self._is_any_parked = True
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Retry what is due until stopped."""
        while not stop.is_set():
            self.last_progress = time.monotonic()
            self._woken.clear()
            try:
                seconds = await self._round()
            except UnavailableError:
                seconds = AWAY_SECONDS
            except Exception:
                LOG.exception("retrying_failed", consumer=self._consumer)
                seconds = LOOK_AT_LEAST_EVERY_SECONDS
            await first_of(seconds, stop, self._woken)

    async def _round(self) -> float:
        """Retry the heads that are due; return seconds until the next one is."""
        began = time.monotonic()
        async with self._database.transaction(self._cause) as tx:
            asked = {"consumer": self._consumer, "limit": _HEADS_AT_ONCE}
            heads = (await tx.execute(_HEADS, asked)).mappings().all()
            if began > self._counted_at + COUNT_SECONDS:
                self._is_any_parked = await self._count(tx)
                self._counted_at = began
        soonest = self._look_again(time.monotonic() - began)
        for head in heads:
            if head["seconds"] > 0:
                soonest = min(soonest, head["seconds"])
                continue
            queue = Queue(self._consumer, head["topic"], head["subject_id"])
            while await self._retry(queue):
                self.last_progress = time.monotonic()
            soonest = AGAIN_SECONDS
        return soonest

    def _look_again(self, cost: float) -> float:
        """Seconds until the next check if nothing is due: at least ten times what a check takes."""
        if not self._is_any_parked:
            return LOOK_AT_LEAST_EVERY_SECONDS
        return min(max(WHILE_ANY_IS_PARKED_SECONDS, 10 * cost), LOOK_AT_LEAST_EVERY_SECONDS)

    async def _retry(self, queue: Queue) -> bool:
        """Try the head of one queue; True if it is done and the next one may be tried."""
        async with self._database.transaction(self._cause) as tx:
            if not await parking.try_lock_queue(tx, queue):
                return False
            row = (await tx.execute(_HEAD, queue.__dict__)).mappings().one_or_none()
            if row is None or row["state"] != ParkedState.WAITING:
                return False
            head = _Head(**row)
            failure = await self._attempt(tx, queue, head)
            await self._note(tx, head, failure)
        metrics.RETRIED.labels(self._database.service, failure.state if failure else "done").inc()
        return failure is None

    async def _attempt(self, tx: Transaction, queue: Queue, head: _Head) -> Failure | None:
        kept = (queue.topic, head.partition, head.record_offset, head.record)
        try:
            envelope = parse(parking.unpacked(*kept))
        except MalformedRecordError as fault:  # the parser asks for more than when it was parked
            return Failure(ParkedState.DEAD, "malformed", f"header {fault}")
        registration = self._handlers.for_type(envelope.type)
        if registration is None:  # no handler any more: what nobody asks for is skipped
            return None
        failure = await attempt(tx, registration, envelope, self._consumer)
        if failure is None:
            partition = Partition(queue.topic, head.partition)
            await applied.note(tx, self._consumer, partition, [envelope])
        return failure

    async def _note(self, tx: Transaction, head: _Head, failure: Failure | None) -> None:
        if failure is None:
            await tx.execute(_RESOLVE, {"id": head.id, "by": tx.actor.subject})
            return
        attempts = head.attempts + 1
        noted = {"attempts": attempts, "delay": parking.delay(attempts), **failure.__dict__}
        await tx.execute(_FAIL, {"id": head.id, **noted})

    async def _count(self, tx: Transaction) -> bool:
        """Report how many messages are parked and since when; whether there are any."""
        rows = (await tx.execute(_COUNT, {"consumer": self._consumer})).mappings()
        counted = {row["state"]: (row["messages"], row["oldest"]) for row in rows}
        for state in ParkedState:
            messages, oldest = counted.get(state, (0, 0.0))
            metrics.PARKED.labels(self._database.service, state).set(messages)
            metrics.PARKED_OLDEST.labels(self._database.service, state).set(oldest)
        return bool(counted)

    @property
    def _cause(self) -> Cause:
        return Cause(actor=process_actor(self._consumer), correlation_id=new_id())
