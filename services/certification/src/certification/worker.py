"""The background work of this service in addition to that of every service."""

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
    """Return the event handlers of the consumer."""
    del settings
    return consumed.handlers()


def works(settings: Settings, law: Law) -> Sequence[Work]:
    """Return the background jobs: announcing what ends by date, and working off intakes."""
    del settings
    return announce_ends, announce_links, partial(work_off_next, law=law)
