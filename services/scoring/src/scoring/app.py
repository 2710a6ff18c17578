"""The composition root of the API."""

from fastapi import FastAPI

from scoring.api import ROUTERS
from scoring.domain.instrument_files import load_instruments
from scoring.parts import Parts
from scoring.service import SERVICE
from scoring.settings import Settings
from scoring.storage.cases import KNOWN_CASES
from shared.clock import Clock
from shared.composition.app import Description, create_app
from shared.composition.kernel_routers import kernel_routers

DESCRIPTION = Description(
    title="Scoring",
    summary="Risk assessments: scored from item codes, finalized, and shared with the officer.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; nothing connects before the first request."""
    parts = Parts.of(SERVICE, settings, clock, cases=KNOWN_CASES, instruments=load_instruments())
    return create_app(
        DESCRIPTION,
        parts=parts,
        routers=[*ROUTERS, *kernel_routers()],
        body_limit_bytes=settings.http_body_limit_bytes,
    )
