"""The composition root: what the service's processes are made of."""

from pathlib import Path

from fastapi import FastAPI

from scoring.api import ROUTERS
from scoring.consumed import HANDLERS
from scoring.domain.instrument_files import load_instruments
from scoring.settings import Settings
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

NAME = "scoring"
MIGRATIONS = Path(__file__).parent / "storage" / "migrations"
DESCRIPTION = Description(
    title="Scoring",
    summary="Risk scores from item codes, by scorers who may score, shared with the officer.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; nothing connects before the first request."""
    engine = create_engine(settings, f"{NAME} api")
    app = create_app(
        DESCRIPTION,
        kernel=Kernel(Database(engine, clock or SystemClock(), NAME), Authenticator(settings)),
        routers=[*ROUTERS, *duty_routers()],
        checks={"database": SchemaCheck(engine, MIGRATIONS)},
        body_limit_bytes=settings.http_body_limit_bytes,
    )
    app.state.law = load_law(settings.rulebook_edition)
    app.state.instruments = load_instruments()
    return app


def build_publisher(settings: Settings) -> Publisher:
    """Build the loop that carries events to Kafka."""
    return Publisher(settings, settings, service=NAME)


def build_consumer(settings: Settings) -> Consumer:
    """Build the loop that learns from the other services' events."""
    database = Database(create_engine(settings, f"{NAME} consumer"), SystemClock(), NAME)
    return Consumer(database, settings, service=NAME, handlers=HANDLERS)


SERVICE = Service(
    name=NAME,
    migrations=MIGRATIONS,
    build_api=build_api,
    loops={"publisher": build_publisher, "consumer": build_consumer},
)
