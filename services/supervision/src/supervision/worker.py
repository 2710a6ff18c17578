"""What the background loops of this service do beyond those of every service."""

from collections.abc import Sequence

from shared.law.clerk.loop import Work
from shared.law.in_force import Law
from shared.messaging.consuming.handlers import EventHandlers
from supervision import consumed
from supervision.settings import Settings
from supervision.use_cases.look_at_lapses import LookAtLapses


def handlers(settings: Settings) -> EventHandlers:
    """Return the event handlers of the consumer."""
    del settings
    return consumed.handlers()


def works(settings: Settings, law: Law) -> Sequence[Work]:
    """Return the extra work of the clerk: it finds the lapses that a new day cures."""
    del settings, law
    return (LookAtLapses(),)
