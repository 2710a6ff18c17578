"""The composition root of the API."""

from collections.abc import Callable

from fastapi import FastAPI

from doj_gateway.api import ROUTERS
from doj_gateway.partners.connections import connect
from doj_gateway.partners.service_calls import ServiceCalls
from doj_gateway.partners.supervision import Supervision
from doj_gateway.service import SERVICE
from doj_gateway.settings import Settings
from doj_gateway.storage import cases
from shared.clock import Clock, SystemClock
from shared.composition.app import Description, create_app
from shared.composition.kernel_routers import kernel_routers
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.http.routes import Kernel
from shared.law.in_force import load_law
from shared.schema.schema_check import SchemaCheck
from shared.security.personal_fields import PersonalFields
from shared.security.service_identity import ServiceIdentity

DESCRIPTION = Description(
    title="DOJ gateway",
    summary="Scores on their way to the Department of Justice, and what comes back.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; nothing connects before the first request."""
    engine = create_engine(settings, f"{SERVICE.name} api")
    database = Database(engine, clock or SystemClock(), SERVICE.name)
    app = create_app(
        DESCRIPTION,
        kernel=Kernel.of(settings, database, cases.KNOWN),
        routers=[*ROUTERS, *kernel_routers()],
        checks={"database": SchemaCheck(engine, SERVICE.migrations)},
        body_limit_bytes=settings.http_body_limit_bytes,
    )
    app.state.law = load_law(settings.rulebook_edition, settings.law_folder)
    app.state.personal_fields = PersonalFields(settings)
    app.state.ask_supervision = _ways_to_supervision(settings)
    return app


def _ways_to_supervision(settings: Settings) -> Callable[[], Supervision]:
    """Make clients of supervision that share the gateway's one token."""
    identity = ServiceIdentity(settings)

    def make() -> Supervision:
        client = connect(settings.supervision_url)
        return Supervision(ServiceCalls(client, identity, "supervision"))

    return make
