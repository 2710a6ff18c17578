"""The composition root of the API."""

from fastapi import FastAPI

from shared.clock import Clock
from shared.composition.app import Description, create_app
from shared.composition.kernel_routers import kernel_routers
from shared.composition.parts import ServiceParts
from supervision.api import ROUTERS
from supervision.service import SERVICE
from supervision.settings import Settings
from supervision.storage.cases import KNOWN_CASES
from supervision.storage.officers import recorded_rights

DESCRIPTION = Description(
    title="Supervision",
    summary="Cases, containment teams, monthly contacts and receipts of shared scores.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; nothing connects before the first request."""
    parts = ServiceParts.of(
        SERVICE, settings, clock, cases=KNOWN_CASES, recorded_rights=recorded_rights
    )
    return create_app(
        DESCRIPTION,
        parts=parts,
        routers=[*ROUTERS, *kernel_routers()],
        body_limit_bytes=settings.http_body_limit_bytes,
    )
