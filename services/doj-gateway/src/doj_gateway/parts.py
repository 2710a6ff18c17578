"""What this service's routes need besides what those of every service need."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from doj_gateway.partners.supervision import Supervision
from shared.composition.parts import ServiceParts
from shared.http.parts import parts_of


@dataclass(frozen=True, kw_only=True)
class Parts(ServiceParts):
    """A way to ask supervision."""

    ask_supervision: Callable[[], Supervision]


async def _supervision(request: Request) -> AsyncIterator[Supervision]:
    """Operators compare a notice now and then: its connection is closed again."""
    supervision = parts_of(request, Parts).ask_supervision()
    try:
        yield supervision
    finally:
        await supervision.close()


CurrentSupervision = Annotated[Supervision, Depends(_supervision)]
