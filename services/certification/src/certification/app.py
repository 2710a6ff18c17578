"""The composition root of the API."""

from fastapi import FastAPI

from certification.api import ROUTERS
from certification.api.document_contents import STREAMED
from certification.domain.kept_counts import KeptCounts
from certification.domain.standards import load_standards
from certification.pages import ROUTERS as PAGES
from certification.pages.kept_pages import KeptPages
from certification.pages.wrong_turns import answer_browsers_with_a_page
from certification.partners.document_store import DocumentStore
from certification.service import SERVICE
from certification.settings import Settings
from certification.storage.kept_forecasts import KeptForecasts
from shared.clock import Clock, SystemClock
from shared.composition.app import Description, create_app
from shared.composition.kernel_routers import kernel_routers
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.http.limits import LargerBody
from shared.http.rate_limits import AddressLimit
from shared.http.routes import Kernel
from shared.law.in_force import load_law
from shared.schema.schema_check import SchemaCheck

DESCRIPTION = Description(
    title="Certification",
    summary="Certification of providers and programs, scorer credentials, examiners' standing.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; nothing connects before the first request."""
    engine = create_engine(settings, f"{SERVICE.name} api")
    database = Database(engine, clock or SystemClock(), SERVICE.name)
    app = create_app(
        DESCRIPTION,
        kernel=Kernel.of(settings, database),
        routers=[*PAGES, *ROUTERS, *kernel_routers()],
        checks={"database": SchemaCheck(engine, SERVICE.migrations)},
        body_limit_bytes=settings.http_body_limit_bytes,
        streamed=STREAMED,
        larger_bodies=(LargerBody("POST", "/v1/intakes", settings.intake_limit_bytes),),
    )
    answer_browsers_with_a_page(app)
    app.state.law = load_law(settings.rulebook_edition, settings.law_folder)
    app.state.forecasts = KeptForecasts()
    app.state.kept_counts = KeptCounts()
    app.state.kept_pages = KeptPages(settings.pages_kept_seconds)
    app.state.standards = load_standards(app.state.law.edition.settings)
    app.state.address_limit = AddressLimit(settings.status_requests_per_minute)
    app.state.board_contact = settings.board_contact
    app.state.register_key = settings.register_key
    app.state.document_store = DocumentStore(settings.document_place)
    return app
