"""What the routes of this service need beyond those of every service."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from scoring.domain.instruments import Instruments
from shared.composition.parts import ServiceParts
from shared.http.parts import parts_of


@dataclass(frozen=True, kw_only=True)
class Parts(ServiceParts):
    """The shared parts and the instruments, which are read once at start."""

    instruments: Instruments


async def _parts(request: Request) -> Parts:
    return parts_of(request, Parts)


CurrentParts = Annotated[Parts, Depends(_parts)]
