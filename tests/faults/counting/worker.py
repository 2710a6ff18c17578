"""The counting service's loops, as the processes of every service have them."""

from faults.counting.consumed import handlers
from faults.counting.settings import Settings
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.feed_client import FeedClient
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.publishing.publisher import Publisher


def build_publisher(settings: Settings) -> Publisher:
    """Build the loop that carries events to Kafka."""
    return Publisher(settings, settings, service=settings.counting_service)


def build_handlers(settings: Settings) -> EventHandlers:
    """Build what notes another counting service's numbers."""
    return handlers(settings)


def build_consumer(settings: Settings) -> Consumer:
    """Build the loop that notes another counting service's numbers."""
    name = settings.counting_service
    engine = create_engine(settings, f"{name} consumer")
    return Consumer(
        Database(engine, SystemClock(), name),
        settings,
        service=name,
        handlers=build_handlers(settings),
        feed=FeedClient.of(settings),
    )
