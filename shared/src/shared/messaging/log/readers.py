"""The readers of a log and their positions: retention keeps what a reader still needs.

A reader registers with its first report and stays registered until it is deleted. It needs what
follows its position in each partition that has new events.
"""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.errors import ConflictError, Fault, InvalidInputError, NotAllowedError, NotFoundError
from shared.messaging.log.interventions import log_id

_REPORT = text(
    """
    INSERT INTO event_readers (name, owner, epoch, last_sequences, registered_at, reported_at)
    VALUES (:name, :owner, :epoch, :last_sequences, :now, :now)
    ON CONFLICT ON CONSTRAINT pk_event_readers DO UPDATE
        SET epoch = :epoch, last_sequences = :last_sequences, reported_at = :now
        WHERE event_readers.owner = :owner
    RETURNING name
    """
)
_LISTED = text(
    """
    SELECT name, event_readers.epoch, last_sequences, registered_at, reported_at,
           tails, sequenced_through,
           (SELECT min(began_after) FROM log_epochs
            WHERE log_epochs.epoch > event_readers.epoch) AS fork
    FROM event_readers CROSS JOIN publication ORDER BY name
    """
)
_OTHERS_OF_OWNER = text("SELECT count(*) FROM event_readers WHERE owner = :owner AND name <> :name")
_FORGET = text("DELETE FROM event_readers WHERE name = :name RETURNING name")
_OWNERS = UUID("0b6f5a0e-6f0f-4f1c-9a54-0d2f3a4f7c55")
"""Namespace of the ids under which the names of one owner are counted one report at a time."""
_HEAD = text("SELECT epoch, tails FROM publication")


@dataclass(frozen=True)
class Reader:
    """A reader, its position, and the sequence after which it still needs the log."""

    name: str
    epoch: int
    last_sequences: Sequence[int]
    registered_at: datetime
    reported_at: datetime
    needs_after: int


async def report(
    tx: Transaction,
    name: str,
    epoch: int,
    last_sequences: Sequence[int],
    *,
    most: int | None = None,
) -> None:
    """Record a reader's position, registering it the first time.

    `most` limits the names of one owner; None does not. Raises NotAllowedError if the name is
    another owner's, InvalidInputError for a wrong number of partitions, ConflictError for one name
    too many, and for a reader that is ahead of the log, which may have been restored.
    """
    head = (await tx.execute(_HEAD)).mappings().one_or_none()
    tails = head["tails"] if head else []
    if len(last_sequences) != len(tails):
        raise InvalidInputError(
            f"the log has {len(tails)} partitions; send one last sequence for each",
            code="wrong-partitions",
            faults=[Fault("last_sequences", f"must be {len(tails)} numbers")],
        )
    is_beyond = any(map(operator.gt, last_sequences, tails))
    if head and (epoch > head["epoch"] or (epoch == head["epoch"] and is_beyond)):
        raise ConflictError(
            f"{name} has applied events that this log does not have; its database may have "
            "been restored",
            code="reader-ahead-of-log",
        )
    if most is not None:
        await _check_number(tx, name, most)
    kept = {"name": name, "owner": tx.actor.subject, "epoch": epoch, "now": tx.now}
    found = await tx.execute(_REPORT, kept | {"last_sequences": list(last_sequences)})
    if found.first() is None:
        raise NotAllowedError("this name is registered by another caller", code="not-your-reader")


async def _check_number(tx: Transaction, name: str, most: int) -> None:
    owner = tx.actor.subject
    await tx.lock_subject(uuid5(_OWNERS, owner))
    others = (await tx.execute(_OTHERS_OF_OWNER, {"owner": owner, "name": name})).scalar_one()
    if others >= most:
        raise ConflictError(
            f"you report under {others} names already, and the limit is {most}: use one of "
            "them, or have an operator delete one",
            code="too-many-event-readers",
        )


async def listed(tx: Transaction) -> list[Reader]:
    """Return every registered reader."""
    return [_reader(**row) for row in (await tx.execute(_LISTED)).mappings()]


async def forget(tx: Transaction, name: str) -> None:
    """Delete a reader that will not return; raises NotFoundError if it does not exist."""
    if (await tx.execute(_FORGET, {"name": name})).first() is None:
        raise NotFoundError(f"there is no reader named {name}", code="unknown-reader")
    tx.audit("event-reader.forget", subject_kind="log", subject_id=log_id(tx.service))


def _reader(
    tails: Sequence[int],
    sequenced_through: int,
    fork: int | None,
    **row: Any,  # noqa: ANN401 - the row's own columns
) -> Reader:
    needs_after = needed_after(row["last_sequences"], tails, sequenced_through)
    if fork is not None:  # it will go on from the fork, whatever it applied beyond
        needs_after = min(needs_after, fork)
    return Reader(**row, needs_after=needs_after)


def needed_after(reached: Sequence[int], tails: Sequence[int], through: int) -> int:
    """Return the sequence after which a reader still needs the log."""
    behind = [last for last, tail in zip(reached, tails, strict=True) if last < tail]
    return min([through, *behind])
