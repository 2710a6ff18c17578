"""Stored answers for Idempotency-Key: the actor, the key and the answer.

The table reveals nothing. Keys and requests are stored as keyed hashes, since most of a request can
be guessed; answers are encrypted and bound to their row. The clerk process deletes expired answers.
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
"""The kind and id of what a request was about, as in the audit record."""


def attach_kept_answers(metadata: MetaData) -> Table:
    """Add the table of stored answers to a service's tables; its key is actor and key."""
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
    """A stored answer, and what the request it answered was about."""

    id: UUID
    status: int
    headers: Mapping[str, str]
    body: bytes
    subjects: Sequence[Subject]


@dataclass(frozen=True)
class AnswerClaim:
    """One actor's key for one request, both hashed."""

    actor: str
    key_hash: bytes
    request_hash: bytes


async def claim(tx: Transaction, made: AnswerClaim) -> UUID | None:
    """Claim the key for this request and return its row; None if it was claimed before.

    Of two requests at once, the second waits here until the first commits or fails.
    """
    statement = (
        insert(_KEYS)
        .values(**vars(made), id=new_id(), created_at=tx.now)
        .on_conflict_do_nothing()
        .returning(_KEYS.c.id)
    )
    return (await tx.execute(statement)).scalar_one_or_none()


async def update(tx: Transaction, fields: PersonalFields, answer: KeptAnswer) -> None:
    """Store the answer in the claimed row."""
    values: dict[str, Any] = {
        "status": answer.status,
        "headers": dict(answer.headers),
        "body_sealed": fields.seal(answer.body, column=BODY, row_id=answer.id),
        "subjects": [[kind, str(subject)] for kind, subject in answer.subjects],
    }
    await tx.execute(sa.update(_KEYS).where(_KEYS.c.id == answer.id).values(values))


async def find(tx: Transaction, fields: PersonalFields, made: AnswerClaim) -> KeptAnswer | None:
    """Return the answer to this same request; None if the key was claimed for another one.

    Raises ConflictError if the answer can no longer be decrypted.
    """
    row = (await tx.execute(select(_KEYS).where(_is(made)))).mappings().one()
    if row["request_hash"] != made.request_hash:
        return None
    try:
        body = fields.open(row["body_sealed"], column=BODY, row_id=row["id"])
    except UnreadableFieldError:
        raise ConflictError(
            "This request was completed before, but its answer can no longer be read. Read "
            "the resource it created instead of repeating the request.",
            code="kept-answer-unreadable",
        ) from None
    subjects = [(kind, UUID(subject)) for kind, subject in row["subjects"]]
    return KeptAnswer(row["id"], row["status"], row["headers"], body, subjects)


async def remove_old_answers(tx: Transaction, *, kept_hours: int) -> int:
    """Delete a batch of expired answers; returns how many were deleted."""
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
