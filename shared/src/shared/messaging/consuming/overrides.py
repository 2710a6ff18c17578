"""Where an operator decides how a stopped partition goes on, against what the chain says.

A gap that nobody can fill any more is accepted, never beyond what the log has; an epoch is adopted
once what came of the events beyond its fork was mended. The consumer that stopped finds its
position moved and reads on.
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
"""Namespace of the ids under which positions stand on the audit record."""

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
    """Where a consumer stands in one partition.

    `passed_over` counts what it set aside there that is no event of the log, and nobody decided.
    """

    topic: str
    partition: int
    epoch: int
    next_offset: int
    last_sequence: int
    passed_over: int = 0


async def listed(tx: Transaction) -> Sequence[ConsumerPosition]:
    """Return where this service's consumer stands, partition by partition."""
    found = await tx.execute(_LISTED, {"consumer": tx.service})
    return [ConsumerPosition(**row) for row in found.mappings()]


async def standing(tx: Transaction, partition: Partition) -> Progress:
    """Return where the consumer stands in one partition; NotFoundError where it does not read."""
    return await _taken(tx, partition)


async def require_logged(feed: Feed, partition: Partition, through: Position) -> None:
    """Refuse to go beyond what the log has of a partition, or to where it has nothing of it.

    Raises InvalidInputError, ConflictError for an epoch that has ended, UnavailableError while the
    feed is away.
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
            f"{partition.topic}[{partition.number}] has no event at {through.sequence}: the next"
            f" record in its log follows {follows}",
            code="not-in-the-log",
        )


async def accept_gap(tx: Transaction, partition: Partition, through: int) -> None:
    """Go on as if everything through a sequence had been applied; what was missed stays missed.

    Raises NotFoundError for an unknown partition, ConflictError for a sequence already passed.
    """
    stands = await _taken(tx, partition)
    if through <= stands.last_sequence:
        raise ConflictError(
            f"{partition.topic}[{partition.number}] stands at {stands.last_sequence} already",
            code="no-gap-there",
        )
    await _move(tx, partition, Progress(stands.epoch, stands.next_offset, through))
    audit(tx, "position.accept-gap", partition)


async def adopt_epoch(tx: Transaction, partition: Partition, epoch: int, last: int) -> None:
    """Go on in a newer epoch after a sequence of it; the same errors as `accept_gap`."""
    stands = await _taken(tx, partition)
    if epoch <= stands.epoch:
        raise ConflictError(
            f"{partition.topic}[{partition.number}] is in epoch {stands.epoch} already",
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
            f"{tx.service} does not read {partition.topic}[{partition.number}]",
            code="unknown-position",
        ) from None


async def _move(tx: Transaction, partition: Partition, moved: Progress) -> None:
    await progress.store(tx, tx.service, partition, moved)


def audit(tx: Transaction, action: str, partition: Partition) -> None:
    """Put on the audit record that an operator moved a position."""
    place = uuid5(POSITIONS, f"{tx.service}/{partition.topic}/{partition.number}")
    tx.audit(action, subject_kind="position", subject_id=place)
