"""Records that could not be read, read again: after the parser was mended, or to see why not.

Such a record was set aside without its place, and the chain of its partition went on without it:
the partition either stopped at the gap that it left, or has been given the event from the feed.
So one that can be read now is never applied here. If its place in the log has been consumed, its
effect is here and it is resolved; if not, applying it would pass over the chain, by which alone a
consumer knows that order holds and nothing is missing, and it is refused: the partition reads the
event in its place, then the retry resolves the record.
"""

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.messaging.consuming import parking
from shared.messaging.parked import parked_messages
from shared.messaging.parked.parked_messages import ParkedMessage
from shared.messaging.wire.envelope import Envelope, MalformedRecordError, parse

_REACHED = text(
    "SELECT epoch, last_sequence FROM consumer_progress"
    " WHERE consumer = :consumer AND topic = :topic AND partition = :partition"
)
_STILL_DEAD = text(
    "UPDATE parked_messages SET attempts = attempts + 1, error = :error WHERE id = :id"
)
_RESOLVE = text(
    "UPDATE parked_messages SET state = 'resolved', attempts = attempts + 1, resolved_at = :at,"
    " resolved_by = :by, resolved_why = 'its place in the log has been consumed' WHERE id = :id"
)


async def read_again(tx: Transaction, message: ParkedMessage, *, may_refuse: bool = True) -> None:
    """Read a record again: it stays dead or is resolved.

    Raises ConflictError when it can be read and its place has not been consumed; where it may not
    refuse, the record stays dead.
    """
    try:
        envelope = await _parsed(tx, message)
    except MalformedRecordError as fault:
        await tx.execute(_STILL_DEAD, {"id": message.id, "error": f"header {fault}"})
        return
    if await _was_consumed(tx, message, envelope):
        resolved = {"id": message.id, "at": tx.now, "by": tx.actor.subject}
        await tx.execute(_RESOLVE, resolved)
    elif may_refuse:
        raise ConflictError(
            f"the record can be read now, but {envelope.epoch}:{envelope.sequence} has not been"
            f" consumed in {message.topic}[{message.partition}]: it would be applied out of its"
            " chain; retry when the partition has gone past it",
            code="parked-message-out-of-chain",
        )


async def _parsed(tx: Transaction, message: ParkedMessage) -> Envelope:
    kept = await parked_messages.record_of(tx, message.id)
    place = (message.topic, message.partition, message.record_offset)
    return parse(parking.unpacked(*place, kept))


async def _was_consumed(tx: Transaction, message: ParkedMessage, envelope: Envelope) -> bool:
    """Whether the chain has passed the record's place; a watermark has none and changes nothing."""
    if envelope.sequence is None:
        return True
    asked = {name: getattr(message, name) for name in ("consumer", "topic", "partition")}
    reached = (await tx.execute(_REACHED, asked)).one_or_none()
    return reached is not None and (envelope.epoch, envelope.sequence) <= tuple(reached)
