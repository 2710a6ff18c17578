"""The desk: what an operator may do with parked messages; each action is audited.

In each subject's queue only the first message is decided, under the queue's lock. So a subject's
events stay in order, and two operators cannot decide the same one. What skip and discard mean for
the projections is in docs/decisions/0010.
"""

from uuid import UUID

from sqlalchemy import select, text

from shared.database.transaction import Transaction
from shared.errors import ConflictError, Fault
from shared.messaging.consuming import parking
from shared.messaging.consuming.message_states import OPEN, MessageState
from shared.messaging.consuming.parking import Queue
from shared.messaging.parked import masking, parked_causes, parked_messages, unreadable
from shared.messaging.parked.masking import ShownRecord
from shared.messaging.parked.parked_messages import PARKED, ParkedMessage

MESSAGE, CAUSE = "parked-message", "parked-message-cause"

_RETRY = text(
    "UPDATE parked_messages SET state = 'waiting', next_attempt_at = clock_timestamp()"
    " WHERE id = :id"
)
_DECIDE = text(
    "UPDATE parked_messages SET state = :state, resolved_at = :at, resolved_by = :by,"
    " resolved_why = :why WHERE id = :id"
)


async def show(tx: Transaction, message_id: UUID) -> tuple[ParkedMessage, ShownRecord]:
    """Show one message and its record, masked; the access is recorded in the audit trail."""
    message = await parked_messages.by_id(tx, message_id)
    record = parking.unpacked(
        message.topic,
        message.partition,
        message.record_offset,
        await parked_messages.record_of(tx, message_id),
    )
    tx.audit("parked-message.read", subject_kind=MESSAGE, subject_id=message_id)
    return message, masking.shown(record)


async def retry(tx: Transaction, message_id: UUID) -> ParkedMessage:
    """Make the running consumer try a message now; unreadable bytes are read again here.

    Raises ConflictError if the message is decided, if another is first, or if applying it would
    break the chain.
    """
    message = await _taken(tx, message_id)
    if message.subject_id is None:
        await unreadable.read_again(tx, message)
    else:
        await tx.execute(_RETRY, {"id": message_id})
    tx.audit("parked-message.retried", subject_kind=MESSAGE, subject_id=message_id)
    return await parked_messages.by_id(tx, message_id)


async def retry_cause(tx: Transaction, cause_id: UUID) -> int:
    """Retry every message of one cause that is first in its queue; return how many."""
    cause = await parked_causes.written(tx, cause_id)
    retried = await parked_causes.make_heads_due(tx, cause)
    for message_id in await parked_causes.unreadable(tx, cause):
        message = await _taken(tx, message_id)
        await unreadable.read_again(tx, message, may_refuse=False)
        retried.append(message_id)
    for message_id in retried:
        tx.audit("parked-message.retried", subject_kind=MESSAGE, subject_id=message_id)
    tx.audit("parked-message-cause.retried", subject_kind=CAUSE, subject_id=cause_id)
    return len(retried)


async def skip(tx: Transaction, message_id: UUID, why: str | None) -> ParkedMessage:
    """Skip a message because its effect is already here; the messages behind it continue."""
    return await _decide(tx, message_id, MessageState.SKIPPED, why)


async def discard(tx: Transaction, message_id: UUID, why: str) -> ParkedMessage:
    """Discard a message so that it is never applied; the messages behind it continue."""
    return await _decide(tx, message_id, MessageState.DISCARDED, why)


async def discard_cause(tx: Transaction, cause_id: UUID, why: str) -> int:
    """Discard every message of one cause that is first in its queue; return how many."""
    cause = await parked_causes.written(tx, cause_id)
    discarded = await parked_causes.discard_heads(tx, cause, why)
    for message_id in discarded:
        tx.audit("parked-message.discarded", subject_kind=MESSAGE, subject_id=message_id)
    tx.audit("parked-message-cause.discarded", subject_kind=CAUSE, subject_id=cause_id)
    return len(discarded)


async def _decide(
    tx: Transaction, message_id: UUID, state: MessageState, why: str | None
) -> ParkedMessage:
    await _taken(tx, message_id)
    decided = {"id": message_id, "state": state, "at": tx.now, "by": tx.actor.subject, "why": why}
    await tx.execute(_DECIDE, decided)
    tx.audit(f"parked-message.{state}", subject_kind=MESSAGE, subject_id=message_id)
    return await parked_messages.by_id(tx, message_id)


async def _taken(tx: Transaction, message_id: UUID) -> ParkedMessage:
    """Lock a message and its queue until the transaction ends; raises ConflictError."""
    message = await parked_messages.by_id(tx, message_id)
    if message.subject_id is not None:
        queue = Queue(message.consumer, message.topic, message.subject_id)
        await parking.lock_queue(tx, queue)
    await tx.execute(select(PARKED.c.id).where(PARKED.c.id == message_id).with_for_update())
    message = await parked_messages.by_id(tx, message_id)
    if message.state not in OPEN:
        raise _decided(message)
    if not message.is_head:
        raise _behind(message)
    return message


def _decided(message: ParkedMessage) -> ConflictError:
    when = message.resolved_at and message.resolved_at.isoformat()
    return ConflictError(
        f"parked message {message.id} was already {message.state} by {message.resolved_by} at "
        f"{when}",
        code="parked-message-decided",
    )


def _behind(message: ParkedMessage) -> ConflictError:
    return ConflictError(
        f"an earlier message of the same subject must be decided first: {message.head_id}",
        code="parked-message-not-the-head",
        faults=[Fault("head", str(message.head_id))],
    )
