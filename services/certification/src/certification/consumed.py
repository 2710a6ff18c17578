"""The event handlers of this service: none, because no decision needs another service's facts."""

from shared.messaging.consuming.handlers import EventHandlers


def handlers() -> EventHandlers:
    """Return the handlers of this service."""
    return EventHandlers()
