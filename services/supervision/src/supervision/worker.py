"""What the loops of this service do besides what the loops of every service do."""

from collections.abc import Sequence

from shared.law.clerk.loop import Work
from shared.law.in_force import Law
from shared.messaging.consuming.handlers import EventHandlers
from supervision import consumed
from supervision.settings import Settings
from supervision.use_cases.look_at_lapses import LookAtLapses


def handlers(settings: Settings) -> EventHandlers:
    """What answers events, for the consumer."""
    del settings
    return consumed.handlers()


def works(settings: Settings, law: Law) -> Sequence[Work]:
    """What the clerk does: it sees which lapses a new day cures."""
    del settings, law
    return (LookAtLapses(),)
