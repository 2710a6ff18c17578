"""The composition root of the API."""

from collections.abc import Callable

from fastapi import FastAPI

from doj_gateway.api import ROUTERS
from doj_gateway.partners.connections import connect
from doj_gateway.partners.service_calls import ServiceCalls
from doj_gateway.partners.supervision import SupervisionClient
from doj_gateway.parts import Parts
from doj_gateway.service import SERVICE
from doj_gateway.settings import Settings
from doj_gateway.storage.cases import KNOWN_CASES
from shared.clock import Clock
from shared.composition.app import Description, create_app
from shared.composition.kernel_routers import kernel_routers
from shared.security.service_identity import ServiceIdentity

DESCRIPTION = Description(
    title="DOJ gateway",
    summary="Submits risk scores to the Department of Justice and handles its answers and notices.",
)


def build_api(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Build the HTTP API; nothing connects before the first request."""
    parts = Parts.of(
        SERVICE,
        settings,
        clock,
        cases=KNOWN_CASES,
        ask_supervision=_ways_to_supervision(settings),
    )
    return create_app(
        DESCRIPTION,
        parts=parts,
        routers=[*ROUTERS, *kernel_routers()],
        body_limit_bytes=settings.http_body_limit_bytes,
    )


def _ways_to_supervision(settings: Settings) -> Callable[[], SupervisionClient]:
    """Return a factory of supervision clients that share the gateway's access token."""
    identity = ServiceIdentity(settings)

    def make() -> SupervisionClient:
        client = connect(settings.supervision_url)
        return SupervisionClient(ServiceCalls(client, identity, "supervision"))

    return make
