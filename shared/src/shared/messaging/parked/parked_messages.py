"""Queries for parked messages: one, lists of them, and the head of each subject's queue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    MetaData,
    Select,
    Subquery,
    case,
    null,
    select,
    tuple_,
)

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.messaging.consuming.message_states import OPEN, MessageState
from shared.messaging.tables import attach_consumption

_METADATA = MetaData()
attach_consumption(_METADATA)
PARKED = _METADATA.tables["parked_messages"]
_SHOWN = [column for column in PARKED.columns if column is not PARKED.c.record]


@dataclass(frozen=True)
class ParkedMessage:
    """A parked message; `head_id` is the message of its queue that must be decided first.

    A record that could not be read has neither place nor subject and is its own head. A decided
    message has no head.
    """

    id: UUID
    consumer: str
    topic: str
    partition: int
    record_offset: int
    epoch: int | None
    sequence: int | None
    subject_id: UUID | None
    event_id: UUID | None
    type: str | None
    reason: str
    error: str
    state: MessageState
    attempts: int
    parked_at: datetime
    next_attempt_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    resolved_why: str | None
    head_id: UUID | None

    @property
    def is_head(self) -> bool:
        """Whether this message must be decided first."""
        return self.head_id == self.id


@dataclass(frozen=True)
class ParkedFilter:
    """Filters of a list; None does not filter."""

    consumer: str | None = None
    topic: str | None = None
    subject_id: UUID | None = None
    type: str | None = None
    reason: str | None = None
    states: tuple[MessageState, ...] | None = None


async def by_id(tx: Transaction, message_id: UUID) -> ParkedMessage:
    """Read one message; raises NotFoundError if there is no message with this id."""
    found = await tx.execute(_with_heads(select(*_SHOWN).where(PARKED.c.id == message_id)))
    row = found.mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            f"there is no parked message {message_id}", code="parked-message-not-found"
        )
    return _message(row)


async def record_of(tx: Transaction, message_id: UUID) -> bytes:
    """Read the record of a message, as `parking.packed` wrote it."""
    found = await tx.execute(select(PARKED.c.record).where(PARKED.c.id == message_id))
    record: bytes = found.scalar_one()
    return record


async def listed(
    tx: Transaction,
    narrowed: ParkedFilter,
    *,
    after: tuple[datetime, UUID] | None = None,
    limit: int,
) -> list[ParkedMessage]:
    """Read messages, longest parked first; up to `limit` plus one."""
    page = (
        select(*_SHOWN)
        .where(*_conditions(narrowed))
        .order_by(PARKED.c.parked_at, PARKED.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        page = page.where(tuple_(PARKED.c.parked_at, PARKED.c.id) > tuple_(*after))
    return [_message(row) for row in (await tx.execute(_with_heads(page))).mappings()]


def _conditions(narrowed: ParkedFilter) -> list[ColumnElement[bool]]:
    same = {name: value for name, value in vars(narrowed).items() if value is not None}
    states = same.pop("states", None)
    conditions = [PARKED.c[name] == value for name, value in same.items()]
    return conditions if states is None else [*conditions, PARKED.c.state.in_(states)]


def _with_heads(page: Select[Any]) -> Select[Any]:
    """Look up the head of each queue, only for the messages of one page."""
    messages = page.subquery("messages")
    return select(messages, _head_of(messages)).order_by(messages.c.parked_at, messages.c.id)


def _head_of(message: Subquery) -> ColumnElement[UUID | None]:
    other: FromClause = PARKED.alias("other")
    head = (
        select(other.c.id)
        .where(
            other.c.state.in_(OPEN),
            *(other.c[name] == message.c[name] for name in ("consumer", "topic", "subject_id")),
        )
        .order_by(other.c.epoch, other.c.sequence)
        .limit(1)
        .scalar_subquery()
    )
    is_closed, is_free = message.c.state.not_in(OPEN), message.c.subject_id.is_(None)
    return case((is_closed, null()), (is_free, message.c.id), else_=head).label("head_id")


def _message(row: Mapping[Any, Any]) -> ParkedMessage:
    return ParkedMessage(**{**row, "state": MessageState(row["state"])})
