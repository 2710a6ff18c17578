"""What an operator may do to a service's log: begin a new epoch, send again what Kafka lost.

Each deposes the publisher in the same transaction: its term ends with it, so that nothing it still
tries counts, and the next one starts from what was written here.
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.errors import ConflictError, InvalidInputError

LOGS = UUID("4d6f2f53-5d1e-4b0c-9c5b-0d1f3f7f8a11")
"""Namespace of the ids under which logs stand on the audit record."""

_DEPOSE = text(
    """
    UPDATE leases SET term = term + 1, owner = :nobody, expires_at = clock_timestamp()
    WHERE name = 'publisher' RETURNING term
    """
)
_END_TERM = text(
    """
    UPDATE publication SET term = :term
    RETURNING epoch, sequenced_through, tails
    """
)
_NEXT_EPOCH = text(
    """
    UPDATE publication SET epoch = epoch + 1,
        system_identifier = (SELECT system_identifier FROM pg_control_system()),
        timeline = ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint
    RETURNING epoch
    """
)
_NOTE_EPOCH = text(
    """
    INSERT INTO log_epochs (epoch, began_after, tails, began_at, begun_by, reason)
    VALUES (:epoch, :began_after, :tails, clock_timestamp(), :begun_by, :reason)
    """
)
_PUBLISHED = text("SELECT published_through FROM published FOR UPDATE")
_GO_BACK = text("UPDATE published SET published_through = :after")


@dataclass(frozen=True)
class _Ended:
    epoch: int
    sequenced_through: int
    tails: list[int]


def log_id(service: str) -> UUID:
    """Return the id of a service's log on the audit record."""
    return uuid5(LOGS, service)


async def begin_epoch(tx: Transaction, reason: str) -> tuple[int, int]:
    """Begin the next epoch here and now; return it and the sequence after which it begins.

    For a database that was restored or promoted and is behind what Kafka holds. Raises
    ConflictError where nothing was ever published.
    """
    ended = await _depose(tx)
    epoch = (await tx.execute(_NEXT_EPOCH)).scalar_one()
    noted = {"epoch": epoch, "began_after": ended.sequenced_through, "tails": ended.tails}
    await tx.execute(_NOTE_EPOCH, noted | {"begun_by": tx.actor.subject, "reason": reason})
    tx.audit("log.begin-epoch", subject_kind="log", subject_id=log_id(tx.service))
    return epoch, ended.sequenced_through


async def republish(tx: Transaction, after: int) -> int:
    """Have everything after a sequence sent again; return how many events that is.

    Consumers skip what they have. Raises InvalidInputError for a place the log does not have.
    """
    ended = await _depose(tx)
    through = (await tx.execute(_PUBLISHED)).scalar_one()
    if not 0 <= after <= through:
        raise InvalidInputError(
            f"sequence {after} was not published: the last that was is {through}",
            code="not-published",
        )
    await tx.execute(_GO_BACK, {"after": after})
    tx.audit("log.republish", subject_kind="log", subject_id=log_id(tx.service))
    return ended.sequenced_through - after


async def _depose(tx: Transaction) -> _Ended:
    term = (await tx.execute(_DEPOSE, {"nobody": UUID(int=0)})).scalar_one_or_none()
    ended = (await tx.execute(_END_TERM, {"term": term})).mappings().one_or_none() if term else None
    if ended is None:
        raise ConflictError("nothing was ever published from here", code="never-published")
    return _Ended(ended["epoch"], ended["sequenced_through"], list(ended["tails"]))
