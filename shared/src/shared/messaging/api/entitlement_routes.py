"""Shows which events of each service the caller may read, and which entitlement allows it."""

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
    """Return the routers that a service adds to its own."""
    return [_entitlements]


class EntitlementAnswer(BaseModel):
    """A right to read events, and its purpose."""

    name: str = Field(description="Name of the entitlement in the policy.")
    purpose: str = Field(description="Why the right exists.")
    types: list[str] = Field(description="Event types, or patterns such as `scoring.*`.")


class TopicAnswer(BaseModel):
    """What the caller may read of one service's events."""

    service: str
    topic: str = Field(description="Name of the service's Kafka topic.")
    is_whole: bool = Field(
        description="Whether you may read all of its events. Only then may you read the Kafka"
        " topic itself, because Kafka cannot restrict access by type."
    )
    types: list[str] = Field(description="The event types that the feed returns to you.")


class EntitlementsAnswer(BaseModel):
    """Which events the caller may read, and why."""

    subject: str = Field(description="The policy entry that matched the caller.")
    roles: list[str] = Field(description="The caller's roles.")
    entitlements: list[EntitlementAnswer]
    topics: list[TopicAnswer] = Field(description="What the caller may read, service by service.")


@_entitlements.get("", operation_id="list_entitlements", dependencies=[allow(*Role)])
async def get_entitlements(request: Request, actor: CurrentPrincipal) -> EntitlementsAnswer:
    """Show which events you may read, from where, and which entitlement allows it."""
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
