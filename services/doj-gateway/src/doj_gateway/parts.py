"""What this service's routes need besides what those of every service need."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from doj_gateway.partners.supervision import SupervisionClient
from shared.composition.parts import ServiceParts
from shared.http.parts import parts_of


@dataclass(frozen=True, kw_only=True)
class Parts(ServiceParts):
    """A way to ask supervision."""

    ask_supervision: Callable[[], SupervisionClient]


async def _supervision(request: Request) -> AsyncIterator[SupervisionClient]:
    """Operators compare a notice now and then: its connection is closed again."""
    supervision = parts_of(request, Parts).ask_supervision()
    try:
        yield supervision
    finally:
        await supervision.close()


CurrentSupervision = Annotated[SupervisionClient, Depends(_supervision)]
