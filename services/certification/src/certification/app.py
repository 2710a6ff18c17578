"""The composition root of the HTTP API."""

from fastapi import FastAPI

from certification.api import ROUTERS
from certification.api.document_contents import STREAMED
from certification.domain.kept_counts import KeptCounts
from certification.domain.standards import load_standards
from certification.pages import ROUTERS as PAGES
from certification.pages.wrong_turns import answer_browsers_with_a_page
from certification.partners.document_store import DocumentStore
from certification.parts import Parts
from certification.service import SERVICE
from certification.settings import Settings
from certification.storage.kept_forecasts import KeptForecasts
from certification.storage.kept_pages import KeptPages
from shared.clock import Clock
from shared.composition.app import Description, create_app
from shared.composition.kernel_routers import kernel_routers
from shared.http.limits import LargerBody
from shared.http.rate_limits import AddressLimit
from shared.law.in_force import load_law

DESCRIPTION = Description(
    title="Certification",
    summary="Certification of providers and programs, scorer credentials and examiners' standings.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; it connects to nothing before the first request."""
    law = load_law(settings.rulebook_edition, settings.law_folder)
    parts = Parts.of(
        SERVICE,
        settings,
        clock,
        standards=load_standards(law.edition.settings),
        document_store=DocumentStore(settings.document_place),
        register_key=settings.register_key,
        address_limit=AddressLimit(settings.status_requests_per_minute),
        board_contact=settings.board_contact,
        forecasts=KeptForecasts(),
        kept_counts=KeptCounts(),
        kept_pages=KeptPages(settings.pages_kept_seconds),
    )
    app = create_app(
        DESCRIPTION,
        parts=parts,
        routers=[*PAGES, *ROUTERS, *kernel_routers()],
        body_limit_bytes=settings.http_body_limit_bytes,
        streamed=STREAMED,
        larger_bodies=(LargerBody("POST", "/v1/intakes", settings.intake_limit_bytes),),
    )
    answer_browsers_with_a_page(app)
    return app
