"""The composition root of the loops: one process runs them all, or each its own."""

from functools import partial

from scoring.consumed import HANDLERS
from scoring.service import SERVICE
from scoring.settings import Settings
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
    """Build the loop that learns from the other services' events."""
    database = Database(
        create_engine(settings, f"{SERVICE.name} consumer"), SystemClock(), SERVICE.name
    )
    return Consumer(
        database,
        settings,
        service=SERVICE.name,
        handlers=build_handlers(settings),
        feed=FeedClient.of(settings),
    )


def build_clerk(settings: Settings) -> Clerk:
    """Build the loop that tells of due dates, near or past."""
    engine = create_engine(settings, f"{SERVICE.name} clerk")
    database = Database(engine, SystemClock(), SERVICE.name)
    law = load_law(settings.rulebook_edition, settings.law_folder)
    forget = partial(remove_old_answers, kept_hours=settings.answers_kept_hours)
    return Clerk(settings, database, law, works=(forget,))
