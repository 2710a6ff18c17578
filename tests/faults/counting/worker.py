"""What the counting service's consumer does; its publisher is that of every service."""

from faults.counting import consumed
from faults.counting.settings import Settings
from shared.messaging.consuming.handlers import EventHandlers


def handlers(settings: Settings) -> EventHandlers:
    """What notes another counting service's numbers."""
    return consumed.handlers(settings)
