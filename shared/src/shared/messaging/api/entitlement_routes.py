"""What the asker may read of the events, of every service, and which entitlement says so."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from shared.events.catalog import SERVICES
from shared.http.parts import parts_of
from shared.http.routes import CurrentPrincipal, allow, guarded_router
from shared.messaging.api.event_parts import EventParts
from shared.messaging.api.readable_events import has_whole_topic, is_entitled, types_of
from shared.messaging.wire.envelope import topic_of
from shared.security.entitlements import EventPolicy
from shared.security.principals import Actor, Role

_entitlements = guarded_router("/v1/entitlements", tags=["events"])


def entitlement_routers() -> list[APIRouter]:
    """Return the routers a service adds to its own."""
    return [_entitlements]


class EntitlementAnswer(BaseModel):
    """A right to read events, and what it is for."""

    name: str
    purpose: str
    types: list[str] = Field(description="Types, or patterns such as `scoring.*`.")


class TopicAnswer(BaseModel):
    """What may be read of one service."""

    service: str
    topic: str
    is_whole: bool = Field(
        description="Whether all of it may be read, from Kafka too: its ACLs know no types."
    )
    types: list[str] = Field(description="The types the feed gives.")


class EntitlementsAnswer(BaseModel):
    """What the asker may read, and why."""

    subject: str = Field(description="As which the policy knows the asker.")
    roles: list[str]
    entitlements: list[EntitlementAnswer]
    topics: list[TopicAnswer]


@_entitlements.get("", operation_id="list_entitlements", dependencies=[allow(*Role)])
async def get_entitlements(request: Request, actor: CurrentPrincipal) -> EntitlementsAnswer:
    """Say which events you may read, from where, and by which entitlement."""
    parts = parts_of(request, EventParts)
    policy = parts.event_policy
    return EntitlementsAnswer(
        subject=actor.subject,
        roles=sorted(actor.roles),
        entitlements=[
            EntitlementAnswer(name=each.name, purpose=each.purpose, types=list(each.types))
            for each in policy.entitlements_of(actor)
        ],
        topics=[_topic(policy, actor, service) for service in SERVICES],
    )


def _topic(policy: EventPolicy, actor: Actor, service: str) -> TopicAnswer:
    return TopicAnswer(
        service=service,
        topic=topic_of(service),
        is_whole=has_whole_topic(policy, actor, service),
        types=[kind for kind in types_of(service) if is_entitled(policy, actor, kind)],
    )
