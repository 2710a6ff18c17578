"""Which of a service's events a caller may read, and the refusal of all others."""

from collections.abc import Collection, Sequence

from shared.errors import Fault, InvalidInputError, NotAllowedError
from shared.events.catalog import catalog
from shared.security.entitlements import EventPolicy
from shared.security.principals import Actor


def types_of(service: str) -> list[str]:
    """Return every type that a service publishes."""
    every = (kind for entry in catalog() for kind in entry.types)
    return sorted(kind for kind in every if kind.startswith(f"{service}."))


def readable_types(
    policy: EventPolicy, actor: Actor, service: str, asked: Sequence[str]
) -> Collection[str] | None:
    """Return the types that the caller may read; None for all of them.

    Raises InvalidInputError for types that the service does not publish, NotAllowedError for types
    that the caller is not entitled to or if there are no others.
    """
    known = types_of(service)
    if unknown := sorted(set(asked) - set(known)):
        faults = [Fault("type", f"{kind} is not an event type of {service}") for kind in unknown]
        raise InvalidInputError(
            "is not an event type of this service", code="unknown-event-type", faults=faults
        )
    if has_whole_topic(policy, actor, service):
        return asked or None
    entitled = {kind for kind in known if is_entitled(policy, actor, kind)}
    if not entitled or (refused := sorted(set(asked) - entitled)):
        what = ", ".join(refused) if entitled else f"any event of {service}"
        raise NotAllowedError(
            f"you are not entitled to read {what}; GET /v1/entitlements lists what you may read",
            code="not-entitled",
        )
    return asked or entitled


def is_entitled(policy: EventPolicy, actor: Actor, event_type: str) -> bool:
    """Whether the caller may read a type."""
    return any(each.covers(event_type) for each in policy.entitlements_of(actor))


def has_whole_topic(policy: EventPolicy, actor: Actor, service: str) -> bool:
    """Whether the caller may read all of a service's events, including future types."""
    everything = {"*", f"{service}.*"}
    return any(everything & set(each.types) for each in policy.entitlements_of(actor))
