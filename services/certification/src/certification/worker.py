"""What the loops of this service do besides what the loops of every service do."""

from collections.abc import Sequence
from functools import partial

from certification import consumed
from certification.settings import Settings
from certification.use_cases.announce_ends import announce_ends
from certification.use_cases.announce_links import announce_links
from certification.use_cases.work_off_intakes import work_off_next
from shared.law.clerk.loop import Work
from shared.law.in_force import Law
from shared.messaging.consuming.handlers import EventHandlers


def handlers(settings: Settings) -> EventHandlers:
    """What answers events, for the consumer."""
    del settings
    return consumed.handlers()


def works(settings: Settings, law: Law) -> Sequence[Work]:
    """What the clerk does: it announces what ends on a day, and works off lists to take in."""
    del settings
    return announce_ends, announce_links, partial(work_off_next, law=law)
