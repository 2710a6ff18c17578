"""Which use case answers which event.

None: nothing this service decides rests on a fact of another service.
"""

from shared.messaging.consuming.handlers import EventHandlers


def handlers() -> EventHandlers:
    """The handlers of this service."""
    return EventHandlers()
