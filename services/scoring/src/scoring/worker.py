"""What the background loops of this service do beyond those of every service."""

from collections.abc import Sequence

from scoring import consumed
from scoring.settings import Settings
from shared.law.clerk.loop import Work
from shared.law.in_force import Law
from shared.messaging.consuming.handlers import EventHandlers


def handlers(settings: Settings) -> EventHandlers:
    """Return the event handlers of the consumer."""
    del settings
    return consumed.handlers()


def works(settings: Settings, law: Law) -> Sequence[Work]:
    """Return no extra work of the clerk: here it only sends notices of due dates."""
    del settings, law
    return ()
