"""Lets an operator decide how a stopped partition continues, against the chain.

An operator may accept a gap that can no longer be filled, but never go beyond the log, and may
adopt an epoch after correcting what events beyond its fork changed. The stopped consumer finds its
new position and continues.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.errors import ConflictError, InvalidInputError, NotFoundError
from shared.messaging.consuming import parking, progress
from shared.messaging.consuming.feed_client import EpochEndedError, Feed, FeedRefusedError
from shared.messaging.consuming.progress import Progress
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import parse, service_of
from shared.messaging.wire.partition import Partition

POSITIONS = UUID("0b7a9f0e-6f0c-4a55-8a2e-2f5b1a0c9d35")
"""Namespace of the ids of positions in the audit trail."""

_LISTED = text(
    """
    SELECT topic, partition, epoch, next_offset, last_sequence,
           (SELECT count(*) FROM parked_messages AS parked
            WHERE state = 'dead' AND reason IN ('malformed', 'foreign', 'undecodable')
              AND (parked.consumer, parked.topic, parked.partition)
                = (progress.consumer, progress.topic, progress.partition)) AS passed_over
    FROM consumer_progress AS progress
    WHERE consumer = :consumer ORDER BY topic, partition
    """
)


@dataclass(frozen=True)
class ConsumerPosition:
    """A consumer's position in one partition.

    `passed_over` counts the parked records that are not events of the log and are not decided.
    """

    topic: str
    partition: int
    epoch: int
    next_offset: int
    last_sequence: int
    passed_over: int = 0


async def listed(tx: Transaction) -> Sequence[ConsumerPosition]:
    """Return this service's positions, partition by partition."""
    found = await tx.execute(_LISTED, {"consumer": tx.service})
    return [ConsumerPosition(**row) for row in found.mappings()]


async def standing(tx: Transaction, partition: Partition) -> Progress:
    """Return the position in one partition; raises NotFoundError if it is not consumed."""
    return await _taken(tx, partition)


async def require_logged(feed: Feed, partition: Partition, through: Position) -> None:
    """Refuse positions beyond the log's partition, or at which it has no event.

    Raises InvalidInputError, ConflictError for an epoch that has ended, UnavailableError while the
    feed is unavailable.
    """
    service, at = service_of(partition.topic), through
    while True:
        try:
            fed = await feed.after(service, at, partition.number, limit=1)
        except FeedRefusedError as refused:
            if refused.begins_after is None:
                raise InvalidInputError(
                    f"{partition.topic}[{partition.number}]: {refused}", code="not-in-the-log"
                ) from None
            at = refused.begins_after
            continue
        except EpochEndedError as ended:
            raise ConflictError(f"{ended}: rebuild", code="epoch-ended") from None
        if fed.records or fed.next == at:
            break
        at = fed.next
    follows = fed.tails[partition.number]
    if fed.records:
        follows = parse(fed.records[0]).previous_sequence
    if follows != through.sequence:
        raise InvalidInputError(
            f"{partition.topic}[{partition.number}] has no event at {through.sequence}: the "
            f"next record in its log follows {follows}",
            code="not-in-the-log",
        )


async def accept_gap(tx: Transaction, partition: Partition, through: int) -> None:
    """Continue as if everything through a sequence had been applied; it never is.

    Raises NotFoundError for an unknown partition, ConflictError for a sequence already passed.
    """
    stands = await _taken(tx, partition)
    if through <= stands.last_sequence:
        raise ConflictError(
            f"{partition.topic}[{partition.number}] is already at {stands.last_sequence}",
            code="no-gap-there",
        )
    await _move(tx, partition, Progress(stands.epoch, stands.next_offset, through))
    audit(tx, "position.accept-gap", partition)


async def adopt_epoch(tx: Transaction, partition: Partition, epoch: int, last: int) -> None:
    """Continue in a newer epoch after a sequence of it; the same errors as `accept_gap`."""
    stands = await _taken(tx, partition)
    if epoch <= stands.epoch:
        raise ConflictError(
            f"{partition.topic}[{partition.number}] is already in epoch {stands.epoch}",
            code="epoch-not-newer",
        )
    beyond = await parking.between(tx, tx.service, partition, last, None)
    await parking.discard(tx, beyond, parking.NOT_IN_THE_LOG)
    await parking.discard_foreign(tx, tx.service, partition)
    await _move(tx, partition, Progress(epoch, stands.next_offset, last))
    audit(tx, "position.adopt-epoch", partition)


async def _taken(tx: Transaction, partition: Partition) -> Progress:
    try:
        return await progress.locked(tx, tx.service, partition)
    except progress.ProgressMovedError:
        raise NotFoundError(
            f"{tx.service} does not consume {partition.topic}[{partition.number}]",
            code="unknown-position",
        ) from None


async def _move(tx: Transaction, partition: Partition, moved: Progress) -> None:
    await progress.store(tx, tx.service, partition, moved)


def audit(tx: Transaction, action: str, partition: Partition) -> None:
    """Record in the audit trail that an operator changed a position."""
    place = uuid5(POSITIONS, f"{tx.service}/{partition.topic}/{partition.number}")
    tx.audit(action, subject_kind="position", subject_id=place)
