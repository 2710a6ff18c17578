"""What an operator may do to a service's log: begin a new epoch, send again, remake the topic.

Each deposes the publisher in the same transaction: its term ends with it, so that nothing it still
tries counts, and the next one starts from what was written here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.errors import ConflictError, InvalidInputError, NotFoundError

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
    RETURNING epoch, sequenced_through, tails, refused_because
    """
)
# What a partition's first event after the fork follows is where the fork left that partition.
_TAILS_AT = text(
    """
    SELECT array_agg(coalesce((
        SELECT previous_sequence FROM event_log
        WHERE sequence > :fork AND partition = place.number - 1 ORDER BY sequence LIMIT 1
    ), place.tail) ORDER BY place.number)
    FROM publication, unnest(tails) WITH ORDINALITY AS place (tail, number)
    """
)
_NEXT_EPOCH = text(
    """
    UPDATE publication SET epoch = epoch + 1, refused_at = NULL, refused_because = NULL,
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
_RESEND = text(
    """
    UPDATE withheld_records SET is_to_be_resent = true
    WHERE sequence = coalesce(:sequence, sequence)
    """
)


@dataclass(frozen=True)
class _Ended:
    epoch: int
    sequenced_through: int
    tails: Sequence[int]
    refused_because: str | None


def log_id(service: str) -> UUID:
    """Return the id of a service's log on the audit record."""
    return uuid5(LOGS, service)


async def begin_epoch(tx: Transaction, reason: str, after: int | None = None) -> tuple[int, int]:
    """Begin the next epoch; return it and the fork: the sequence after which it begins.

    For a database that was restored or promoted and is behind what Kafka holds. The fork is the
    last sequence that this log and every reader of it provably share: what Kafka had acknowledged.
    Whatever was numbered since is sent anew, in the new epoch; `after` sets the fork further back.
    Raises ConflictError where nothing was ever published, InvalidInputError for a fork beyond that.
    """
    await _depose(tx)
    shared = (await tx.execute(_PUBLISHED)).scalar_one()
    fork = shared if after is None else after
    if not 0 <= fork <= shared:
        raise InvalidInputError(
            f"the epoch cannot begin after sequence {fork}: this log and its readers share what is"
            f" in it through {shared}",
            code="not-shared",
        )
    tails = (await tx.execute(_TAILS_AT, {"fork": fork})).scalar_one()
    epoch = (await tx.execute(_NEXT_EPOCH)).scalar_one()
    noted = {"epoch": epoch, "began_after": fork, "tails": tails}
    await tx.execute(_NOTE_EPOCH, noted | {"begun_by": tx.actor.subject, "reason": reason})
    await tx.execute(_GO_BACK, {"after": fork})
    tx.audit("log.begin-epoch", subject_kind="log", subject_id=log_id(tx.service))
    return epoch, fork


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


async def resend_withheld(tx: Transaction, sequence: int | None = None) -> int:
    """Have the publisher try again what the broker refused; return how many events that is.

    All of it, or the event at one sequence. Raises NotFoundError where nothing is withheld.
    """
    await _depose(tx)
    asked = (await tx.execute(_RESEND, {"sequence": sequence})).rowcount
    if not asked:
        which = "nothing" if sequence is None else f"sequence {sequence} is not"
        raise NotFoundError(f"{which} withheld from the topic", code="not-withheld")
    tx.audit("log.resend-withheld", subject_kind="log", subject_id=log_id(tx.service))
    return asked


async def remake_topic(tx: Transaction, count: int | None) -> None:
    """Have everything that the log holds sent to a new topic, in place of one of a wrong count.

    `count` is how many partitions the topic has, None where it is gone. Raises ConflictError for a
    topic as the log was made for, and while Kafka is known to contradict the log: then the topic
    is the evidence.
    """
    ended = await _depose(tx)
    if ended.refused_because is not None:
        raise ConflictError(
            f"Kafka and the log do not agree, and the topic shows it: {ended.refused_because}",
            code="log-refused",
        )
    if count == len(ended.tails):
        raise ConflictError(
            f"the topic has {count} partitions, as the log was made for", code="topic-as-made"
        )
    await tx.execute(_PUBLISHED)
    await tx.execute(_GO_BACK, {"after": 0})
    tx.audit("log.remake-topic", subject_kind="log", subject_id=log_id(tx.service))


async def _depose(tx: Transaction) -> _Ended:
    term = (await tx.execute(_DEPOSE, {"nobody": UUID(int=0)})).scalar_one_or_none()
    ended = (await tx.execute(_END_TERM, {"term": term})).mappings().one_or_none() if term else None
    if ended is None:
        raise ConflictError("nothing was ever published from here", code="never-published")
    return _Ended(**ended)
