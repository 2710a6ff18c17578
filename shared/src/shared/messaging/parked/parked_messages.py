"""Reading what was set aside: one message, lists of them, and who stands first in each queue."""

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
    """One message; `head_id` is the message of its queue that is to be decided first.

    Bytes that are no event have neither place nor subject and are their own head. A message that
    is no longer open has none.
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
        """Whether it is the one to decide."""
        return self.head_id == self.id


@dataclass(frozen=True)
class ParkedFilter:
    """What a list is narrowed to; None leaves it as it is."""

    consumer: str | None = None
    topic: str | None = None
    subject_id: UUID | None = None
    type: str | None = None
    reason: str | None = None
    states: tuple[MessageState, ...] | None = None


async def by_id(tx: Transaction, message_id: UUID) -> ParkedMessage:
    """Read one message; NotFoundError where there is none."""
    found = await tx.execute(_with_heads(select(*_SHOWN).where(PARKED.c.id == message_id)))
    row = found.mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            f"there is no parked message {message_id}", code="parked-message-not-found"
        )
    return _message(row)


async def record_of(tx: Transaction, message_id: UUID) -> bytes:
    """Read the record that a message keeps, as `parking.packed` wrote it."""
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
    """Read messages, the longest set aside first; one more than `limit`."""
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
    """Look up the head of each queue for the messages of one page alone."""
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
