"""Answers kept for requests that may be repeated: who asked, by which key, what was answered.

The table gives nothing away. Keys and requests are kept as keyed hashes, since a request is mostly
known to whoever guesses at the rest of it; answers lie under seal, bound to their row. The clerk
removes them when their time is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import (
    Column,
    DateTime,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
    delete,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.identifiers import new_id
from shared.security.personal_fields import PersonalFields, UnreadableFieldError

BODY = "idempotency_keys.body"
REMOVED_AT_ONCE = 500
Subject = tuple[str, UUID]
"""What an act was about, as the audit record has it: its kind and id."""


def attach_kept_answers(metadata: MetaData) -> Table:
    """Add the kept answers to a service's tables; a row is by actor and key."""
    table = Table(
        "idempotency_keys",
        metadata,
        Column("actor", Text, nullable=False),
        Column("request_hash", LargeBinary, nullable=False),
        Column("status", SmallInteger),
        Column("headers", JSONB),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("id", Uuid, nullable=False),
        Column("key_hash", LargeBinary, nullable=False),
        Column("body_sealed", LargeBinary),
        Column("subjects", JSONB),
        PrimaryKeyConstraint("actor", "key_hash"),
    )
    Index("ix_idempotency_keys_created_at", table.c.created_at)
    return table


_KEYS = attach_kept_answers(MetaData())


@dataclass(frozen=True)
class KeptAnswer:
    """An answer as it is given again, and what the request it answered was about."""

    id: UUID
    status: int
    headers: Mapping[str, str]
    body: bytes
    subjects: Sequence[Subject]


@dataclass(frozen=True)
class AnswerClaim:
    """One actor's key for one request, neither of them readable."""

    actor: str
    key_hash: bytes
    request_hash: bytes


async def claim(tx: Transaction, made: AnswerClaim) -> UUID | None:
    """Take the key for this request and return its row; None where it was taken before.

    Of two at once the second waits here for the first to commit or to fail.
    """
    statement = (
        insert(_KEYS)
        .values(**vars(made), id=new_id(), created_at=tx.now)
        .on_conflict_do_nothing()
        .returning(_KEYS.c.id)
    )
    return (await tx.execute(statement)).scalar_one_or_none()


async def update(tx: Transaction, fields: PersonalFields, answer: KeptAnswer) -> None:
    """Keep the answer in the row that was claimed."""
    values: dict[str, Any] = {
        "status": answer.status,
        "headers": dict(answer.headers),
        "body_sealed": fields.seal(answer.body, column=BODY, row_id=answer.id),
        "subjects": [[kind, str(subject)] for kind, subject in answer.subjects],
    }
    await tx.execute(sa.update(_KEYS).where(_KEYS.c.id == answer.id).values(values))


async def find(tx: Transaction, fields: PersonalFields, made: AnswerClaim) -> KeptAnswer | None:
    """Return the answer to this very request; None where the key was taken for another.

    Raises ConflictError where the answer cannot be read any more.
    """
    row = (await tx.execute(select(_KEYS).where(_is(made)))).mappings().one()
    if row["request_hash"] != made.request_hash:
        return None
    try:
        body = fields.open(row["body_sealed"], column=BODY, row_id=row["id"])
    except UnreadableFieldError:
        raise ConflictError(
            "This request was done before, and its answer can no longer be read."
            " Ask for what it made instead of repeating it.",
            code="kept-answer-unreadable",
        ) from None
    subjects = [(kind, UUID(subject)) for kind, subject in row["subjects"]]
    return KeptAnswer(row["id"], row["status"], row["headers"], body, subjects)


async def remove_old_answers(tx: Transaction, *, kept_hours: int) -> int:
    """Remove a batch of answers whose time is over; returns how many that were."""
    old = (
        select(_KEYS.c.actor, _KEYS.c.key_hash)
        .where(_KEYS.c.created_at < tx.now - timedelta(hours=kept_hours))
        .limit(REMOVED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    statement = delete(_KEYS).where(tuple_(_KEYS.c.actor, _KEYS.c.key_hash).in_(old))
    return (await tx.execute(statement)).rowcount


def _is(made: AnswerClaim) -> Any:  # noqa: ANN401 - SQLAlchemy's conditions have no type of their own
    return (_KEYS.c.actor == made.actor) & (_KEYS.c.key_hash == made.key_hash)
