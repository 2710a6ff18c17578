"""Readers of a service's log report their position, so that the events they need are kept."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from shared.http.parts import parts_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.messaging.api.event_parts import EventParts
from shared.messaging.api.readable_events import readable_types
from shared.messaging.log import readers
from shared.security.principals import Role

_LARGEST = 2**63 - 1
_MOST_PARTITIONS = 1_000

ReaderName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$")]
Sequence = Annotated[int, Field(ge=0, le=_LARGEST)]

_readers = guarded_router("/v1/event-readers", tags=["events"])


def event_reader_routers() -> list[APIRouter]:
    """Return the routers that a service adds to its own."""
    return [_readers]


class EventReaderReport(RequestBody):
    """The position of a reader."""

    epoch: int = Field(ge=1, le=_LARGEST, description="The epoch of the log that the reader is in.")
    last_sequences: list[Sequence] = Field(
        max_length=_MOST_PARTITIONS,
        description="The last sequence applied in each partition of the topic, by partition "
        "number.",
    )


class EventReaderAnswer(BaseModel):
    """A registered reader of the log."""

    name: str
    epoch: int = Field(description="The epoch of the log that the reader is in.")
    last_sequences: list[int] = Field(
        description="The last sequence applied in each partition, by partition number."
    )
    registered_at: datetime = Field(description="When the reader first reported.")
    reported_at: datetime = Field(description="When the reader last reported.")
    needs_after: int = Field(description="All events after this sequence are kept for the reader.")


class EventReaders(BaseModel):
    """The registered readers of the log."""

    items: list[EventReaderAnswer]


@_readers.put(
    "/{name}",
    operation_id="report_event_reader",
    status_code=204,
    dependencies=[allow(Role.SERVICE, Role.PARTNER)],
)
async def put_event_reader(
    request: Request, tx: CurrentTransaction, name: ReaderName, body: EventReaderReport
) -> Response:
    """Report your position in the log. The first report registers you under this name.

    Events are kept for every registered reader. You must be entitled to some of them, and a partner
    may register only a few names.
    """
    parts = parts_of(request, EventParts)
    readable_types(parts.event_policy, tx.actor, tx.service, asked=())
    most = None if tx.actor.service else parts.feed_limits.readers_per_partner
    await readers.report(tx, name, body.epoch, body.last_sequences, most=most)
    return Response(status_code=204)


@_readers.get(
    "", operation_id="list_event_readers", dependencies=[allow(Role.OPERATOR, Role.AUDITOR)]
)
async def get_event_readers(tx: CurrentTransaction) -> EventReaders:
    """List the registered readers of this log and their positions."""
    found = await readers.listed(tx)
    return EventReaders(items=[EventReaderAnswer(**vars(each)) for each in found])


@_readers.delete(
    "/{name}",
    operation_id="forget_event_reader",
    status_code=204,
    dependencies=[allow(Role.OPERATOR)],
)
async def delete_event_reader(tx: CurrentTransaction, name: ReaderName) -> Response:
    """Delete a reader that will not return. Events are no longer kept for it."""
    await readers.forget(tx, name)
    return Response(status_code=204)
