"""The desk's routes, in every service: what was set aside, why, and what is to become of it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from shared.http.paging import LARGEST_PAGE, After, Limit, Page, decode_cursor, page_of
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
    """Return the routers a service adds to its own."""
    return [_messages, _causes]


class ParkedMessageQuery(BaseModel):
    """How a list of parked messages is narrowed and paged."""

    model_config = ConfigDict(extra="forbid")

    state: MessageState | None = None
    topic: str | None = Field(default=None, max_length=LONGEST_NAME)
    type: str | None = Field(default=None, max_length=LONGEST_NAME)
    reason: str | None = Field(default=None, max_length=LONGEST_NAME)
    subject_id: UUID | None = None
    consumer: str | None = Field(default=None, max_length=LONGEST_NAME)
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)
    after: str | None = None


class SkipBody(RequestBody):
    """Why the message's effect is here already, if there is more to say."""

    reason: Lines | None = None


class DiscardBody(RequestBody):
    """Why the message must never be applied."""

    reason: Lines


@_messages.get("", operation_id="list_parked_messages", dependencies=[_SEES])
async def get_parked_messages(
    tx: CurrentTransaction, query: Annotated[ParkedMessageQuery, Query()]
) -> Page[ParkedMessageAnswer]:
    """List messages set aside, the longest set aside first, decided ones included."""
    same = query.model_dump(exclude={"limit", "after", "state"})
    narrowed = ParkedFilter(states=(query.state,) if query.state else None, **same)
    after = _cursor(query.after)
    found = await parked_messages.listed(tx, narrowed, after=after, limit=query.limit)
    shown, cursor = page_of(found, query.limit, lambda each: (each.parked_at.isoformat(), each.id))
    return Page(items=[message_answer(each) for each in shown], next=cursor)


@_messages.get("/{parked_message_id}", operation_id="show_parked_message", dependencies=[_SEES])
async def get_parked_message(tx: CurrentTransaction, parked_message_id: UUID) -> ParkedMessageShown:
    """Show one message with its record masked; that you have seen it is on the audit record."""
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
    """Have the consumer try it at once, if it is its subject's first; look there what came of it.

    Bytes that are no event are read again at once: the answer says what came of it.
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
    """Pass it over because its effect is here already; those behind it go on. Final."""
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
    """Decide that it must never be applied; those behind it go on. Final."""
    message = await desk.discard(tx, parked_message_id, body.reason)
    response.headers["Location"] = f"{MESSAGES}/{parked_message_id}"
    return message_answer(message)


@_causes.get("", operation_id="list_parked_message_causes", dependencies=[_SEES])
async def get_parked_message_causes(
    tx: CurrentTransaction, limit: Limit = 50, after: After = None
) -> Page[ParkedCauseAnswer]:
    """List why messages are set aside now, the longest known cause first."""
    found = await parked_causes.listed(tx, after=_cursor(after), limit=limit)
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
    """Have every message of a cause tried at once that is its subject's first."""
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
    """Discard every message of a cause that is its subject's first; those behind go on. Final."""
    discarded = await desk.discard_cause(tx, cause_id, body.reason)
    response.headers["Location"] = CAUSES
    return DiscardedCauseAnswer(cause_id=cause_id, discarded=discarded)


def _cursor(after: str | None) -> tuple[datetime, UUID] | None:
    if after is None:
        return None
    seen, last = decode_cursor(after, datetime.fromisoformat, UUID)
    return seen, last
