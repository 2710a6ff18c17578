"""What the API says of messages set aside, of one record with what may be personal masked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from shared.messaging.consuming.message_states import MessageState
from shared.messaging.parked.masking import ShownField, ShownRecord
from shared.messaging.parked.parked_causes import ParkedCause
from shared.messaging.parked.parked_messages import ParkedMessage


class ParkedMessageAnswer(BaseModel):
    """One message; bytes that are no event have no place, subject or type."""

    parked_message_id: UUID
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
    is_head: bool = Field(description="Whether it is the one of its subject to decide now.")
    head_id: UUID | None = Field(description="The one to decide first; null when it is decided.")
    attempts: int
    parked_at: datetime
    next_attempt_at: datetime = Field(description="When a waiting head is tried next.")
    resolved_at: datetime | None
    resolved_by: str | None
    resolved_why: str | None


class ShownFieldAnswer(BaseModel):
    """A header or a field; where a length stands, its value is masked."""

    name: str
    value: str | None
    masked_length: int | None


class ShownRecordAnswer(BaseModel):
    """The record, masked but for what the catalog of events vouches for."""

    headers: list[ShownFieldAnswer]
    foreign_headers: int = Field(description="Headers that no event has; not even named.")
    data: list[ShownFieldAnswer]
    foreign_fields: int = Field(description="Fields that the type does not have; not even named.")
    data_bytes: int


class ParkedMessageShown(ParkedMessageAnswer):
    """One message with its record."""

    record: ShownRecordAnswer


class ParkedCauseAnswer(BaseModel):
    """The open messages of one cause: the same reason, type and error."""

    cause_id: UUID
    reason: str
    type: str | None
    error: str = Field(description="Ids in it are left aside.")
    messages: int
    heads: int = Field(description="Those that a retry of the cause tries; others wait behind.")
    waiting: int
    dead: int
    first_seen_at: datetime
    last_seen_at: datetime
    oldest_waiting_at: datetime | None


class RetriedCauseAnswer(BaseModel):
    """How many messages of a cause are tried now."""

    cause_id: UUID
    retried: int


class DiscardedCauseAnswer(BaseModel):
    """How many messages of a cause were discarded."""

    cause_id: UUID
    discarded: int


def message_answer(message: ParkedMessage) -> ParkedMessageAnswer:
    """Shape one message."""
    return ParkedMessageAnswer.model_validate(_of(message))


def shown_answer(message: ParkedMessage, record: ShownRecord) -> ParkedMessageShown:
    """Shape one message with its record."""
    shown = {
        "headers": [_field(each) for each in record.headers],
        "foreign_headers": record.foreign_headers,
        "data": [_field(each) for each in record.data],
        "foreign_fields": record.foreign_fields,
        "data_bytes": record.data_bytes,
    }
    return ParkedMessageShown.model_validate(_of(message) | {"record": shown})


def cause_answer(cause: ParkedCause) -> ParkedCauseAnswer:
    """Shape one cause."""
    return ParkedCauseAnswer.model_validate({"cause_id": cause.id, **vars(cause)})


def _of(message: ParkedMessage) -> dict[str, Any]:
    return {"parked_message_id": message.id, "is_head": message.is_head, **vars(message)}


def _field(field: ShownField) -> dict[str, Any]:
    return dict(vars(field))
