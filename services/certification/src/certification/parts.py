"""What this service's routes and pages need in addition to those of every service."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from certification.domain.kept_counts import KeptCounts
from certification.domain.standards import Standards
from certification.partners.document_store import DocumentStore
from certification.storage.kept_forecasts import KeptForecasts
from certification.storage.kept_pages import KeptPages
from shared.composition.parts import ServiceParts
from shared.http.parts import parts_of
from shared.http.rate_limits import AddressLimit
from shared.security.signing import SigningKey


@dataclass(frozen=True, kw_only=True)
class Parts(ServiceParts):
    """The Board's standards, stores, keys, limits and caches."""

    standards: Standards
    document_store: DocumentStore
    register_key: SigningKey
    address_limit: AddressLimit
    board_contact: str
    forecasts: KeptForecasts
    kept_counts: KeptCounts
    kept_pages: KeptPages


async def _parts(request: Request) -> Parts:
    return parts_of(request, Parts)


async def count_request(request: Request) -> None:
    """Count a request against the limit of its client address; for public routes."""
    parts_of(request, Parts).address_limit.count(request)


CurrentParts = Annotated[Parts, Depends(_parts)]
