"""The loops that every service has: its publisher, its consumer and its clerk.

A service's `worker.py` defines the rest: `handlers` handle other services' events, `works` are its
clerk's other work, and `build_<name>` builds a loop of its own.
"""

from collections.abc import Callable, Sequence
from functools import partial

from shared.clock import SystemClock
from shared.composition.service import Service
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.http.kept_answers import remove_old_answers
from shared.law.clerk.loop import Clerk, Work
from shared.law.in_force import Law, load_law
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.feed_client import FeedClient
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.publishing.publisher import Publisher
from shared.process.settings import ServiceSettings

WorksOf = Callable[[ServiceSettings, Law], Sequence[Work]]
"""A service's `works`."""


def database_of(service: Service, settings: ServiceSettings, loop: str) -> Database:
    """The service's database, with connections named after the loop."""
    return Database(create_engine(settings, f"{service.name} {loop}"), SystemClock(), service.name)


def build_publisher(service: Service, settings: ServiceSettings) -> Publisher:
    """Build the loop that publishes the service's events to Kafka."""
    return Publisher(settings, settings, service=service.name)


def build_consumer(
    service: Service, settings: ServiceSettings, handlers: EventHandlers
) -> Consumer:
    """Build the loop that consumes events, including those of the service's own ledger."""
    return Consumer(
        database_of(service, settings, "consumer"),
        settings,
        service=service.name,
        handlers=handlers,
        feed=FeedClient.of(settings),
    )


def build_clerk(service: Service, settings: ServiceSettings, works: WorksOf) -> Clerk:
    """Build the loop that sends notices of due dates and does the service's own work."""
    law = load_law(settings.rulebook_edition, settings.law_folder)
    forget = partial(remove_old_answers, kept_hours=settings.answers_kept_hours)
    database = database_of(service, settings, "clerk")
    return Clerk(settings, database, law, works=(*works(settings, law), forget))
