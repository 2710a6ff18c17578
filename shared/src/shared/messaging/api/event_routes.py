"""The feed that every service has: its events over HTTP, for entitled callers.

A waiting reader holds no transaction: each check of the log has a transaction of its own.
"""

import time
from dataclasses import replace
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from shared.http.parts import parts_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.messaging.api.entitlement_routes import entitlement_routers
from shared.messaging.api.event_parts import EventParts
from shared.messaging.api.event_query import AskedFor, EventPage, page_headers
from shared.messaging.api.event_reader_routes import event_reader_routers
from shared.messaging.api.readable_events import readable_types
from shared.messaging.log.feed import FeedPage, FeedQuery, read_page
from shared.messaging.wire.cloud_events import BATCH_MEDIA, as_cloud_event
from shared.security.principals import Role

READERS = (Role.SERVICE, Role.OPERATOR, Role.AUDITOR, Role.PARTNER)
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A batch of CloudEvents, in the order of the log. The headers `Link` and"
        " `X-Log-Next` contain the next position. With `Accept: "
        "application/json` the answer is one object that contains it.",
        "content": {
            BATCH_MEDIA: {
                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/CloudEvent"}}
            }
        },
    }
}
_events = guarded_router("/v1/events", tags=["events"])


def event_routers() -> list[APIRouter]:
    """Return the routers that a service adds to its own."""
    return [_events, *entitlement_routers(), *event_reader_routers()]


@_events.get(
    "",
    operation_id="list_events",
    dependencies=[allow(*READERS)],
    response_model=EventPage,
    responses=_ANSWERS,
)
async def get_events(request: Request, tx: CurrentTransaction, asked: AskedFor) -> Response:
    """Read events after a position. If there is no new event, wait as long as `wait` allows."""
    parts = parts_of(request, EventParts)
    types = readable_types(parts.event_policy, tx.actor, tx.service, asked.type)
    query = FeedQuery(asked.position, asked.limit, types, asked.subject, asked.partition)
    with parts.feed_limits.bounded(tx.actor, waits=asked.wait > 0):
        page = await _page(request, tx, query, until=time.monotonic() + asked.wait)
    events = [as_cloud_event(event, tx.service, page.next.epoch) for event in page.events]
    headers = page_headers(page, _link(request, page))
    if "application/json" not in request.headers.get("accept", ""):
        return Response(orjson.dumps(events), headers=headers, media_type=BATCH_MEDIA)
    body = {
        "items": events,
        "next": str(page.next),
        "epoch": page.next.epoch,
        "sequenced_through": page.sequenced_through,
        "tails": page.tails,
    }
    return Response(orjson.dumps(body), headers=headers, media_type="application/json")


async def _page(
    request: Request, tx: CurrentTransaction, query: FeedQuery, until: float
) -> FeedPage:
    """Check the log until there is an event or the time is over."""
    parts = parts_of(request, EventParts)
    while True:
        async with parts.database.transaction(tx.cause) as looking:
            page = await read_page(looking, query)
        if page.events or time.monotonic() >= until:
            return page
        if page.is_at_the_end:
            await parts.log_watch.beyond(page.next.sequence, until)
        query = replace(query, after=page.next)


def _link(request: Request, page: FeedPage) -> str:
    """The link to the next page, without a host because proxies have other host names."""
    narrowed = request.url.remove_query_params("after").include_query_params(after=str(page.next))
    return f"{narrowed.path}?{narrowed.query}"
