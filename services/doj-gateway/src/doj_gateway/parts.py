"""What the routes of this service need beyond those of every service."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from doj_gateway.partners.supervision import SupervisionClient
from shared.composition.parts import ServiceParts
from shared.http.parts import parts_of


@dataclass(frozen=True, kw_only=True)
class Parts(ServiceParts):
    """The shared parts and a factory of supervision clients."""

    ask_supervision: Callable[[], SupervisionClient]


async def _supervision(request: Request) -> AsyncIterator[SupervisionClient]:
    """Yield a client and close it afterwards, because comparisons of notices are rare."""
    supervision = parts_of(request, Parts).ask_supervision()
    try:
        yield supervision
    finally:
        await supervision.close()


CurrentSupervision = Annotated[SupervisionClient, Depends(_supervision)]
