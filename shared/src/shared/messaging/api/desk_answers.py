"""The API's answers about parked messages; values that may be personal are masked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from shared.messaging.consuming.message_states import MessageState
from shared.messaging.parked.masking import ShownField, ShownRecord
from shared.messaging.parked.parked_causes import ParkedCause
from shared.messaging.parked.parked_messages import ParkedMessage


class ParkedMessageAnswer(BaseModel):
    """A parked message: an event that could not be applied.

    If the record could not be read as an event, it has no epoch, sequence, subject, event ID or
    type.
    """

    parked_message_id: UUID
    consumer: str = Field(description="Name of the consumer that parked it.")
    topic: str = Field(description="The Kafka topic of the record.")
    partition: int = Field(description="The Kafka partition of the record.")
    record_offset: int = Field(description="The Kafka offset of the record.")
    epoch: int | None = Field(
        description="Epoch of the producer's log. Null if the record could not be read."
    )
    sequence: int | None = Field(
        description="The event's number in the producer's log. Null if the record could not "
        "be read."
    )
    subject_id: UUID | None = Field(
        description="ID of the record the event is about. Null if the record could not be read."
    )
    event_id: UUID | None = Field(
        description="ID of the event. Null if the record could not be read."
    )
    type: str | None = Field(description="Type of the event. Null if the record could not be read.")
    reason: str = Field(description="Code of why it was parked.")
    error: str = Field(description="The last error, as text.")
    state: MessageState = Field(
        description="`waiting`: retried automatically; `dead`: needs an operator; others: decided."
    )
    is_head: bool = Field(
        description="Whether this is the message of its subject that must be decided first."
    )
    head_id: UUID | None = Field(
        description="ID of the message to decide first. Null if this message is already decided."
    )
    attempts: int = Field(description="How often it was tried.")
    parked_at: datetime
    next_attempt_at: datetime = Field(
        description="When a waiting message that is first of its subject is tried next."
    )
    resolved_at: datetime | None = Field(description="When it was decided. Null while it is open.")
    resolved_by: str | None = Field(description="Who decided it. Null while it is open.")
    resolved_why: str | None = Field(
        description="Why it was decided this way. Null while open or if no reason was given."
    )


class ShownFieldAnswer(BaseModel):
    """One header or field of a record."""

    name: str
    value: str | None = Field(description="The value. Null if it is masked.")
    masked_length: int | None = Field(
        description="The number of characters of a masked value. Null if `value` is shown."
    )


class ShownRecordAnswer(BaseModel):
    """A parked record; only values that the event catalog declares not personal are shown."""

    headers: list[ShownFieldAnswer]
    foreign_headers: int = Field(
        description="The number of headers that events do not have. Their names are not shown."
    )
    data: list[ShownFieldAnswer]
    foreign_fields: int = Field(
        description="The number of fields that the event type does not have. Their names are"
        " not shown."
    )
    data_bytes: int = Field(description="The size of the event's data in bytes.")


class ParkedMessageShown(ParkedMessageAnswer):
    """A parked message with its record."""

    record: ShownRecordAnswer


class ParkedCauseAnswer(BaseModel):
    """The open messages with one cause: the same reason, type and error text."""

    cause_id: UUID
    reason: str
    type: str | None = Field(
        description="Type of the events. Null if the records could not be read."
    )
    error: str = Field(
        description="The error text that they share; IDs in it are replaced with `<id>`."
    )
    messages: int = Field(description="The number of open messages with this cause.")
    heads: int = Field(
        description="How many of them are first of their subject. Only these can be retried "
        "or discarded now."
    )
    waiting: int = Field(description="How many of them are retried automatically.")
    dead: int = Field(description="How many of them need an operator.")
    first_seen_at: datetime
    last_seen_at: datetime
    oldest_waiting_at: datetime | None


class RetriedCauseAnswer(BaseModel):
    """How many messages of a cause will be tried now."""

    cause_id: UUID
    retried: int


class DiscardedCauseAnswer(BaseModel):
    """How many messages of a cause were discarded."""

    cause_id: UUID
    discarded: int


def message_answer(message: ParkedMessage) -> ParkedMessageAnswer:
    """Convert one message to its answer."""
    return ParkedMessageAnswer.model_validate(_of(message))


def shown_answer(message: ParkedMessage, record: ShownRecord) -> ParkedMessageShown:
    """Convert one message with its record."""
    shown = {
        "headers": [_field(each) for each in record.headers],
        "foreign_headers": record.foreign_headers,
        "data": [_field(each) for each in record.data],
        "foreign_fields": record.foreign_fields,
        "data_bytes": record.data_bytes,
    }
    return ParkedMessageShown.model_validate(_of(message) | {"record": shown})


def cause_answer(cause: ParkedCause) -> ParkedCauseAnswer:
    """Convert one cause to its answer."""
    return ParkedCauseAnswer.model_validate({"cause_id": cause.id, **vars(cause)})


def _of(message: ParkedMessage) -> dict[str, Any]:
    return {"parked_message_id": message.id, "is_head": message.is_head, **vars(message)}


def _field(field: ShownField) -> dict[str, Any]:
    return dict(vars(field))
