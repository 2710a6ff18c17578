"""An operator's changes of a service's log: new epoch, send again, recreate the topic.

Each deposes the publisher in the same transaction: its term ends, so that its later writes fail,
and the next publisher starts from the new state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.errors import ConflictError, InvalidInputError, NotFoundError

LOGS = UUID("4d6f2f53-5d1e-4b0c-9c5b-0d1f3f7f8a11")
"""Namespace of the ids of logs in the audit trail."""

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
# The previous sequence of a partition's first event after the fork is the partition's tail.
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
    """Return the id of a service's log in the audit trail."""
    return uuid5(LOGS, service)


async def begin_epoch(tx: Transaction, reason: str, after: int | None = None) -> tuple[int, int]:
    """Begin the next epoch; return it and its fork: the sequence after which it begins.

    For a database that was restored or promoted and is behind Kafka. The fork is the last sequence
    that this log and all its readers certainly share: the last one that Kafka acknowledged. Later
    events are sent again in the new epoch; `after` moves the fork further back. Raises
    ConflictError if nothing was ever published, InvalidInputError for a later fork.
    """
    await _depose(tx)
    shared = (await tx.execute(_PUBLISHED)).scalar_one()
    fork = shared if after is None else after
    if not 0 <= fork <= shared:
        raise InvalidInputError(
            f"the epoch cannot begin after sequence {fork}: this log and its readers share "
            f"only what is in it through {shared}",
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
    """Send everything after a sequence again; return the number of events.

    Consumers ignore those they have. Raises InvalidInputError if the log does not have the
    sequence.
    """
    ended = await _depose(tx)
    through = (await tx.execute(_PUBLISHED)).scalar_one()
    if not 0 <= after <= through:
        raise InvalidInputError(
            f"sequence {after} was not published: the last published one is {through}",
            code="not-published",
        )
    await tx.execute(_GO_BACK, {"after": after})
    tx.audit("log.republish", subject_kind="log", subject_id=log_id(tx.service))
    return ended.sequenced_through - after


async def resend_withheld(tx: Transaction, sequence: int | None = None) -> int:
    """Make the publisher try refused events again; return the number of events.

    All of them, or the one at a sequence. Raises NotFoundError if nothing is withheld.
    """
    await _depose(tx)
    asked = (await tx.execute(_RESEND, {"sequence": sequence})).rowcount
    if not asked:
        which = "nothing" if sequence is None else f"sequence {sequence} is not"
        raise NotFoundError(f"{which} withheld from the topic", code="not-withheld")
    tx.audit("log.resend-withheld", subject_kind="log", subject_id=log_id(tx.service))
    return asked


async def remake_topic(tx: Transaction, count: int | None) -> None:
    """Send the whole log to a new topic, which replaces one with a wrong number of partitions.

    `count` is the topic's number of partitions, None if it is gone. Raises ConflictError if the
    number is right, and while Kafka contradicts the log, because then the topic is the evidence.
    """
    ended = await _depose(tx)
    if ended.refused_because is not None:
        raise ConflictError(
            "Kafka and the log contradict each other, and the topic is the evidence: "
            f"{ended.refused_because}",
            code="log-refused",
        )
    if count == len(ended.tails):
        raise ConflictError(
            f"the topic has {count} partitions, which is right for the log", code="topic-as-made"
        )
    await tx.execute(_PUBLISHED)
    await tx.execute(_GO_BACK, {"after": 0})
    tx.audit("log.remake-topic", subject_kind="log", subject_id=log_id(tx.service))


async def _depose(tx: Transaction) -> _Ended:
    term = (await tx.execute(_DEPOSE, {"nobody": UUID(int=0)})).scalar_one_or_none()
    ended = (await tx.execute(_END_TERM, {"term": term})).mappings().one_or_none() if term else None
    if ended is None:
        raise ConflictError("nothing was published from this database yet", code="never-published")
    return _Ended(**ended)
