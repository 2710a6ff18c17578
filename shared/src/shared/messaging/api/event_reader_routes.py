"""Who reads a service's log: readers say how far they are, so that retention leaves them theirs."""

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
    """Return the routers a service adds to its own."""
    return [_readers]


class EventReaderReport(RequestBody):
    """How far a reader is."""

    epoch: int = Field(ge=1, le=_LARGEST)
    last_sequences: list[Sequence] = Field(
        max_length=_MOST_PARTITIONS,
        description="The last sequence applied, one for each partition of the topic, by number.",
    )


class EventReaderAnswer(BaseModel):
    """A known reader."""

    name: str
    epoch: int
    last_sequences: list[int]
    registered_at: datetime
    reported_at: datetime
    needs_after: int = Field(description="The log is kept for it from the next sequence on.")


class EventReaders(BaseModel):
    """All of them."""

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
    """Say how far you are; the first report registers you under this name.

    The log is kept for every registered reader, so only those entitled to some of its events may
    register, and a partner only under a few names.
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
    """List who reads this log, and how far they are."""
    found = await readers.listed(tx)
    return EventReaders(items=[EventReaderAnswer(**vars(each)) for each in found])


@_readers.delete(
    "/{name}",
    operation_id="forget_event_reader",
    status_code=204,
    dependencies=[allow(Role.OPERATOR)],
)
async def delete_event_reader(tx: CurrentTransaction, name: ReaderName) -> Response:
    """Forget a reader that will not come back: the log is no longer kept for it."""
    await readers.forget(tx, name)
    return Response(status_code=204)
