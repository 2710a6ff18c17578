"""The composition root of the API."""

from fastapi import FastAPI

from scoring.api import ROUTERS
from scoring.domain.instrument_files import load_instruments
from scoring.service import SERVICE
from scoring.settings import Settings
from scoring.storage.tables import CASES
from shared.clock import Clock, SystemClock
from shared.composition.app import Description, create_app
from shared.composition.kernel_routers import kernel_routers
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.http.routes import Kernel
from shared.law.in_force import load_law
from shared.schema.schema_check import SchemaCheck
from shared.visibility.known_cases import KnownCases

DESCRIPTION = Description(
    title="Scoring",
    summary="Risk scores from item codes, by scorers who may score, shared with the officer.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; nothing connects before the first request."""
    engine = create_engine(settings, f"{SERVICE.name} api")
    database = Database(engine, clock or SystemClock(), SERVICE.name)
    app = create_app(
        DESCRIPTION,
        kernel=Kernel.of(settings, database, KnownCases(CASES)),
        routers=[*ROUTERS, *kernel_routers()],
        checks={"database": SchemaCheck(engine, SERVICE.migrations)},
        body_limit_bytes=settings.http_body_limit_bytes,
    )
    app.state.law = load_law(settings.rulebook_edition, settings.law_folder)
    app.state.instruments = load_instruments()
    return app
