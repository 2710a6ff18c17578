"""The composition root of the API."""

from fastapi import FastAPI

from shared.clock import Clock, SystemClock
from shared.composition.app import Description, create_app
from shared.composition.kernel_routers import kernel_routers
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.http.routes import Kernel
from shared.law.in_force import load_law
from shared.schema.schema_check import SchemaCheck
from shared.visibility.known_cases import KnownCases
from supervision.api import ROUTERS
from supervision.service import SERVICE
from supervision.settings import Settings
from supervision.storage.officers import recorded_rights
from supervision.storage.tables import CASES

DESCRIPTION = Description(
    title="Supervision",
    summary="Cases, containment teams, monthly contacts and receipts of shared scores.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; nothing connects before the first request."""
    engine = create_engine(settings, f"{SERVICE.name} api")
    database = Database(engine, clock or SystemClock(), SERVICE.name)
    kernel = Kernel.of(settings, database, KnownCases(CASES), recorded_rights)
    app = create_app(
        DESCRIPTION,
        kernel=kernel,
        routers=[*ROUTERS, *kernel_routers()],
        checks={"database": SchemaCheck(engine, SERVICE.migrations)},
        body_limit_bytes=settings.http_body_limit_bytes,
    )
    app.state.law = load_law(settings.rulebook_edition, settings.law_folder)
    app.state.personal_fields = kernel.personal_fields
    return app
