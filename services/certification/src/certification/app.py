"""The composition root: what the service's processes are made of."""

from pathlib import Path

from fastapi import FastAPI

from certification.api import ROUTERS
from certification.consumed import HANDLERS
from certification.domain.standards import load_standards
from certification.settings import Settings
from shared.clock import Clock, SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.migration import SchemaCheck
from shared.http.app import Description, create_app
from shared.http.duty_routes import duty_routers
from shared.http.routes import Kernel
from shared.law.in_force import load_law
from shared.messaging.consumer import Consumer
from shared.messaging.publisher import Publisher
from shared.operations.commands import Service
from shared.security.tokens import Authenticator

NAME = "certification"
MIGRATIONS = Path(__file__).parent / "storage" / "migrations"
DESCRIPTION = Description(
    title="Certification",
    summary="Certification of providers and programs, scorer credentials, examiners' standing.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; nothing connects before the first request."""
    engine = create_engine(settings, f"{NAME} api")
    database = Database(engine, clock or SystemClock(), NAME)
    app = create_app(
        DESCRIPTION,
        kernel=Kernel(database, Authenticator(settings)),
        routers=[*ROUTERS, *duty_routers()],
        checks={"database": SchemaCheck(engine, MIGRATIONS)},
        body_limit_bytes=settings.http_body_limit_bytes,
    )
    app.state.law = load_law(settings.rulebook_edition)
    app.state.standards = load_standards()
    return app


def build_publisher(settings: Settings) -> Publisher:
    """Build the loop that carries events to Kafka."""
    return Publisher(settings, settings, service=NAME)


def build_consumer(settings: Settings) -> Consumer:
    """Build the loop that carries other services' events into this one."""
    engine = create_engine(settings, f"{NAME} consumer")
    database = Database(engine, SystemClock(), NAME)
    return Consumer(database, settings, service=NAME, handlers=HANDLERS)


SERVICE = Service(
    name=NAME,
    migrations=MIGRATIONS,
    build_api=build_api,
    loops={"publisher": build_publisher, "consumer": build_consumer},
)
