"""What the loops of this service do besides what the loops of every service do."""

from collections.abc import Sequence

from scoring import consumed
from scoring.settings import Settings
from shared.law.clerk.loop import Work
from shared.law.in_force import Law
from shared.messaging.consuming.handlers import EventHandlers


def handlers(settings: Settings) -> EventHandlers:
    """What answers events, for the consumer."""
    del settings
    return consumed.handlers()


def works(settings: Settings, law: Law) -> Sequence[Work]:
    """What the clerk does: nothing besides telling of due dates."""
    del settings, law
    return ()
