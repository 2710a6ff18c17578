"""Reads again the records that could not be parsed, after a fix of the parser or to see why.

A record like this was parked without its place in the log, and the chain of its partition went on
without it: the partition stopped at the gap, or got the event from the feed. So a record that can
be read now is never applied here. If its place in the log has been consumed, its effect is already
here and it is resolved. If not, applying it would bypass the chain, which alone proves that events
are complete and in order. The retry is refused until the partition has read the event in its place.
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

    Raises ConflictError if the record can be read but its place in the log has not been consumed.
    With `may_refuse` false, the record stays dead instead.
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
            f"the record can be read now, but {envelope.epoch}:{envelope.sequence} has not "
            f"been consumed in {message.topic}[{message.partition}], so applying it would "
            "break the order of events; retry when the partition is past it",
            code="parked-message-out-of-chain",
        )


async def _parsed(tx: Transaction, message: ParkedMessage) -> Envelope:
    kept = await parked_messages.record_of(tx, message.id)
    place = (message.topic, message.partition, message.record_offset)
    return parse(parking.unpacked(*place, kept))


async def _was_consumed(tx: Transaction, message: ParkedMessage, envelope: Envelope) -> bool:
    """Whether the chain is past the record's place; true for a watermark, which has no place."""
    if envelope.sequence is None:
        return True
    asked = {name: getattr(message, name) for name in ("consumer", "topic", "partition")}
    reached = (await tx.execute(_REACHED, asked)).one_or_none()
    return reached is not None and (envelope.epoch, envelope.sequence) <= tuple(reached)
