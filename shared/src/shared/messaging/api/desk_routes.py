"""The routes for parked messages, in every service: list, show, retry, skip and discard."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from shared.http.paging import LARGEST_PAGE, After, Limit, Page, moment_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import Lines, RequestBody
from shared.messaging.api.desk_answers import (
    DiscardedCauseAnswer,
    ParkedCauseAnswer,
    ParkedMessageAnswer,
    ParkedMessageShown,
    RetriedCauseAnswer,
    cause_answer,
    message_answer,
    shown_answer,
)
from shared.messaging.consuming.message_states import MessageState
from shared.messaging.parked import desk, parked_causes, parked_messages
from shared.messaging.parked.parked_messages import ParkedFilter
from shared.security.principals import Role

LONGEST_NAME = 200
MESSAGES, CAUSES = "/v1/parked-messages", "/v1/parked-message-causes"

_messages = guarded_router(MESSAGES, tags=["desk"])
_causes = guarded_router(CAUSES, tags=["desk"])
_SEES = allow(Role.OPERATOR, Role.AUDITOR)
_DECIDES = allow(Role.OPERATOR)


def desk_routers() -> list[APIRouter]:
    """Return the routers that a service adds to its own."""
    return [_messages, _causes]


class ParkedMessageQuery(BaseModel):
    """Filters and paging of the list of parked messages."""

    model_config = ConfigDict(extra="forbid")

    state: MessageState | None = Field(default=None, description="Only messages in this state.")
    topic: str | None = Field(
        default=None, max_length=LONGEST_NAME, description="Only messages from this Kafka topic."
    )
    type: str | None = Field(
        default=None, max_length=LONGEST_NAME, description="Only messages with this event type."
    )
    reason: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description="Only messages parked for the reason with this code.",
    )
    subject_id: UUID | None = Field(default=None, description="Only messages about this record.")
    consumer: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description="Only messages that this consumer parked.",
    )
    limit: int = Field(
        default=50, ge=1, le=LARGEST_PAGE, description="The maximum number of items on one page."
    )
    after: str | None = Field(
        default=None,
        description="The `next` value of the previous page. Omit it for the first page.",
    )


class SkipBody(RequestBody):
    """Why a parked message is skipped."""

    reason: Lines | None = Field(
        default=None, description="Why the message's effect is already here. May be omitted."
    )


class DiscardBody(RequestBody):
    """Why a parked message is discarded."""

    reason: Lines = Field(description="Why the message may never be applied.")


@_messages.get("", operation_id="list_parked_messages", dependencies=[_SEES])
async def get_parked_messages(
    tx: CurrentTransaction, query: Annotated[ParkedMessageQuery, Query()]
) -> Page[ParkedMessageAnswer]:
    """List parked messages, longest parked first, including those already decided."""
    same = query.model_dump(exclude={"limit", "after", "state"})
    narrowed = ParkedFilter(states=(query.state,) if query.state else None, **same)
    after = moment_cursor(query.after)
    found = await parked_messages.listed(tx, narrowed, after=after, limit=query.limit)
    shown, cursor = page_of(found, query.limit, lambda each: (each.parked_at.isoformat(), each.id))
    return Page(items=[message_answer(each) for each in shown], next=cursor)


@_messages.get("/{parked_message_id}", operation_id="show_parked_message", dependencies=[_SEES])
async def get_parked_message(tx: CurrentTransaction, parked_message_id: UUID) -> ParkedMessageShown:
    """Show one message with masked values. The access is recorded in the audit trail."""
    return shown_answer(*await desk.show(tx, parked_message_id))


@_messages.post(
    "/{parked_message_id}/retries",
    operation_id="retry_parked_message",
    status_code=202,
    dependencies=[_DECIDES],
)
async def post_retry(
    tx: CurrentTransaction, parked_message_id: UUID, response: Response
) -> ParkedMessageAnswer:
    """Make the consumer try the message now. It must be the first of its subject.

    Read the message again to see the result. A record that could not be read as an event is read
    again at once, and this answer contains the result.
    """
    message = await desk.retry(tx, parked_message_id)
    response.headers["Location"] = f"{MESSAGES}/{parked_message_id}"
    return message_answer(message)


@_messages.post(
    "/{parked_message_id}/skips",
    operation_id="skip_parked_message",
    status_code=201,
    dependencies=[_DECIDES],
)
async def post_skip(
    tx: CurrentTransaction, parked_message_id: UUID, body: SkipBody, response: Response
) -> ParkedMessageAnswer:
    """Skip the message because its effect is already here.

    Later messages of its subject are applied. This cannot be undone.
    """
    message = await desk.skip(tx, parked_message_id, body.reason)
    response.headers["Location"] = f"{MESSAGES}/{parked_message_id}"
    return message_answer(message)


@_messages.post(
    "/{parked_message_id}/discards",
    operation_id="discard_parked_message",
    status_code=201,
    dependencies=[_DECIDES],
)
async def post_discard(
    tx: CurrentTransaction, parked_message_id: UUID, body: DiscardBody, response: Response
) -> ParkedMessageAnswer:
    """Discard the message: it is never applied.

    Later messages of its subject are applied. This cannot be undone.
    """
    message = await desk.discard(tx, parked_message_id, body.reason)
    response.headers["Location"] = f"{MESSAGES}/{parked_message_id}"
    return message_answer(message)


@_causes.get("", operation_id="list_parked_message_causes", dependencies=[_SEES])
async def get_parked_message_causes(
    tx: CurrentTransaction, limit: Limit = 50, after: After = None
) -> Page[ParkedCauseAnswer]:
    """List the causes for which messages are parked now, longest known first."""
    found = await parked_causes.listed(tx, after=moment_cursor(after), limit=limit)
    shown, cursor = page_of(found, limit, lambda each: (each.first_seen_at.isoformat(), each.id))
    return Page(items=[cause_answer(each) for each in shown], next=cursor)


@_causes.post(
    "/{cause_id}/retries",
    operation_id="retry_parked_message_cause",
    status_code=202,
    dependencies=[_DECIDES],
)
async def post_cause_retry(
    tx: CurrentTransaction, cause_id: UUID, response: Response
) -> RetriedCauseAnswer:
    """Make the consumer try every message with this cause that is first of its subject now."""
    retried = await desk.retry_cause(tx, cause_id)
    response.headers["Location"] = CAUSES
    return RetriedCauseAnswer(cause_id=cause_id, retried=retried)


@_causes.post(
    "/{cause_id}/discards",
    operation_id="discard_parked_message_cause",
    status_code=201,
    dependencies=[_DECIDES],
)
async def post_cause_discard(
    tx: CurrentTransaction, cause_id: UUID, body: DiscardBody, response: Response
) -> DiscardedCauseAnswer:
    """Discard every message with this cause that is first of its subject.

    This cannot be undone.
    """
    discarded = await desk.discard_cause(tx, cause_id, body.reason)
    response.headers["Location"] = CAUSES
    return DiscardedCauseAnswer(cause_id=cause_id, discarded=discarded)
