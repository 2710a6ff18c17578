"""The composition root of the loops: one process runs them all, or each its own."""

from functools import partial

from certification.consumed import HANDLERS
from certification.service import SERVICE
from certification.settings import Settings
from certification.use_cases.announce_ends import announce_ends
from certification.use_cases.announce_links import announce_links
from certification.use_cases.work_off_intakes import work_off_next
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.http.kept_answers import remove_old_answers
from shared.law.clerk.loop import Clerk
from shared.law.in_force import load_law
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.feed_client import FeedClient
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.publishing.publisher import Publisher


def build_publisher(settings: Settings) -> Publisher:
    """Build the loop that carries events to Kafka."""
    return Publisher(settings, settings, service=SERVICE.name)


def build_handlers(settings: Settings) -> EventHandlers:
    """Build what answers other services' events."""
    del settings
    return HANDLERS


def build_consumer(settings: Settings) -> Consumer:
    """Build the loop that carries other services' events into this one."""
    engine = create_engine(settings, f"{SERVICE.name} consumer")
    database = Database(engine, SystemClock(), SERVICE.name)
    return Consumer(
        database,
        settings,
        service=SERVICE.name,
        handlers=build_handlers(settings),
        feed=FeedClient.of(settings),
    )


def build_clerk(settings: Settings) -> Clerk:
    """Build the loop that tells of due dates and of what ends, and works off intakes."""
    engine = create_engine(settings, f"{SERVICE.name} clerk")
    database = Database(engine, SystemClock(), SERVICE.name)
    law = load_law(settings.rulebook_edition, settings.law_folder)
    forget = partial(remove_old_answers, kept_hours=settings.answers_kept_hours)
    works = (announce_ends, announce_links, partial(work_off_next, law=law), forget)
    return Clerk(settings, database, law, works=works)
